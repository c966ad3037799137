#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace policygraph::inline v0::detail::document {

// A character reference ("&amp;", "&#8470;", "&#x2116;") as UTF-8, and how many source bytes it took.
struct HtmlReference {
  std::string text;
  std::size_t size = 0;  // 0: the ampersand stands for itself
};

// The reference that starts with the ampersand at `offset`. Requires: html[offset] == '&'.
// In an attribute, a name without its semicolon is plain text before '=' and alphanumerics (WHATWG 13.2.5.73).
HtmlReference html_reference_at(std::string_view html, std::size_t offset, bool in_attribute);

// The text with every reference replaced.
std::string decode_html_references(std::string_view html, bool in_attribute);

}  // namespace policygraph::inline v0::detail::document
