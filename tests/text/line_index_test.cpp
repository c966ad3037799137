#include "policygraph/text/line_index.hpp"

#include <gtest/gtest.h>

namespace policygraph {
namespace {

TEST(LineIndex, CountsColumnsInCodePoints) {
  const LineIndex index("qonun\nқонун №5\n");
  EXPECT_EQ(index.at(0), (LineColumn{1, 1}));
  EXPECT_EQ(index.at(6), (LineColumn{2, 1}));
  EXPECT_EQ(index.at(6 + 10), (LineColumn{2, 6}));
  EXPECT_EQ(index.line_count(), 3U);
}

TEST(LineIndex, LineLeavesItsBreakOut) {
  const std::string_view text = "a\r\nbc\n";
  const LineIndex index(text);
  EXPECT_EQ(index.line(1), (Span{0, 1}));
  EXPECT_EQ(index.line(2), (Span{3, 5}));
  EXPECT_EQ(index.line(3), (Span{6, 6}));
}

TEST(LineIndex, PastTheEndIsTheEnd) { EXPECT_EQ(LineIndex("ab").at(99), (LineColumn{1, 3})); }

}  // namespace
}  // namespace policygraph
