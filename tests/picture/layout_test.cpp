#include "picture/layout.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace policygraph::detail::picture {
namespace {

using Links = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

std::size_t overlaps(const Layout& layout, const std::vector<Size>& boxes) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < boxes.size(); ++i)
    for (std::size_t k = i + 1; k < boxes.size(); ++k)
      count += std::abs(layout.centres[i].x - layout.centres[k].x) * 2 < boxes[i].width + boxes[k].width &&
               std::abs(layout.centres[i].y - layout.centres[k].y) * 2 < boxes[i].height + boxes[k].height;
  return count;
}

bool lies_within(const Layout& layout, const std::vector<Size>& boxes) {
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    const auto& centre = layout.centres[i];
    if (centre.x - boxes[i].width / 2 < 0 || centre.y - boxes[i].height / 2 < 0) return false;
    if (centre.x + boxes[i].width / 2 > layout.size.width || centre.y + boxes[i].height / 2 > layout.size.height) return false;
  }
  return true;
}

/// A tree with some links across.
Links web(std::uint32_t nodes) {
  Links links;
  for (std::uint32_t i = 1; i < nodes; ++i) links.emplace_back(i, (i * 7) % i);
  for (std::uint32_t i = 3; i < nodes; i += 5) links.emplace_back(i, (i * 13) % nodes);
  return links;
}

TEST(Layout, KeepsThreeHundredBoxesApart) {
  const std::vector<Size> boxes(300, Size{120, 40});
  const auto layout = lay_out(boxes, web(300));
  EXPECT_EQ(overlaps(layout, boxes), 0U);
  EXPECT_TRUE(lies_within(layout, boxes));
  EXPECT_LT(layout.size.width * layout.size.height, 300 * 120 * 40 * 8.0);
}

TEST(Layout, PacksPartsThatNoLinkJoins) {
  const std::vector<Size> boxes(60, Size{90, 30});
  Links links;
  for (std::uint32_t i = 0; i + 1 < 40; i += 4) links.emplace_back(i, i + 1);
  const auto layout = lay_out(boxes, links);
  EXPECT_EQ(overlaps(layout, boxes), 0U);
  EXPECT_TRUE(lies_within(layout, boxes));
}

TEST(Layout, KeepsThreeThousandBoxesApart) {
  const std::vector<Size> boxes(3000, Size{120, 40});
  const auto layout = lay_out(boxes, web(3000));
  EXPECT_EQ(overlaps(layout, boxes), 0U);
  EXPECT_TRUE(lies_within(layout, boxes));
  EXPECT_LT(layout.size.width * layout.size.height, 3000 * 120 * 40 * 10.0);
}

TEST(Layout, WritesALineFromLeftToRight) {
  const std::vector<Size> boxes{{90, 37}, {60, 37}, {120, 51}, {30, 37}};
  const auto layout = lay_out(boxes, {{1, 0}, {0, 3}, {3, 2}});
  const std::vector<std::size_t> order{1, 0, 3, 2};
  for (std::size_t i = 0; i + 1 < order.size(); ++i) {
    const auto &here = layout.centres[order[i]], &next = layout.centres[order[i + 1]];
    EXPECT_LT(here.x + boxes[order[i]].width / 2, next.x - boxes[order[i + 1]].width / 2);
    EXPECT_EQ(here.y - boxes[order[i]].height / 2, next.y - boxes[order[i + 1]].height / 2);
  }
}

TEST(Layout, IsTheSameEachTime) {
  const std::vector<Size> boxes(80, Size{70, 30});
  const auto first = lay_out(boxes, web(80)), second = lay_out(boxes, web(80));
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    EXPECT_EQ(first.centres[i].x, second.centres[i].x);
    EXPECT_EQ(first.centres[i].y, second.centres[i].y);
  }
}

TEST(Layout, BearsNothingLoopsAndTwins) {
  EXPECT_TRUE(lay_out({}, {}).centres.empty());
  const std::vector<Size> boxes(2, Size{50, 20});
  const auto layout = lay_out(boxes, {{0, 0}, {0, 1}, {0, 1}, {1, 0}});
  EXPECT_EQ(overlaps(layout, boxes), 0U);
  EXPECT_TRUE(std::isfinite(layout.centres[0].x));
}

}  // namespace
}  // namespace policygraph::detail::picture
