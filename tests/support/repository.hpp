#pragma once

#include <filesystem>
#include <optional>

namespace policygraph::testing {

// The root of the repository: the nearest folder with CMakePresets.json, from the working directory upwards.
std::filesystem::path repository();

// The folder of shared material beside the repository, if it is there. Tests that need it skip visibly without it.
std::optional<std::filesystem::path> shared_folder();

}  // namespace policygraph::testing
