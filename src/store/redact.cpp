#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

#include "policygraph/base/error.hpp"
#include "policygraph/store/file.hpp"
#include "store/access.hpp"
#include "store/commit_rows.hpp"
#include "store/snapshot_file.hpp"

#include <unistd.h>

namespace policygraph::inline v0 {
namespace {

namespace store = detail::store;

void write_redaction(const store::Database& database, DocumentId document, std::string_view author) {
  store::CommitReader commits(database);
  store::CommitWriter writer(database);
  store::Changes changes(database);
  const auto newest = commits.newest_row(document);
  if (!newest) throw Error(ErrorCode::not_found, "'" + database.name() + "' has no document " + std::to_string(document.value));
  if (newest->first.is_redacted) return;
  writer.write_redaction(newest->first, newest->second, commits.row(commits.newest()), author);
  changes.commit();
}

// Written anew, the file has no page of before; then the log is taken in and cut off.
void remove_remains(const store::Database& database) {
  database.run("VACUUM");
  store::Statement taken_in(database, "PRAGMA wal_checkpoint(TRUNCATE)");
  if (taken_in.step() && taken_in.number(0) == 0) return;
  throw Error(ErrorCode::busy, "the text is redacted, and still lies in the log of '" + database.name() +
                                   "', of which somebody reads an older state; redact it again to remove it there");
}

}  // namespace

void redact_document(const std::string& path, DocumentId document, std::string_view author, std::chrono::milliseconds timeout) {
  constexpr std::chrono::milliseconds kLongest = std::chrono::hours(240);
  const auto database = store::open_for_writing(path);
  database->wait_at_most(static_cast<int>(std::min(timeout, kLongest).count()));
  database->run("PRAGMA secure_delete = ON");
  write_redaction(*database, document, author);
  ::unlink(store::snapshot_path(path).c_str());  // it tells of the document as it was
  remove_remains(*database);
}

}  // namespace policygraph::inline v0
