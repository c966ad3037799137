#include <functional>
#include <utility>

#include "policygraph/base/error.hpp"
#include "policygraph/store/file.hpp"
#include "store/access.hpp"
#include "store/commit_rows.hpp"
#include "store/layout.hpp"
#include "store/snapshot_file.hpp"

namespace policygraph::inline v0 {
namespace {

namespace store = detail::store;

constexpr std::size_t kMostProblems = 100;
// Of each document the version that redacts those before it.
constexpr const char* kRedacted =
    " LEFT JOIN (SELECT document, max(version) AS last FROM documents WHERE redacted = 1 GROUP BY document) USING "
    "(document) ";

class Check {
 public:
  Check(const std::string& path, const CheckOptions& options)
      : path_(path), options_(options), database_(store::open_for_reading(path)), commits_(*database_) {}

  CheckReport run() {
    const store::Changes one_state(*database_, store::Database::Begin::reading);
    report_.bytes = database_->number("PRAGMA page_count") * database_->number("PRAGMA page_size");
    attempt([&] { store::read_schema(*database_); });
    attempt([&] { check_pages(); });
    std::uint64_t newest = 0;
    attempt([&] { newest = commits_.newest(); });
    for (std::uint64_t id = 1; id <= newest && !is_full(); ++id) attempt([&] { check_commit(id); });
    attempt([&] { commits_.check_ends(commits_.row(newest)); });
    attempt([&] { check_texts(); });
    attempt([&] { check_snapshot(); });
    return std::move(report_);
  }

 private:
  bool is_full() const noexcept { return report_.problems.size() >= kMostProblems; }

  /// What goes wrong is a problem; the rest is looked at all the same.
  void attempt(const std::function<void()>& look) {
    if (options_.stop.stop_requested()) throw Error(ErrorCode::interrupted, "the check was stopped");
    if (is_full()) return;
    try {
      look();
    } catch (const Error& error) {
      report_.problems.push_back({Severity::error, error.code(), error.text(), path_, std::nullopt});
    }
  }

  // "ok", or a line a fault.
  void check_pages() {
    store::Statement lines(*database_, "PRAGMA integrity_check(10)");
    while (lines.step()) {
      const auto line = lines.text(0);
      if (line == "ok") continue;
      const bool is_unreadable = line.find("unable to get the page") != line.npos || line.find("failed to get page") != line.npos;
      report_.problems.push_back({Severity::error, is_unreadable ? ErrorCode::io : ErrorCode::format, std::string(line), path_, std::nullopt});
    }
  }

  void check_commit(std::uint64_t id) {
    const auto before = commits_.row(id - 1);
    const auto row = commits_.row(id);
    commits_.read(row, before, [&](const Batch& batch) {
      report_.documents += batch.documents.size();
      report_.evidence += batch.evidence.size();
      report_.mentions += batch.mentions.size();
      report_.assertions += batch.assertions.size();
    });
    ++report_.commits;
  }

  void check_texts() {
    check_texts("SELECT version, version < coalesce(last, 0), 0 FROM documents" + std::string(kRedacted) +
                "WHERE has_text = 1 ORDER BY version");
    if (!store::has_small_commits(*database_)) return;
    check_texts("SELECT version, version < coalesce(last, 0), small_commits.id FROM small_commits" +
                std::string(kRedacted) + "WHERE has_text = 1 ORDER BY small_commits.id");
  }

  void check_texts(const std::string& sql) {
    store::Statement versions(*database_, sql);
    while (versions.step() && !is_full()) {
      const auto version = versions.number(0);
      const bool is_redacted = versions.number(1) != 0;
      const auto small_row = versions.number(2);
      attempt([&] { is_redacted ? check_gone(version, small_row) : check_text(version, small_row); });
    }
  }

  void check_gone(std::uint64_t version, std::uint64_t small_row) {
    if (commits_.text(version, small_row))
      throw Error(ErrorCode::conflict,
                  "the text of version " + std::to_string(version) + " is there, and was redacted; redact it again");
  }

  void check_text(std::uint64_t version, std::uint64_t small_row) {
    if (!commits_.text(version, small_row))
      throw Error(ErrorCode::format, "the text of version " + std::to_string(version) + " is not there");
    ++report_.texts;
  }

  // One that does not fit is not read, so it is no problem.
  void check_snapshot() {
    const auto file = store::SnapshotFile::open(path_, nullptr);
    if (file != nullptr && !file->is_sound())
      throw Error(ErrorCode::format, "'" + store::snapshot_path(path_) + "' is damaged; remove it, and it is made anew when the graph is opened");
  }

  const std::string& path_;
  const CheckOptions& options_;
  std::unique_ptr<store::Database> database_;
  store::CommitReader commits_;
  CheckReport report_;
};

}  // namespace

CheckReport check_file(const std::string& path, const CheckOptions& options) { return Check(path, options).run(); }

}  // namespace policygraph::inline v0
