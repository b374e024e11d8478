# SPDX-License-Identifier: Apache-2.0
# Programs for the RV32 board, built with the distribution's cross gcc.
#
#   rv32_objects(OUT VARIANT name SOURCES sources... [FLAGS flags...])
#   rv32_program(NAME OBJECTS objects... [LINK flags...] [DEPENDS files...])     as in cross.cmake
include_guard(DIRECTORY) # the variables are of a directory
include(${CMAKE_CURRENT_LIST_DIR}/cross.cmake)

find_program(ESPB_RV32_GCC riscv64-unknown-elf-gcc REQUIRED DOC "gcc for RV32 (Debian: gcc-riscv64-unknown-elf, picolibc-riscv64-unknown-elf)")
find_program(ESPB_RV32_GXX riscv64-unknown-elf-g++ REQUIRED)

set(ESPB_RV32_MACHINE -march=rv32imc -mabi=ilp32 --specs=picolibc.specs)
set(ESPB_RV32_FLAGS -ffunction-sections -fdata-sections -Wall -Wextra -Werror
    -I${PROJECT_SOURCE_DIR} -I${PROJECT_SOURCE_DIR}/runtime -I${PROJECT_SOURCE_DIR}/runtime/include)
set(ESPB_RV32_CXX_FLAGS -std=c++20 -ffreestanding -fno-exceptions -fno-rtti -fno-threadsafe-statics)
set(ESPB_RV32_LINK_FIRST -nostartfiles)
set(ESPB_RV32_LINK_LAST)

macro(rv32_objects)
  espb_cross_objects(RV32 ${ARGN})
endmacro()
macro(rv32_program)
  espb_cross_program(RV32 ${ARGN})
endmacro()
