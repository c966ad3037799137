#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "graph/twin_views.hpp"
#include "policygraph/graph/graph.hpp"

namespace policygraph::testing {

// One random history of records and edits; every state is compared with its twin, also as seen through views.
class Player {
 public:
  Player(std::uint32_t seed, const Schema& schema, std::shared_ptr<Journal> journal = make_memory_journal());
  void play(int commits);

  std::size_t states() const { return states_; }
  std::size_t refusals() const { return refusals_; }
  std::size_t deltas() const { return deltas_; }  // states that are a base and a delta
  std::size_t views() const { return views_; }
  std::size_t views_over_deltas() const { return views_over_deltas_; }

 private:
  int below(int bound) { return static_cast<int>(random_() % static_cast<std::uint32_t>(bound)); }
  bool one_in(int n) { return below(n) == 0; }
  template <class List>
  typename List::value_type one_of(const List& items) {
    return items[static_cast<std::size_t>(below(static_cast<int>(items.size())))];
  }
  std::string label() { return one_of<std::vector<std::string>>({"Act", "Decree", "Body", "Office"}); }
  std::string type() { return one_of<std::vector<std::string>>({"CITES", "HOLDS"}); }
  std::string word() { return one_of<std::vector<std::string>>({"alpha", "beta", "gamma"}); }
  PartialDate date();
  std::pair<std::string, Value> property();
  template <class Key, class AllRows>
  std::optional<Key> one_of_keys(const Snapshot& snapshot, const AllRows& rows) {
    std::vector<Key> keys;
    for (const auto row : rows) keys.push_back(snapshot.key(row));
    if (keys.empty()) return std::nullopt;
    std::ranges::sort(keys);
    return one_of(keys);
  }

  // Comparing (player.cpp).
  bool commit_or_roll_back(Transaction& transaction);
  void compare(const Snapshot& snapshot);
  void compact(const std::string& before);
  void hold(const Snapshot& snapshot);
  void look(const Snapshot& snapshot, TwinGraph twin);
  Lens lens();

  // Writing (player_edits.cpp).
  void act(Transaction& transaction);
  void act_or_throw(Transaction& transaction);
  void edit(Transaction& transaction);
  void edit_node(Transaction& transaction, NodeKey node);
  void edit_edge(Transaction& transaction, NodeKey from, NodeKey to, std::optional<EdgeKey> edge);
  void create_edge(Transaction& transaction, NodeKey from, NodeKey to);
  void set_node(Transaction& transaction, NodeKey key);
  void set_edge(Transaction& transaction, EdgeKey key);

  // Documents and judgements (player_documents.cpp).
  void read_document(Transaction& transaction, std::optional<DocumentId> old);
  EvidenceId evidence(Transaction& transaction, DocumentId id);
  void fill(Assertion& claim);
  NodeKey read_mention(Transaction& transaction, DocumentId id);
  void read_edge(Transaction& transaction, DocumentId id, NodeKey from, NodeKey to);
  void replace_document(Transaction& transaction);
  void judge_as(Transaction& transaction, const std::string& by, NodeKey a, NodeKey b, JudgementKind kind);
  void judge(Transaction& transaction);
  void unjudge(Transaction& transaction);
  void withdraw(Transaction& transaction);

  std::mt19937 random_;
  Schema schema_;
  std::shared_ptr<Journal> journal_;
  Graph graph_;
  bool is_one_call_ = false;
  std::size_t states_ = 0;
  std::size_t refusals_ = 0;
  std::size_t deltas_ = 0;
  std::size_t views_ = 0;
  std::size_t views_over_deltas_ = 0;
  std::vector<std::pair<Snapshot, std::string>> held_;
};

}  // namespace policygraph::testing
