#pragma once

#include <string>
#include <string_view>

#include "policygraph/document/document.hpp"

namespace policygraph::testing {

// A line a block: "zone[level] (marker) {table row,column} text", line breaks as '|'. What is nothing is left out.
inline std::string blocks_text(const Document& document) {
  std::string lines;
  for (const auto& block : document.blocks()) {
    lines += zone_name(block.zone);
    if (block.level != 0) lines += std::to_string(block.level);
    if (!block.marker.empty()) lines += " (" + block.marker + ")";
    if (block.table != 0)
      lines += " {" + std::to_string(block.table) + " " + std::to_string(block.row) + "," +
               std::to_string(block.column) + "}";
    lines += " ";
    for (const char c : document.cut(block.span)) lines += c == '\n' ? '|' : c;
    lines += "\n";
  }
  return lines;
}

inline Document read(std::string_view bytes, std::string_view name, const DocumentOptions& options = {}) {
  return read_document_bytes(bytes, name, options);
}

inline bool has_diagnostic(const Document& document, std::string_view part) {
  for (const auto& one : document.diagnostics()) {
    if (one.text.find(part) != std::string::npos) return true;
  }
  return false;
}

}  // namespace policygraph::testing
