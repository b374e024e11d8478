# SPDX-License-Identifier: Apache-2.0
# Programs for the Xtensa board, built with the project's own cross gcc (scripts/xtensa_toolchain.sh).
#
#   xtensa_objects(OUT VARIANT name SOURCES sources... [FLAGS flags...])
#   xtensa_program(NAME OBJECTS objects... [LINK flags...] [DEPENDS files...])     as in cross.cmake
include_guard(DIRECTORY) # the variables are of a directory
include(${CMAKE_CURRENT_LIST_DIR}/cross.cmake)

set(ESPB_XTENSA_MACHINE -mtext-section-literals)
set(ESPB_XTENSA_FLAGS -ffunction-sections -fdata-sections -Wall -Wextra -Werror
    -I${PROJECT_SOURCE_DIR} -I${PROJECT_SOURCE_DIR}/runtime -I${PROJECT_SOURCE_DIR}/runtime/include)
set(ESPB_XTENSA_CXX_FLAGS -std=c++20 -ffreestanding -fno-exceptions -fno-rtti -fno-threadsafe-statics)
set(ESPB_XTENSA_LINK_FIRST -nostdlib)
set(ESPB_XTENSA_LINK_LAST -lc -lm -lgcc -lc)

macro(xtensa_objects)
  espb_cross_objects(XTENSA ${ARGN})
endmacro()
macro(xtensa_program)
  espb_cross_program(XTENSA ${ARGN})
endmacro()
