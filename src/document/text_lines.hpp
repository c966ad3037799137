#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "policygraph/base/span.hpp"

namespace policygraph::inline v0::detail::document {

// A line with something on it, without the blanks at its ends.
struct TextLine {
  Span span;
  std::uint32_t indent = 0;  // blanks before it, in code points
  std::uint32_t width = 0;   // of the span, in code points; at most kWidest
  bool after_empty = false;  // an empty line stands before it, or nothing
  bool starts_item = false;  // with a list marker
};
inline constexpr std::uint32_t kWidest = 10'000;

// Lines [first, last) that are one paragraph.
struct TextParagraph {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  Span span;
  bool after_empty = false;
  bool before_empty = false;
  bool starts_item = false;
};

std::vector<TextLine> read_lines(std::string_view text);

// Paragraphs: empty lines end them; so does every line break, except where lines are clearly wrapped (full lines, most
// of which go on in lower case), or where a line breaks off and the next goes on in lower case, even over the empty
// line of a page's end.
std::vector<TextParagraph> read_paragraphs(std::string_view text, const std::vector<TextLine>& lines);

}  // namespace policygraph::inline v0::detail::document
