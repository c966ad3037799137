#include <gtest/gtest.h>

#include "extract_cases.hpp"
#include "support/repository.hpp"

namespace policygraph {
namespace {

class NotationCases : public ::testing::TestWithParam<const char*> {};

TEST_P(NotationCases, AreReadAsStated) {
  static const Extractor extractor;
  testing::check_cases(testing::repository() / "tests/cases/extract" / GetParam(), extractor);
}

INSTANTIATE_TEST_SUITE_P(Files, NotationCases, ::testing::Values("legal_acts.case", "not_acts.case", "dates.case", "money.case", "mixed_numbers.case", "quantities.case"));
INSTANTIATE_TEST_SUITE_P(OfStates, NotationCases, ::testing::Values("states.case"));

}  // namespace
}  // namespace policygraph
