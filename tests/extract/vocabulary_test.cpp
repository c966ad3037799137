#include "extract/vocabulary.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>

namespace policygraph {
namespace {

using detail::extract::kNoWord;
using detail::extract::Vocabulary;
using detail::extract::WordId;

// The slow twin: every beginning of the word is looked up.
struct Lists {
  std::map<std::string, WordId> words, stems;

  Vocabulary::Hit find(const std::string& word) const {
    Vocabulary::Hit hit;
    if (const auto whole = words.find(word); whole != words.end()) hit.word = whole->second;
    for (std::size_t size = 1; size <= word.size(); ++size) {
      if (const auto stem = stems.find(word.substr(0, size)); stem != stems.end()) hit.stem = stem->second;
    }
    return hit;
  }
};

std::string random_word(std::mt19937& random, const std::string& bytes, std::size_t most) {
  std::string word(1 + random() % most, ' ');
  for (char& byte : word) byte = bytes[random() % bytes.size()];
  return word;
}

// Whether the vocabulary finds what the lists find, of random words over few bytes.
void compare(const std::string& bytes, std::size_t count, std::size_t most, unsigned seed) {
  std::mt19937 random(seed);
  Vocabulary vocabulary;
  Lists lists;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string word = random_word(random, bytes, most);
    const bool is_stem = random() % 4 == 0;
    (is_stem ? lists.stems : lists.words)[word] = vocabulary.add(word, is_stem);
  }
  vocabulary.close();
  for (std::size_t i = 0; i < 20 * count; ++i) {
    const std::string word = random_word(random, bytes, most + 2);
    const Vocabulary::Hit expected = lists.find(word), found = vocabulary.find(word);
    ASSERT_EQ(found.word, expected.word) << word;
    ASSERT_EQ(found.stem, expected.stem) << word;
  }
}

TEST(Vocabulary, FindsWhatListsFind) {
  compare("abc", 200, 6, 1);
  compare("abcdefgh-0189", 300, 12, 2);
  compare("ab", 40, 40, 3);
}

TEST(Vocabulary, TellsBytesOfOneSlotApart) {
  std::string all;
  for (int byte = 1; byte < 256; ++byte) all.push_back(static_cast<char>(byte));
  compare(all, 3000, 3, 4);
  compare("\x24\x3C\xC0\xD8\xE1\xE5", 200, 5, 5);  // in twos of one slot
}

TEST(Vocabulary, TakesWordsOfAnyLength) {
  Vocabulary vocabulary;
  const std::string word(1000, 'a');
  const WordId whole = vocabulary.add(word, false), stem = vocabulary.add(word.substr(0, 600), true);
  vocabulary.close();
  EXPECT_EQ(vocabulary.find(word).word, whole);
  EXPECT_EQ(vocabulary.find(word).stem, stem);
  EXPECT_EQ(vocabulary.find(word.substr(0, 999)).word, kNoWord);
  EXPECT_EQ(vocabulary.find(word.substr(0, 599)).stem, kNoWord);
  EXPECT_EQ(vocabulary.find(word + "a").stem, stem);
  EXPECT_EQ(vocabulary.find("").word, kNoWord);
}

TEST(Vocabulary, KnowsTheStemsThatBeginStems) {
  Vocabulary vocabulary;
  const WordId shorter = vocabulary.add("qaror", true), longer = vocabulary.add("qarorlar", true), other = vocabulary.add("qa", false);
  vocabulary.close();
  EXPECT_EQ(vocabulary.shorter()[longer], shorter);
  EXPECT_EQ(vocabulary.shorter()[shorter], kNoWord);
  EXPECT_EQ(vocabulary.find("qarorlarga").stem, longer);
  EXPECT_EQ(vocabulary.find("qa").word, other);
}

}  // namespace
}  // namespace policygraph
