#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "document/document_date.hpp"
#include "policygraph/document/document.hpp"

namespace policygraph::inline v0::detail::document {

// The block that is a document's title: of the headings it begins with, the longest. Among them, the head of a journal
// or a newspaper (a line with such a word, over its address or another heading) becomes furniture and is given back.
struct FoundTitle {
  std::optional<std::size_t> block;
  std::string masthead;
};
FoundTitle find_title(std::string_view text, std::vector<Block>& blocks);

// When the document says it was published: a labelled date ("Published: 02.03.26"), else a line that is a date, near
// its start or at its end; else the dateline of its first paragraph.
std::optional<FoundDate> find_published(std::string_view text, const std::vector<Block>& blocks);
// Where a known date is written, near the start or at the end.
std::optional<Span> find_date_span(std::string_view text, const std::vector<Block>& blocks, const PartialDate& date);

// Its words on one line.
std::string one_line(std::string_view block);

}  // namespace policygraph::inline v0::detail::document
