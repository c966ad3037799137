#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "picture/layout.hpp"

namespace policygraph::inline v0::detail::picture {

/// Points in squares within squares, so that what is far away counts as one (Barnes and Hut, Nature 324, 1986): pushes between all
/// pairs in O(n log n). Made anew for each round; storage is kept.
class Quadtree {
 public:
  /// Requires: finite points.
  void fill(std::span<const Point> points);
  /// The sum over all other points p of (at - p) / |at - p|^2. Distances below 1 count as 1.
  Point push_on(std::uint32_t self, const Point& at) const;

 private:
  static constexpr std::int32_t kNone = -1;
  struct Cell {
    Point middle;       // of the square
    double half = 0;    // of its side
    Point sum;          // of the points within
    double count = 0;
    std::int32_t first_child = kNone;  // of four
    std::int32_t point = kNone;        // the only one, in a leaf
  };
  void insert(std::int32_t point, const Point& at);
  std::int32_t child_of(std::int32_t cell, const Point& at) const;
  void split(std::int32_t cell);

  std::vector<Cell> cells_;
  std::vector<Point> points_;
  mutable std::vector<std::int32_t> waiting_;
};

}  // namespace policygraph::inline v0::detail::picture
