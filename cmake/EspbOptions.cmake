# SPDX-License-Identifier: Apache-2.0
# How all of the project's own code is compiled: language level, warnings, sanitizers, compiler cache.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_C_STANDARD 11)
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
# Pulled-in headers (LLVM, CLI11, googletest) are SYSTEM, so that only our own code answers to -Werror.
add_compile_options(-Wall -Wextra -Werror)
# gcc 12 sees overlapping copies in std::string's operator+ where there are none (its bug 105651).
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-Wno-restrict>)
endif()

if(NOT CMAKE_CXX_COMPILER_LAUNCHER)
  find_program(ESPB_CCACHE ccache)
  if(ESPB_CCACHE)
    set(CMAKE_C_COMPILER_LAUNCHER ${ESPB_CCACHE})
    set(CMAKE_CXX_COMPILER_LAUNCHER ${ESPB_CCACHE})
  endif()
endif()

if(ESPB_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer -g)
  add_link_options(-fsanitize=address,undefined)
endif()
