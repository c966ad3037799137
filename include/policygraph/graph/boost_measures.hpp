#pragma once

#include <boost/property_map/property_map.hpp>
#include <cstddef>
#include <vector>

#include "policygraph/graph/measures.hpp"
#include "policygraph/graph/views.hpp"

// Boost.Graph's calls for components and ranks, where they are asked of snapshots: the library's own ways of working the
// same answers out, in a fraction of the time (docs/benchmarks.md). Part of boost.hpp.
//
//     boost::connected_components(undirected(snapshot), map);                  // as weak_components, on all cores
//     boost::graph::page_rank(snapshot, map, boost::graph::n_iterations(20));  // each rank is divided once a round
//
// Components have the numbers that Boost gives them, ranks the same bits. Forms with named parameters (a colour map, a
// visitor) and with a second map of ranks are Boost's own.

namespace policygraph::inline v0::detail::graph {

template <class Map>
auto put_components(const Undirected& graph, Map map) {
  using boost::put;
  const auto parts = weak_components(graph);
  using Number = typename boost::property_traits<Map>::value_type;
  for (const auto node : graph.snapshot().nodes()) put(map, node, static_cast<Number>(parts.of_row[node.value]));
  return static_cast<Number>(parts.count);
}

/// A round of Boost's page_rank after another. Boost divides the rank of a node by its successors for each of them.
template <class Rank>
class RankRounds {
 public:
  RankRounds(const Snapshot& snapshot, Incidence out, Incidence in, Rank damping)
      : snapshot_(snapshot), out_(out), in_(in), damping_(damping), share_(snapshot.node_row_limit()) {}

  template <class Graph, class Map, class Done>
  void run(const Graph& graph, Map map, Done done, std::size_t count) {
    using boost::put;
    for (const auto node : snapshot_.nodes()) put(map, node, Rank(1) / static_cast<Rank>(count));
    while (!done(map, graph)) step(map);
  }

 private:
  template <class Map>
  void step(Map map) {
    using boost::get;
    using boost::put;
    for (const auto node : snapshot_.nodes()) {
      const auto successors = out_[node].size();
      if (successors != 0) share_[node.value] = get(map, node) / static_cast<Rank>(successors);
    }
    for (const auto node : snapshot_.nodes()) {
      Rank rank(0);
      for (const auto before : in_[node].ends) rank += share_[before.value];
      put(map, node, (Rank(1) - damping_) + damping_ * rank);
    }
  }

  const Snapshot& snapshot_;
  Incidence out_, in_;
  Rank damping_;
  std::vector<Rank> share_;  // by row: what each successor gets
};

}  // namespace policygraph::inline v0::detail::graph

namespace boost {

template <class Map>
typename property_traits<Map>::value_type connected_components(const policygraph::Undirected& graph, Map map) {
  return policygraph::detail::graph::put_components(graph, map);
}

namespace graph {

template <class Map, class Done>
void page_rank(const policygraph::Snapshot& graph, Map map, Done done,
               typename property_traits<Map>::value_type damping, std::size_t count) {
  using Rounds = policygraph::detail::graph::RankRounds<typename property_traits<Map>::value_type>;
  Rounds(graph, graph.outgoing(), graph.incoming(), damping).run(graph, map, done, count);
}
template <class Map, class Done>
void page_rank(const policygraph::Reversed& graph, Map map, Done done,
               typename property_traits<Map>::value_type damping, std::size_t count) {
  using Rounds = policygraph::detail::graph::RankRounds<typename property_traits<Map>::value_type>;
  const auto& snapshot = graph.snapshot();
  Rounds(snapshot, snapshot.incoming(), snapshot.outgoing(), damping).run(graph, map, done, count);
}
template <class Map, class Done>
void page_rank(const policygraph::Snapshot& graph, Map map, Done done,
               typename property_traits<Map>::value_type damping = 0.85) {
  page_rank(graph, map, done, damping, graph.node_count());
}
template <class Map, class Done>
void page_rank(const policygraph::Reversed& graph, Map map, Done done,
               typename property_traits<Map>::value_type damping = 0.85) {
  page_rank(graph, map, done, damping, graph.snapshot().node_count());
}

}  // namespace graph
}  // namespace boost
