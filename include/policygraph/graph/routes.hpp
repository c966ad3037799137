#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "policygraph/export.hpp"
#include "policygraph/graph/region.hpp"
#include "policygraph/graph/walk.hpp"

/// Paths without Cypher. All searches go breadth-first along the types and the direction of `HopOptions`, in order of
/// type and row, so the same graph gives the same answer; all are bounded and none recurses.
///
///     for (const auto& found : policygraph::reach(act, 5, {.types = {"AMENDS"}, .direction = policygraph::Direction::in}))
///       std::cout << found.node.caption() << " amends it in " << found.hops << " steps\n";
namespace policygraph::inline v0 {

/// A path: one node more than edges.
struct Route {
  std::vector<NodeView> nodes;
  std::vector<EdgeView> edges;
  std::size_t size() const noexcept { return edges.size(); }
};

/// A node that a search came to, by its last edge.
struct Reached {
  NodeView node;
  EdgeView edge;
  std::uint32_t hops = 0;
};

/// Nodes that can be reached within so many hops, nearest first, the start left out. Throws Error(limit) past
/// options.max_nodes.
POLICYGRAPH_EXPORT std::vector<Reached> reach(NodeView from, std::uint32_t hops, const HopOptions& options = {});

/// A shortest path; empty when there is none within so many hops. From a node to itself it has no edge. Throws
/// Error(limit) when it saw options.max_nodes nodes without finding it; the default here is a million.
POLICYGRAPH_EXPORT std::optional<Route> shortest_route(NodeView from, NodeView to, std::uint32_t hops = 32,
                                                       const HopOptions& options = {{}, Direction::both, 1'000'000, 0});

/// Every path of at most so many hops that meets no node twice, the shortest first. Throws Error(limit) when there are
/// more than `max_routes`, or when options.max_nodes times that many steps were taken.
POLICYGRAPH_EXPORT std::vector<Route> routes(NodeView from, NodeView to, std::uint32_t hops,
                                             const HopOptions& options = {}, std::size_t max_routes = 1'000);

}  // namespace policygraph::inline v0
