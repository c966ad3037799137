#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace policygraph::testing {

using KitTable = std::vector<std::vector<std::string>>;  // rows of cells, the header among them

struct KitStep {
  std::string text;       // "the result should be, in any order:"
  std::string docstring;  // without its indentation
  KitTable table;
};

// A scenario ready to run: outlines are expanded, the background's steps stand first.
struct KitScenario {
  std::string feature;  // "clauses/call/Call1"
  std::string name;     // "[5] Standalone call to ...", an example of an outline with " #3" behind it
  std::vector<std::string> tags;
  std::vector<KitStep> steps;
};

// All scenarios of the feature files below a folder, in order of path. Throws std::runtime_error for a line it cannot read.
std::vector<KitScenario> read_features(const std::filesystem::path& folder);

}  // namespace policygraph::testing
