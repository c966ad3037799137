#include "picture/quadtree.hpp"

#include <algorithm>

namespace policygraph::inline v0::detail::picture {
namespace {

constexpr int kMaxDepth = 32;            // points that lie on one another end in one leaf
constexpr double kFarSquare = 0.8 * 0.8; // a square this small beside its distance counts as one point

void place_child(Point& middle, double& half, const Point& of, double of_half, int quarter) {
  half = of_half / 2;
  middle = {of.x + ((quarter & 1) != 0 ? half : -half), of.y + ((quarter & 2) != 0 ? half : -half)};
}

}  // namespace

void Quadtree::fill(std::span<const Point> points) {
  points_.assign(points.begin(), points.end());
  cells_.clear();
  if (points.empty()) return;
  Point low = points.front(), high = low;
  for (const auto& point : points) {
    low = {std::min(low.x, point.x), std::min(low.y, point.y)};
    high = {std::max(high.x, point.x), std::max(high.y, point.y)};
  }
  auto& root = cells_.emplace_back();
  root.middle = {(low.x + high.x) / 2, (low.y + high.y) / 2};
  root.half = std::max({high.x - low.x, high.y - low.y, 1.0}) / 2;
  for (std::size_t i = 0; i < points.size(); ++i) insert(static_cast<std::int32_t>(i), points[i]);
}

std::int32_t Quadtree::child_of(std::int32_t cell, const Point& at) const {
  const auto& of = cells_[static_cast<std::size_t>(cell)];
  return of.first_child + (at.x > of.middle.x ? 1 : 0) + (at.y > of.middle.y ? 2 : 0);
}

void Quadtree::split(std::int32_t cell) {
  const auto first = static_cast<std::int32_t>(cells_.size());
  cells_.resize(cells_.size() + 4);
  auto& parent = cells_[static_cast<std::size_t>(cell)];
  parent.first_child = first;
  for (int quarter = 0; quarter < 4; ++quarter) {
    auto& child = cells_[static_cast<std::size_t>(first + quarter)];
    place_child(child.middle, child.half, parent.middle, parent.half, quarter);
  }
  const auto point = parent.point;
  parent.point = kNone;
  const auto& at = points_[static_cast<std::size_t>(point)];
  auto& child = cells_[static_cast<std::size_t>(child_of(cell, at))];
  child.point = point;
  child.sum = at;
  child.count = 1;
}

void Quadtree::insert(std::int32_t point, const Point& at) {
  std::int32_t cell = 0;
  for (int depth = 0;; ++depth) {
    auto& here = cells_[static_cast<std::size_t>(cell)];
    const bool is_leaf = here.first_child == kNone, was_empty = here.count < 0.5;
    here.sum = {here.sum.x + at.x, here.sum.y + at.y};
    here.count += 1;
    if (is_leaf && was_empty) here.point = point;
    if (is_leaf && (was_empty || depth >= kMaxDepth)) return;
    if (is_leaf) split(cell);
    cell = child_of(cell, at);
  }
}

Point Quadtree::push_on(std::uint32_t self, const Point& at) const {
  Point push;
  waiting_.assign(cells_.empty() ? 0 : 1, 0);
  while (!waiting_.empty()) {
    const auto& cell = cells_[static_cast<std::size_t>(waiting_.back())];
    waiting_.pop_back();
    if (cell.count < 0.5 || cell.point == static_cast<std::int32_t>(self)) continue;
    const double x = at.x - cell.sum.x / cell.count, y = at.y - cell.sum.y / cell.count;
    const double square = x * x + y * y;
    if (cell.first_child != kNone && 4 * cell.half * cell.half > kFarSquare * square) {
      for (std::int32_t i = 0; i < 4; ++i) waiting_.push_back(cell.first_child + i);
      continue;
    }
    const double force = cell.count / std::max(square, 1.0);
    push = {push.x + x * force, push.y + y * force};
  }
  return push;
}

}  // namespace policygraph::inline v0::detail::picture
