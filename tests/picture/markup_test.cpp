#include "picture/markup.hpp"

#include <gtest/gtest.h>

namespace policygraph::detail::picture {
namespace {

TEST(Markup, EscapesWhatEndsTextOrAnAttribute) {
  EXPECT_EQ(escaped("<a href=\"x\" id='y'>&amp;"), "&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;amp;");
}

TEST(Markup, LeavesOutWhatXmlForbidsAndWhatTurnsWriting) {
  EXPECT_EQ(escaped(std::string_view("a\0b\x1b[31m", 8)), "ab[31m");
  EXPECT_EQ(escaped("a\u202Eb\u2066c\uFFFFd"), "abcd");
}

TEST(Markup, RepairsBadUtf8) { EXPECT_EQ(escaped("a\xFF<"), "a\uFFFD&lt;"); }

TEST(Markup, LinksToTheWebAlone) {
  EXPECT_EQ(link_address("https://example.org/?a=1&b='x'"), "https://example.org/?a=1&amp;b=&#39;x&#39;");
  EXPECT_EQ(link_address("javascript:alert(1)"), "");
  EXPECT_EQ(link_address("file:///etc/passwd"), "");
  EXPECT_EQ(link_address("https://a b"), "");
}

TEST(Markup, CutsByCodePoints) {
  EXPECT_EQ(shortened("шапка", 5), "шапка");
  EXPECT_EQ(shortened("шапка", 4), "шап…");
  EXPECT_EQ(shortened("", 4), "");
}

TEST(Markup, GroupsTheDigitsOfAmounts) {
  EXPECT_EQ(grouped("4900000 EUR"), "4\u202f900\u202f000 EUR");
  EXPECT_EQ(grouped("12345.67"), "12\u202f345.67");
  EXPECT_EQ(grouped("2024 UZS"), "2024 UZS");
  EXPECT_EQ(grouped("123456-son"), "123456-son");
}

TEST(Markup, WritesNumbersWithOneDecimal) {
  EXPECT_EQ(number(12.04), "12");
  EXPECT_EQ(number(-0.04), "0");
  EXPECT_EQ(number(-0.3), "-0.3");
  EXPECT_EQ(number(7.25), "7.3");
}

}  // namespace
}  // namespace policygraph::detail::picture
