#include "text/word_votes.hpp"

#include <gtest/gtest.h>

#include <random>

namespace policygraph::detail::text {
namespace {

// What the word as it is written says, and what its key says.
void expect_the_same(const WordVotes& votes, const std::string& before, const std::string& word, const std::string& after) {
  const std::string text = before + word + after;
  const auto written = votes.of(text, before.size(), word.size());
  const auto folded = votes.of(WordKey(word).view());
  EXPECT_EQ(written.telling, folded.telling) << word;
  EXPECT_EQ(written.groups, folded.groups) << word;
}

WordVotes latin_votes() { return WordVotes({Languages::built_in().get("en"), Languages::built_in().get("uz-Latn")}); }

TEST(WordVotes, WordsAsWrittenSayWhatTheirKeysSay) {
  const WordVotes votes = latin_votes();
  const std::vector<std::string> words = {"the", "The", "THE", "va", "September", "with", "bo‘yicha", "o'z", "O`z", "x`", "IT-park", "4th", "qarorlari",
                                          "internationalisa", "internationalisat", "naïve", "I", "which", "Yil", "z@", "а"};
  for (const std::string& word : words) {
    for (const std::string& after : {std::string(), std::string(" and so on, for a while")}) expect_the_same(votes, "", word, after);
    expect_the_same(votes, "before it ", word, "");
  }
  EXPECT_NE(votes.of("The", 0, 3).telling, 0U);
}

TEST(WordVotes, RandomWordsToo) {
  const WordVotes votes = latin_votes();
  std::mt19937 random(11);
  const std::string bytes = "ABTHINGothingswqz'`-09@_";
  for (int round = 0; round < 20000; ++round) {
    std::string word(1 + random() % 20, 'a');
    for (char& byte : word) byte = bytes[random() % (round % 2 == 0 ? 18 : bytes.size())];
    expect_the_same(votes, " ", word, round % 3 == 0 ? "" : " next words of it");
  }
}

}  // namespace
}  // namespace policygraph::detail::text
