#include "picture/chain.hpp"

#include <gtest/gtest.h>

namespace policygraph::detail::picture {
namespace {

using Order = std::vector<std::uint32_t>;

TEST(Chain, IsReadTheWayMostLinksLead) {
  EXPECT_EQ(chain_of(3, {{2, 1}, {1, 0}}), (Order{2, 1, 0}));
  EXPECT_EQ(chain_of(4, {{0, 1}, {2, 1}, {2, 3}}), (Order{0, 1, 2, 3}));
  EXPECT_EQ(chain_of(2, {{1, 0}, {1, 0}, {0, 1}, {1, 1}}), (Order{1, 0}));
}

TEST(Chain, IsNoStarRingOrScatter) {
  EXPECT_TRUE(chain_of(4, {{0, 1}, {0, 2}, {0, 3}}).empty());
  EXPECT_TRUE(chain_of(3, {{0, 1}, {1, 2}, {2, 0}}).empty());
  EXPECT_TRUE(chain_of(4, {{0, 1}, {2, 3}}).empty());
  EXPECT_TRUE(chain_of(5, {{0, 1}, {2, 3}, {3, 4}, {4, 2}}).empty());
  EXPECT_TRUE(chain_of(1, {}).empty());
  EXPECT_TRUE(chain_of(0, {}).empty());
}

}  // namespace
}  // namespace policygraph::detail::picture
