# policygraph_test(module SOURCES file…)        one program <module>_test that links that module alone: the second lock;
#                                              with NAME name it is <name>_test
# policygraph_fuzz(name MODULE module SOURCES file…)   a libFuzzer program fuzz_<name>
# policygraph_layout_tests()                    every public header compiles alone; every #include keeps the floors; the locks lock

# One precompiled GoogleTest for all test programs.
function(policygraph_precompile target)
  set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE OFF)  # one setting for all that share it
  target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O1>)  # the tests' own code is not what is fast
  policygraph_visible_to_cache(${target})
  if(target STREQUAL "policygraph_test_main")
    target_precompile_headers(${target} PRIVATE <gtest/gtest.h> <algorithm> <array> <chrono> <functional> <map> <memory>
      <optional> <span> <stop_token> <string> <string_view> <unordered_map> <variant> <vector>)
  else()
    target_precompile_headers(${target} REUSE_FROM policygraph_test_main)
  endif()
endfunction()

function(policygraph_test module)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "NAME" "SOURCES;LINK")
  if(NOT arg_SOURCES)
    return()
  endif()
  if(NOT arg_NAME)
    set(arg_NAME ${module})
  endif()
  set(target ${arg_NAME}_test)
  add_executable(${target} ${arg_SOURCES})
  policygraph_compile(${target})
  target_compile_options(${target} PRIVATE -Wno-conversion)
  target_include_directories(${target} PRIVATE "${PROJECT_SOURCE_DIR}/src" "${PROJECT_BINARY_DIR}/generated")
  target_link_libraries(${target} PRIVATE policygraph_${module} policygraph_test_main)
  foreach(library IN LISTS arg_LINK)
    policygraph_require(${library})
    target_link_libraries(${target} PRIVATE policygraph_outside_${library})
  endforeach()
  policygraph_precompile(${target})
  add_test(NAME ${arg_NAME} COMMAND ${target} WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}")
endfunction()

function(policygraph_fuzz name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "MODULE" "SOURCES")
  add_executable(fuzz_${name} ${arg_SOURCES})
  policygraph_compile(fuzz_${name})
  target_include_directories(fuzz_${name} PRIVATE "${PROJECT_SOURCE_DIR}/src" "${PROJECT_SOURCE_DIR}/tests")
  target_link_libraries(fuzz_${name} PRIVATE policygraph_${arg_MODULE})
  target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
endfunction()

function(policygraph_layout_tests)
  get_property(headers GLOBAL PROPERTY policygraph_headers)
  get_property(modules GLOBAL PROPERTY policygraph_modules)
  set(units "")
  foreach(header IN LISTS headers)
    string(REGEX REPLACE "[/.]" "_" unit "${header}")
    set(unit "${PROJECT_BINARY_DIR}/headers/${unit}.cpp")
    file(CONFIGURE OUTPUT "${unit}" CONTENT "#include \"policygraph/${header}\"\n")
    list(APPEND units "${unit}")
  endforeach()
  if(units)
    add_library(policygraph_headers OBJECT ${units})
    policygraph_compile(policygraph_headers)
    target_compile_options(policygraph_headers PRIVATE -O0 -g0)
    list(TRANSFORM modules PREPEND policygraph_)
    target_link_libraries(policygraph_headers PRIVATE ${modules})
  endif()
  set(plan "")
  get_property(places GLOBAL PROPERTY policygraph_places)
  foreach(place IN LISTS places)
    get_property(reach GLOBAL PROPERTY policygraph_reach_${place})
    string(APPEND plan "set(reach_${place} \"${reach}\")\n")
  endforeach()
  file(CONFIGURE OUTPUT "${PROJECT_BINARY_DIR}/floor_plan.cmake" CONTENT "set(places \"${places}\")\n${plan}")
  add_test(NAME includes COMMAND "${CMAKE_COMMAND}" "-DROOT=${PROJECT_SOURCE_DIR}"
    "-DPLAN=${PROJECT_BINARY_DIR}/floor_plan.cmake" "-DHEADERS=${headers}"
    -P "${PROJECT_SOURCE_DIR}/tests/check_includes.cmake")
  add_test(NAME locks COMMAND "${CMAKE_COMMAND}" "-DROOT=${PROJECT_SOURCE_DIR}" "-DWORK=${PROJECT_BINARY_DIR}/locks"
    -P "${PROJECT_SOURCE_DIR}/tests/check_locks.cmake")
  if(TARGET policygraph_graph)
    add_test(NAME refusals COMMAND "${CMAKE_COMMAND}" "-DCXX=${CMAKE_CXX_COMPILER}"
      "-DINCLUDES=${PROJECT_SOURCE_DIR}/include|${PROJECT_BINARY_DIR}/include" "-DWORK=${PROJECT_BINARY_DIR}/refusals"
      -P "${PROJECT_SOURCE_DIR}/tests/check_refusals.cmake")
  endif()
endfunction()
