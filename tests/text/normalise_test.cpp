#include "policygraph/text/normalise.hpp"

#include <gtest/gtest.h>
#include <utf8proc.h>

#include <array>
#include <chrono>
#include <random>

#include "policygraph/text/utf8.hpp"

namespace policygraph {
namespace {

TEST(Normalise, ComposesAndMapsBack) {
  const std::string source = "Минский раи\u0306он";  // и with a combining breve
  const NormalisedText made = normalise(source);
  EXPECT_EQ(made.text, "Минский район");
  const auto at = static_cast<std::uint32_t>(made.text.rfind("й"));
  EXPECT_EQ(made.map.to_source({at, at + 2}), (Span{at, at + 4}));
  EXPECT_EQ(made.map.to_source({at + 2, at + 4}), (Span{at + 4, at + 6}));
}

TEST(Normalise, LineBreaksBecomeOneKind) {
  const NormalisedText made = normalise("a\r\nb\rc\n");
  EXPECT_EQ(made.text, "a\nb\nc\n");
  EXPECT_EQ(made.map.to_source({2, 3}), (Span{3, 4}));
  EXPECT_EQ(made.map.to_source({1, 2}), (Span{1, 3}));
}

TEST(Normalise, NulBecomesReplacement) {
  EXPECT_EQ(normalise(std::string_view("a\0b", 3)).text, "a\uFFFDb");
}

TEST(Normalise, IllFormedBytesBecomeReplacement) { EXPECT_EQ(normalise("a\xD0").text, "a\uFFFD"); }

TEST(Normalise, BlanksAndSignsStay) {
  const std::string text = "102\u00A0938 \u2009 № 17 – o\u2018zbek ½ €";
  EXPECT_EQ(normalise(text).text, text);
  EXPECT_EQ(normalise(text).map.stretches(), 1U);
}

TEST(Normalise, SoftHyphensGo) {
  const NormalisedText made = normalise("5 mil\u00ADlion, «про\u00ADграмма»\u00AD");
  EXPECT_EQ(made.text, "5 million, «программа»");
  EXPECT_EQ(made.map.to_source({2, 9}), (Span{2, 11}));
  EXPECT_EQ(normalise("e\u00AD\u0301").text, "e\u00AD\u0301");  // a mark would join the letter before
  std::mt19937 random(6);
  const std::u32string pool = U"ae\u00ADи \u0301\u0338\u1100\u1161\u09C7\u09BE";
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (int i = 0; i < 16; ++i) append_utf8(text, pool[random() % pool.size()]);
    const auto once = normalise(text);
    ASSERT_EQ(normalise(once.text).text, once.text) << text;
    ASSERT_EQ(once.map.target_size(), once.text.size());
    ASSERT_EQ(once.map.source_size(), text.size());
  }
}

std::string by_utf8proc(const std::string& text) {
  auto* made = utf8proc_NFC(reinterpret_cast<const utf8proc_uint8_t*>(text.c_str()));
  std::string out(reinterpret_cast<const char*>(made));
  std::free(made);
  return out;
}

TEST(Normalise, EveryCodePointAgreesWithUtf8proc) {
  for (char32_t c = 1; c < 0x30000; ++c) {
    if (c == U'\r' || c == 0xAD || (c >= 0xD800 && c < 0xE000) || utf8proc_category(static_cast<int>(c)) == UTF8PROC_CATEGORY_CN) continue;
    for (const char* after : {"", "\u0301", "\u0338"}) {
      std::string text = "e";
      append_utf8(text, c);
      text += after;
      ASSERT_EQ(normalise(text).text, by_utf8proc(text)) << std::hex << static_cast<unsigned>(c);
    }
  }
}

TEST(Normalise, RandomTextAgreesWithUtf8proc) {
  const std::u32string pool = U"aeо иуAЕ\u0301\u0306\u0308\u0323\u0338\u1100\u1161\u11A8\uAC00\u0915\u093C\u09C7\u09BE\u212B\u2126=<\u0344";
  std::mt19937 random(5);
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (int i = 0; i < 24; ++i) append_utf8(text, pool[random() % pool.size()]);
    const NormalisedText made = normalise(text);
    ASSERT_EQ(made.text, by_utf8proc(text));
    ASSERT_EQ(made.map.target_size(), made.text.size());
    ASSERT_EQ(made.map.source_size(), text.size());
  }
}

TEST(Normalise, MillionMarksTakeLinearTime) {
  std::string text = "a";
  for (int i = 0; i < 500000; ++i) text += i % 2 == 0 ? "\u0301" : "\u0323";
  const auto start = std::chrono::steady_clock::now();
  EXPECT_GT(normalise(text).text.size(), 900000U);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
}

TEST(FoldName, LeavesLettersAndDigits) {
  EXPECT_EQ(fold_name("  O‘zbekiston — «Respublikasi»  "), "ozbekiston respublikasi");
  EXPECT_EQ(fold_name("Réunion Bank & Co."), "reunion bank co");
  EXPECT_EQ(fold_name("Королёв, Ёлкин-Йоргенсен"), "королев елкин йоргенсен");
  EXPECT_EQ(fold_name("ＵＮＤＰ"), "undp");
  EXPECT_EQ(fold_name("...!"), "");
}

TEST(FoldName, IsTheSameWhetherItComposesOrNot) {
  constexpr std::array<std::string_view, 20> kPieces{"a",  "Z", "7", " ", "\t", "-", "'",  "`",  "&", "\n", "о", "Ў", "ё", "№",
                                                     "’", "–", "«", "é", "ß",  "\x01"};
  std::mt19937 random(5);
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (auto left = random() % 12; left > 0; --left) text += kPieces[random() % (round % 2 == 0 ? 10 : kPieces.size())];
    const std::string key = fold_name(text);
    EXPECT_EQ(fold_name(text + " e\u0301"), key.empty() ? "e" : key + " e") << text;  // a mark: all of it is composed
  }
}

TEST(FoldName, OneKeyForTheApostrophes) {
  for (const char* spelling : {"Qo'qon", "Qo‘qon", "Qo’qon", "Qoʻqon", "Qoʼqon", "Qo`qon", "QO´QON"}) {
    EXPECT_EQ(fold_name(spelling), "qoqon") << spelling;
  }
}

TEST(FoldCase, FoldsCyrillicBeyondRussian) { EXPECT_EQ(fold_case("ЎҚҒҲ ӘІҢ ЁЙ Ћ ABC É"), "ўқғҳ әің ёй ћ abc é"); }

TEST(CharClass, ApostrophesBlanksDashes) {
  for (const char32_t c : std::u32string_view(U"'‘’ʻʼ`´")) EXPECT_TRUE(is_apostrophe(c));
  for (const char32_t c : std::u32string_view(U" \u00A0\u2009\u2007\u202F\t")) EXPECT_TRUE(is_blank(c));
  EXPECT_FALSE(is_blank(U'\n'));
  for (const char32_t c : std::u32string_view(U"-\u2010\u2011–—\u2212")) EXPECT_TRUE(is_dash(c));
  EXPECT_TRUE(is_upper(U'Ў'));
  EXPECT_TRUE(is_lower(U'ў'));
  EXPECT_TRUE(is_letter(U'中'));
  EXPECT_FALSE(is_digit(U'٣'));
}

}  // namespace
}  // namespace policygraph
