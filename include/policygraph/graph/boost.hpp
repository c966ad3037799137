#pragma once

#include <boost/graph/graph_traits.hpp>
#include <boost/graph/named_function_params.hpp>
#include <boost/graph/properties.hpp>
#include <boost/property_map/property_map.hpp>
#include <concepts>
#include <utility>

#include "policygraph/graph/boost_measures.hpp"
#include "policygraph/graph/maps.hpp"
#include "policygraph/graph/views.hpp"
#include "policygraph/graph/iterators.hpp"

// Snapshots as Boost.Graph sees them (Siek, Lee and Lumsdaine: The Boost Graph Library, 2002; release 1.74 and later).
//
//     #include <boost/graph/dijkstra_shortest_paths.hpp>
//     #include <policygraph/graph/boost.hpp>
//
//     std::vector<double> distance(num_vertices(snapshot));
//     auto at = boost::make_iterator_property_map(distance.begin(), get(boost::vertex_index, snapshot));
//     boost::dijkstra_shortest_paths(snapshot, start,
//         boost::weight_map(policygraph::number_map<policygraph::WalkedEdge>(snapshot, "amount", 1)).distance_map(at));
//
// A Snapshot, with or without a mask, and `reverse` of it are models of VertexListGraph, EdgeListGraph,
// BidirectionalGraph, AdjacencyGraph and AdjacencyMatrix; `undirected` of it of all but BidirectionalGraph. Vertices are
// NodeRows, edges are WalkedEdges; parallel edges are kept. `vertex_index` and `edge_index` are dense in
// [0, num_vertices) and [0, num_edges) whatever the mask. Nothing is copied; the merged adjacency is built by the first
// call. `edge(u, v, g)` looks through the shorter of two lists.
//
// connected_components, articulation_points and biconnected_components compile on directed graphs in Boost and answer
// wrongly; here they do not compile there: give them `undirected(snapshot)`, or use weak_components (measures.hpp).
//
// Boost 1.74's short form of lengauer_tarjan_dominator_tree errs where some vertices are not reached: give the long form
// discovery numbers filled with the greatest value. Its page_rank sums to num_vertices and drops what reaches a vertex
// without successors; measures.hpp has one that does not.
//
// Not part of policygraph.hpp: a file that includes this and an algorithm takes seconds to compile.

namespace policygraph::inline v0 {

template <WalkableGraph Graph>
auto vertices(const Graph& graph) {
  const auto& snapshot = snapshot_of(graph);
  return std::pair(NodeIterator(snapshot, 0), NodeIterator(snapshot, snapshot.node_row_limit()));
}
template <WalkableGraph Graph>
std::size_t num_vertices(const Graph& graph) noexcept {
  return snapshot_of(graph).node_count();
}
template <WalkableGraph Graph>
std::size_t num_edges(const Graph& graph) noexcept {
  return snapshot_of(graph).edge_count();
}
template <WalkableGraph Graph>
auto edges(const Graph& graph) {
  using Iterator = EdgeIterator<std::same_as<Graph, Reversed>>;
  const auto outgoing = snapshot_of(graph).outgoing();
  return std::pair(Iterator(outgoing, 0), Iterator(outgoing, static_cast<std::uint32_t>(outgoing.ends.size())));
}
template <WalkableGraph Graph>
NodeRow source(const WalkedEdge& edge, const Graph&) noexcept {
  return edge.from;
}
template <WalkableGraph Graph>
NodeRow target(const WalkedEdge& edge, const Graph&) noexcept {
  return edge.to;
}

template <DirectedGraph Graph>
auto out_edges(NodeRow node, const Graph& graph) {
  using Iterator = IncidenceIterator<false>;
  const auto list = graph.out_edges(node);
  return std::pair(Iterator(node, list, 0), Iterator(node, list, list.size()));
}
template <DirectedGraph Graph>
auto in_edges(NodeRow node, const Graph& graph) {
  using Iterator = IncidenceIterator<true>;
  const auto list = graph.in_edges(node);
  return std::pair(Iterator(node, list, 0), Iterator(node, list, list.size()));
}
template <DirectedGraph Graph>
std::size_t out_degree(NodeRow node, const Graph& graph) {
  return graph.out_edges(node).size();
}
template <DirectedGraph Graph>
std::size_t in_degree(NodeRow node, const Graph& graph) {
  return graph.in_edges(node).size();
}
template <DirectedGraph Graph>
std::size_t degree(NodeRow node, const Graph& graph) {
  return out_degree(node, graph) + in_degree(node, graph);
}

inline auto out_edges(NodeRow node, const Undirected& graph) {
  const auto in = graph.entering(node);
  return std::pair(UndirectedIterator(node, graph.leaving(node), in), UndirectedIterator::past(in));
}
inline std::size_t out_degree(NodeRow node, const Undirected& graph) { return graph.degree(node); }
inline std::size_t degree(NodeRow node, const Undirected& graph) { return graph.degree(node); }

template <WalkableGraph Graph>
auto adjacent_vertices(NodeRow node, const Graph& graph) {
  const auto [first, last] = out_edges(node, graph);
  return std::pair(AdjacencyIterator(first), AdjacencyIterator(last));
}

namespace detail::graph {
template <class Argument>
std::size_t refuse_directed() {
  static_assert(!std::same_as<Argument, Argument>,
                "wrong on a directed graph: give it undirected(snapshot), or use weak_components (measures.hpp)");
  return 0;
}

inline std::pair<WalkedEdge, bool> found_edge(NodeRow from, NodeRow to, const Snapshot& snapshot) {
  const auto out = snapshot.out_edges(from);
  const auto in = snapshot.in_edges(to);
  const bool is_out = out.size() <= in.size();
  const auto& list = is_out ? out : in;
  for (std::size_t i = 0; i < list.size(); ++i)
    if (list.ends[i] == (is_out ? to : from)) return {{from, to, list.edges[i]}, true};
  return {{from, to, {}}, false};
}
}  // namespace detail::graph

/// The first edge between the two in order of type; whether there is one.
inline std::pair<WalkedEdge, bool> edge(NodeRow from, NodeRow to, const Snapshot& graph) {
  return detail::graph::found_edge(from, to, graph);
}
inline std::pair<WalkedEdge, bool> edge(NodeRow from, NodeRow to, const Reversed& graph) {
  const auto [found, is_there] = detail::graph::found_edge(to, from, graph.snapshot());
  return {{from, to, found.row}, is_there};
}
inline std::pair<WalkedEdge, bool> edge(NodeRow from, NodeRow to, const Undirected& graph) {
  const auto [found, is_there] = detail::graph::found_edge(from, to, graph.snapshot());
  if (is_there) return {found, true};
  return edge(from, to, Reversed(graph.snapshot()));
}

template <WalkableGraph Graph>
auto get(boost::vertex_index_t, const Graph& graph) {
  return NumberMap<NodeRow>(snapshot_of(graph).node_numbers());
}
template <WalkableGraph Graph>
auto get(boost::edge_index_t, const Graph& graph) {
  return NumberMap<WalkedEdge>(snapshot_of(graph).edge_numbers());
}
template <WalkableGraph Graph>
std::size_t get(boost::vertex_index_t tag, const Graph& graph, NodeRow vertex) {
  return get(get(tag, graph), vertex);
}
template <WalkableGraph Graph>
std::size_t get(boost::edge_index_t tag, const Graph& graph, const WalkedEdge& edge) {
  return get(get(tag, graph), edge);
}

}  // namespace policygraph::inline v0

namespace boost {

struct policygraph_directed_tag : public virtual bidirectional_graph_tag,
                                  public virtual adjacency_graph_tag,
                                  public virtual vertex_list_graph_tag,
                                  public virtual edge_list_graph_tag,
                                  public virtual adjacency_matrix_tag {};
struct policygraph_undirected_tag : public virtual incidence_graph_tag,
                                    public virtual adjacency_graph_tag,
                                    public virtual vertex_list_graph_tag,
                                    public virtual edge_list_graph_tag,
                                    public virtual adjacency_matrix_tag {};

template <policygraph::WalkableGraph Graph>
struct graph_traits<Graph> {
  static constexpr bool kIsDirected = policygraph::DirectedGraph<Graph>;
  using vertex_descriptor = policygraph::NodeRow;
  using edge_descriptor = policygraph::WalkedEdge;
  using directed_category = std::conditional_t<kIsDirected, bidirectional_tag, undirected_tag>;
  using edge_parallel_category = allow_parallel_edge_tag;
  using traversal_category = std::conditional_t<kIsDirected, policygraph_directed_tag, policygraph_undirected_tag>;
  using vertices_size_type = std::size_t;
  using edges_size_type = std::size_t;
  using degree_size_type = std::size_t;
  using vertex_iterator = policygraph::NodeIterator;
  using edge_iterator = policygraph::EdgeIterator<std::same_as<Graph, policygraph::Reversed>>;
  using out_edge_iterator =
      std::conditional_t<kIsDirected, policygraph::IncidenceIterator<false>, policygraph::UndirectedIterator>;
  using in_edge_iterator = policygraph::IncidenceIterator<true>;
  using adjacency_iterator = policygraph::AdjacencyIterator<out_edge_iterator>;
  static constexpr vertex_descriptor null_vertex() noexcept { return {0xFFFFFFFFU}; }
};
template <policygraph::WalkableGraph Graph>
struct graph_traits<const Graph> : graph_traits<Graph> {};

template <policygraph::WalkableGraph Graph>
struct property_map<Graph, vertex_index_t> {
  using type = policygraph::NumberMap<policygraph::NodeRow>;
  using const_type = type;
};
template <policygraph::WalkableGraph Graph>
struct property_map<Graph, edge_index_t> {
  using type = policygraph::NumberMap<policygraph::WalkedEdge>;
  using const_type = type;
};

// So that they are also found where a caller says boost::num_vertices(snapshot).
using policygraph::adjacent_vertices, policygraph::degree, policygraph::edge, policygraph::edges, policygraph::in_degree,
    policygraph::in_edges, policygraph::num_edges, policygraph::num_vertices, policygraph::out_degree,
    policygraph::out_edges, policygraph::source, policygraph::target, policygraph::vertices;

// Refused by name, ahead of Boost's own overloads, which would answer wrongly.
// Boost's long forms of connected_components refuse by themselves.
template <class Map>
std::size_t connected_components(const policygraph::Snapshot&, Map) {
  return policygraph::detail::graph::refuse_directed<Map>();
}
template <class Map>
std::size_t connected_components(const policygraph::Reversed&, Map) {
  return policygraph::detail::graph::refuse_directed<Map>();
}
template <policygraph::DirectedGraph Graph, class Map>
std::size_t biconnected_components(const Graph&, Map) {
  return policygraph::detail::graph::refuse_directed<Map>();
}
template <policygraph::DirectedGraph Graph, class Map, class P, class T, class R>
std::size_t biconnected_components(const Graph&, Map, const bgl_named_params<P, T, R>&) {
  return policygraph::detail::graph::refuse_directed<Map>();
}
template <policygraph::DirectedGraph Graph, class Map, class Out>
std::pair<std::size_t, Out> biconnected_components(const Graph&, Map, Out out) {
  return {policygraph::detail::graph::refuse_directed<Map>(), out};
}
template <policygraph::DirectedGraph Graph, class Map, class Out, class P, class T, class R>
std::pair<std::size_t, Out> biconnected_components(const Graph&, Map, Out out, const bgl_named_params<P, T, R>&) {
  return {policygraph::detail::graph::refuse_directed<Map>(), out};
}
template <policygraph::DirectedGraph Graph, class Map, class Out, class Times, class Lows>
std::pair<std::size_t, Out> biconnected_components(const Graph&, Map, Out out, Times, Lows) {
  return {policygraph::detail::graph::refuse_directed<Map>(), out};
}
template <policygraph::DirectedGraph Graph, class Out>
Out articulation_points(const Graph&, Out out) {
  return policygraph::detail::graph::refuse_directed<Out>(), out;
}
template <policygraph::DirectedGraph Graph, class Out, class P, class T, class R>
Out articulation_points(const Graph&, Out out, const bgl_named_params<P, T, R>&) {
  return policygraph::detail::graph::refuse_directed<Out>(), out;
}

}  // namespace boost
