#include "policygraph/model/assertion.hpp"

#include <gtest/gtest.h>

#include "policygraph/model/judgement.hpp"

namespace policygraph {
namespace {

TEST(Modality, NamesGoBothWays) {
  std::vector<std::string_view> names;
  for (auto value = 0; value <= static_cast<int>(Modality::denied); ++value) {
    const auto modality = static_cast<Modality>(value);
    names.push_back(modality_name(modality));
    EXPECT_EQ(modality_by_name(modality_name(modality)), modality);
  }
  const std::vector<std::string_view> expected = {"unknown",   "discussed", "intended",  "announced", "planned",
                                                  "agreed",    "approved",  "committed", "ongoing",   "completed",
                                                  "cancelled", "suspended", "denied"};
  EXPECT_EQ(names, expected);
  EXPECT_EQ(modality_by_name("Planned"), std::nullopt);
}

TEST(Rank, NamesGoBothWays) {
  for (auto rank : {Rank::preferred, Rank::normal, Rank::deprecated}) EXPECT_EQ(rank_by_name(rank_name(rank)), rank);
  EXPECT_EQ(rank_name(Rank::deprecated), "deprecated");
  EXPECT_EQ(rank_by_name(""), std::nullopt);
}

TEST(Review, NamesGoBothWays) {
  for (auto review : {Review::proposed, Review::accepted, Review::rejected, Review::disputed}) {
    EXPECT_EQ(review_by_name(review_name(review)), review);
  }
  EXPECT_EQ(review_name(Review::disputed), "disputed");
  EXPECT_EQ(review_by_name("maybe"), std::nullopt);
}

TEST(Judgement, KindsHaveNames) {
  EXPECT_EQ(judgement_name(JudgementKind::same), "same");
  EXPECT_EQ(judgement_name(JudgementKind::different), "different");
}

}  // namespace
}  // namespace policygraph
