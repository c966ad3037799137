#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <stop_token>
#include <string>
#include <type_traits>
#include <vector>

#include "policygraph/export.hpp"
#include "policygraph/graph/snapshot.hpp"
#include "policygraph/graph/views.hpp"

// Measures of whole graphs, without Boost. Each takes a snapshot (masked or not), `reverse` of one or `undirected` of
// one, and answers the same whatever the number of threads. Tables are by row, node_row_limit() long; rows that are not
// alive hold the value for "nothing".
//
//     auto ranks = page_rank(as_of(snapshot, PartialDate::year(2022)));
//     auto parts = connected_components(undirected(snapshot));
//     auto way = shortest_path(snapshot, act, programme);
//
// They throw Error(interrupted) when `stop` was requested, Error(invalid_argument) for an option out of its bounds or a
// node the graph does not have. Memory: a few words a node, and the merged adjacency of the snapshot.
namespace policygraph::inline v0 {

/// What a measure walks. Borrows; made where a measure is called.
class GraphView {
 public:
  enum class Direction : std::uint8_t { forward, backward, both };
  GraphView(const Snapshot& snapshot) noexcept : snapshot_(&snapshot) {}
  GraphView(const Reversed& reversed) noexcept : snapshot_(&reversed.snapshot()), direction_(Direction::backward) {}
  GraphView(const Undirected& plain) noexcept : snapshot_(&plain.snapshot()), direction_(Direction::both) {}
  const Snapshot& snapshot() const noexcept { return *snapshot_; }
  Direction direction() const noexcept { return direction_; }

 private:
  const Snapshot* snapshot_;
  Direction direction_ = Direction::forward;
};

struct MeasureOptions {
  unsigned threads = 0;  ///< 0: as many as there are cores; small graphs take one whatever is said
  std::stop_token stop;
};

struct PageRankOptions : MeasureOptions {
  double damping = 0.85;  ///< 0 <= damping < 1
  double tolerance = 1e-6;  ///< ends when the ranks change by less than this a node, all changes added
  unsigned max_iterations = 100;
};
struct PageRank {
  std::vector<double> of_row;  ///< sums to 1; 0 where a row is not alive
  unsigned iterations = 0;
  bool is_converged = false;
};
/// The share of time a walker is at each node who follows an edge at random, and with 1 - damping leaps to any node; at
/// a node without successors she leaps (Page, Brin, Motwani and Winograd 1999; as NetworkX has it). Parallel edges count
/// each. O(edges) an iteration, of which chains need few: a rank counts as soon as it is known. One thread.
POLICYGRAPH_EXPORT PageRank page_rank(const GraphView& graph, const PageRankOptions& options = {});

/// In tables of numbers: not alive, or not reached.
inline constexpr std::uint32_t kNowhere = std::numeric_limits<std::uint32_t>::max();

/// Which part each node belongs to; parts are numbered from 0 in order of their first row.
struct Components {
  std::vector<std::uint32_t> of_row;  ///< kNowhere where a row is not alive
  std::uint32_t count = 0;
};
/// Parts that hang together when arrows are left out: sets of nodes united edge by edge (Rem's order: the least row
/// leads). Nearly O(edges); parallel.
POLICYGRAPH_EXPORT Components weak_components(const GraphView& graph, const MeasureOptions& options = {});
/// Parts within which each node reaches each other along arrows (Tarjan 1972, with a stack of its own). O(nodes +
/// edges); one thread.
POLICYGRAPH_EXPORT Components strong_components(const GraphView& graph, const MeasureOptions& options = {});
POLICYGRAPH_EXPORT Components connected_components(const Undirected& graph, const MeasureOptions& options = {});

/// Parts that stay whole when any one node is taken away, and the nodes that hold them together (Hopcroft and Tarjan
/// 1973). O(nodes + edges); one thread.
struct Biconnected {
  std::vector<std::uint32_t> part_of_edge;  ///< by edge row; kNowhere for dead rows and loops
  std::uint32_t count = 0;
  std::vector<NodeRow> articulation_points;  ///< in order of row
};
POLICYGRAPH_EXPORT Biconnected biconnected_components(const Undirected& graph, const MeasureOptions& options = {});
POLICYGRAPH_EXPORT std::vector<NodeRow> articulation_points(const Undirected& graph, const MeasureOptions& options = {});

/// Steps from `from` to each node; kNowhere where there is no way. Breadth first, O(nodes + edges); parallel.
POLICYGRAPH_EXPORT std::vector<std::uint32_t> levels(const GraphView& graph, NodeRow from,
                                                     const MeasureOptions& options = {});

struct PathOptions : MeasureOptions {
  std::string weight;  ///< a property of edges, numbers of 0 or more; empty: each edge counts 1
  double missing = 1;  ///< the weight of an edge that has none
};
/// Length of the shortest way from `from` to each node; infinity where there is none. One thread goes by Dijkstra's
/// order (1959), several by buckets of nearly equal distance (delta-stepping, Meyer and Sanders 2003); the lengths are
/// the same to the bit.
POLICYGRAPH_EXPORT std::vector<double> distances(const GraphView& graph, NodeRow from, const PathOptions& options = {});

struct ShortestPath {
  std::vector<NodeRow> nodes;  ///< from the start to the end
  std::vector<EdgeRow> edges;  ///< one fewer
  double length = 0;
};
/// One of the shortest ways, always the same of several; none: there is no way. One thread; ends as soon as the end is
/// reached.
POLICYGRAPH_EXPORT std::optional<ShortestPath> shortest_path(const GraphView& graph, NodeRow from, NodeRow to,
                                                             const PathOptions& options = {});

/// The largest k for which a node is in a part where each node has k edges within the part (Batagelj and Zaversnik
/// 2003). Parallel edges count each, loops not. O(nodes + edges); one thread.
POLICYGRAPH_EXPORT std::vector<std::uint32_t> core_numbers(const Undirected& graph, const MeasureOptions& options = {});

/// Refused while compiling: these are wrong on a graph with arrows.
namespace detail::graph {
template <class Graph>
void refuse_arrows() {
  static_assert(!std::is_same_v<Graph, Graph>,
                "wrong on a directed graph: give it undirected(snapshot), or use weak_components");
}
template <class Graph>
concept HasArrows = std::is_same_v<Graph, Snapshot> || std::is_same_v<Graph, Reversed>;
}  // namespace detail::graph
template <detail::graph::HasArrows Graph>
Components connected_components(const Graph&, const MeasureOptions& = {}) {
  return detail::graph::refuse_arrows<Graph>(), Components();
}
template <detail::graph::HasArrows Graph>
Biconnected biconnected_components(const Graph&, const MeasureOptions& = {}) {
  return detail::graph::refuse_arrows<Graph>(), Biconnected();
}
template <detail::graph::HasArrows Graph>
std::vector<NodeRow> articulation_points(const Graph&, const MeasureOptions& = {}) {
  return detail::graph::refuse_arrows<Graph>(), std::vector<NodeRow>();
}
template <detail::graph::HasArrows Graph>
std::vector<std::uint32_t> core_numbers(const Graph&, const MeasureOptions& = {}) {
  return detail::graph::refuse_arrows<Graph>(), std::vector<std::uint32_t>();
}

}  // namespace policygraph::inline v0
