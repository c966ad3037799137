#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "policygraph/graph/snapshot.hpp"

namespace policygraph::inline v0::detail::picture {

/// The part of a graph that is drawn: numbers of `nodes` from 0, `links` between them.
struct Selection {
  struct Link {
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    EdgeRow edge;
  };
  std::vector<NodeRow> nodes;
  std::vector<Link> links;
};

/// Nodes with most edges first (ties by row), then the edges among those. Edges that only say where things are mentioned (relations the
/// schema calls derived) are not drawn, nor, unless `takes_loose`, are nodes that no drawn edge meets: the tables hold them. A graph
/// that has nothing else is drawn whole.
Selection select(const Snapshot& snapshot, std::size_t max_nodes, bool takes_loose);

/// The label a node is shown under: the most general one; "" for a node without labels.
std::string_view family(const Snapshot& snapshot, NodeRow row);

/// Labels that nodes are shown under, in the order of colours: the schema's roots by name, then others. A policy graph thus has the same
/// colours whatever part of the schema it uses.
class Families {
 public:
  explicit Families(const Snapshot& snapshot);
  /// From 0; a family that the schema does not have comes after its roots.
  std::size_t index(std::string_view family) const;
  /// Those that the graph has nodes of, with how many.
  struct Present {
    std::string name;
    std::size_t index = 0;
    std::size_t nodes = 0;
  };
  const std::vector<Present>& present() const noexcept { return present_; }

 private:
  std::vector<std::string> names_;
  std::vector<Present> present_;
};

}  // namespace policygraph::inline v0::detail::picture
