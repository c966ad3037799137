// Boost's algorithms that look for structure, on snapshots and their views, against what NetworkX and igraph say.
#include <gtest/gtest.h>

#include <boost/graph/betweenness_centrality.hpp>
#include <boost/graph/biconnected_components.hpp>
#include <boost/graph/core_numbers.hpp>
#include <boost/graph/dominator_tree.hpp>
#include <boost/graph/isomorphism.hpp>
#include <boost/graph/vf2_sub_graph_iso.hpp>

#include "algorithms.hpp"
#include "policygraph/graph/boost.hpp"

namespace policygraph {
namespace {

using testing::Form;
using testing::is_near;
using testing::Made;
using testing::make;
using testing::Told;

template <class Check>
void on_all(const Check& check) {
  for (const auto& told : testing::read_told()) {
    SCOPED_TRACE(told.name);
    const auto plain = make(told, Form::plain);
    const auto masked = make(told, Form::masked);
    const auto turned = make(told, Form::turned);
    check(told, plain, plain.snapshot);
    check(told, masked, masked.snapshot);
    check(told, turned, reverse(turned.snapshot));
  }
}

template <class Map>
std::vector<double> numbers_of(const Made& made, const Map& map) {
  std::vector<double> result;
  for (const auto row : made.row) result.push_back(static_cast<double>(get(map, row)));
  return result;
}

template <class Graph, class T>
auto map_over(const Graph& graph, std::vector<T>& values) {
  return boost::make_iterator_property_map(values.begin(), get(boost::vertex_index, graph));
}

template <class Graph>
std::vector<double> betweenness(const Made& made, const Graph& graph) {
  std::vector<double> centrality(num_vertices(graph));
  boost::brandes_betweenness_centrality(graph, map_over(graph, centrality));
  return numbers_of(made, map_over(graph, centrality));
}

TEST(BoostStructure, Betweenness) {
  on_all([](const Told& told, const Made& made, const auto& graph) {
    if (!told.has("betweenness")) return;
    EXPECT_TRUE(is_near(betweenness(made, graph), told.answer("betweenness")));
    EXPECT_TRUE(is_near(betweenness(made, undirected(graph)), told.answer("betweenness_undirected")));
  });
}

TEST(BoostStructure, CoreNumbers) {
  on_all([](const Told& told, const Made& made, const auto& graph) {
    if (!told.has("core")) return;
    const auto plain = undirected(graph);
    std::vector<std::size_t> core(num_vertices(plain));
    boost::core_numbers(plain, map_over(plain, core));
    EXPECT_EQ(numbers_of(made, map_over(plain, core)), told.answer("core"));
  });
}

// Boost 1.74's short form takes nodes that are not reached for the entry; numbers that say "not reached" set it right.
template <class Graph>
std::vector<NodeRow> dominators(NodeRow entry, const Graph& graph) {
  const auto nobody = boost::graph_traits<Graph>::null_vertex();
  std::vector<NodeRow> dominator(num_vertices(graph), nobody), parent(dominator), by_number(dominator);
  std::vector<std::size_t> number(num_vertices(graph), std::numeric_limits<std::size_t>::max());
  boost::lengauer_tarjan_dominator_tree(graph, entry, get(boost::vertex_index, graph), map_over(graph, number),
                                        map_over(graph, parent), by_number, map_over(graph, dominator));
  return dominator;
}

TEST(BoostStructure, Dominators) {
  on_all([](const Told& told, const Made& made, const auto& graph) {
    auto dominator = dominators(made.row[0], graph);
    std::vector<double> seen;
    for (const auto row : made.row)
      seen.push_back(static_cast<double>(std::ranges::find(made.row, get(map_over(graph, dominator), row)) - made.row.begin()));
    EXPECT_EQ(seen, told.answer("dominators"));
  });
}

TEST(BoostStructure, BiconnectedComponents) {
  on_all([](const Told& told, const Made& made, const auto& graph) {
    const auto plain = undirected(graph);
    std::vector<std::size_t> part(num_edges(plain));
    std::vector<NodeRow> cuts;
    boost::biconnected_components(plain, boost::make_iterator_property_map(part.begin(), get(boost::edge_index, plain)), std::back_inserter(cuts));
    std::vector<double> seen;
    for (const auto row : cuts) seen.push_back(static_cast<double>(std::ranges::find(made.row, row) - made.row.begin()));
    std::ranges::sort(seen);
    EXPECT_EQ(seen, told.answer("cuts"));
    if (!told.has("biconnected")) return;
    std::vector<double> parts;
    for (const auto edge : made.edge) parts.push_back(static_cast<double>(part[get(boost::edge_index, plain, WalkedEdge{{}, {}, edge})]));
    EXPECT_EQ(testing::renumbered(parts), told.answer("biconnected"));
  });
}

Told with_edges(const Told& told, const std::vector<double>& ends) {
  Told other;
  other.nodes = told.nodes;
  for (std::size_t i = 0; i + 1 < ends.size(); i += 2)
    other.edges.push_back({static_cast<std::uint32_t>(ends[i]), static_cast<std::uint32_t>(ends[i + 1]), 1.0});
  return other;
}

TEST(BoostStructure, Isomorphism) {
  on_all([](const Told& told, const Made&, const auto& graph) {
    for (const auto& [ends, is_same] : told.others) {
      const auto other = make(with_edges(told, ends), Form::masked).snapshot;
      std::vector<NodeRow> image(num_vertices(graph));
      const auto found = boost::isomorphism(graph, other, boost::isomorphism_map(map_over(graph, image)).vertex_index1_map(get(boost::vertex_index, graph)).vertex_index2_map(get(boost::vertex_index, other)));
      EXPECT_EQ(found, is_same);
    }
  });
}

TEST(BoostStructure, Vf2FindsTheSameGraphsAndEdgesByTheirEnds) {
  on_all([](const Told& told, const Made& made, const auto& graph) {
    if (told.nodes > 30) return;
    for (const auto& [ends, is_same] : told.others) {
      const auto other = make(with_edges(told, ends), Form::plain).snapshot;
      const auto found = boost::vf2_graph_iso(graph, other, [](const auto&, const auto&) { return false; });
      EXPECT_EQ(found, is_same);
    }
    for (const auto& wanted : told.edges) {
      const auto [seen, is_there] = edge(made.row[wanted.from], made.row[wanted.to], graph);
      EXPECT_TRUE(is_there);
      EXPECT_EQ(seen.from, made.row[wanted.from]);
      EXPECT_TRUE(edge(made.row[wanted.to], made.row[wanted.from], undirected(graph)).second);
    }
  });
}

}  // namespace
}  // namespace policygraph
