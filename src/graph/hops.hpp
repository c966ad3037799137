#pragma once

#include <vector>

#include "policygraph/graph/hop.hpp"
#include "policygraph/graph/region.hpp"
#include "policygraph/graph/walk_filter.hpp"

namespace policygraph::inline v0::detail::graph {

/// The types and directions of a search, looked up once.
class Hops {
 public:
  Hops(const Snapshot& snapshot, const HopOptions& options) : direction_(options.direction) {
    for (const auto& name : options.types)
      if (const auto type = known_type(snapshot, name)) add(snapshot, *type);
    if (!options.types.empty()) return;
    for (std::uint32_t type = 0; type < snapshot.edge_type_count(); ++type) add(snapshot, EdgeType{type});
  }

  /// visit(edge, far end) for each edge to follow from a node; until it says false.
  template <class Visit>
  bool visit(NodeRow node, Visit visit) const {
    for (const auto& type : types_) {
      if (direction_ != Direction::in && !visit_all(type.out, node, visit)) return false;
      if (direction_ != Direction::out && !visit_all(type.in, node, visit)) return false;
    }
    return true;
  }
  /// The same along the arrows only, whatever the direction.
  template <class Visit>
  bool visit_out(NodeRow node, Visit visit) const {
    for (const auto& type : types_)
      if (!visit_all(type.out, node, visit)) return false;
    return true;
  }

 private:
  struct Both {
    Hop out, in;
  };
  void add(const Snapshot& snapshot, EdgeType type) {
    types_.push_back({Hop::out(snapshot, type), Hop::in(snapshot, type)});
  }
  template <class Visit>
  static bool visit_all(const Hop& hop, NodeRow node, Visit& visit) {
    const auto edges = hop.edges(node);
    for (std::size_t i = 0; i < edges.size(); ++i)
      if (!visit(edges.edge(i), edges.ends[i])) return false;
    return true;
  }

  Direction direction_;
  std::vector<Both> types_;
};

}  // namespace policygraph::inline v0::detail::graph
