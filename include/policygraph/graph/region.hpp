#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "policygraph/export.hpp"
#include "policygraph/graph/snapshot.hpp"

namespace policygraph::inline v0 {

/// Which way edges are followed.
enum class Direction : std::uint8_t { out, in, both };

/// How a search goes, and where it ends.
struct HopOptions {
  std::vector<std::string> types{};  ///< edges to follow; empty: of any type
  Direction direction = Direction::both;
  std::size_t max_nodes = 1'000;   ///< that it takes in
  std::size_t max_edges = 10'000;  ///< that a region holds
  std::stop_token stop{};          ///< Error(interrupted)
};

/// A part of a snapshot: some nodes, and edges among them. Rows of that snapshot, ascending, each once.
struct Region {
  std::vector<NodeRow> nodes;
  std::vector<EdgeRow> edges;
  bool is_cut = false;  ///< there was more, past a bound of the options

  POLICYGRAPH_EXPORT bool has(NodeRow node) const noexcept;  ///< O(log n)
  POLICYGRAPH_EXPORT bool has(EdgeRow edge) const noexcept;
  friend bool operator==(const Region&, const Region&) = default;
};

/// The nodes within so many hops of those given, nearest first as long as there is room, and the edges (of the types
/// asked for) among them. Costs what is visited, not what the graph has. Throws Error(schema) for a type that the
/// strict schema does not know.
///
///     const auto region = policygraph::around(snapshot, {{act}}, 2, {.types = {"AUTHORISES", "FUNDS"}});
///     std::ofstream("act.svg") << policygraph::to_svg(policygraph::only(snapshot, region));
POLICYGRAPH_EXPORT Region around(const Snapshot& snapshot, std::span<const NodeRow> start, std::uint32_t hops,
                                 const HopOptions& options = {});
/// The snapshot with nothing but that: a view (graph/views.hpp), so queries, pictures, pages and tables take it.
/// Requires: rows of that snapshot. O(rows).
POLICYGRAPH_EXPORT Snapshot only(const Snapshot& snapshot, const Region& region);

}  // namespace policygraph::inline v0
