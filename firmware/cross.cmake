# SPDX-License-Identifier: Apache-2.0
# Programs for a board, built with its cross gcc inside the host's build: one graph, no second configuration. A chip's file (rv32.cmake,
# xtensa.cmake) says with what, in variables that begin with ESPB_ and the chip's name in capitals: _GCC and _GXX, _MACHINE (flags of every
# command), _FLAGS (of compiling), _CXX_FLAGS, _LINK_FIRST and _LINK_LAST (of linking, before and after the objects).
include_guard(DIRECTORY)

# espb_cross_objects(CHIP OUT VARIANT name SOURCES sources... [FLAGS flags...]): OUT becomes the list of the sources' object files.
function(espb_cross_objects chip out)
  cmake_parse_arguments(arg "" "VARIANT" "SOURCES;FLAGS" ${ARGN})
  set(objects)
  foreach(source IN LISTS arg_SOURCES)
    get_filename_component(source ${source} ABSOLUTE)
    file(RELATIVE_PATH relative ${PROJECT_SOURCE_DIR} ${source})
    set(object ${CMAKE_BINARY_DIR}/firmware/objects/${arg_VARIANT}/${relative}.o)
    get_filename_component(directory ${object} DIRECTORY)
    file(MAKE_DIRECTORY ${directory})
    if(source MATCHES "\\.cpp$")
      set(compiler ${CMAKE_CXX_COMPILER_LAUNCHER} ${ESPB_${chip}_GXX} ${ESPB_${chip}_CXX_FLAGS})
    else()
      set(compiler ${CMAKE_CXX_COMPILER_LAUNCHER} ${ESPB_${chip}_GCC})
    endif()
    add_custom_command(OUTPUT ${object}
      COMMAND ${compiler} ${ESPB_${chip}_MACHINE} ${ESPB_${chip}_FLAGS} ${arg_FLAGS} -MD -MF ${object}.d -c ${source} -o ${object}
      DEPENDS ${source} DEPFILE ${object}.d COMMENT "Building ${chip} object ${relative} (${arg_VARIANT})" VERBATIM COMMAND_EXPAND_LISTS)
    list(APPEND objects ${object})
  endforeach()
  set(${out} ${objects} PARENT_SCOPE)
endfunction()

# espb_cross_program(CHIP NAME OBJECTS objects... [LINK flags...] [DEPENDS files...]): target NAME, an ELF file at
# ${CMAKE_BINARY_DIR}/firmware/NAME.elf.
function(espb_cross_program chip name)
  cmake_parse_arguments(arg "" "" "OBJECTS;LINK;DEPENDS" ${ARGN})
  set(elf ${CMAKE_BINARY_DIR}/firmware/${name}.elf)
  add_custom_command(OUTPUT ${elf}
    COMMAND ${ESPB_${chip}_GCC} ${ESPB_${chip}_MACHINE} ${ESPB_${chip}_LINK_FIRST} ${arg_OBJECTS} ${arg_LINK} ${ESPB_${chip}_LINK_LAST}
            -Wl,--gc-sections -Wl,--no-warn-rwx-segments -Wl,-Map=${elf}.map -o ${elf}
    DEPENDS ${arg_OBJECTS} ${arg_DEPENDS} COMMENT "Linking ${chip} program ${name}.elf" VERBATIM COMMAND_EXPAND_LISTS)
  add_custom_target(${name} ALL DEPENDS ${elf})
endfunction()
