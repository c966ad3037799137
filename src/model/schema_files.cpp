#include <algorithm>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "policygraph/base/error.hpp"
#include "policygraph/model/schema.hpp"

// Schema files from disk; what they say is read by `extended` and `from_json`.
namespace policygraph::inline v0 {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostFiles = 4096;
constexpr std::uintmax_t kMostBytes = std::uintmax_t{16} << 20;

std::string read_file(const fs::path& path, std::uintmax_t most) {
  std::error_code error;
  const auto size = fs::file_size(path, error);
  if (!error && size > most)
    throw Error(ErrorCode::limit, "'" + path.string() + "': schema files hold at most 16 MiB in all");
  std::string text(error ? 0 : static_cast<std::size_t>(size), '\0');
  std::ifstream in(path, std::ios::binary);
  if (error || !in.read(text.data(), static_cast<std::streamsize>(text.size())))
    throw Error(ErrorCode::io, "cannot read the schema file '" + path.string() + "'");
  return text;
}

std::vector<fs::path> json_files_in(const fs::path& folder) {
  std::vector<fs::path> paths;
  std::error_code error;
  for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    if (!at->is_regular_file(error) || at->path().extension() != ".json") continue;
    if (paths.size() == kMostFiles)
      throw Error(ErrorCode::limit, "'" + folder.string() + "' has more than 4,096 schema files");
    paths.push_back(at->path());
  }
  if (error) throw Error(ErrorCode::io, "cannot read the folder '" + folder.string() + "': " + error.message());
  if (paths.empty()) throw Error(ErrorCode::not_found, "no schema file (*.json) in the folder '" + folder.string() + "'");
  std::sort(paths.begin(), paths.end());
  return paths;
}

}  // namespace

std::map<std::string, std::string> read_schema_files(const std::string& path) {
  std::error_code error;
  const auto status = fs::status(path, error);
  if (!fs::exists(status)) throw Error(ErrorCode::not_found, "no schema file '" + path + "'");
  const bool is_folder = fs::is_directory(status);
  if (!is_folder && !fs::is_regular_file(status)) throw Error(ErrorCode::io, "'" + path + "' is no file and no folder");
  std::map<std::string, std::string> files;
  std::uintmax_t left = kMostBytes;
  for (const auto& file : is_folder ? json_files_in(path) : std::vector<fs::path>{path}) {
    auto text = read_file(file, left);
    left -= text.size();
    files.emplace(file.string(), std::move(text));
  }
  return files;
}

}  // namespace policygraph::inline v0
