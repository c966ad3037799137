// Graphs as they were known after a commit, and the history of a node.
#include <algorithm>
#include <set>
#include <utility>

#include "graph/derivation.hpp"
#include "graph/graph_state.hpp"
#include "policygraph/base/error.hpp"
#include "policygraph/graph/graph.hpp"

namespace policygraph::inline v0 {
namespace {

void require_history(const Journal& journal) {
  if (journal.keeps_history()) return;
  throw Error(ErrorCode::invalid_argument, "a graph in memory keeps the present alone; one in a .pgraph file keeps what was known");
}

/// What the batches of a journal say of a node: of its mentions, and of the edges at them.
class NodeHistory {
 public:
  explicit NodeHistory(std::set<NodeKey> mentions) : mentions_(std::move(mentions)) {}

  void read(const Batch& batch) {
    for (const auto& claim : batch.assertions) {
      if (!is_about(claim)) continue;
      if (claim.kind == ClaimKind::edge) edges_.insert(claim.edge);
      claims_.emplace(claim.id, claim);
      events_.push_back({{batch.commit, {}, {}}, false, claim});
    }
    for (const auto id : batch.withdrawn) {
      const auto found = claims_.find(id);
      if (found != claims_.end()) events_.push_back({{batch.commit, {}, {}}, true, found->second});
    }
  }
  std::vector<ClaimEvent> take() { return std::move(events_); }

 private:
  bool is_about(const Assertion& claim) const {
    if (claim.kind == ClaimKind::edge_property) return edges_.contains(claim.edge);
    return mentions_.contains(claim.subject) || (claim.object && mentions_.contains(claim.object));
  }

  std::set<NodeKey> mentions_;
  std::set<EdgeKey> edges_;
  std::map<AssertionId, Assertion> claims_;
  std::vector<ClaimEvent> events_;
};

std::set<NodeKey> mentions_of(const Snapshot& snapshot, NodeKey node) {
  std::set<NodeKey> mentions{node};
  if (const auto row = snapshot.find(node)) {
    for (const auto& mention : snapshot.mentions(*row)) mentions.insert(mention.key);
  }
  return mentions;
}

}  // namespace

std::vector<CommitInfo> Graph::commits() const {
  const auto newest = snapshot().commit();
  auto all = state_->texts->journal().commits();
  std::erase_if(all, [&](const CommitInfo& commit) { return commit.id > newest; });
  return all;
}

Snapshot Graph::known_at(CommitId commit) const {
  auto now = snapshot();
  if (commit == now.commit()) return now;
  require_history(state_->texts->journal());
  if (commit > now.commit()) {
    throw Error(ErrorCode::not_found, "there is no commit " + std::to_string(commit.value) + "; the newest is " +
                                          std::to_string(now.commit().value));
  }
  return Snapshot(state_->known_at(commit));
}

Snapshot Graph::known_at(CommitTime time) const {
  CommitId last;
  for (const auto& commit : commits()) {
    if (commit.time <= time) last = commit.id;
  }
  return known_at(last);
}

std::shared_ptr<const Snapshot::Data> Graph::State::known_at(CommitId commit) {
  constexpr std::size_t kKept = 4;
  const std::lock_guard lock(known_mutex_);
  const auto found = std::ranges::find(known_, commit, [](const auto& known) { return known.first; });
  if (found != known_.end()) return found->second;
  detail::graph::History history;
  texts->journal().replay_until(commit, [&](const Batch& batch) { history.push(batch); });
  auto fetch = detail::graph::fetch_for(texts, history);
  std::shared_ptr<const Snapshot::Data> data = detail::graph::derive(schema, std::move(history), std::move(fetch));
  if (known_.size() == kKept) known_.erase(known_.begin());
  known_.emplace_back(commit, data);
  return data;
}

std::vector<ClaimEvent> Graph::history(NodeKey node) const {
  const auto now = snapshot();
  const auto& journal = state_->texts->journal();
  require_history(journal);
  NodeHistory history(mentions_of(now, node));
  journal.replay_until(now.commit(), [&](const Batch& batch) { history.read(batch); });
  auto events = history.take();
  if (events.empty()) throw Error(ErrorCode::not_found, "nothing was ever claimed about a node " + std::to_string(node.value));
  const auto all = commits();
  for (auto& event : events) {
    const auto commit = std::ranges::find(all, event.commit.id, &CommitInfo::id);
    if (commit != all.end()) event.commit = *commit;
  }
  return events;
}

}  // namespace policygraph::inline v0
