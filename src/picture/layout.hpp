#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace policygraph::inline v0::detail::picture {

struct Point {
  double x = 0;
  double y = 0;
};
struct Size {
  double width = 0;
  double height = 0;
};

/// Where boxes (a node with its caption) are drawn: centres, and the size of the whole.
struct Layout {
  std::vector<Point> centres;
  Size size;
};

/// Places boxes so that linked ones are near each other and none overlap. Parts that no link joins are laid out on their own and then
/// packed beside each other, the largest first; single boxes stand in rows below. Deterministic: no chance, no clock; a fixed number of
/// rounds, so at most 3·10^7 pairs are looked at.
///
/// Requires: ends of links are below boxes.size().
Layout lay_out(const std::vector<Size>& boxes, const std::vector<std::pair<std::uint32_t, std::uint32_t>>& links);

}  // namespace policygraph::inline v0::detail::picture
