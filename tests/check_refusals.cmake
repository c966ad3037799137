# That what must not compile does not: each piece of code is refused with the words given, and its neighbour that differs
# in the one point compiles.
#   cmake -DCXX=<compiler> -DINCLUDES=<folder|folder…> -DWORK=<scratch folder> -P check_refusals.cmake
cmake_minimum_required(VERSION 3.25)
string(REPLACE "|" ";" INCLUDES "${INCLUDES}")
list(TRANSFORM INCLUDES PREPEND "-I")
file(REMOVE_RECURSE "${WORK}")

function(compile header code out_result out_said)
  file(WRITE "${WORK}/code.cpp" "#include <iterator>\n#include <vector>\n#include \"policygraph/graph/${header}\"\nvoid use(const policygraph::Snapshot& snapshot) {\n  ${code}\n}\n")
  execute_process(COMMAND "${CXX}" -std=c++20 -fsyntax-only ${INCLUDES} "${WORK}/code.cpp"
    RESULT_VARIABLE result ERROR_VARIABLE said OUTPUT_QUIET)
  set(${out_result} "${result}" PARENT_SCOPE)
  set(${out_said} "${said}" PARENT_SCOPE)
endfunction()

function(must_refuse header refused accepted)
  compile(${header} "${accepted}" result said)
  if(NOT result EQUAL 0)
    message(SEND_ERROR "does not compile: ${accepted}\n${said}")
  endif()
  compile(${header} "${refused}" result said)
  string(FIND "${said}" "wrong on a directed graph: give it undirected(snapshot), or use weak_components" found)
  if(result EQUAL 0 OR found EQUAL -1)
    message(SEND_ERROR "expected a refusal of '${refused}', got ${result}: ${said}")
  endif()
endfunction()

foreach(measure IN ITEMS connected_components articulation_points biconnected_components core_numbers)
  must_refuse(measures.hpp "${measure}(snapshot);" "${measure}(undirected(snapshot));")
endforeach()
must_refuse(measures.hpp "connected_components(reverse(snapshot));" "weak_components(reverse(snapshot));")

# Boost's own, reached through its namespace.
set(table "std::vector<int> part(9); auto map = boost::make_iterator_property_map(part.begin(), get(boost::vertex_index, snapshot));")
foreach(header IN ITEMS connected_components biconnected_components)
  set(include "}\n#include <boost/graph/${header}.hpp>\nvoid use_more(const policygraph::Snapshot& snapshot) {\n  ${table}")
  if(header STREQUAL "connected_components")
    set(call "boost::connected_components(GRAPH, map);")
  else()
    set(call "std::vector<policygraph::NodeRow> cuts; boost::articulation_points(GRAPH, std::back_inserter(cuts));")
  endif()
  string(REPLACE GRAPH snapshot refused "${include}${call}")
  string(REPLACE GRAPH "undirected(snapshot)" accepted "${include}${call}")
  must_refuse(boost.hpp "${refused}" "${accepted}")
endforeach()
