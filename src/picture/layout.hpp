#pragma once

#include <cstdint>
#include <stop_token>
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
/// packed beside each other, the largest first; single boxes stand in rows below. A part that is a line (a path) is written as one.
/// Deterministic: no chance, no clock; a bounded number of rounds, each O(n log n): less than a second for 3,000 boxes.
///
/// Requires: ends of links are below boxes.size(). Throws Error(interrupted) once `stop` is requested.
Layout lay_out(const std::vector<Size>& boxes, const std::vector<std::pair<std::uint32_t, std::uint32_t>>& links, const std::stop_token& stop = {});

}  // namespace policygraph::inline v0::detail::picture
