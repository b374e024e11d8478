# SPDX-License-Identifier: Apache-2.0
# Programs for the RV32 board, built with the distribution's cross gcc inside the host's build: one graph, no second configuration.
#
#   rv32_objects(OUT VARIANT name SOURCES sources... [FLAGS flags...])      object files of the sources, compiled with the board's flags and `flags`
#   rv32_program(NAME OBJECTS objects... [LINK flags...])  target NAME: an ELF file at ${CMAKE_BINARY_DIR}/firmware/NAME.elf
include_guard(DIRECTORY) # the variables are of a directory

find_program(ESPB_RV32_GCC riscv64-unknown-elf-gcc REQUIRED DOC "gcc for RV32 (Debian: gcc-riscv64-unknown-elf, picolibc-riscv64-unknown-elf)")
find_program(ESPB_RV32_GXX riscv64-unknown-elf-g++ REQUIRED)

set(ESPB_RV32_MACHINE -march=rv32imc -mabi=ilp32 --specs=picolibc.specs)
set(ESPB_RV32_FLAGS -ffunction-sections -fdata-sections -Wall -Wextra -Werror
    -I${PROJECT_SOURCE_DIR} -I${PROJECT_SOURCE_DIR}/runtime -I${PROJECT_SOURCE_DIR}/runtime/include)
set(ESPB_RV32_CXX_FLAGS -std=c++20 -ffreestanding -fno-exceptions -fno-rtti -fno-threadsafe-statics)

function(rv32_objects out)
  cmake_parse_arguments(arg "" "VARIANT" "SOURCES;FLAGS" ${ARGN})
  set(objects)
  foreach(source IN LISTS arg_SOURCES)
    get_filename_component(source ${source} ABSOLUTE)
    file(RELATIVE_PATH relative ${PROJECT_SOURCE_DIR} ${source})
    set(object ${CMAKE_BINARY_DIR}/firmware/objects/${arg_VARIANT}/${relative}.o)
    get_filename_component(directory ${object} DIRECTORY)
    file(MAKE_DIRECTORY ${directory})
    if(source MATCHES "\\.cpp$")
      set(compiler ${CMAKE_CXX_COMPILER_LAUNCHER} ${ESPB_RV32_GXX} ${ESPB_RV32_CXX_FLAGS})
    else()
      set(compiler ${CMAKE_CXX_COMPILER_LAUNCHER} ${ESPB_RV32_GCC})
    endif()
    add_custom_command(OUTPUT ${object}
      COMMAND ${compiler} ${ESPB_RV32_MACHINE} ${ESPB_RV32_FLAGS} ${arg_FLAGS} -MD -MF ${object}.d -c ${source} -o ${object}
      DEPENDS ${source} DEPFILE ${object}.d COMMENT "Building RV32 object ${relative} (${arg_VARIANT})" VERBATIM COMMAND_EXPAND_LISTS)
    list(APPEND objects ${object})
  endforeach()
  set(${out} ${objects} PARENT_SCOPE)
endfunction()

function(rv32_program name)
  cmake_parse_arguments(arg "" "" "OBJECTS;LINK;DEPENDS" ${ARGN})
  set(elf ${CMAKE_BINARY_DIR}/firmware/${name}.elf)
  add_custom_command(OUTPUT ${elf}
    COMMAND ${ESPB_RV32_GCC} ${ESPB_RV32_MACHINE} -nostartfiles ${arg_OBJECTS} ${arg_LINK} -Wl,--gc-sections
            -Wl,--no-warn-rwx-segments -Wl,-Map=${elf}.map -o ${elf}
    DEPENDS ${arg_OBJECTS} ${arg_DEPENDS} COMMENT "Linking RV32 program ${name}.elf" VERBATIM COMMAND_EXPAND_LISTS)
  add_custom_target(${name} ALL DEPENDS ${elf})
endfunction()
