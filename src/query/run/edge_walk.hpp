#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "policygraph/graph/hop.hpp"
#include "query/run/execution.hpp"

namespace policygraph::inline v0::detail::query {

inline Direction opposite(Direction direction) {
  return direction == Direction::both ? direction : direction == Direction::out ? Direction::in : Direction::out;
}

// The types a step names, those the snapshot has; all of them when it names none.
inline std::vector<EdgeType> edge_types(std::span<const std::uint32_t> named, const Execution& execution) {
  std::vector<EdgeType> types;
  if (named.empty()) {
    for (std::size_t i = 0; i < execution.snapshot.edge_type_count(); ++i) types.push_back(EdgeType(i));
    return types;
  }
  for (const auto type : named) {
    if (const auto number = execution.names->types[type]) types.push_back(*number);
  }
  return types;
}

// The lists in which a step finds the edges of a node: by type, outgoing before incoming; looked up once a snapshot.
class StepHops {
 public:
  struct List {
    Hop hop;
    bool passes_loops;  // they were met already, as outgoing
  };
  // Before each batch of the input: a write below moves to a new snapshot.
  void look_up(const Step& step, const Execution& execution) { look_up(step, step.direction, execution); }
  void look_up(const Step& step, Direction direction, const Execution& execution) { look_up(step.types, direction, execution); }
  void look_up(std::span<const std::uint32_t> types, Direction direction, const Execution& execution) {
    if (is_found_ && moves_ == execution.moves) return;
    lists_.clear();
    for (const auto type : edge_types(types, execution)) {
      if (direction != Direction::in) lists_.push_back({Hop::out(execution.snapshot, type), false});
      if (direction != Direction::out) lists_.push_back({Hop::in(execution.snapshot, type), direction == Direction::both});
    }
    is_found_ = true;
    moves_ = execution.moves;
  }
  const std::vector<List>& lists() const { return lists_; }

 private:
  std::vector<List> lists_;
  bool is_found_ = false;
  std::size_t moves_ = 0;
};

// Edges of a node, one after another. A loop is met once where both directions are walked.
class EdgeWalk {
 public:
  void start(const StepHops& hops, NodeRow node) {
    lists_ = &hops.lists();
    node_ = node;
    list_ = 0;
    open();
  }

  bool next(EdgeRow& edge, NodeRow& end) {
    while (list_ < lists_->size()) {
      while (at_ < edges_.size()) {
        const auto place = at_++;
        end = edges_.ends[place];
        if (passes_loops_ && end == node_) continue;
        edge = edges_.edge(place);
        return true;
      }
      ++list_;
      open();
    }
    return false;
  }

  // Appends the next edges and their ends, `most` at most; whether it stopped at that.
  bool take(std::size_t most, std::vector<std::uint32_t>& edges, std::vector<std::uint32_t>& ends) {
    const auto full = ends.size() + most;
    for (; list_ < lists_->size(); ++list_, open()) {
      for (; at_ < edges_.size(); ++at_) {
        const auto end = edges_.ends[at_];
        if (passes_loops_ && end == node_) continue;
        if (ends.size() == full) return true;
        edges.push_back(edges_.edge(at_).value);
        ends.push_back(end.value);
      }
    }
    return false;
  }

 private:
  void open() {
    at_ = 0;
    if (list_ >= lists_->size()) return;
    const auto& list = (*lists_)[list_];
    edges_ = list.hop.edges(node_);
    passes_loops_ = list.passes_loops;
  }

  const std::vector<StepHops::List>* lists_ = nullptr;
  NodeRow node_;
  std::size_t list_ = 0, at_ = 0;
  HopEdges edges_;
  bool passes_loops_ = false;
};

// The edges of a row that a step may not walk again: in columns by themselves or in lists.
class UsedEdges {
 public:
  void read(const Step& step, const Batch& batch, std::uint32_t row, const Snapshot& snapshot) { read(step.different, batch, row, snapshot); }
  void read(std::span<const Slot> different, const Batch& batch, std::uint32_t row, const Snapshot& snapshot) {
    rows_.clear();
    rows_.reserve(different.size());
    for (const auto slot : different) add(batch.columns[slot], row, snapshot);
    std::ranges::sort(rows_);
  }
  bool has(EdgeRow edge) const {
    constexpr std::size_t kFew = 8;
    if (rows_.size() > kFew) return std::ranges::binary_search(rows_, edge.value);
    return std::ranges::find(rows_, edge.value) != rows_.end();
  }
  bool is_empty() const { return rows_.empty(); }

 private:
  void add(const Vector& vector, std::uint32_t row, const Snapshot& snapshot) {
    if (vector.kind == VectorKind::edge) rows_.push_back(vector.rows[row]);
    if (vector.kind != VectorKind::value) return;
    const auto& value = vector.values[row];
    if (value.kind() == ValueKind::edge) add(value.as_edge(), snapshot);
    if (value.kind() != ValueKind::list) return;
    for (const auto& item : value.as_list()) {
      if (item.kind() == ValueKind::edge) add(item.as_edge(), snapshot);
    }
  }
  void add(EdgeKey key, const Snapshot& snapshot) {
    if (const auto edge = snapshot.find(key)) rows_.push_back(edge->value);
  }

  std::vector<std::uint32_t> rows_;
};

}  // namespace policygraph::inline v0::detail::query
