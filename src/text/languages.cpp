#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "language_data.hpp"
#include "policygraph/base/error.hpp"
#include "text/languages.hpp"
#include "word_votes.hpp"

namespace policygraph::inline v0 {
namespace {

constexpr std::uintmax_t kLargestFile = 16U << 20U;

std::string read_file(const std::filesystem::path& path) {
  std::error_code code;
  const std::uintmax_t size = std::filesystem::file_size(path, code);
  if (!code && size > kLargestFile) {
    throw Error(ErrorCode::limit, "language file '" + path.string() + "' is larger than 16 MiB");
  }
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (code || !in || !text) throw Error(ErrorCode::io, "cannot read language file '" + path.string() + "'");
  return std::move(text).str();
}

std::vector<std::filesystem::path> json_files(const std::string& folder) {
  std::error_code code;
  std::vector<std::filesystem::path> paths;
  std::filesystem::directory_iterator entry(folder, code);
  for (; !code && entry != std::filesystem::directory_iterator(); entry.increment(code)) {
    if (entry->path().extension() == ".json") paths.push_back(entry->path());
  }
  if (code) throw Error(ErrorCode::io, "cannot read language folder '" + folder + "': " + code.message());
  std::sort(paths.begin(), paths.end());
  return paths;
}

Languages read_built_in() {
  Languages languages;
  for (const auto& file : detail::text::languages()) languages.add(file.text, file.path);
  return languages;
}

}  // namespace

const Languages& Languages::built_in() {
  static const Languages languages = read_built_in();
  return languages;
}

Languages Languages::load(const std::string& folder) {
  Languages languages = built_in();
  const auto paths = json_files(folder);
  if (paths.empty()) throw Error(ErrorCode::not_found, "no language files (*.json) in folder '" + folder + "'");
  for (const auto& path : paths) languages.add(read_file(path), path.string());
  return languages;
}

void Languages::add(std::string_view json, std::string_view name) {
  const auto data = detail::text::read_language(json, name);
  languages_.insert_or_assign(data->code, Language(data));
  votes_ = std::make_shared<const detail::text::ScriptVotes>(languages_);
}

const Language* Languages::find(std::string_view code) const noexcept {
  const auto found = languages_.find(code);
  return found == languages_.end() ? nullptr : &found->second;
}

const Language& Languages::get(std::string_view code) const {
  if (const Language* found = find(code)) return *found;
  std::string known;
  for (const auto& [each, language] : languages_) known += (known.empty() ? "" : ", ") + each;
  throw Error(ErrorCode::not_found, "unknown language '" + std::string(code) + "'; languages: " + known);
}

std::vector<std::string> Languages::codes() const {
  std::vector<std::string> codes;
  for (const auto& [code, language] : languages_) codes.push_back(code);
  return codes;
}

}  // namespace policygraph::inline v0
