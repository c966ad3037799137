#pragma once

#include <vector>

#include "query/run/execution.hpp"

namespace policygraph::inline v0::detail::query {

// The types a step names, those the snapshot has; all of them when it names none.
inline std::vector<EdgeType> edge_types(const Step& step, const Execution& execution) {
  std::vector<EdgeType> types;
  if (step.types.empty()) {
    for (std::size_t i = 0; i < execution.snapshot.edge_type_count(); ++i) types.push_back(EdgeType(i));
    return types;
  }
  for (const auto type : step.types) {
    if (const auto number = execution.names->types[type]) types.push_back(*number);
  }
  return types;
}

// Edges of a node, one after another: by type, outgoing before incoming. A loop is met once where both directions are walked.
class EdgeWalk {
 public:
  void start(const Snapshot& snapshot, const std::vector<EdgeType>& types, Direction direction, NodeRow node) {
    snapshot_ = &snapshot;
    types_ = &types;
    direction_ = direction;
    node_ = node;
    type_ = at_ = 0;
    out_ = {};
    in_ = {};
    open();
  }

  bool next(EdgeRow& edge, NodeRow& end) {
    while (type_ < types_->size()) {
      if (at_ < out_.size()) {
        edge = out_.edge(at_);
        end = out_.targets[at_++];
        return true;
      }
      while (at_ < out_.size() + in_.size()) {
        const auto i = at_++ - out_.size();
        if (direction_ == Direction::both && in_.sources[i] == node_) continue;
        edge = in_.edges[i];
        end = in_.sources[i];
        return true;
      }
      ++type_;
      at_ = 0;
      open();
    }
    return false;
  }

 private:
  void open() {
    if (type_ >= types_->size()) return;
    const auto type = (*types_)[type_];
    out_ = direction_ == Direction::in ? OutEdges{} : snapshot_->out_edges(node_, type);
    in_ = direction_ == Direction::out ? InEdges{} : snapshot_->in_edges(node_, type);
  }

  const Snapshot* snapshot_ = nullptr;
  const std::vector<EdgeType>* types_ = nullptr;
  Direction direction_ = Direction::out;
  NodeRow node_;
  std::size_t type_ = 0, at_ = 0;
  OutEdges out_;
  InEdges in_;
};

// Whether the vector holds that edge at `row`, by itself or in a list of edges.
inline bool holds_edge(const Vector& vector, std::uint32_t row, EdgeRow edge, const Snapshot& snapshot) {
  if (vector.kind == VectorKind::edge) return vector.rows[row] == edge.value;
  if (vector.kind != VectorKind::value) return false;
  const auto& value = vector.values[row];
  if (value.is_null()) return false;
  const auto key = snapshot.key(edge);
  if (value.kind() == ValueKind::edge) return value.as_edge() == key;
  if (value.kind() != ValueKind::list) return false;
  for (const auto& item : value.as_list()) {
    if (item.kind() == ValueKind::edge && item.as_edge() == key) return true;
  }
  return false;
}

inline bool is_used(const Step& step, const Batch& batch, std::uint32_t row, EdgeRow edge, const Snapshot& snapshot) {
  for (const auto slot : step.different) {
    if (holds_edge(batch.columns[slot], row, edge, snapshot)) return true;
  }
  return false;
}

}  // namespace policygraph::inline v0::detail::query
