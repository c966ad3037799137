#include "policygraph/text/encoding.hpp"

#include <gtest/gtest.h>

#include "policygraph/text/utf8.hpp"

namespace policygraph {
namespace {

constexpr std::string_view kRussian = "Министерство финансов утвердило порядок предоставления субсидий, № 17.";

std::string as_utf16(std::string_view text, bool is_big) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = code_point_at(text, at);
    at += point.size;
    const auto high = static_cast<char>(point.value >> 8U);
    const auto low = static_cast<char>(point.value & 0xFFU);
    out += is_big ? high : low;
    out += is_big ? low : high;
  }
  return out;
}

/// Writes through the decoder's own table: every byte is decoded alone and the text put together from them.
std::string as_page(std::string_view text, Encoding encoding) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t size = code_point_at(text, at).size;
    for (int byte = 0; byte < 256; ++byte) {
      const std::string one(1, static_cast<char>(byte));
      if (decode(one, encoding).text == text.substr(at, size)) {
        out += one;
        break;
      }
    }
    at += size;
  }
  return out;
}

TEST(Encoding, LabelsAndNames) {
  EXPECT_EQ(encoding_by_label("CP1251"), Encoding::windows_1251);
  EXPECT_EQ(encoding_by_label(" utf8 "), Encoding::utf8);
  EXPECT_EQ(encoding_by_label("ISO-8859-1"), Encoding::windows_1252);
  EXPECT_EQ(encoding_by_label("klingon"), std::nullopt);
  EXPECT_EQ(encoding_name(Encoding::utf16_le), "utf-16le");
}

TEST(Decode, KnownBytes) {
  EXPECT_EQ(decode("\xCF\xF0\xE8\xEA\xE0\xE7 \xB9 5", Encoding::windows_1251).text, "Приказ № 5");
  EXPECT_EQ(decode("\xF0\xD2\xC9\xCB\xC1\xDA", Encoding::koi8_r).text, "Приказ");
  EXPECT_EQ(decode("caf\xE9 \x80", Encoding::windows_1252).text, "café €");
}

TEST(Decode, MapsBackToBytes) {
  const DecodedText made = decode("a \xCF\xF0\xE8 b", Encoding::windows_1251);
  EXPECT_EQ(made.map.to_source({2, 8}), (Span{2, 5}));
  EXPECT_EQ(made.map.to_source({4, 6}), (Span{3, 4}));
  EXPECT_EQ(made.map.to_target({3, 4}), (Span{4, 6}));
  EXPECT_EQ(made.map.stretches(), 3U);
}

TEST(Decode, DropsTheMark) {
  const DecodedText made = decode("\xEF\xBB\xBFtext", Encoding::utf8);
  EXPECT_EQ(made.text, "text");
  EXPECT_EQ(made.map.to_source({0, 4}), (Span{3, 7}));
}

TEST(Decode, CountsFaults) {
  const DecodedText made = decode("ab\xE2\x82z\xFF", Encoding::utf8);
  EXPECT_EQ(made.text, "ab\uFFFDz\uFFFD");
  EXPECT_EQ(made.faults, 2U);
  EXPECT_EQ(made.first_fault, 2U);
  EXPECT_EQ(made.map.to_source({2, 5}), (Span{2, 4}));
  EXPECT_EQ(decode("\x98", Encoding::windows_1251).faults, 1U);
}

TEST(Decode, FaultsAgreeWithRepair) {
  for (const std::string_view bytes : {"\x61\xF1\x80\x80\xE1\x80\xC2\x62\x80\x63\x80\xBF\x64", "\xF0\x9F\x93", "\xED\xA0\x80", "\xE0\x80"}) {
    EXPECT_EQ(decode(bytes, Encoding::utf8).text, repair_utf8(bytes));
  }
}

TEST(Decode, Utf16SurrogatesAndOddBytes) {
  EXPECT_EQ(decode(std::string_view("\x3D\xD8\xDC\xDC", 4), Encoding::utf16_le).text, "\U0001F4DC");
  EXPECT_EQ(decode(std::string_view("\x3D\xD8\x41\x00", 4), Encoding::utf16_le).text, "\uFFFDA");
  EXPECT_EQ(decode(std::string_view("\x00\x41\x00", 3), Encoding::utf16_be).faults, 1U);
}

TEST(GuessEncoding, CodePagesByLetterFrequency) {
  for (const Encoding encoding : {Encoding::windows_1251, Encoding::koi8_r}) {
    std::string bytes = as_page("Министерство финансов утвердило порядок предоставления субсидий", encoding);
    const EncodingGuess guess = guess_encoding(bytes);
    EXPECT_EQ(guess.encoding, encoding);
    EXPECT_GT(guess.confidence, 0.6);
    EXPECT_FALSE(guess.is_declared);
  }
  EXPECT_EQ(guess_encoding("un caf\xE9 pr\xE8s de la gare").encoding, Encoding::windows_1252);
}

TEST(GuessEncoding, Utf16WithAndWithoutMark) {
  for (const bool is_big : {false, true}) {
    const Encoding encoding = is_big ? Encoding::utf16_be : Encoding::utf16_le;
    for (const std::string_view text : {kRussian, std::string_view("The decree No. 17 was signed.")}) {
      const std::string bytes = as_utf16(text, is_big);
      EXPECT_EQ(guess_encoding(bytes).encoding, encoding);
      EXPECT_EQ(guess_encoding(bytes).mark_size, 0U);
      EXPECT_EQ(decode(bytes, encoding).text, text);
      const std::string marked = (is_big ? "\xFE\xFF" : "\xFF\xFE") + bytes;
      EXPECT_EQ(guess_encoding(marked).encoding, encoding);
      EXPECT_TRUE(guess_encoding(marked).is_declared);
      EXPECT_EQ(guess_encoding(marked).confidence, 1.0);
    }
  }
}

TEST(GuessEncoding, Utf8IsSureOfItself) {
  EXPECT_EQ(guess_encoding(kRussian).encoding, Encoding::utf8);
  EXPECT_EQ(guess_encoding(kRussian).confidence, 1.0);
  EXPECT_EQ(guess_encoding(kRussian, "windows-1251").encoding, Encoding::utf8);
  EXPECT_EQ(guess_encoding("").encoding, Encoding::utf8);
  EXPECT_EQ(guess_encoding("A B C D E F").encoding, Encoding::utf8);
}

TEST(GuessEncoding, Utf8WithAFaultIsStillUtf8) {
  const std::string cut(kRussian.substr(0, 21));  // in the middle of a letter
  EXPECT_FALSE(is_valid_utf8(cut));
  EXPECT_EQ(guess_encoding(cut).encoding, Encoding::utf8);
  EXPECT_LT(guess_encoding(cut).confidence, 1.0);
}

TEST(GuessEncoding, LabelDecidesBetweenCodePages) {
  const EncodingGuess guess = guess_encoding("\xC1\xC2", "koi8-r");
  EXPECT_EQ(guess.encoding, Encoding::koi8_r);
  EXPECT_TRUE(guess.is_declared);
}

}  // namespace
}  // namespace policygraph
