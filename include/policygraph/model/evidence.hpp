#pragma once

#include <cstdint>
#include <string>

#include "policygraph/base/id.hpp"
#include "policygraph/base/span.hpp"
#include "policygraph/export.hpp"

namespace policygraph::inline v0 {

/// The words a claim rests on: a span of a document's normalised text, who found it (an extractor or rule with its version,
/// "legal-act/1"; a person, "by:anna"; an edit, "cypher/1") and how sure it is (0 to 1).
struct Evidence {
  DocumentId document;
  Span span;
  std::string extractor;
  float confidence = 1.0F;
  friend bool operator==(const Evidence&, const Evidence&) = default;
};

/// Evidence as a reader wants it: with the quote, the document's title and address. Made when shown.
struct Citation {
  EvidenceId evidence;
  DocumentId document;
  std::string title;      ///< of the document
  std::string uri;
  std::string published;  ///< partial date text; empty: unknown
  Span span;              ///< bytes of the normalised text
  std::uint64_t start = 0, end = 0;  ///< the same in code points
  std::uint32_t line = 0;            ///< from 1; 0 where there is no text
  std::uint32_t page = 0;            ///< from 1; 0 where the document has no pages (form feeds in its text, as a PDF file's)
  std::string quote;      ///< the text of the span; "redacted", or "" where the text is not held
  std::string extractor;
  float confidence = 1.0F;
  friend bool operator==(const Citation&, const Citation&) = default;
};

/// "page 3" where the document has pages, else "line 12"; empty where there is no text.
POLICYGRAPH_EXPORT std::string place_of(const Citation& citation);

}  // namespace policygraph::inline v0
