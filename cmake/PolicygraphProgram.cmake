# policygraph_all_modules(out)             the targets of every module that was configured
# policygraph_cli(SOURCES file…)           the program bin/policygraph
# policygraph_bench(name SOURCES file…)    the program bin/bench_<name>

function(policygraph_all_modules out)
  get_property(modules GLOBAL PROPERTY policygraph_modules)
  list(TRANSFORM modules PREPEND policygraph_)
  set(${out} ${modules} PARENT_SCOPE)
endfunction()

function(policygraph_cli)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "" "SOURCES")
  if(NOT arg_SOURCES)
    return()
  endif()
  policygraph_require(cli11)
  policygraph_all_modules(modules)
  add_executable(policygraph_cli ${arg_SOURCES})
  policygraph_compile(policygraph_cli)
  set_target_properties(policygraph_cli PROPERTIES OUTPUT_NAME policygraph)
  target_include_directories(policygraph_cli PRIVATE "${PROJECT_SOURCE_DIR}")
  target_compile_definitions(policygraph_cli PRIVATE "POLICYGRAPH_CLI_VERSION=\"${PROJECT_VERSION}\"")
  target_link_libraries(policygraph_cli PRIVATE ${modules} policygraph_outside_cli11)
endfunction()

function(policygraph_bench name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES")
  policygraph_all_modules(modules)
  add_executable(bench_${name} ${arg_SOURCES})
  policygraph_compile(bench_${name})
  target_include_directories(bench_${name} PRIVATE "${PROJECT_SOURCE_DIR}")
  target_link_libraries(bench_${name} PRIVATE ${modules})
endfunction()
