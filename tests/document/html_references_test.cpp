#include "document/html_references.hpp"

#include <gtest/gtest.h>

namespace policygraph::detail::document {
namespace {

TEST(HtmlReferences, DecodesNamesAndNumbers) {
  EXPECT_EQ(decode_html_references("a &amp; b &lt;c&gt; &quot;", false), "a & b <c> \"");
  EXPECT_EQ(decode_html_references("&laquo;&numero;&raquo; &alpha;&hellip;", false), "«№» α…");
  EXPECT_EQ(decode_html_references("&#8470; &#x2116; &#X2116;", false), "№ № №");
  EXPECT_EQ(decode_html_references("&CounterClockwiseContourIntegral;", false), "∳");
  EXPECT_EQ(decode_html_references("&NotEqualTilde;", false), "≂̸");
}

TEST(HtmlReferences, LeavesWhatIsNone) {
  for (const char* text : {"&", "& b", "&unknown;", "&#;", "&#x;", "AT&T", "&&", "a&b=c"}) {
    EXPECT_EQ(decode_html_references(text, false), text);
  }
}

TEST(HtmlReferences, TakesOldNamesWithoutSemicolon) {
  EXPECT_EQ(decode_html_references("&copy 2024 &nbsp", false), "© 2024 \u00A0");
  EXPECT_EQ(decode_html_references("&notit; &notin;", false), "¬it; ∉");
  EXPECT_EQ(decode_html_references("?a=1&copy=2&lt=3", true), "?a=1&copy=2&lt=3");
  EXPECT_EQ(decode_html_references("&copy; &copy!", true), "© ©!");
}

TEST(HtmlReferences, GivesBadNumbersAsBrowsersDo) {
  EXPECT_EQ(decode_html_references("&#0;&#xD800;&#x110000;&#99999999999999999999;", false), "\uFFFD\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(decode_html_references("&#151;&#x80;", false), "—€");
}

}  // namespace
}  // namespace policygraph::detail::document
