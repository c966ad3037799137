#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/crew.hpp"
#include "policygraph/graph/measures.hpp"

// What the measures share: whom a node leads to in a view, and how many threads are worth their while.
namespace policygraph::inline v0::detail::graph {

/// The incident edges that a view follows from each node: one direction, or both after one another.
class Sides {
 public:
  explicit Sides(const Incidence& one) : lists_{one, {}}, count_(1) {}
  Sides(const Incidence& one, const Incidence& other) : lists_{one, other}, count_(2) {}

  /// visit(end, edge) for each edge of the node.
  template <class Visit>
  void visit(NodeRow node, Visit visit) const {
    for (std::size_t side = 0; side < count_; ++side) {
      const auto list = lists_[side][node];
      for (std::size_t i = 0; i < list.size(); ++i) visit(list.ends[i], list.edges[i]);
    }
  }
  std::uint32_t degree(NodeRow node) const noexcept {
    std::size_t degree = 0;
    for (std::size_t side = 0; side < count_; ++side) degree += lists_[side][node].size();
    return static_cast<std::uint32_t>(degree);
  }
  /// The edge at a place of the node's lists laid end to end. Requires: place < degree(node).
  std::pair<NodeRow, EdgeRow> at(NodeRow node, std::uint32_t place) const noexcept {
    const auto first = lists_[0][node];
    if (place < first.size()) return {first.ends[place], first.edges[place]};
    const auto second = lists_[1][node];
    return {second.ends[place - first.size()], second.edges[place - first.size()]};
  }

 private:
  std::array<Incidence, 2> lists_;
  std::size_t count_;
};
Sides successors(const GraphView& view);
Sides predecessors(const GraphView& view);

/// Throws Error(interrupted) when it was asked for.
void check_stop(const std::stop_token& stop);
/// Throws Error(invalid_argument) for a row that is not alive; `what` names it: "start".
void check_node(const Snapshot& snapshot, NodeRow row, std::string_view what);

/// How many threads are worth starting for so many nodes and edges.
unsigned thread_count(unsigned wanted, std::size_t work);

/// Numbers parts from 0 in order of their first row, given a leading row for each row that is alive.
Components number_parts(const Snapshot& snapshot, const std::vector<std::uint32_t>& leader);

}  // namespace policygraph::inline v0::detail::graph
