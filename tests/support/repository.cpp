#include "support/repository.hpp"

#include <stdexcept>

namespace policygraph::testing {

std::filesystem::path repository() {
  auto folder = std::filesystem::current_path();
  while (!std::filesystem::exists(folder / "CMakePresets.json")) {
    if (folder == folder.parent_path()) throw std::runtime_error("run the tests from within the repository");
    folder = folder.parent_path();
  }
  return folder;
}

std::optional<std::filesystem::path> shared_folder() {
  auto folder = repository().parent_path() / "shared";
  if (!std::filesystem::is_directory(folder)) return std::nullopt;
  return folder;
}

}  // namespace policygraph::testing
