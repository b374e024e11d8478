# SPDX-License-Identifier: Apache-2.0
# Where the Xtensa compiler is: ESPB_XTENSA_GCC and ESPB_XTENSA_GXX, empty when there is none and none is demanded.
set(ESPB_XTENSA AUTO CACHE STRING "Build the Xtensa firmwares: ON, OFF, or AUTO: when scripts/xtensa_toolchain.sh has built its compiler")
set_property(CACHE ESPB_XTENSA PROPERTY STRINGS AUTO ON OFF)
if(ESPB_XTENSA STREQUAL OFF OR NOT ESPB_FIRMWARE)
  set(ESPB_XTENSA_GCC "" CACHE FILEPATH "" FORCE)
elseif(NOT ESPB_XTENSA_GCC)
  execute_process(COMMAND ${PROJECT_SOURCE_DIR}/scripts/xtensa_toolchain.sh --find
    OUTPUT_VARIABLE prefix OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_VARIABLE why ERROR_STRIP_TRAILING_WHITESPACE RESULT_VARIABLE status)
  if(status EQUAL 0)
    set(ESPB_XTENSA_GCC ${prefix}/bin/xtensa-espb-elf-gcc CACHE FILEPATH "gcc for Xtensa (scripts/xtensa_toolchain.sh)" FORCE)
  elseif(ESPB_XTENSA STREQUAL AUTO)
    message(STATUS "no Xtensa firmware: ${why}")
  else()
    message(FATAL_ERROR "${why}")
  endif()
endif()
string(REGEX REPLACE "gcc$" "g++" ESPB_XTENSA_GXX "${ESPB_XTENSA_GCC}")
