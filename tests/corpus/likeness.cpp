// Reads pairs of names, a line each: type, name, name, with tabs between. Prints what the resolver says of the two names alone: how
// sure it is that they name one thing, by which rule and why (score.py compares that with names.csv). What it knows beside the names
// (the document, the role, the country) is not here.

#include <algorithm>
#include <array>
#include <iostream>
#include <string>

#include "policygraph/resolve/names.hpp"

int main() {
  const policygraph::NameJudge judge;
  for (std::string line; std::getline(std::cin, line);) {
    std::array<std::string, 3> parts;
    std::size_t start = 0;
    for (auto& part : parts) {
      const auto tab = std::min(line.find('\t', start), line.size());
      part = line.substr(std::min(start, line.size()), tab - std::min(start, line.size()));
      start = tab + 1;
    }
    const auto verdict = judge.compare(parts[0], parts[1], parts[2]);
    std::cout << verdict.score << '\t' << verdict.rule << '\t' << verdict.reason << '\n';
  }
}
