#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "policygraph/base/diagnostic.hpp"
#include "policygraph/document/document.hpp"
#include "policygraph/text/offset_map.hpp"

namespace policygraph::inline v0::detail::document {

// A file's bytes as UTF-8, without a byte order mark.
struct SourceText {
  std::string text;
  OffsetMap map;  // source: the bytes
  std::vector<Diagnostic> diagnostics;
};

// Says in a diagnostic what it guessed and what it repaired. `label` is the caller's and wins; `hint` the page's own.
// Throws Error(encoding) for an unknown `label` and for bytes that are no text.
SourceText decode_source(std::string_view bytes, std::string_view name, std::string_view label, std::string_view hint);

// The label in <meta charset> or <?xml encoding?> of the first 1,024 bytes; empty when there is none.
std::string declared_html_encoding(std::string_view bytes);

// `span` without blanks and line breaks at its ends; `text` in UTF-8.
Span trimmed(std::string_view text, Span span);
std::string_view trimmed(std::string_view text);

}  // namespace policygraph::inline v0::detail::document
