#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policygraph/export.hpp"
#include "policygraph/model/evidence.hpp"
#include "policygraph/query/query.hpp"

namespace policygraph::inline v0 {

/// How what an answer rests on is written down.
enum class CitationStyle : std::uint8_t {
  plain,     ///< a table for a terminal with numbered notes below: quote, document, place (`to_table`)
  markdown,  ///< a table of CommonMark with GitHub's tables, and a numbered list; text of documents is escaped, links are http(s) alone
  bibtex,    ///< an @misc for each document cited, for BibTeX and biblatex; what was quoted is its annotation
  csl_json,  ///< the same as a JSON array of the Citation Style Language 1.0.2, for Zotero, pandoc and citeproc
  /// A JSON array of W3C Web Annotations (Recommendation of 23 February 2017), one for each passage: a TextQuoteSelector with the
  /// words and 32 code points before and after, and a TextPositionSelector in code points of the normalised text (NFC, line feeds). A
  /// document without an address is named by its digest (RFC 6920: ni:///sha-256;...).
  web_annotation,
};
/// "plain", "markdown", "bibtex", "csl-json", "web-annotation".
POLICYGRAPH_EXPORT std::string_view style_name(CitationStyle style) noexcept;
POLICYGRAPH_EXPORT std::optional<CitationStyle> style_by_name(std::string_view name) noexcept;

struct CitationOptions {
  std::optional<std::vector<std::size_t>> rows{};  ///< of the answer, in this order; none: all
  std::size_t width = 120;                         ///< of the plain style; 0: as wide as needed
};
/// What the rows rest on, each passage or document once, in the order rows call for it; words that a longer passage of the same row
/// holds are left out. Costs a cut of text for each piece of evidence. Throws Error(invalid_argument) for a row past the last.
///
///     std::cout << policygraph::to_citations(rows, policygraph::CitationStyle::bibtex);
POLICYGRAPH_EXPORT std::string to_citations(const Rows& rows, CitationStyle style, const CitationOptions& options = {});

/// A passage within its sentence, or sentences: `before` and `after` are the rest of them, at most 2,000 bytes each; empty where
/// the text is not held.
struct Quotation {
  Citation citation;
  std::string before;
  std::string after;
  friend bool operator==(const Quotation&, const Quotation&) = default;
};
/// Why a row is there: what it rests on, in the sentences it was read in; the longest passages first.
POLICYGRAPH_EXPORT std::vector<Quotation> quotations(const Rows& rows, std::size_t row);

}  // namespace policygraph::inline v0
