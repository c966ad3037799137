#include "model/suggestion.hpp"

#include <gtest/gtest.h>

namespace policygraph::detail::model {
namespace {

// Levenshtein with swaps of neighbours, in full, as a twin for the bounded one.
std::size_t slow_distance(const std::string& a, const std::string& b) {
  std::vector<std::vector<std::size_t>> table(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        table[i][j] = i + j;
        continue;
      }
      table[i][j] =
          std::min({table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        table[i][j] = std::min(table[i][j], table[i - 2][j - 2] + 1);
    }
  }
  return table[a.size()][b.size()];
}

TEST(EditDistance, AgreesWithItsSlowTwin) {
  std::vector<std::string> words = {""};
  for (std::size_t i = 0; i < words.size() && words.size() < 121; ++i) {
    for (const char* letter : {"a", "b", "c"}) words.push_back(words[i] + letter);
  }
  for (const auto& a : words) {
    for (const auto& b : words)
      EXPECT_EQ(edit_distance(a, b, 3), std::min<std::size_t>(slow_distance(a, b), 4)) << a << " " << b;
  }
}

TEST(EditDistance, LeavesLettersCaseAside) { EXPECT_EQ(edit_distance("LEGALACT", "LegalAct", 2), 0U); }

TEST(EditDistance, GivesUpOnLongNames) {
  const std::string name(1'000'000, 'a');
  EXPECT_EQ(edit_distance(name, name, 2), 3U);
}

TEST(Suggestion, NamesTheNearest) {
  Suggestion suggestion("LegalAkt");
  for (auto candidate : {"Agency", "LegalAct", "Place"}) suggestion.offer(candidate);
  EXPECT_EQ(suggestion.text(), "; did you mean 'LegalAct'?");
}

TEST(Suggestion, BreaksTiesByName) {
  Suggestion suggestion("Lax");
  for (auto candidate : {"Law", "Lab", "Law"}) suggestion.offer(candidate);
  EXPECT_EQ(suggestion.nearest(), "Lab");
}

TEST(Suggestion, SaysNothingWhenNothingIsNear) {
  Suggestion suggestion("Cat");
  suggestion.offer("Organization");
  EXPECT_EQ(suggestion.text(), "");
}

}  // namespace
}  // namespace policygraph::detail::model
