# ovillo_module(NAME [DEPS modules...] [LIBS libraries...])
#
# One static library ovillo_NAME from ovillo/NAME/**/*.cpp, and one test program NAME_test from the
# *_test.cpp files beside them.
function(ovillo_module name)
  cmake_parse_arguments(arg "" "" "DEPS;LIBS" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/ovillo/${name}/*.cpp)
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  set(deps ${arg_DEPS})
  list(TRANSFORM deps PREPEND ovillo_)
  if(sources)
    add_library(ovillo_${name} STATIC ${sources})
    target_link_libraries(ovillo_${name} PUBLIC ovillo_compiler ${deps} ${arg_LIBS})
  else()
    add_library(ovillo_${name} INTERFACE)
    target_link_libraries(ovillo_${name} INTERFACE ovillo_compiler ${deps} ${arg_LIBS})
  endif()
  if(TARGET ovillo_errors AND sources)
    add_dependencies(ovillo_${name} ovillo_errors)
  endif()
  if(tests)
    add_executable(${name}_test ${tests})
    target_link_libraries(${name}_test PRIVATE ovillo_${name} GTest::gtest_main GTest::gmock)
    add_test(NAME ${name} COMMAND ${name}_test)
    set_tests_properties(${name} PROPERTIES WORKING_DIRECTORY ${CMAKE_SOURCE_DIR} TIMEOUT ${OVILLO_TEST_TIMEOUT})
  endif()
endfunction()

# The error enum and catalogue, from data/errors.
function(ovillo_generated_errors)
  set(out ${CMAKE_BINARY_DIR}/generated/ovillo/base)
  file(GLOB catalogue CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/data/errors/*.toml)
  add_custom_command(
    OUTPUT ${out}/error_codes.hpp ${out}/error_catalogue.inc
    COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tools/generate_errors.py
            ${CMAKE_SOURCE_DIR}/data/errors ${out}/error_codes.hpp ${out}/error_catalogue.inc
    DEPENDS ${catalogue} ${CMAKE_SOURCE_DIR}/tools/generate_errors.py)
  add_custom_target(ovillo_errors DEPENDS ${out}/error_codes.hpp ${out}/error_catalogue.inc)
  add_dependencies(ovillo_base ovillo_errors)
endfunction()
