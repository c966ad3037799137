#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "policygraph/document/document.hpp"

namespace policygraph::inline v0::detail::document {

// A folder's documents.csv (RFC 4180): options by the file's name as written in the row.
struct DocumentsCsv {
  std::map<std::string, DocumentOptions> rows;
  std::vector<Diagnostic> diagnostics;  // each names the line
};

// What a row leaves empty comes from `defaults`. Never fails: a row that cannot be read is left out with a diagnostic.
DocumentsCsv read_documents_csv(std::string_view text, std::string_view path, const DocumentOptions& defaults);

}  // namespace policygraph::inline v0::detail::document
