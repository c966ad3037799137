# policygraph_data(target NAME name FILES file…)
#
# Compiles text files (JSON, Cypher) into a module. The target policygraph_<module> gets a generated source, and
# `#include "<module>/<name>.hpp"` declares
#
#   namespace policygraph::inline v0::detail::<module> { std::span<const base::EmbeddedFile> <name>(); }
#
# FILES are relative to the module's folder; EmbeddedFile::path is that relative path. Call it after policygraph_module,
# from the same file. `target` is policygraph_<module>.

function(policygraph_data target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "NAME" "FILES")
  string(REGEX REPLACE "^policygraph_" "" module ${target})
  set(folder "${PROJECT_BINARY_DIR}/generated/${module}")
  set(inputs ${arg_FILES})
  list(TRANSFORM inputs PREPEND "${CMAKE_CURRENT_SOURCE_DIR}/")
  list(JOIN arg_FILES "|" files)
  set(script "${PROJECT_SOURCE_DIR}/cmake/embed.cmake")
  add_custom_command(
    OUTPUT "${folder}/${arg_NAME}.hpp" "${folder}/${arg_NAME}.cpp"
    COMMAND "${CMAKE_COMMAND}" "-DMODULE=${module}" "-DNAME=${arg_NAME}" "-DFILES=${files}"
            "-DFROM=${CMAKE_CURRENT_SOURCE_DIR}" "-DTO=${folder}" -P "${script}"
    DEPENDS ${inputs} "${script}"
    COMMENT "Embedding ${module}/${arg_NAME}" VERBATIM)
  target_sources(${target} PRIVATE "${folder}/${arg_NAME}.cpp" "${folder}/${arg_NAME}.hpp")
  # A long literal is what this is for, whatever the standard's minimum is.
  set_source_files_properties("${folder}/${arg_NAME}.cpp" PROPERTIES COMPILE_OPTIONS -Wno-overlength-strings)
endfunction()
