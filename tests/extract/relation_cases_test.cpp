#include <gtest/gtest.h>

#include "extract_cases.hpp"
#include "support/repository.hpp"

namespace policygraph {
namespace {

class RelationCases : public ::testing::TestWithParam<const char*> {};

TEST_P(RelationCases, AreReadAsStated) {
  static const Extractor extractor;
  testing::check_cases(testing::repository() / "tests/cases/extract" / GetParam(), extractor);
}

INSTANTIATE_TEST_SUITE_P(Files, RelationCases, ::testing::Values("fundings.case", "indicators.case", "relations.case", "russian.case", "uzbek.case", "uzbek-cyrillic.case", "tables.case", "kazakh.case", "relations_prose.case", "relations_points.case", "relations_verbs.case", "cased_events.case", "denials.case", "acts_and_sums.case", "posts_events.case", "givers.case", "figures_of.case", "page_fields.case", "presence.case", "nearest.case", "implied.case", "posts_guards.case"));
INSTANTIATE_TEST_SUITE_P(OfManySentences, RelationCases, ::testing::Values("succession.case", "totals.case", "references.case"));
INSTANTIATE_TEST_SUITE_P(OfStances, RelationCases, ::testing::Values("stances.case", "shared_sums.case", "lenders.case", "not_stated.case", "of_one.case"));

}  // namespace
}  // namespace policygraph
