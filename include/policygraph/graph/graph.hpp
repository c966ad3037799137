#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "policygraph/export.hpp"
#include "policygraph/graph/journal.hpp"
#include "policygraph/graph/knowledge.hpp"
#include "policygraph/graph/snapshot.hpp"
#include "policygraph/graph/transaction.hpp"
#include "policygraph/model/schema.hpp"

namespace policygraph::inline v0 {

/// The handle that lasts: gives snapshots to read and transactions to write. Copies share one graph. Any thread may use
/// it.
///
///     auto graph = policygraph::open_in_memory();
///     auto transaction = graph.begin("by:anna");
///     auto act = transaction.create_node({"Decree"}, {{"jurisdiction", "UZ"}, {"kind", "decree"}, {"number",
///     "PF-1"}}); transaction.commit();
class POLICYGRAPH_EXPORT Graph {
 public:
  /// A graph over any journal; replays it. `open_in_memory` and `open` (module store) are what users call.
  Graph(Schema schema, std::unique_ptr<Journal> journal);

  const Schema& schema() const noexcept;
  /// The newest committed state; O(1), never waits for a writer.
  Snapshot snapshot() const;
  /// One writer at a time: waits up to `timeout`, then Error(busy). `author` names who writes ("cypher/1", "by:anna",
  /// "ingest").
  Transaction begin(std::string_view author = "by:hand", std::chrono::milliseconds timeout = std::chrono::seconds(5));
  /// Derives the newest state anew: rows of what was deleted go, rows and what is borrowed of older snapshots stay with
  /// those; what is read by key stays the same. Commits cost what they touch and do this by themselves when an eighth of
  /// the graph was written since the last time; by hand it is for the moment before long reading. Takes the writer's
  /// turn, as `begin` does. O(n log n) in the records of the graph.
  void compact(std::chrono::milliseconds timeout = std::chrono::seconds(5));
  // What was known when (graph/knowledge.hpp), of a graph in a file; one in memory has no commits to tell of, and throws
  // Error(invalid_argument) for what is past.
  /// In order.
  std::vector<CommitInfo> commits() const;
  /// The graph as it was known after that commit; 0 is the empty graph. O(n log n) in what was committed until then; the
  /// latest few are kept. Throws Error(not_found) for a commit that is not there yet.
  Snapshot known_at(CommitId commit) const;
  Snapshot known_at(CommitTime time) const;
  /// What was claimed of a node and of the edges at it, and when that was withdrawn, in order: of the mentions it has
  /// now, or of that one mention. Reads all commits. Throws Error(not_found) when there never was anything.
  std::vector<ClaimEvent> history(NodeKey node) const;
  /// Further use throws Error(closed); snapshots that are held stay good. Idempotent.
  void close();
  bool is_open() const noexcept;

  struct State;  ///< private

 private:
  std::shared_ptr<State> state_;
};

/// An empty graph that lives in memory.
POLICYGRAPH_EXPORT Graph open_in_memory(Schema schema = Schema::policy());

}  // namespace policygraph::inline v0
