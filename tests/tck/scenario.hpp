#pragma once

#include <filesystem>
#include <string>

#include "feature_file.hpp"

namespace policygraph::testing {

// Runs one scenario on a graph of its own with the open schema. Empty when all its steps hold, else what did not. Strict: the names
// and the order of columns; rows with their multiplicity, in order where asked; all side effects where any are named, and none
// after an error; type, phase and detail of an error; a step it does not know is a failure.
std::string run_scenario(const KitScenario& scenario, const std::filesystem::path& graphs);

}  // namespace policygraph::testing
