#pragma once

#include <sys/types.h>

#include <atomic>
#include <cstdint>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/grouping_journal.hpp"
#include "graph/packed_journal.hpp"
#include "policygraph/graph/journal.hpp"
#include "store/commit_rows.hpp"
#include "store/database.hpp"
#include "store/log_index.hpp"
#include "store/log_room.hpp"
#include "store/retelling.hpp"
#include "store/snapshot_file.hpp"

namespace policygraph::inline v0::detail::store {

/// A .pgraph file as the journal of a graph. Two connections: one reads, behind a lock, for any thread; one writes, for
/// the holder of the graph's turn. Neither may be used in a child process after fork, nor be closed: there it is as if closed.
class FileJournal final : public graph::PackedJournal, public graph::GroupingJournal {
 public:
  static constexpr std::uint64_t kSnapshotFrom = std::uint64_t{1} << 16U;

  /// `writing`: null for a journal that only reads. A snapshot file is kept of that many records or more.
  FileJournal(std::string path, std::unique_ptr<Database> writing, std::uint64_t snapshot_from = kSnapshotFrom, double share_for_news = 1);
  ~FileJournal() override;

  void append(const Batch& batch) override;
  void write(const Batch& rest, Parts parts) override;
  void finish() override;
  void drop() noexcept override;
  void refuse_if_forked() const override;
  bool wants_image(std::uint64_t records) const noexcept override { return has_written_ && records >= snapshot_from_; }
  bool is_newest(CommitId last) override;
  double share_for_news() const noexcept override { return share_for_news_; }
  void open_group() noexcept override { is_grouping_ = true; }
  void close_group() override;
  void replay(const Visit& visit) const override;
  std::shared_ptr<const std::string> text(DocumentId document) const override;
  bool keeps_versions() const noexcept override { return true; }
  std::shared_ptr<const std::string> text_version(DocumentId document, const std::string& sha256) const override;
  void lock(std::string_view author, std::chrono::milliseconds timeout) override;
  void unlock() noexcept override;
  bool has_news(CommitId last) const override;
  void replay_after(CommitId last, const Visit& visit) const override;
  bool keeps_history() const noexcept override { return true; }
  void replay_until(CommitId last, const Visit& visit) const override;
  std::vector<CommitInfo> commits() const override;
  std::shared_ptr<const graph::Image> image() const override;
  void keep_image(const Snapshot& derived) const override;
  void close() override;

 private:
  struct Version {
    std::uint64_t row;
    std::uint64_t small_row;  // of `small_commits`; 0: it is a row of `documents`
    std::string sha256;
    bool has_text;
    bool is_redaction;
  };
  struct Reading {
    explicit Reading(std::unique_ptr<Database> opened);
    /// Of that digest, or the newest; null: there is none.
    const Version* find(DocumentId document, const std::string& sha256);
    void load_versions();
    /// Whether nothing was committed since `newest` was read; never where SQLite has to be asked.
    bool is_unchanged() const noexcept { return newest_at && newest_at == index.state(); }
    void read_newest();

    std::unique_ptr<Database> database;
    CommitReader commits;
    const bool has_small;
    Statement data_version, documents;
    LogIndex index;
    std::uint64_t seen = 0;  // of data_version, where there is no index to look at
    std::uint64_t newest = 0;
    std::optional<LogIndex::State> newest_at;  // when that was so
    std::map<DocumentId, std::vector<Version>> versions;
    std::uint64_t last_version = 0, last_small_row = 0;
  };
  struct Writing {
    explicit Writing(std::unique_ptr<Database> opened);
    /// Takes the lock.
    void begin();
    /// The newest commit, what is written and does not last yet among them. Requires: the lock.
    const CommitRow& newest();

    std::unique_ptr<Database> database;
    CommitWriter writer;
    CommitReader commits;
    Statement data_version;
    LogIndex index;
    LogRoom room;
    std::optional<LogIndex::State> begun_at;  // under the lock
    std::optional<LogIndex::State> ended_at;  // after a commit of this one, before any other's
    std::optional<Changes> changes;
    std::optional<CommitRow> last;  // the newest commit, where it is known
    std::uint64_t seen = 0;         // of data_version, which commits of others alone change here
  };

  std::unique_lock<std::mutex> lock_reading() const;
  Reading& reading() const;  // opened anew after `close`, for texts. Requires: mutex_
  void replay_from(std::uint64_t after, const Visit& visit) const;
  std::future<void> take_log_in() const noexcept;
  std::string retelling(const SnapshotHeader& header, const graph::History& history) const;
  void replay_range(std::uint64_t after, std::uint64_t last, const Visit& visit) const;  // Requires: mutex_
  void begin(std::chrono::milliseconds timeout);
  bool is_forked() const noexcept;
  void note_end() noexcept;  // of the commit that lasts now
  bool fits(const SnapshotHeader& header) const;  // Requires: mutex_
  template <class Write>
  void write_commit(CommitId commit, Write write);

  const std::string path_;
  const std::uint64_t snapshot_from_;
  const double share_for_news_;
  const pid_t process_;
  mutable std::mutex mutex_;
  mutable std::unique_ptr<Reading> reading_;
  mutable std::atomic<bool> is_replayed_ = false;  // all that was told, in one piece, and nothing since
  // The parts of the graph's history, while all of them are known. Of whoever has the graph's turn.
  mutable std::vector<PartSizes> parts_;
  mutable std::vector<PartSizes> unfinished_;  // that do not last yet
  mutable bool are_parts_known_ = false;
  bool is_closed_ = false;
  std::unique_ptr<Writing> writing_;
  std::string author_;
  bool has_written_ = false;
  bool is_grouping_ = false;  // what is written stays in one transaction of SQLite
};

}  // namespace policygraph::inline v0::detail::store
