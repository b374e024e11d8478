# SPDX-License-Identifier: Apache-2.0
# The FreeRTOS part of a firmware, for programs made with firmware/rv32.cmake or firmware/xtensa.cmake:
#
#   include(firmware/freertos/freertos.cmake)
#   espb_freertos_library(LIBRARY [CHIP rv32|xtensa] [FLAGS flags...])   LIBRARY: path of the archive, to link with; ${LIBRARY_target} names its target
#   ESPB_FREERTOS_FLAGS, ESPB_FREERTOS_XTENSA_FLAGS   include directories for sources that use the headers for programs
#
# The kernel is found or fetched when the archive is built, not when the project is configured.
include_guard(DIRECTORY) # the variables are of a directory

set(ESPB_FREERTOS_DIRECTORY ${CMAKE_CURRENT_LIST_DIR})
set(ESPB_FREERTOS_FLAGS
  -I${ESPB_FREERTOS_DIRECTORY}/../include -I${ESPB_FREERTOS_DIRECTORY}/portable/common -I${ESPB_FREERTOS_DIRECTORY}/portable/rv32 -I${ESPB_FREERTOS_DIRECTORY}/shim
  -I${ESPB_FREERTOS_DIRECTORY}/sim -I${ESPB_FREERTOS_DIRECTORY})
string(REPLACE portable/rv32 portable/xtensa ESPB_FREERTOS_XTENSA_FLAGS "${ESPB_FREERTOS_FLAGS}")

function(espb_freertos_library out)
  cmake_parse_arguments(arg "" "CHIP" "FLAGS" ${ARGN})
  if(NOT arg_CHIP)
    set(arg_CHIP rv32)
  endif()
  string(MD5 variant "${arg_CHIP} ${arg_FLAGS}")
  string(SUBSTRING ${variant} 0 8 variant)
  set(directory ${CMAKE_BINARY_DIR}/firmware/freertos-${variant})
  set(library ${directory}/libespb_freertos.a)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${ESPB_FREERTOS_DIRECTORY}/*.[chS] ${ESPB_FREERTOS_DIRECTORY}/../include/*.h)
  if(NOT TARGET espb-freertos-${variant})
    add_custom_command(OUTPUT ${library}
      COMMAND ${CMAKE_COMMAND} -E env ESPB_CHIP=${arg_CHIP} CC_XTENSA=${ESPB_XTENSA_GCC} ${ESPB_FREERTOS_DIRECTORY}/build_library.sh ${directory} ${arg_FLAGS}
      COMMAND ${CMAKE_COMMAND} -E touch ${library}
      DEPENDS ${sources} ${ESPB_FREERTOS_DIRECTORY}/sources.list ${ESPB_FREERTOS_DIRECTORY}/build_library.sh
      COMMENT "Building FreeRTOS for ${arg_CHIP}" VERBATIM)
    add_custom_target(espb-freertos-${variant} DEPENDS ${library})
  endif()
  set(${out} ${library} PARENT_SCOPE)
  set(${out}_target espb-freertos-${variant} PARENT_SCOPE)
endfunction()
