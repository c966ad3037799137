#include <gtest/gtest.h>

#include <ctime>
#include <string>

#include "extract_cases.hpp"
#include "support/repository.hpp"
#include "support/slowness.hpp"

namespace policygraph {
namespace {

class NameCases : public ::testing::TestWithParam<const char*> {};

TEST_P(NameCases, AreReadAsStated) {
  static const Extractor extractor;
  testing::check_cases(testing::repository() / "tests/cases/extract" / GetParam(), extractor);
}

INSTANTIATE_TEST_SUITE_P(Files, NameCases,
                         ::testing::Values("organizations.case", "persons.case", "programmes.case", "events.case", "coreference.case", "names_in_cases.case"));

std::string repeated(std::string_view piece, std::size_t size) {
  std::string out;
  while (out.size() < size) out += piece;
  return out;
}

double seconds_for(const Extractor& extractor, const std::string& text) {
  const Document document = read_document_bytes(text, "hostile.txt");
  const auto start = std::clock();
  extractor.extract(document);
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

// Four times the text may cost six times, not sixteen.
TEST(Names, TimeIsLinearOnHostileText) {
  const Extractor extractor;
  const std::size_t bytes = testing::kSlowness == 1 ? 50'000 : 10'000;
  for (const char* piece : {"Ivan Petrov, director of ", "Ministry of A, B and C ", "the project ", "A B, C D and ", "President of the ", "company «", "(ABC) ",
                            "such as A, ", "“X” project was launched on 5 May 2020 ", "agreements were signed on ", "branch of X in ", "UNDP ", "Uzbekistan ",
                            "The Director of X Academy, Ivan Petrov. ", "the visit to X. ", "A.B. Cde ", "«Abc def» program\n\n", "Министерство финансов и ", "проект «Сад» реализуется Банком ", "Указом № 5 утверждена программа «Сад», ",
                            "Adliya vazirligi tomonidan ", "«Bog‘» loyihasi uchun 5 mln so‘m ", "EUR\nitem | 12 | 13\n"}) {
    const double once = seconds_for(extractor, repeated(piece, bytes));
    const double four = seconds_for(extractor, repeated(piece, 4 * bytes));
    EXPECT_LT(four, 6 * once + 0.25) << piece;
  }
}

}  // namespace
}  // namespace policygraph
