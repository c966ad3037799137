#include "text/letter_groups.hpp"

#include <gtest/gtest.h>

#include <random>

namespace policygraph::detail::text {
namespace {

using Groups = std::vector<std::string>;

/// Each group sought by itself.
bool slow_holds_any(std::string_view word, const Groups& groups) {
  for (std::string_view group : groups) {
    if (!group.ends_with('$') && word.find(group) != std::string_view::npos) return true;
    if (group.ends_with('$') && word.ends_with(group.substr(0, group.size() - 1))) return true;
  }
  return false;
}

std::string random_word(std::mt19937& random, std::size_t most) {
  std::string word(random() % (most + 1), 'a');
  for (char& c : word) c = static_cast<char>('a' + random() % 3);
  return word;
}

constexpr std::uint64_t kTypical = 1, kForeign = 2;

LetterGroups make_groups(const Groups& typical, const Groups& foreign) {
  std::vector<LetterGroups::Group> groups;
  for (const auto& group : typical) groups.push_back({group, kTypical});
  for (const auto& group : foreign) groups.push_back({group, kForeign});
  return LetterGroups(groups);
}

TEST(LetterGroups, InsideAndAtTheEnd) {
  const LetterGroups groups = make_groups({"th", "ing$"}, {"qa", "ў"});
  EXPECT_EQ(groups.marks("the"), kTypical);
  EXPECT_EQ(groups.marks("reading"), kTypical);
  EXPECT_EQ(groups.marks("kingdom"), 0U);
  EXPECT_EQ(groups.marks("сўз"), kForeign);
  EXPECT_EQ(groups.marks("qath"), kTypical | kForeign);
  EXPECT_EQ(LetterGroups().marks("the"), 0U);
  const LetterGroups two({{"th", 1}, {"th", std::uint64_t{1} << 63U}});
  EXPECT_EQ(two.marks("the"), std::uint64_t{1} << 63U | 1U);
}

TEST(LetterGroups, AgreesWithSearchingEach) {
  std::mt19937 random(7);
  for (int round = 0; round < 500; ++round) {
    Groups typical, foreign;
    for (auto* groups : {&typical, &foreign}) {
      for (auto left = random() % 4; left > 0; --left)
        groups->push_back(random_word(random, 4) + (random() % 2 == 0 ? "$" : "b"));
    }
    const LetterGroups found = make_groups(typical, foreign);
    for (int i = 0; i < 20; ++i) {
      const std::string word = random_word(random, 8);
      EXPECT_EQ((found.marks(word) & kTypical) != 0, slow_holds_any(word, typical)) << word;
      EXPECT_EQ((found.marks(word) & kForeign) != 0, slow_holds_any(word, foreign)) << word;
    }
  }
}

}  // namespace
}  // namespace policygraph::detail::text
