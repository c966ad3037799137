#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/fork_watch.hpp"
#include "graph/snapshot_data.hpp"
#include "graph/texts.hpp"
#include "graph/waiting_commits.hpp"
#include "policygraph/graph/graph.hpp"

namespace policygraph::inline v0 {

class Error;
namespace detail::graph {
class PackedJournal;
}  // namespace detail::graph

/// What the copies of a handle share. The pointer to the newest state has a lock of its own, held for a copy and no
/// longer, so readers do not wait for a writer.
struct Graph::State final : private detail::graph::ForkWatch::Watched {
  State(Schema rules, std::unique_ptr<Journal> journal);

  std::shared_ptr<const Snapshot::Data> current() const;  ///< throws Error(closed)
  /// After that commit, which there must be.
  std::shared_ptr<const Snapshot::Data> known_at(CommitId commit);
  void publish(std::shared_ptr<const Snapshot::Data> data);
  void close();
  bool is_open() const;

  /// Takes in what other processes have committed; leaves it to the writer where one is at work here.
  void refresh();

  /// The writer's turn, in this process and, for a journal that others write to, among all; the newest state is current
  /// then. Not a mutex: a transaction may move to another thread.
  void begin_writing(std::string_view author, std::chrono::milliseconds timeout);
  void end_writing() noexcept;

  // Commits in groups (commit_group.cpp). A group is known by the number of those of its commits that wait.
  std::uint64_t open_group(const GroupOptions& options);             ///< Requires: the turn, and a transaction
  bool go_on(std::uint64_t group, std::string_view author);          ///< false: nothing waits; else a transaction may begin
  std::uint64_t group() const;                                       ///< 0: none. Requires: the turn
  std::shared_ptr<const Snapshot::Data> newest() const;              ///< for a transaction. Requires: the turn
  std::size_t waiting_in(std::uint64_t group) const;
  void add_waiting(std::shared_ptr<const Snapshot::Data> data, detail::graph::HeldTexts held) noexcept;
  std::size_t forget_waiting() noexcept;                             ///< how many there were
  [[noreturn]] void lose_waiting(const Error& error);
  void flush(std::uint64_t group);
  void flush_if_due(std::uint64_t group);
  void leave_group(std::uint64_t group) noexcept;

  const Schema schema;
  const std::shared_ptr<detail::graph::Texts> texts;

 private:
  bool stays_with_group() noexcept;
  bool take_turn(std::string_view author, std::chrono::milliseconds timeout);  ///< in this process
  void end_turn() noexcept;
  bool has_news() const;  ///< false also while another thread asks: nobody who has to know may ask it beside others
  bool is_too_early() const noexcept;
  void pay_for(std::chrono::steady_clock::time_point begun) noexcept;  ///< Requires: the turn.
  void take_news();  ///< Requires: the turn.
  void retire(std::shared_ptr<const Snapshot::Data> old) noexcept;
  bool open_image();  ///< whether there was one
  std::shared_ptr<const Snapshot::Data> replayed() const;
  void keep_image() noexcept;  ///< Requires: nobody writes.
  void before_fork() noexcept override;
  void after_fork(bool is_child) noexcept override;

  mutable std::mutex mutex_;  // current_, is_open_
  std::shared_ptr<const Snapshot::Data> current_;
  static constexpr std::size_t kMostRetired = 16;
  std::vector<std::shared_ptr<const Snapshot::Data>> retired_;  // that readers had when they were replaced. Of whoever has the turn
  bool is_open_ = true;
  bool is_mapped_ = false;  // it opened from an image, where its records go on lying, also below what is derived anew

  std::mutex known_mutex_;
  std::vector<std::pair<CommitId, std::shared_ptr<const Snapshot::Data>>> known_;  // the latest asked for last

  detail::graph::PackedJournal* const packed_;  // the journal, where it is one
  std::atomic<bool> is_locked_ = false;  // by a transaction of this process, on the newest state: nobody else can commit
  std::atomic<std::uint64_t> last_commit_ = 0;  // of the current state
  std::atomic<std::chrono::steady_clock::rep> next_look_ = 0;  // for news; before it a snapshot may be older than the newest
  double credit_ = 0;                                          // seconds that news may take before that
  std::chrono::steady_clock::time_point credit_at_;
  mutable std::mutex turn_mutex_;
  std::condition_variable turn_ended_;
  std::optional<detail::graph::WaitingCommits> waiting_;  // of the group that has the turn
  std::uint64_t last_group_ = 0;
  bool is_writing_ = false;
  std::string writer_;

  const detail::graph::ForkWatch fork_watch_{*this};  // last: it ends first
};

}  // namespace policygraph::inline v0
