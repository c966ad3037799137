// Reads pairs of names, a tab between them, and prints how alike they are, a line each (score.py compares that with names.csv).
// What the resolver asks of two names alone: their similarity, or that one is the acronym of the other. What it knows beside the
// names (the document, the role, what a pack says of a body) is not here.

#include <algorithm>
#include <iostream>
#include <string>

#include "policygraph/text/similarity.hpp"

int main() {
  for (std::string line; std::getline(std::cin, line);) {
    const auto tab = std::min(line.find('\t'), line.size());
    const std::string a = line.substr(0, tab);
    const std::string b = line.substr(std::min(tab + 1, line.size()));
    const bool acronym = policygraph::is_acronym_of(a, b) || policygraph::is_acronym_of(b, a);
    std::cout << std::max(policygraph::name_similarity(a, b), acronym ? 1.0 : 0.0) << '\n';
  }
}
