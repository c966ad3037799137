#pragma once

#include <vector>

#include "policygraph/graph/region.hpp"
#include "policygraph/graph/walk_filter.hpp"

namespace policygraph::inline v0::detail::graph {

/// The types and directions of a search, looked up once.
class Hops {
 public:
  Hops(const Snapshot& snapshot, const HopOptions& options) : snapshot_(snapshot), direction_(options.direction) {
    for (const auto& name : options.types)
      if (const auto type = known_type(snapshot, name)) types_.push_back(*type);
    if (!options.types.empty()) return;
    for (std::uint32_t type = 0; type < snapshot.edge_type_count(); ++type) types_.push_back(EdgeType{type});
  }

  /// visit(edge, far end) for each edge to follow from a node; until it says false.
  template <class Visit>
  bool visit(NodeRow node, Visit visit) const {
    for (const auto type : types_) {
      if (direction_ != Direction::in && !visit_out(node, type, visit)) return false;
      if (direction_ != Direction::out && !visit_in(node, type, visit)) return false;
    }
    return true;
  }
  /// The same along the arrows only, whatever the direction.
  template <class Visit>
  bool visit_out(NodeRow node, Visit visit) const {
    for (const auto type : types_)
      if (!visit_out(node, type, visit)) return false;
    return true;
  }

 private:
  template <class Visit>
  bool visit_out(NodeRow node, EdgeType type, Visit& visit) const {
    const auto out = snapshot_.out_edges(node, type);
    for (std::uint32_t i = 0; i < out.size(); ++i)
      if (!visit(out.edge(i), out.targets[i])) return false;
    return true;
  }
  template <class Visit>
  bool visit_in(NodeRow node, EdgeType type, Visit& visit) const {
    const auto in = snapshot_.in_edges(node, type);
    for (std::uint32_t i = 0; i < in.size(); ++i)
      if (!visit(in.edges[i], in.sources[i])) return false;
    return true;
  }

  const Snapshot& snapshot_;
  Direction direction_;
  std::vector<EdgeType> types_;
};

}  // namespace policygraph::inline v0::detail::graph
