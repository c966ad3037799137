# Writes TO/NAME.hpp and TO/NAME.cpp from FILES (joined by '|', relative to FROM); see PolicygraphData.cmake.
cmake_minimum_required(VERSION 3.25)
string(REPLACE "|" ";" FILES "${FILES}")
set(rows "")
foreach(path IN LISTS FILES)
  file(READ "${FROM}/${path}" text)
  if(text MATCHES "\\)policygraph\"")
    message(FATAL_ERROR "${path} holds the end mark of a raw literal")
  endif()
  string(APPEND rows "    {\"${path}\", R\"policygraph(${text})policygraph\"},\n")
endforeach()
set(opening "namespace policygraph::inline v0::detail::${MODULE} {\n")
file(WRITE "${TO}/${NAME}.hpp"
  "#pragma once\n\n#include <span>\n\n#include \"base/embedded_file.hpp\"\n\n${opening}"
  "std::span<const base::EmbeddedFile> ${NAME}();\n}\n")
file(WRITE "${TO}/${NAME}.cpp"
  "#include \"${MODULE}/${NAME}.hpp\"\n\n${opening}"
  "namespace {\nconstexpr base::EmbeddedFile kFiles[] = {\n${rows}};\n}\n\n"
  "std::span<const base::EmbeddedFile> ${NAME}() { return kFiles; }\n}\n")
