#include "policygraph/document/corpus.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <utility>

#include "document/documents_csv.hpp"
#include "document/readers.hpp"
#include "document/warc.hpp"

namespace policygraph::inline v0 {
namespace {

namespace fs = std::filesystem;
using detail::document::DocumentsCsv;

constexpr std::string_view kTableName = "documents.csv";
constexpr std::uintmax_t kLargestTable = std::uintmax_t{64} << 20;

class Walk {
 public:
  explicit Walk(const DocumentOptions& defaults) : defaults_(defaults) { defaults_.yields_to_document = true; }

  // A file is taken as it is; of a folder, what has the name of a document.
  void add(const std::string& path) {
    std::error_code trouble;
    const auto status = fs::status(path, trouble);
    if (!fs::exists(status)) {
      if (fs::is_symlink(fs::symlink_status(path, trouble)))
        return miss(path, "the link leads nowhere, or to itself; it was left out");
      throw Error(ErrorCode::not_found, "no file or folder '" + path + "'");
    }
    if (fs::is_directory(status))
      walk(path);
    else
      add_file(path);
  }

  Corpus finish() {
    std::sort(corpus_.entries.begin(), corpus_.entries.end(),
              [](const auto& a, const auto& b) { return a.path < b.path; });
    report_rows();
    return std::move(corpus_);
  }

 private:
  void warn(const fs::path& path, std::string text, ErrorCode code = ErrorCode::io) {
    corpus_.diagnostics.push_back({Severity::warning, code, std::move(text), path.generic_string(), std::nullopt});
  }

  // What somebody meant to be read and was not.
  void miss(const fs::path& path, std::string text) {
    corpus_.diagnostics.push_back({Severity::error, ErrorCode::io, std::move(text), path.generic_string(), std::nullopt});
  }

  void walk(const fs::path& root) {
    std::vector<fs::path> folders = {root};
    while (!folders.empty()) {
      const fs::path folder = std::move(folders.back());
      folders.pop_back();
      if (!enter(folder)) continue;
      table_of(folder);
      for (auto& path : sorted_children(folder)) {
        std::error_code trouble;
        const auto status = fs::status(path, trouble);
        if (fs::is_directory(status)) {
          if (!belongs_to_page(path)) folders.push_back(std::move(path));
        } else if (trouble)
          miss(path, "it was left out: " + trouble.message());
        else if (is_document_name(path.generic_string()))
          add_file(path);
      }
    }
  }

  // "Decree_files" beside "Decree.html": what browsers save of a page beside its text.
  static bool belongs_to_page(const fs::path& folder) {
    const auto name = folder.filename().generic_string();
    if (!name.ends_with("_files") && !name.ends_with(".files")) return false;
    const auto page = folder.parent_path() / name.substr(0, name.size() - 6);
    std::error_code trouble;
    const auto is_there = [&](const char* ending) { return fs::is_regular_file(page.generic_string() + ending, trouble); };
    return is_there(".html") || is_there(".htm") || is_there(".xhtml");
  }

  // Each folder once, by its real place: a link back up would never end.
  bool enter(const fs::path& folder) {
    std::error_code trouble;
    const auto real = fs::canonical(folder, trouble);
    if (!trouble && folders_.insert(real.generic_string()).second) return true;
    if (trouble)
      miss(folder, "the folder was left out: " + trouble.message());
    else if (fs::is_symlink(fs::symlink_status(folder, trouble)))
      warn(folder, "the link leads back to a folder that was read; it was left out");
    return false;
  }

  std::vector<fs::path> sorted_children(const fs::path& folder) {
    std::vector<std::pair<std::string, fs::path>> named;
    std::error_code trouble;
    for (fs::directory_iterator at(folder, trouble), end; !trouble && at != end; at.increment(trouble))
      named.emplace_back(at->path().generic_string(), at->path());
    if (trouble) miss(folder, "the folder cannot be read: " + trouble.message());
    std::sort(named.begin(), named.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<fs::path> children;
    for (auto& [name, path] : named) children.push_back(std::move(path));
    return children;
  }

  void add_file(const fs::path& path) {
    std::error_code trouble;
    if (!fs::is_regular_file(path, trouble)) return miss(path, "it is not a regular file and was left out");
    const auto real = real_file(path, trouble);
    if (trouble || !files_.insert(real).second) return;
    if (::faccessat(AT_FDCWD, path.c_str(), R_OK, AT_EACCESS) != 0) return miss(path, "the file cannot be read and was left out");
    if (detail::document::is_warc_name(path.generic_string())) return add_archive(path);
    corpus_.entries.push_back({path.lexically_normal().generic_string(), options_for(path)});
  }

  // An entry a page. What a table says of an archive goes for all its pages, but for what names one.
  void add_archive(const fs::path& path) {
    const auto name = path.lexically_normal().generic_string();
    auto options = options_for(path);
    options.uri.clear();
    options.title.clear();
    try {
      auto listing = detail::document::list_warc(name);
      for (const auto& page : listing.pages) corpus_.entries.push_back({name + "#" + std::to_string(page.place), options});
      std::move(listing.diagnostics.begin(), listing.diagnostics.end(), std::back_inserter(corpus_.diagnostics));
    } catch (const Error& error) {
      corpus_.diagnostics.push_back({Severity::error, error.code(), error.text(), name, std::nullopt});
    }
  }

  // Where a file really lies. Folders hold many files that are no links: each folder is asked for once.
  std::string real_file(const fs::path& path, std::error_code& trouble) {
    if (fs::is_symlink(fs::symlink_status(path, trouble))) return fs::canonical(path, trouble).generic_string();
    const auto folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
    auto& real = real_folders_[folder.generic_string()];
    if (real.empty()) real = fs::canonical(folder, trouble);
    return (real / path.filename()).generic_string();
  }

  // The row of the nearest documents.csv: a table may name files in folders below its own.
  DocumentOptions options_for(const fs::path& path) {
    const auto folder = path.parent_path();
    const auto& table = table_of(folder);
    const auto row = table.rows.find(path.filename().generic_string());
    if (row != table.rows.end()) return row->second;
    for (fs::path above = folder; tables_.size() > 1 && above.has_relative_path();) {
      const auto next = above.parent_path();
      if (next == above) break;
      above = next;
      const auto known = tables_.find(above.generic_string());
      if (known == tables_.end()) continue;
      const auto found = known->second.rows.find(path.lexically_relative(above).generic_string());
      if (found != known->second.rows.end()) return found->second;
    }
    return defaults_;
  }

  const DocumentsCsv& table_of(const fs::path& folder) {
    const auto key = (folder.empty() ? folder : (folder / "").parent_path()).generic_string();
    if (const auto known = tables_.find(key); known != tables_.end()) return known->second;
    DocumentsCsv table;
    const auto path = folder / kTableName;
    std::error_code trouble;
    if (fs::is_regular_file(path, trouble)) table = read_table(path);
    for (auto& diagnostic : table.diagnostics) corpus_.diagnostics.push_back(std::move(diagnostic));
    return tables_.emplace(key, std::move(table)).first->second;
  }

  DocumentsCsv read_table(const fs::path& path) {
    std::error_code trouble;
    std::ifstream file(path, std::ios::binary);
    if (!file || fs::file_size(path, trouble) > kLargestTable) {
      warn(path, "the table cannot be read, or is larger than 64 MiB; it was left out");
      return {};
    }
    std::ostringstream bytes;
    bytes << file.rdbuf();
    return detail::document::read_documents_csv(bytes.str(), path.generic_string(), defaults_);
  }

  void report_rows() {
    for (const auto& [folder, table] : tables_) {
      for (const auto& [file, options] : table.rows) {
        std::error_code trouble;
        if (fs::exists(fs::path(folder) / file, trouble)) continue;
        warn(fs::path(folder) / kTableName, "no file '" + file + "' beside the table that names it",
             ErrorCode::not_found);
      }
    }
  }

  DocumentOptions defaults_;
  Corpus corpus_;
  std::set<std::string> folders_, files_;
  std::map<std::string, fs::path> real_folders_;
  std::map<std::string, DocumentsCsv> tables_;
};

}  // namespace

Corpus find_documents(const std::vector<std::string>& paths, const DocumentOptions& defaults) {
  Walk walk(defaults);
  for (const auto& path : paths) walk.add(path);
  return walk.finish();
}

bool is_document_name(std::string_view path) noexcept {
  const auto slash = path.find_last_of("/\\");
  const auto file = slash == std::string_view::npos ? path : path.substr(slash + 1);
  if (file == "SOURCES.md" || file == "README.md") return false;
  return detail::document::is_warc_name(path) || detail::document::reader_for_name(path) != nullptr;
}

}  // namespace policygraph::inline v0
