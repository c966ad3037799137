#pragma once

#include <cstdint>
#include <string_view>

namespace policygraph::inline v0::detail::document {

// What an element is to a reader of text.
enum class HtmlRole : std::uint8_t {
  phrase,  // runs within a line
  block,   // begins and ends a line, nothing more
  paragraph,
  heading,
  list,
  item,
  table,
  row,
  cell,
  caption,
  quote,
  preformatted,
  line_break,
  rule,
  empty,      // has no content (img, input, meta)
  article,    // main, article: what the page is for
  edge,       // header, footer: furniture outside an article
  furniture,  // nav, aside, button, select, ...
  form,
  foreign,  // svg, math
};

// The elements that matter, by number (0 is every other one: a phrase that is not tracked).
using HtmlElementId = std::uint8_t;
inline constexpr HtmlElementId kOtherElement = 0;
inline constexpr std::size_t kElementCount = 128;

struct HtmlElement {
  std::string_view name;
  HtmlRole role = HtmlRole::phrase;
};

HtmlElementId html_element_id(std::string_view name_in_lower_case) noexcept;
const HtmlElement& html_element(HtmlElementId id) noexcept;

}  // namespace policygraph::inline v0::detail::document
