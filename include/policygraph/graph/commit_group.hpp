#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "policygraph/export.hpp"
#include "policygraph/graph/graph.hpp"
#include "policygraph/graph/transaction.hpp"

namespace policygraph::inline v0 {

struct GroupOptions {
  std::size_t most_commits = 1000;              ///< so many are made to last together
  std::chrono::milliseconds longest{50};        ///< or those of so long, at the next commit
  std::chrono::milliseconds timeout{5000};      ///< for the writer's turn
};

/// A stream of small writes: transactions that are commits of their own (an id, an author, all or nothing), and of which many
/// are made to last by one write to the disk. A single commit of a graph in a file waits for the disk, which takes longer than
/// all else it does.
///
///     policygraph::CommitGroup group(graph);
///     for (const auto& message : messages) {
///       auto transaction = group.begin("by:feed");
///       transaction.create_node({"Event"}, {{"name", message.name}});
///       transaction.commit();                 // not acknowledged yet
///     }
///     group.flush();                          // now all of them last
///
/// **What is acknowledged when.** `Transaction::commit` returns before its commit lasts. It lasts when `flush` has returned, or
/// when `waiting()` was 0 after it: `commit` itself flushes when there are `most_commits` or the first of them is `longest` old.
/// What waits becomes visible and lasts together, all or nothing, in order: nobody but transactions of this group sees it
/// before, in this process or another; a crash before it loses it, and what was flushed before never. Nothing flushes a stream
/// that has paused: flush it where it pauses.
///
/// **What goes wrong.** Where `flush` or `commit` cannot write (the disk is full), all that waits is gone, and the error says how
/// many commits that are; keys that they gave will be given again. A transaction that is refused (Error(schema, conflict)) or
/// rolled back takes no other along.
///
/// From the first transaction after a flush until the next flush the group has the writer's turn: others that begin wait, in
/// other processes too. One thread at a time. Of a graph in memory the same holds, without a disk.
class POLICYGRAPH_EXPORT CommitGroup {
 public:
  explicit CommitGroup(Graph graph, const GroupOptions& options = {});
  /// Flushes; what goes wrong then is not told.
  ~CommitGroup();
  CommitGroup(CommitGroup&&) noexcept;
  CommitGroup& operator=(CommitGroup&&) = delete;

  /// Sees what the transactions before it wrote. Throws what `Graph::begin` throws, and Error(busy) while another transaction of
  /// the group is open.
  Transaction begin(std::string_view author = "by:hand");
  /// Makes last what waits, and gives the turn away. Error(busy) while a transaction of the group is open, Error(io).
  void flush();
  /// How many commits do not last yet.
  std::size_t waiting() const;

 private:
  Graph graph_;
  GroupOptions options_;
  std::shared_ptr<Graph::State> state_;
  std::uint64_t id_ = 0;  // of the commits that wait; 0: none ever did
};

}  // namespace policygraph::inline v0
