#include "case_file.hpp"

#include <fstream>

namespace policygraph::testing {

std::vector<CaseSection> read_case_lines(const std::vector<std::string>& lines) {
  std::vector<CaseSection> out;
  for (const auto& line : lines) {
    if (line.starts_with("  ") && !out.empty()) {
      out.back().lines.push_back(line.substr(2));
    } else {
      out.push_back({line, {}});  // blank lines and comments are sections of their own, kept as they are
    }
  }
  return out;
}

std::vector<CaseSection> read_case_file(const std::filesystem::path& file) {
  std::vector<std::string> lines;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return read_case_lines(lines);
}

void write_case_file(const std::filesystem::path& file, const std::vector<CaseSection>& sections) {
  std::ofstream out(file);
  for (const auto& section : sections) {
    out << section.heading << '\n';
    for (const auto& line : section.lines) out << "  " << line << '\n';
  }
}

}  // namespace policygraph::testing
