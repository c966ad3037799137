#include "document/markers.hpp"

#include <gtest/gtest.h>

namespace policygraph::detail::document {
namespace {

std::string marker_and_rest(std::string_view line) {
  const auto marker = marker_at(line);
  return marker ? marker->name + "|" + std::string(line.substr(marker->size)) : "none";
}

TEST(Markers, AreFoundAtTheStartOfALine) {
  EXPECT_EQ(marker_and_rest("- a"), "-|a");
  EXPECT_EQ(marker_and_rest("• a"), "•|a");
  EXPECT_EQ(marker_and_rest("•a"), "•|a");
  EXPECT_EQ(marker_and_rest("– a"), "–|a");
  EXPECT_EQ(marker_and_rest("12. a"), "12|a");
  EXPECT_EQ(marker_and_rest("3) a"), "3|a");
  EXPECT_EQ(marker_and_rest("2.1. a"), "2.1|a");
  EXPECT_EQ(marker_and_rest("(4) a"), "4|a");
  EXPECT_EQ(marker_and_rest("a) b"), "a|b");
  EXPECT_EQ(marker_and_rest("б) в"), "б|в");
  EXPECT_EQ(marker_and_rest("iv) b"), "iv|b");
  EXPECT_EQ(marker_and_rest("[7]. b"), "[7]|b");
  EXPECT_EQ(marker_and_rest("- [1]. b"), "[1]|b");
}

TEST(Markers, AreNotSeenInProse) {
  for (const char* line : {"", "-", "-5 degrees", "2019. In that year", "4.9 million", "1.", "A. Smith", "V. Putin",
                           "(see above) a", "[Excerpt] b", "No. 17", "— Yes, — he said.", "1000) a", "2.5) a b c"}) {
    if (std::string_view(line) == "2.5) a b c")
      EXPECT_EQ(marker_and_rest(line), "2.5|a b c");
    else
      EXPECT_EQ(marker_and_rest(line), "none") << line;
  }
}

TEST(Markers, NumbersOfHeadingsSayTheirDepth) {
  EXPECT_EQ(heading_number_depth("1. Scope"), 1U);
  EXPECT_EQ(heading_number_depth("2.1 Scope"), 2U);
  EXPECT_EQ(heading_number_depth("2.1.3. Scope"), 3U);
  EXPECT_EQ(heading_number_depth("5 parks"), 0U);
  EXPECT_EQ(heading_number_depth("Scope"), 0U);
}

}  // namespace
}  // namespace policygraph::detail::document
