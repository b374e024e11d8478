# SPDX-License-Identifier: Apache-2.0
# The same calls on Xtensa, in bare programs.
include(${PROJECT_SOURCE_DIR}/firmware/xtensa.cmake)
set(board ${PROJECT_SOURCE_DIR}/firmware/xtensa_sim/board)
file(GLOB runtime_native CONFIGURE_DEPENDS ${runtime}/native/xtensa/*.cpp ${runtime}/native/xtensa/*.S ${runtime}/interp/xtensa/*.cpp
     ${runtime}/interp/xtensa/*.S)
set(flags -O2 -DESPB_PROFILE_NATIVE=1 -DESPB_THUNKS=128 -D_GNU_SOURCE -I${PROJECT_SOURCE_DIR}/firmware/xtensa_sim
    -I${PROJECT_SOURCE_DIR}/firmware/common -I${PROJECT_SOURCE_DIR}/firmware/freertos/portable/xtensa)
xtensa_objects(xtensa_runtime VARIANT xtensa-native FLAGS ${flags} SOURCES ${board}/start.S ${board}/board.c
  ${PROJECT_SOURCE_DIR}/firmware/rv32_virt/board/memory.c ${ESPB_RUNTIME_SOURCES} ${runtime_native} ${runtime}/port/bare/port.cpp)
# The interpreter in C++ crosses by the same bridge.
list(FILTER runtime_native EXCLUDE REGEX "/interp/")
xtensa_objects(xtensa_portable VARIANT xtensa-native FLAGS ${flags} SOURCES ${runtime}/interp/interpreter.cpp)
set(xtensa_portable_runtime ${xtensa_runtime} ${xtensa_portable})
list(FILTER xtensa_portable_runtime EXCLUDE REGEX "/interp/xtensa/")

# xtensa_native_program(NAME sources... [RUNTIME objects...] [MODULES names...] [LINK flags...]): as native_program; a test xtensa-NAME.
function(xtensa_native_program name)
  cmake_parse_arguments(arg "" "" "MODULES;LINK;RUNTIME" ${ARGN})
  if(NOT arg_RUNTIME)
    set(arg_RUNTIME ${xtensa_runtime})
  endif()
  xtensa_objects(objects VARIANT xtensa-${name} FLAGS ${flags} SOURCES ${arg_UNPARSED_ARGUMENTS})
  set(guests)
  foreach(module IN LISTS arg_MODULES)
    set(file ${CMAKE_CURRENT_BINARY_DIR}/${module}.espb)
    set(object ${CMAKE_BINARY_DIR}/firmware/objects/xtensa-${name}/tests/native/${module}.espb.o)
    add_custom_command(OUTPUT ${object}
      COMMAND ${ESPB_XTENSA_GCC} ${ESPB_XTENSA_MACHINE} -DMODULE_NAME=${module}_module "-DMODULE_FILE=\"${file}\""
              -c ${CMAKE_CURRENT_SOURCE_DIR}/embed.S -o ${object}
      DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/embed.S ${file} COMMENT "Embedding ${module}.espb" VERBATIM)
    list(APPEND objects ${object})
    list(APPEND guests native-guest-${module})
  endforeach()
  xtensa_program(xtensa-${name} OBJECTS ${objects} ${arg_RUNTIME} LINK -T${board}/sim.ld ${arg_LINK} DEPENDS ${board}/sim.ld)
  add_dependencies(xtensa-${name} ${guests})
  add_test(NAME xtensa-${name} COMMAND ${board}/qemu.sh ${CMAKE_BINARY_DIR}/firmware/xtensa-${name}.elf)
  set_tests_properties(xtensa-${name} PROPERTIES TIMEOUT 120)
endfunction()

espb_guest(windows windows.c)
set(cases rv32_cases.cpp driver.cpp natives.c cases.c)
set(windows xtensa_windows.cpp xtensa_hops.S windows.c driver.cpp)
xtensa_native_program(native-cases ${cases} MODULES cases)
xtensa_native_program(native-cases-portable ${cases} MODULES cases RUNTIME ${xtensa_portable_runtime})
xtensa_native_program(native-structs ${structs} MODULES structs)
xtensa_native_program(native-structs-portable ${structs} MODULES structs RUNTIME ${xtensa_portable_runtime})
xtensa_native_program(windows ${windows} MODULES windows)
xtensa_native_program(windows-portable ${windows} MODULES windows RUNTIME ${xtensa_portable_runtime})
xtensa_native_program(native-contexts rv32_contexts.cpp driver.cpp MODULES swap
  LINK -Wl,--wrap=espb_port_alloc,--wrap=espb_port_free)

# Compiled.
file(GLOB runtime_jit CONFIGURE_DEPENDS ${runtime}/jit/*.cpp ${runtime}/jit/xtensa/*.cpp)
list(APPEND flags -DESPB_JIT=1)
xtensa_objects(xtensa_runtime VARIANT xtensa-native-jit FLAGS ${flags} SOURCES ${board}/start.S ${board}/board.c
  ${PROJECT_SOURCE_DIR}/firmware/rv32_virt/board/memory.c ${ESPB_RUNTIME_SOURCES} ${runtime_native} ${runtime}/interp/xtensa/engine.cpp
  ${runtime}/interp/xtensa/handlers.S ${runtime_jit} ${runtime}/port/bare/port.cpp)
xtensa_native_program(native-cases-jit ${cases} MODULES cases)
xtensa_native_program(native-structs-jit ${structs} MODULES structs)
xtensa_native_program(windows-jit ${windows} MODULES windows)
set(jit_tests ${PROJECT_SOURCE_DIR}/tests/jit)
xtensa_native_program(jit-stop ${jit_tests}/stop.cpp driver.cpp MODULES stop_guest)
xtensa_native_program(jit-saved ${jit_tests}/saved.cpp driver.cpp MODULES stop_guest json)
add_test(NAME xtensa-jit-saved-boot COMMAND ${board}/qemu.sh ${CMAKE_BINARY_DIR}/firmware/xtensa-jit-saved.elf
  -device loader,file=jit-saved-xtensa.bin,addr=0x24000000)
set_tests_properties(xtensa-jit-saved PROPERTIES FIXTURES_SETUP jit_saved_xtensa)
set_tests_properties(xtensa-jit-saved-boot PROPERTIES FIXTURES_REQUIRED jit_saved_xtensa TIMEOUT 120)
xtensa_native_program(jit-memory ${jit_tests}/memory.cpp driver.cpp MODULES stop_guest lu json sha256
  LINK -Wl,--wrap=espb_port_alloc,--wrap=espb_port_free,--wrap=espb_port_shrink)
# Memory of code written by words only, whichever way the compiler was compiled.
set(words ${jit_tests}/xtensa/words.cpp ${jit_tests}/xtensa/words.S driver.cpp MODULES stop_guest lu json sha256
  LINK -Wl,--wrap=espb_port_alloc,--wrap=espb_port_free,--wrap=espb_port_shrink,--wrap=memcpy,--wrap=memset)
xtensa_native_program(jit-words ${words})
list(APPEND flags -Os -Wno-maybe-uninitialized) # gcc thinks so of a number that was read
xtensa_objects(xtensa_small_runtime VARIANT xtensa-native-jit-small FLAGS ${flags} SOURCES ${board}/start.S ${board}/board.c
  ${PROJECT_SOURCE_DIR}/firmware/rv32_virt/board/memory.c ${ESPB_RUNTIME_SOURCES} ${runtime_native} ${runtime}/interp/xtensa/engine.cpp
  ${runtime}/interp/xtensa/handlers.S ${runtime_jit} ${runtime}/port/bare/port.cpp)
xtensa_native_program(jit-words-small ${words} RUNTIME ${xtensa_small_runtime})

add_test(NAME xtensa-size COMMAND ${CMAKE_COMMAND} -E env CC_XTENSA=${ESPB_XTENSA_GCC} ${PROJECT_SOURCE_DIR}/bench/size_check.sh xtensa)
