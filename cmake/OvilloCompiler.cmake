# How everything is compiled. The same bytes on any x86-64-v2 processor: no contraction of floating
# point, no -march=native.
add_library(ovillo_compiler INTERFACE)
target_compile_options(ovillo_compiler INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast
  -ffp-contract=off -fno-math-errno)
if(CMAKE_SYSTEM_PROCESSOR STREQUAL "x86_64")
  target_compile_options(ovillo_compiler INTERFACE -march=x86-64-v2)
endif()
# gcc 12 takes `"x" + std::string` for an overlapping copy (its bug 105651, mended in 13).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(ovillo_compiler INTERFACE -Wno-restrict)
endif()
if(OVILLO_WERROR)
  target_compile_options(ovillo_compiler INTERFACE -Werror)
endif()
target_compile_definitions(ovillo_compiler INTERFACE OVILLO_VERSION="${PROJECT_VERSION}"
  $<$<CONFIG:Debug,RelWithDebInfo>:_GLIBCXX_ASSERTIONS>)
# In a header, so that only those who ask where the sources lie are compiled anew in another folder.
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/ovillo/base/source_folder.hpp @ONLY CONTENT
  "#pragma once\n#define OVILLO_SOURCE_DIR \"@CMAKE_SOURCE_DIR@\"\n")
target_include_directories(ovillo_compiler INTERFACE ${CMAKE_SOURCE_DIR} ${CMAKE_BINARY_DIR}/generated)
if(OVILLO_SANITIZE)
  target_compile_options(ovillo_compiler INTERFACE -fsanitize=${OVILLO_SANITIZE}
                         -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(ovillo_compiler INTERFACE -fsanitize=${OVILLO_SANITIZE})
endif()

find_program(OVILLO_CCACHE ccache)
if(OVILLO_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${OVILLO_CCACHE})
endif()
find_program(OVILLO_MOLD mold)
if(OVILLO_MOLD)
  target_link_options(ovillo_compiler INTERFACE -fuse-ld=mold)
endif()
