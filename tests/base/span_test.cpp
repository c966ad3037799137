#include "policygraph/base/span.hpp"

#include <gtest/gtest.h>

#include <type_traits>
#include <unordered_set>

#include "policygraph/base/id.hpp"

namespace policygraph {
namespace {

TEST(Span, IsHalfOpen) {
  constexpr Span span{3, 6};
  EXPECT_EQ(span.size(), 3U);
  EXPECT_TRUE(span.contains(3));
  EXPECT_FALSE(span.contains(6));
  EXPECT_FALSE(span.overlaps({6, 8}));
  EXPECT_TRUE(span.overlaps({5, 8}));
  EXPECT_TRUE(span.contains(Span{6, 6}));
  EXPECT_EQ(cover(span, {8, 9}), (Span{3, 9}));
  EXPECT_LT((Span{3, 5}), span);
}

TEST(Id, IsATypeOfItsOwn) {
  static_assert(!std::is_convertible_v<NodeKey, EdgeKey>);
  EXPECT_FALSE(NodeKey{});
  EXPECT_TRUE(NodeKey{1});
  EXPECT_LT(NodeKey{1}, NodeKey{2});
  EXPECT_EQ((std::unordered_set<NodeKey>{NodeKey{1}, NodeKey{1}, NodeKey{2}}).size(), 2U);
}

}  // namespace
}  // namespace policygraph
