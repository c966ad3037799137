#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "extract_cases.hpp"
#include "support/repository.hpp"

namespace policygraph {
namespace {

class NameCases : public ::testing::TestWithParam<const char*> {};

TEST_P(NameCases, AreReadAsStated) {
  static const Extractor extractor;
  testing::check_cases(testing::repository() / "tests/cases/extract" / GetParam(), extractor);
}

INSTANTIATE_TEST_SUITE_P(Files, NameCases,
                         ::testing::Values("organizations.case", "persons.case", "programmes.case", "events.case", "coreference.case"));

std::string repeated(std::string_view piece, std::size_t size) {
  std::string out;
  while (out.size() < size) out += piece;
  return out;
}

double seconds_for(const Extractor& extractor, const std::string& text) {
  const Document document = read_document_bytes(text, "hostile.txt");
  const auto start = std::chrono::steady_clock::now();
  extractor.extract(document);
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// Four times the text may cost six times, not sixteen.
TEST(Names, TimeIsLinearOnHostileText) {
  const Extractor extractor;
  for (const char* piece : {"Ivan Petrov, director of ", "Ministry of A, B and C ", "the project ", "A B, C D and ", "President of the ", "company «", "(ABC) ",
                            "such as A, ", "“X” project was launched on 5 May 2020 ", "agreements were signed on ", "branch of X in ", "UNDP ", "Uzbekistan ",
                            "The Director of X Academy, Ivan Petrov. ", "the visit to X. ", "A.B. Cde ", "«Abc def» program\n\n"}) {
    const double once = seconds_for(extractor, repeated(piece, 50000));
    const double four = seconds_for(extractor, repeated(piece, 200000));
    EXPECT_LT(four, 6 * once + 0.25) << piece;
  }
}

}  // namespace
}  // namespace policygraph
