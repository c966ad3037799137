# The third lock: reads every #include and refuses a module that names one out of its reach, an outside library in a
# public header (graph/boost.hpp and graph/boost_measures.hpp apart), and a public header that no module lists.
#   cmake -DROOT=<repository> -DPLAN=<floor_plan.cmake> -DHEADERS=<listed headers> -P check_includes.cmake
cmake_minimum_required(VERSION 3.25)
include("${PLAN}")
set(trouble "")

foreach(module IN LISTS places)
  file(GLOB_RECURSE own RELATIVE "${ROOT}" "${ROOT}/src/${module}/*.?pp" "${ROOT}/include/policygraph/${module}/*.hpp"
       "${ROOT}/tests/${module}/*.?pp")
  foreach(path IN LISTS own)
    file(STRINGS "${ROOT}/${path}" lines REGEX "^[ \t]*#[ \t]*include[ \t]*[<\"]")
    foreach(line IN LISTS lines)
      string(REGEX REPLACE "^[ \t]*#[ \t]*include[ \t]*[<\"]([^>\"]*)[>\"].*" "\\1" file "${line}")
      string(REGEX REPLACE "^policygraph/" "" inner "${file}")
      string(REGEX MATCH "^[^/]+" named "${inner}")
      if(inner MATCHES "/" AND named IN_LIST places AND NOT named STREQUAL module AND NOT named IN_LIST reach_${module})
        string(APPEND trouble "  ${path}: '${file}' is out of the reach of '${module}'\n")
      endif()
      if(path MATCHES "^include/" AND NOT file MATCHES "^policygraph/" AND file MATCHES "[/.]"
         AND NOT path MATCHES "^include/policygraph/graph/boost(_measures)?[.]hpp$")
        string(APPEND trouble "  ${path}: '${file}' is an outside header in a public one\n")
      endif()
    endforeach()
  endforeach()
endforeach()

file(GLOB_RECURSE public RELATIVE "${ROOT}/include/policygraph" "${ROOT}/include/policygraph/*/*.hpp")
foreach(header IN LISTS public)
  if(NOT header IN_LIST HEADERS)
    string(APPEND trouble "  include/policygraph/${header} stands in no module's HEADERS\n")
  endif()
endforeach()

if(trouble)
  message(FATAL_ERROR "includes that break the floor plan:\n${trouble}")
endif()
