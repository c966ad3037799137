#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace policygraph::testing {

// A section of a case file: a heading at the start of a line, and the lines set in by two blanks below it.
struct CaseSection {
  std::string heading;             // "graph", "query", "rows", "error bind 1:10", ...
  std::vector<std::string> lines;  // without the two blanks
};

std::vector<CaseSection> read_case_lines(const std::vector<std::string>& lines);
std::vector<CaseSection> read_case_file(const std::filesystem::path& file);
void write_case_file(const std::filesystem::path& file, const std::vector<CaseSection>& sections);

}  // namespace policygraph::testing
