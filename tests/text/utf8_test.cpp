#include "policygraph/text/utf8.hpp"

#include <gtest/gtest.h>

#include <array>
#include <random>

namespace policygraph {
namespace {

TEST(Utf8, ReadsAndWritesEveryLength) {
  for (const char32_t c : {U'a', U'ў', U'№', U'\U0001F4DC'}) {
    std::string text;
    append_utf8(text, c);
    EXPECT_EQ(code_point_at(text, 0).value, c);
    EXPECT_EQ(code_point_at(text, 0).size, text.size());
    EXPECT_EQ(code_point_before(text, text.size()).value, c);
  }
}

TEST(Utf8, RefusesOverlongSurrogatesAndPastTheLast) {
  for (const std::string_view bad : {"\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xF8", "\x80", "a\xD0"}) {
    EXPECT_FALSE(is_valid_utf8(bad));
  }
  EXPECT_TRUE(is_valid_utf8("plain text and қонун 📜"));
}

TEST(Utf8, IllFormedBytesReadAsReplacementOfOneByte) {
  EXPECT_EQ(code_point_at("\xE2\x82", 0).value, U'\uFFFD');
  EXPECT_EQ(code_point_at("\xE2\x82", 0).size, 1U);
  EXPECT_EQ(code_point_before("\x82\x82\x82\x82\x82", 5).size, 1U);
}

TEST(Utf8, PrefixEndsAtTheFirstFault) {
  EXPECT_EQ(valid_utf8_prefix("0123456789\xFFz"), 10U);
  EXPECT_EQ(valid_utf8_prefix("да\xD0"), 4U);
}

TEST(Utf8, RepairReplacesMaximalParts) {
  // The example of the Unicode standard, table 3-8.
  EXPECT_EQ(repair_utf8("\x61\xF1\x80\x80\xE1\x80\xC2\x62\x80\x63\x80\xBF\x64"),
            "a\uFFFD\uFFFD\uFFFDb\uFFFDc\uFFFD\uFFFDd");
}

TEST(Utf8, CountsWhatReadingOneByOneCounts) {
  constexpr std::array<std::string_view, 6> kPieces{"a", "ў", "№", "📜", " ", "й"};
  std::mt19937 random(11);
  for (int round = 0; round < 500; ++round) {
    std::string text;
    for (auto left = random() % 40; left > 0; --left) text += kPieces[random() % kPieces.size()];
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size(); at += code_point_at(text, at).size) ++count;
    EXPECT_EQ(count_code_points(text), count) << text;
    EXPECT_TRUE(is_valid_utf8(text)) << text;
  }
}

TEST(CodePointIndex, AgreesWithCounting) {
  std::string text;
  for (int i = 0; i < 400; ++i) text += i % 3 == 0 ? "қ" : i % 7 == 0 ? "📜" : "a";
  const CodePointIndex index(text);
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); at += code_point_at(text, at).size, ++count) {
    EXPECT_EQ(index.code_points_before(at), count);
    EXPECT_EQ(index.byte_of(count), at);
  }
  EXPECT_EQ(index.size(), count);
  EXPECT_EQ(index.byte_of(count), text.size());
  EXPECT_EQ(index.code_points_before(text.size()), count);
}

TEST(CodePointIndex, InsideACodePointCountsItNot) {
  EXPECT_EQ(CodePointIndex("aқb").code_points_before(2), 1U);
}

}  // namespace
}  // namespace policygraph
