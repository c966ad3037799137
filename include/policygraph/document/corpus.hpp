#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "policygraph/document/document.hpp"
#include "policygraph/export.hpp"

namespace policygraph::inline v0 {

/// A file to read and what `documents.csv` beside it says of it.
struct CorpusEntry {
  std::string path;
  DocumentOptions options;
};

/// Files of known types under the paths given (files as they are, folders with all below them), sorted by path, each
/// once. Links that lead back into a folder being walked are left out with a warning; files and folders that cannot be
/// read with a diagnostic of severity error. Each folder's `documents.csv` (columns file,title,uri,publisher,published,language,source_tier; any order, any
/// subset beside file) is read; a row whose file is missing is a diagnostic. `documents.csv` and SOURCES.md, README.md
/// are not documents. The options given stand where a row says nothing; both yield to what a page declares of itself
/// (`yields_to_document`).
struct Corpus {
  std::vector<CorpusEntry> entries;
  std::vector<Diagnostic> diagnostics;
};

/// Throws Error(not_found) for a path that does not exist.
POLICYGRAPH_EXPORT Corpus find_documents(const std::vector<std::string>& paths, const DocumentOptions& defaults = {});

/// Endings read here: .txt .text .md .html .htm .xhtml .pdf .docx .docm .mht .mhtml .warc .warc.gz (docs/how-to/sources.md).
POLICYGRAPH_EXPORT bool is_document_name(std::string_view path) noexcept;

}  // namespace policygraph::inline v0
