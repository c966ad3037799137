#include "store/file_journal.hpp"

#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "graph/derivation.hpp"
#include "graph/image_snapshot.hpp"
#include "policygraph/base/error.hpp"
#include "store/access.hpp"
#include "store/layout.hpp"
#include "store/small_commits.hpp"

namespace policygraph::inline v0::detail::store {
namespace {

constexpr std::chrono::milliseconds kPatience{5000};

/// As a graph derives it that opens the file without the snapshot, or as the one did that is retold; with the hash key of the
/// one that did.
std::shared_ptr<const Snapshot::Data> derived(const std::string& path, const SnapshotHeader& header, std::string_view retelling) {
  const auto database = open_for_reading(path);
  CommitReader commits(*database);
  const Changes one_state(*database, Database::Begin::reading);
  const auto replay = [&](const Journal::Visit& visit) {
    auto before = commits.row(0);
    for (std::uint64_t id = 1; id <= header.commit; ++id) {
      const auto row = commits.row(id);
      commits.read(row, before, visit);
      before = row;
    }
  };
  if (!retelling.empty()) return graph::derive(read_schema(*database), retold(retelling, header.hash_key, replay), nullptr);
  graph::History history(std::make_shared<graph::StringTable>(header.hash_key));
  replay([&](const Batch& batch) { history.push(batch); });
  return graph::derive(read_schema(*database), std::move(history), nullptr);
}

}  // namespace

FileJournal::Reading::Reading(std::unique_ptr<Database> opened)
    : database(std::move(opened)),
      commits(*database),
      has_small(has_small_commits(*database)),
      data_version(*database, "PRAGMA data_version"),
      documents(*database, documents_after(has_small)),
      index(*database) {}

FileJournal::Writing::Writing(std::unique_ptr<Database> opened)
    : database(std::move(opened)), writer(*database), commits(*database), data_version(*database, "PRAGMA data_version"), index(*database), room(*database, index) {}

void FileJournal::Writing::begin() {
  changes.emplace(*database);
  begun_at = index.state();
  if (last && begun_at && begun_at == ended_at) return;  // nobody else has committed
  const auto before = seen;
  if (data_version.step()) seen = data_version.number(0);
  data_version.reset();
  if (seen != before) last.reset();
}

const CommitRow& FileJournal::Writing::newest() {
  if (!last) last = commits.row(commits.newest());
  return *last;
}

FileJournal::FileJournal(std::string path, std::unique_ptr<Database> writing, std::uint64_t snapshot_from, double share_for_news)
    : path_(std::move(path)), snapshot_from_(snapshot_from), share_for_news_(share_for_news), process_(getpid()) {
  if (writing != nullptr) writing_ = std::make_unique<Writing>(std::move(writing));
}

// What a child process has of its parent's connections it must not even close: the parent's locks hang on what they share.
FileJournal::~FileJournal() {
  if (!is_forked()) return;
  static_cast<void>(reading_.release());
  static_cast<void>(writing_.release());
}

bool FileJournal::is_forked() const noexcept { return getpid() != process_; }

void FileJournal::refuse_if_forked() const {
  if (is_forked())
    throw Error(ErrorCode::closed, "'" + path_ + "' was opened before this process was forked and cannot be used in it; open it in the child alone, "
                                   "or start the child anew (spawn)");
}

// First that it may be asked for at all: a thread of the parent may have had it when a child was forked.
std::unique_lock<std::mutex> FileJournal::lock_reading() const {
  refuse_if_forked();
  return std::unique_lock(mutex_);
}

FileJournal::Reading& FileJournal::reading() const {
  if (reading_ == nullptr) reading_ = std::make_unique<Reading>(open_for_reading(path_));
  return *reading_;
}

// ---- reading

// First what costs no call of the system.
bool FileJournal::has_news(CommitId last) const {
  const std::unique_lock lock(mutex_, std::try_to_lock);  // else another thread is reading, and will ask again
  if (!lock || is_closed_) return false;
  if (reading_ != nullptr && reading_->newest <= last.value && reading_->is_unchanged()) return false;
  if (is_forked()) return false;
  auto& held = reading();
  if (!held.is_unchanged()) held.read_newest();
  return held.newest > last.value;
}

void FileJournal::Reading::read_newest() {
  database->let_go();
  if (const auto state = index.state()) {
    newest = commits.newest();  // or one that came since: then the index differs again
    newest_at = state;
    return;
  }
  if (!data_version.step()) return;
  const auto version = data_version.number(0);
  data_version.reset();
  if (version != seen) newest = commits.newest();
  seen = version;
}

// So that neither who looks for news nor who begins need ask SQLite about a commit of their own process.
void FileJournal::note_end() noexcept {
  const auto now = writing_->index.state();
  writing_->ended_at.reset();
  if (!now || !writing_->begun_at || !LogIndex::is_one_commit(*writing_->begun_at, *now)) return;
  writing_->ended_at = now;
  const std::unique_lock lock(mutex_, std::try_to_lock);
  if (!lock || reading_ == nullptr || !writing_->last) return;
  reading_->newest = writing_->last->id;
  reading_->newest_at = now;
}

void FileJournal::replay_range(std::uint64_t after, std::uint64_t last, const Visit& visit) const {
  auto& held = reading();
  auto before = held.commits.row(after);
  for (auto id = after + 1; id <= last; ++id) {
    const auto row = held.commits.row(id);
    held.commits.read(row, before, visit);
    before = row;
  }
}

void FileJournal::replay(const Visit& visit) const {
  parts_.clear();
  replay_from(0, [&](const Batch& batch) {
    parts_.push_back(sizes_of(batch));
    visit(batch);
  });
  is_replayed_ = are_parts_known_ = true;
}

void FileJournal::replay_after(CommitId last, const Visit& visit) const {
  replay_from(last.value, visit);
  are_parts_known_ = false;  // the graph may have joined them
}

void FileJournal::replay_from(std::uint64_t after, const Visit& visit) const {
  const auto lock = lock_reading();
  is_replayed_ = false;
  auto& held = reading();
  const Changes one_state(*held.database, Database::Begin::reading);
  const auto newest = held.commits.newest();
  replay_range(after, newest, visit);
  held.commits.check_ends(held.commits.row(newest));
}

void FileJournal::replay_until(CommitId last, const Visit& visit) const {
  const auto lock = lock_reading();
  const Changes one_state(*reading().database, Database::Begin::reading);
  replay_range(0, last.value, visit);
}

std::vector<CommitInfo> FileJournal::commits() const {
  const auto lock = lock_reading();
  auto& held = reading();
  Statement rows(*held.database, std::string("SELECT id, time, author FROM ") +
                                     (held.has_small ? "all_commits" : "commits") + " ORDER BY id");
  std::vector<CommitInfo> all;
  while (rows.step()) {
    const std::chrono::microseconds time(static_cast<std::int64_t>(rows.number(1)));
    all.push_back({CommitId{rows.number(0)}, CommitTime(time), std::string(rows.text(2))});
  }
  return all;
}

void FileJournal::Reading::load_versions() {
  const Changes one_state(*database, Database::Begin::reading);
  const auto newest_row = has_small ? database->number("SELECT coalesce(max(id), 0) FROM small_commits") : 0;
  documents.bind(1, last_version).bind(2, last_small_row);
  while (documents.step()) {
    last_version = documents.number(0);
    versions[DocumentId{documents.number(1)}].push_back({last_version, documents.number(5), std::string(documents.text(2)),
                                                         documents.number(3) != 0, documents.number(4) != 0});
  }
  last_small_row = newest_row;  // so that rows without a document are not looked at twice either
}

const FileJournal::Version* FileJournal::Reading::find(DocumentId document, const std::string& sha256) {
  load_versions();
  const auto found = versions.find(document);
  if (found == versions.end()) return nullptr;
  const auto& all = found->second;
  const auto ends = [&](const Version& version) { return version.is_redaction || sha256.empty() || version.sha256 == sha256; };
  const auto last = std::find_if(all.rbegin(), all.rend(), ends);  // a redaction takes those before it along
  return last == all.rend() || last->is_redaction ? nullptr : &*last;
}

std::shared_ptr<const std::string> FileJournal::text(DocumentId document) const { return text_version(document, {}); }

std::shared_ptr<const std::string> FileJournal::text_version(DocumentId document, const std::string& sha256) const {
  const auto lock = lock_reading();
  auto& held = reading();
  const auto* version = held.find(document, sha256);
  if (version == nullptr || !version->has_text) return nullptr;
  auto text = held.commits.text(version->row, version->small_row);
  if (!text)
    throw Error(ErrorCode::format,
                "'" + path_ + "' is damaged: the text of document " + std::to_string(document.value) + " is not there");
  return std::make_shared<const std::string>(*std::move(text));
}

// ---- the snapshot file

// The commit it ends with must be the same one, and what came since be little: else all is derived and it is written anew. Whoever
// wrote writes it anew sooner than whoever opens beside a writer has to derive all: that takes so long that as much came meanwhile.
bool FileJournal::fits(const SnapshotHeader& header) const {
  const std::uint64_t most_commits = has_written_ ? 256 : 8192;
  auto& held = reading();
  const Changes one_state(*held.database, Database::Begin::reading);
  const auto newest = held.commits.newest();
  if (header.commit == 0 || header.commit > newest || newest - header.commit > most_commits) return false;
  const auto row = held.commits.row(header.commit);
  if (row.digest != header.commit_digest || graph_digest(*held.database) != header.graph_digest) return false;
  const auto ends = held.commits.row(newest).ends;
  // What it tells of documents is older than a redaction.
  if (held.database->number("SELECT count(*) FROM documents WHERE redacted = 1 AND version > " + std::to_string(row.ends.document)) != 0) return false;
  auto rows = held.database->number("SELECT coalesce(sum(rows), 0) FROM batches WHERE id > " + std::to_string(row.ends.batch));
  if (held.has_small)
    rows += held.database->number("SELECT coalesce(sum(rows), 0) FROM small_commits WHERE id >= " +
                                  std::to_string((row.id + 1) * SmallCommit::kMostRows));
  return rows + ends.evidence - row.ends.evidence <= graph::most_news(static_cast<std::size_t>(header.records));
}

std::shared_ptr<const graph::Image> FileJournal::image() const {
  const auto lock = lock_reading();
  const auto derive_anew = [path = path_](const SnapshotHeader& header, std::string_view retelling) { return derived(path, header, retelling); };
  auto file = SnapshotFile::open(path_, derive_anew);
  return file != nullptr && fits(file->header()) ? file : nullptr;
}

// Of the history up to the commit of the snapshot, which may be older than the newest.
std::string FileJournal::retelling(const SnapshotHeader& header, const graph::History& history) const {
  if (!header.is_of_writer || !are_parts_known_) return {};
  const auto end = std::ranges::upper_bound(parts_, header.commit, {}, &PartSizes::commit);
  return retelling_bytes(history, {parts_.begin(), end});
}

// Closing does it, and need not wait for it where it is done beside other work. What fails here is done there.
std::future<void> FileJournal::take_log_in() const noexcept {
  try {
    return std::async(std::launch::async, [this] { sqlite3_wal_checkpoint_v2(writing_->database->handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr); });
  } catch (const std::exception&) {
    return {};
  }
}

// What cannot be written now is derived again by whoever opens the file next.
void FileJournal::keep_image(const Snapshot& snapshot) const {
  const auto& data = snapshot.data();
  SnapshotHeader header;
  header.commit = data.history.counters().commit;
  header.records = data.history.record_count();
  header.hash_key = data.history.strings()->hash_key();
  header.is_of_writer = !is_replayed_;
  if (header.commit == 0 || header.records < snapshot_from_ || !graph::is_writable(data) || !may_write(path_)) return;
  const auto lock = lock_reading();
  try {
    header.commit_digest = reading().commits.row(header.commit).digest;
    header.graph_digest = graph_digest(*reading().database);
    if (!fits(header)) return;
    const auto log = has_written_ ? take_log_in() : std::future<void>();
    write_snapshot_file(path_, header, data, retelling(header, data.history));
  } catch (const Error&) {
    return;
  }
}

// ---- writing

void FileJournal::begin(std::chrono::milliseconds timeout) {
  refuse_if_forked();
  if (writing_ == nullptr && is_closed_) throw Error(ErrorCode::closed, "the graph is closed");
  if (writing_ == nullptr) throw Error(ErrorCode::io, "'" + path_ + "' is open for reading only");
  constexpr std::chrono::milliseconds kLongest = std::chrono::hours(240);
  writing_->database->wait_at_most(static_cast<int>(std::min(timeout, kLongest).count()));
  try {
    writing_->begin();
  } catch (const Error& error) {
    if (error.code() != ErrorCode::busy) throw;
    throw Error(ErrorCode::busy, writer_of(path_) + " is writing to '" + path_ + "'; waited " + std::to_string(timeout.count()) + " ms");
  }
}

void FileJournal::lock(std::string_view author, std::chrono::milliseconds timeout) {
  author_ = author;  // first: it may find no memory
  if (is_grouping_ && writing_->changes) return;
  begin(timeout);
}

void FileJournal::unlock() noexcept {
  is_grouping_ = false;
  unfinished_.clear();
  if (writing_ == nullptr || !writing_->changes || is_forked()) return;
  writing_->last.reset();
  writing_->changes.reset();
}

bool FileJournal::is_newest(CommitId last) {
  return writing_ != nullptr && writing_->changes && writing_->newest().id == last.value;
}

// A commit that failed gave the lock away; whoever tries again may come too late.
template <class Write>
void FileJournal::write_commit(CommitId commit, Write write) {
  refuse_if_forked();
  if (writing_ == nullptr || !writing_->changes) begin(kPatience);
  is_replayed_ = false;
  try {
    const auto& before = writing_->newest();
    if (before.id + 1 != commit.value)
      throw Error(ErrorCode::conflict, "'" + path_ + "' has changed meanwhile: commit " + std::to_string(commit.value) + " is there already; begin again");
    writing_->last = write(before);
  } catch (...) {
    drop();
    throw;
  }
}

void FileJournal::append(const Batch& batch) {
  are_parts_known_ = false;
  write_commit(batch.commit, [&](const CommitRow& before) { return writing_->writer.write(batch, before, author_); });
  finish();
}

void FileJournal::write(const Batch& rest, Parts parts) {
  write_commit(rest.commit, [&](const CommitRow& before) { return writing_->writer.write(rest, parts, before, author_); });
  if (!are_parts_known_) return;
  for (const auto& part : parts) unfinished_.push_back(sizes_of(*part));
}

void FileJournal::close_group() {
  is_grouping_ = false;
  if (writing_ != nullptr && writing_->changes) finish();
}

void FileJournal::finish() {
  if (is_grouping_) return;
  refuse_if_forked();
  writing_->room.make();
  try {
    writing_->changes->commit();
  } catch (...) {
    drop();
    throw;
  }
  writing_->changes.reset();
  note_end();
  has_written_ = true;
  parts_.insert(parts_.end(), unfinished_.begin(), unfinished_.end());
  unfinished_.clear();
  if (parts_.size() <= kMostParts) return;
  parts_ = {};
  are_parts_known_ = false;
}

void FileJournal::drop() noexcept {
  is_grouping_ = false;
  unfinished_.clear();
  if (is_forked()) return;
  writing_->last.reset();
  writing_->changes.reset();
  writing_->writer.forget();
}

// The last connection that closes takes the log in and removes it.
void FileJournal::close() {
  if (is_forked()) return;
  const std::lock_guard lock(mutex_);
  is_closed_ = true;
  reading_.reset();
  writing_.reset();
}

}  // namespace policygraph::inline v0::detail::store
