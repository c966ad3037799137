#include "text/word_key.hpp"

#include <gtest/gtest.h>

#include "policygraph/text/normalise.hpp"
#include "policygraph/text/utf8.hpp"

namespace policygraph {
namespace {

using detail::text::word_key;
using detail::text::WordKey;

// Kept in place or as a string, a key is the same: for every letter there is, alone, before and after plain ones.
TEST(WordKey, IsTheSameInPlace) {
  for (char32_t c = 1; c < 0x3000; ++c) {
    for (const std::string_view around : {"", "Ab", "-9", "Жщ", "я", "o"}) {
      std::string word(around);
      append_utf8(word, c);
      word += around;
      ASSERT_EQ(WordKey(word).view(), word_key(word)) << static_cast<std::uint32_t>(c) << ' ' << word;
    }
  }
}

TEST(WordKey, OfALongWordIsEmpty) {
  EXPECT_EQ(WordKey(std::string(WordKey::kMostBytes, 'A')).view(), std::string(WordKey::kMostBytes, 'a'));
  EXPECT_EQ(WordKey(std::string(WordKey::kMostBytes + 1, 'a')).view(), "");
}

// Names of common letters alone take a quicker way than those with one that is not.
TEST(FoldName, IsTheSameOnEitherWay) {
  for (const std::string_view name : {"Ministry of  Justice (MoJ)", "«Ўзбекистон» — 2030, ёлка", "ЁЛКА-Щука", "O‘zbekiston's", " А—б "}) {
    std::string whole = fold_name(name);
    std::string pieces;
    for (std::size_t at = 0; at < name.size();) {
      const auto point = code_point_at(name, at);
      const auto letter = name.substr(at, point.size);
      const auto folded = fold_name(letter);
      const bool is_apostrophe_here = is_apostrophe(point.value);
      if (!folded.empty()) pieces += folded;
      else if (!is_apostrophe_here && !pieces.empty() && pieces.back() != ' ') pieces += ' ';
      at += point.size;
    }
    while (!pieces.empty() && pieces.back() == ' ') pieces.pop_back();
    EXPECT_EQ(whole, pieces) << name;
  }
}

}  // namespace
}  // namespace policygraph
