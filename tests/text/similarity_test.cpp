#include "policygraph/text/similarity.hpp"

#include <gtest/gtest.h>

#include <random>

namespace policygraph {
namespace {

/// The whole table, without band or limit.
std::size_t slow_distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        d[i][j] = i + j;
        continue;
      }
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] != b[j - 1])});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  }
  return d[a.size()][b.size()];
}

TEST(EditDistance, KnownPairs) {
  EXPECT_EQ(edit_distance("act", "act", 3), 0U);
  EXPECT_EQ(edit_distance("LegalAkt", "LegalAct", 3), 1U);
  EXPECT_EQ(edit_distance("ab", "ba", 3), 1U);
  EXPECT_EQ(edit_distance("қарор", "қapop", 9), 4U);
  EXPECT_EQ(edit_distance("abc", "xyz", 1), 2U);
  EXPECT_EQ(edit_distance("", "abc", 5), 3U);
  EXPECT_EQ(edit_distance("a", "b", 0), 1U);
}

TEST(EditDistance, AgreesWithTheWholeTable) {
  std::mt19937 random(3);
  for (int round = 0; round < 4000; ++round) {
    std::string a;
    std::string b;
    for (std::size_t i = random() % 9; i > 0; --i) a += static_cast<char>('a' + random() % 3);
    for (std::size_t i = random() % 9; i > 0; --i) b += static_cast<char>('a' + random() % 3);
    const std::size_t slow = slow_distance(a, b);
    for (std::size_t limit = 0; limit < 10; ++limit) {
      ASSERT_EQ(edit_distance(a, b, limit), std::min(slow, limit + 1)) << a << ' ' << b << ' ' << limit;
    }
  }
}

TEST(EditDistance, SmallLimitOnLongTextsIsCheap) {
  const std::string a(300000, 'a');
  EXPECT_EQ(edit_distance(a, a + "b", 2), 1U);
}

TEST(JaroWinkler, PublishedValues) {
  EXPECT_NEAR(jaro_winkler("MARTHA", "MARHTA"), 0.961, 0.001);
  EXPECT_NEAR(jaro_winkler("DWAYNE", "DUANE"), 0.840, 0.001);
  EXPECT_NEAR(jaro_winkler("DIXON", "DICKSONX"), 0.813, 0.001);
  EXPECT_EQ(jaro_winkler("", ""), 1.0);
  EXPECT_EQ(jaro_winkler("a", ""), 0.0);
}

TEST(NameSimilarity, OverScriptsOrderAndInitials) {
  EXPECT_EQ(name_similarity("Farhod Karimov", "Каримов Фарход"), 1.0);
  EXPECT_GT(name_similarity("F. Karimov", "Farhod Karimov"), 0.9);
  EXPECT_GT(name_similarity("R.Minnihanov", "Rustam Minnikhanov"), 0.9);
  EXPECT_LT(name_similarity("B. Karimov", "Farhod Karimov"), 0.75);
  EXPECT_LT(name_similarity("Rustam Azimov", "Botir Yusupov"), 0.3);
  EXPECT_EQ(name_similarity("", "Karimov"), 0.0);
}

TEST(NameSimilarity, AWordWithoutAPartnerCostsItsShare) {
  const double lacking = name_similarity("Ministry of Finance", "Ministry of Finance of Uzbekistan");
  EXPECT_LT(lacking, 0.9);
  EXPECT_GT(lacking, 0.5);
}

TEST(Acronym, InitialsWithWordsPassedOver) {
  EXPECT_TRUE(is_acronym_of("UNDP", "United Nations Development Programme"));
  EXPECT_TRUE(is_acronym_of("OECD", "Organisation for Economic Co-operation and Development"));
  EXPECT_TRUE(is_acronym_of("MoF", "Ministry of Finance"));
  EXPECT_TRUE(is_acronym_of("МЧС", "Министерство по чрезвычайным ситуациям"));
  EXPECT_TRUE(is_acronym_of("U.N.", "United Nations"));
  EXPECT_FALSE(is_acronym_of("UNDP", "United Nations"));
  EXPECT_FALSE(is_acronym_of("UN", "United Nations Development Programme"));
  EXPECT_FALSE(is_acronym_of("U", "Union"));
}

TEST(Nearest, WithinAQuarterOfTheLength) {
  const std::vector<std::string_view> labels{"LegalAct", "Programme", "Person"};
  EXPECT_EQ(nearest("LegalAkt", labels), "LegalAct");
  EXPECT_EQ(nearest("legalact", labels), "LegalAct");
  EXPECT_EQ(nearest("Programs", labels), "Programme");
  EXPECT_EQ(nearest("Prog", labels), "");
  EXPECT_EQ(nearest("Programe", labels), "Programme");
  EXPECT_EQ(nearest("xyz", labels), "");
}

}  // namespace
}  // namespace policygraph
