#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace policygraph::inline v0::detail::document {

// What stands before an item: "1." -> "1", "a)" -> "a", "[7]." -> "[7]", "•" -> "•", "- [1]." -> "[1]".
struct Marker {
  std::string name;
  std::size_t size = 0;  // bytes up to the item's own text
  bool is_bullet = false;
};

// The marker at the start of a line that has no blanks before it. A number needs its stop or bracket and a blank after
// it; letters and Roman numbers need a bracket, so that "A. Smith" is no item.
std::optional<Marker> marker_at(std::string_view line);

// "2.1 Scope", "3.4.1. Scope": how many numbers stand before the words of a heading; 0: none.
std::size_t heading_number_depth(std::string_view line) noexcept;

}  // namespace policygraph::inline v0::detail::document
