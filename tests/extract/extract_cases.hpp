#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "policygraph/extract/extractor.hpp"

namespace policygraph::testing {

// One case of a .case file:
//
//     # what it is about
//     text
//       Presidential Decree No. UP-153 of 4 September 2025
//     acts
//       Decree UZ PF-153 2025-09-04
//
// Sections: acts (label, jurisdiction, number, date of each act, "-" for what is not stated), dates, money, quantities, findings
// (codes), fundings, indicators, relations (the words of each first mention), modalities (the same, and how far along each is).
// A section that is absent is not compared; an empty one says that there is none.
struct ExtractCase {
  std::string about;
  std::size_t line = 0;
  std::string text;
  std::vector<std::pair<std::string, std::vector<std::string>>> sections;
};

std::vector<ExtractCase> read_cases(const std::filesystem::path& file);
// What a section says of an extraction.
std::vector<std::string> section_lines(std::string_view section, const Extraction& extraction, std::string_view text);

// Compares every case; with the environment's POLICYGRAPH_UPDATE set, rewrites the file instead.
void check_cases(const std::filesystem::path& file, const Extractor& extractor);

}  // namespace policygraph::testing
