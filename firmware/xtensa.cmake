# SPDX-License-Identifier: Apache-2.0
# Programs for the Xtensa board, built with the project's own cross gcc (scripts/xtensa_toolchain.sh) inside the host's build.
#
#   xtensa_objects(OUT VARIANT name SOURCES sources... [FLAGS flags...])      object files of the sources, compiled with the board's flags and `flags`
#   xtensa_program(NAME OBJECTS objects... [LINK flags...])  target NAME: an ELF file at ${CMAKE_BINARY_DIR}/firmware/NAME.elf
include_guard(DIRECTORY) # the variables are of a directory

set(ESPB_XTENSA_MACHINE -mtext-section-literals)
set(ESPB_XTENSA_FLAGS -ffunction-sections -fdata-sections -Wall -Wextra -Werror
    -I${PROJECT_SOURCE_DIR} -I${PROJECT_SOURCE_DIR}/runtime -I${PROJECT_SOURCE_DIR}/runtime/include)
set(ESPB_XTENSA_CXX_FLAGS -std=c++20 -ffreestanding -fno-exceptions -fno-rtti -fno-threadsafe-statics)

function(xtensa_objects out)
  cmake_parse_arguments(arg "" "VARIANT" "SOURCES;FLAGS" ${ARGN})
  set(objects)
  foreach(source IN LISTS arg_SOURCES)
    get_filename_component(source ${source} ABSOLUTE)
    file(RELATIVE_PATH relative ${PROJECT_SOURCE_DIR} ${source})
    set(object ${CMAKE_BINARY_DIR}/firmware/objects/${arg_VARIANT}/${relative}.o)
    get_filename_component(directory ${object} DIRECTORY)
    file(MAKE_DIRECTORY ${directory})
    if(source MATCHES "\\.cpp$")
      set(compiler ${CMAKE_CXX_COMPILER_LAUNCHER} ${ESPB_XTENSA_GXX} ${ESPB_XTENSA_CXX_FLAGS})
    else()
      set(compiler ${CMAKE_CXX_COMPILER_LAUNCHER} ${ESPB_XTENSA_GCC})
    endif()
    add_custom_command(OUTPUT ${object}
      COMMAND ${compiler} ${ESPB_XTENSA_MACHINE} ${ESPB_XTENSA_FLAGS} ${arg_FLAGS} -MD -MF ${object}.d -c ${source} -o ${object}
      DEPENDS ${source} DEPFILE ${object}.d COMMENT "Building Xtensa object ${relative} (${arg_VARIANT})" VERBATIM COMMAND_EXPAND_LISTS)
    list(APPEND objects ${object})
  endforeach()
  set(${out} ${objects} PARENT_SCOPE)
endfunction()

function(xtensa_program name)
  cmake_parse_arguments(arg "" "" "OBJECTS;LINK;DEPENDS" ${ARGN})
  set(elf ${CMAKE_BINARY_DIR}/firmware/${name}.elf)
  add_custom_command(OUTPUT ${elf}
    COMMAND ${ESPB_XTENSA_GCC} ${ESPB_XTENSA_MACHINE} -nostdlib ${arg_OBJECTS} ${arg_LINK} -lc -lm -lgcc -lc -Wl,--gc-sections
            -Wl,--no-warn-rwx-segments -Wl,-Map=${elf}.map -o ${elf}
    DEPENDS ${arg_OBJECTS} ${arg_DEPENDS} COMMENT "Linking Xtensa program ${name}.elf" VERBATIM COMMAND_EXPAND_LISTS)
  add_custom_target(${name} ALL DEPENDS ${elf})
endfunction()
