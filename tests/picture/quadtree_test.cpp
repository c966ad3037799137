#include "picture/quadtree.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace policygraph::detail::picture {
namespace {

/// The slow twin: every pair.
Point pushed(const std::vector<Point>& points, std::size_t self) {
  Point push;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const double x = points[self].x - points[i].x, y = points[self].y - points[i].y;
    const double square = std::max(x * x + y * y, 1.0);
    push = {push.x + x / square, push.y + y / square};
  }
  return push;
}

std::vector<Point> scattered(std::size_t count) {
  std::vector<Point> points;
  for (std::size_t i = 0; i < count; ++i) points.push_back({static_cast<double>(i * 7919 % 1009), static_cast<double>(i * 104729 % 757)});
  return points;
}

TEST(Quadtree, PushesNearlyAsAllPairsDo) {
  const auto points = scattered(600);
  Quadtree tree;
  tree.fill(points);
  double all = 0, off = 0;
  for (std::uint32_t i = 0; i < points.size(); ++i) {
    const auto exact = pushed(points, i), near = tree.push_on(i, points[i]);
    all += std::hypot(exact.x, exact.y);
    off += std::hypot(exact.x - near.x, exact.y - near.y);
  }
  EXPECT_LT(off, all * 0.05);
}

TEST(Quadtree, IsExactForFew) {
  const std::vector<Point> points{{0, 0}, {3, 4}};
  Quadtree tree;
  tree.fill(points);
  EXPECT_DOUBLE_EQ(tree.push_on(1, points[1]).x, 3.0 / 25);
  EXPECT_DOUBLE_EQ(tree.push_on(0, points[0]).y, -4.0 / 25);
}

TEST(Quadtree, BearsPointsThatLieOnOneAnother) {
  const std::vector<Point> points(50, Point{5, 5});
  Quadtree tree;
  tree.fill(points);
  EXPECT_EQ(tree.push_on(7, points[7]).x, 0);
  tree.fill({});
  EXPECT_EQ(tree.push_on(0, {1, 1}).y, 0);
}

}  // namespace
}  // namespace policygraph::detail::picture
