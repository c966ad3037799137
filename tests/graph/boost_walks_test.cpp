// Boost's algorithms that walk, on snapshots and their views, against what NetworkX and igraph say.
#include <gtest/gtest.h>

#include <boost/graph/astar_search.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/connected_components.hpp>
#include <boost/graph/depth_first_search.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/graph/page_rank.hpp>
#include <boost/graph/strong_components.hpp>
#include <boost/graph/topological_sort.hpp>
#include <random>

#include "algorithms.hpp"
#include "policygraph/graph/boost.hpp"
#include "policygraph/graph/measures.hpp"

namespace policygraph {
namespace {

using testing::Form;
using testing::is_near;
using testing::Made;
using testing::make;
using testing::Told;

constexpr double kFar = std::numeric_limits<double>::infinity();

// A table by vertex_index that Boost writes, and its values in the order of the told graph's nodes.
template <class T, class Graph>
class Table {
 public:
  Table(const Graph& graph, T value) : graph_(graph), values_(num_vertices(graph), value) {}
  auto map() { return boost::make_iterator_property_map(values_.begin(), get(boost::vertex_index, graph_)); }
  const std::vector<T>& all() const { return values_; }
  std::vector<double> by_node(const Made& made) {
    std::vector<double> result;
    for (const auto row : made.row) result.push_back(static_cast<double>(get(map(), row)));
    return result;
  }

 private:
  const Graph& graph_;
  std::vector<T> values_;
};

// Calls check(told, made, graph) for each told graph: plain, masked, and reversed.
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

template <class Graph>
std::vector<double> breadth_first(const Made& made, const Graph& graph) {
  Table<double, Graph> level(graph, kFar);
  put(level.map(), made.row[0], 0);
  boost::breadth_first_search(
      graph, made.row[0],
      boost::visitor(boost::make_bfs_visitor(boost::record_distances(level.map(), boost::on_tree_edge()))));
  return level.by_node(made);
}

TEST(BoostWalks, BreadthFirst) {
  on_all([](const Told& told, const Made& made, const auto& graph) {
    EXPECT_EQ(breadth_first(made, graph), told.answer("levels"));
    EXPECT_EQ(breadth_first(made, undirected(graph)), told.answer("levels_undirected"));
  });
}

struct Count : boost::default_dfs_visitor {
  std::size_t* vertices;
  std::size_t* edges;
  template <class Graph>
  void discover_vertex(NodeRow, const Graph&) const {
    ++*vertices;
  }
  template <class Graph>
  void examine_edge(const WalkedEdge&, const Graph&) const {
    ++*edges;
  }
};

TEST(BoostWalks, DepthFirstMeetsEveryNodeAndEdge) {
  on_all([](const Told& told, const Made&, const auto& graph) {
    std::size_t vertices = 0, edges = 0;
    Count count;
    count.vertices = &vertices;
    count.edges = &edges;
    boost::depth_first_search(graph, boost::visitor(count));
    EXPECT_EQ(vertices, told.nodes);
    EXPECT_EQ(edges, told.edges.size());
  });
}

TEST(BoostWalks, Dijkstra) {
  on_all([](const Told& told, const Made& made, const auto& graph) {
    using Graph = std::remove_cvref_t<decltype(graph)>;
    Table<double, Graph> length(graph, kFar);
    const auto weight = number_map<WalkedEdge>(made.snapshot, "weight", kFar);
    boost::dijkstra_shortest_paths(graph, made.row[0],
                                   boost::weight_map(weight).distance_map(length.map()).distance_inf(kFar));
    EXPECT_TRUE(is_near(length.by_node(made), told.answer("distances")));
  });
}

// No way is shorter than its last edge: an honest, if weak, guess.
template <class Graph>
struct LastEdge : boost::astar_heuristic<Graph, double> {
  const Made* made;
  NodeRow goal;
  double operator()(NodeRow node) const {
    if (node == goal) return 0;
    double least = kFar;
    for (const auto edge : made->snapshot.edges())
      if (made->snapshot.target(edge) == goal || made->snapshot.source(edge) == goal)
        least = std::min(least, made->snapshot.value(edge, "weight").as_double());
    return least == kFar ? 0 : least;
  }
};

TEST(BoostWalks, AStar) {
  on_all([](const Told& told, const Made& made, const auto& graph) {
    using Graph = std::remove_cvref_t<decltype(graph)>;
    for (std::uint32_t goal = 0; goal < told.nodes; goal += 7) {
      Table<double, Graph> length(graph, kFar), rank(graph, kFar);
      LastEdge<Graph> guess;
      guess.made = &made;
      guess.goal = made.row[goal];
      const auto weight = number_map<WalkedEdge>(made.snapshot, "weight", kFar);
      boost::astar_search(graph, made.row[0], guess,
                          boost::visitor(boost::astar_visitor<>()).weight_map(weight).distance_map(length.map()).rank_map(rank.map()).distance_inf(kFar));
      EXPECT_NEAR(std::min(length.by_node(made)[goal], 1e18), std::min(told.answer("distances")[goal], 1e18), 1e-9);
    }
  });
}

TEST(BoostWalks, TopologicalSort) {
  on_all([](const Told& told, const Made& made, const auto& graph) {
    std::vector<NodeRow> order;
    if (told.answer("is_acyclic")[0] == 0) {
      EXPECT_THROW(boost::topological_sort(graph, std::back_inserter(order)), boost::not_a_dag);
      return;
    }
    boost::topological_sort(graph, std::back_inserter(order));
    ASSERT_EQ(order.size(), told.nodes);
    const auto place = [&](std::uint32_t node) { return std::ranges::find(order, made.row[node]) - order.begin(); };
    for (const auto& edge : told.edges) EXPECT_GT(place(edge.from), place(edge.to));  // sinks come first
  });
}

TEST(BoostWalks, Components) {
  on_all([](const Told& told, const Made& made, const auto& graph) {
    Table<int, std::remove_cvref_t<decltype(graph)>> strong(graph, -1);
    boost::strong_components(graph, strong.map());
    EXPECT_EQ(testing::renumbered(strong.by_node(made)), told.answer("strong"));
    const auto plain = undirected(graph);
    Table<int, Undirected> weak(plain, -1);
    boost::connected_components(plain, weak.map());
    EXPECT_EQ(testing::renumbered(weak.by_node(made)), told.answer("weak"));
  });
}

// What is asked in the short form is answered by the library's own measures: the numbers are those of Boost's code, which the long forms run.
TEST(BoostWalks, ShortFormsAnswerAsTheLongOnes) {
  on_all([](const Told&, const Made&, const auto& graph) {
    using Graph = std::remove_cvref_t<decltype(graph)>;
    const auto plain = undirected(graph);
    Table<int, Undirected> part(plain, -1), same(plain, -1);
    Table<boost::default_color_type, Undirected> color(plain, boost::white_color);
    EXPECT_EQ(boost::connected_components(plain, part.map()), boost::connected_components(plain, same.map(), boost::color_map(color.map())));
    EXPECT_EQ(part.all(), same.all());
    Table<double, Graph> rank(graph, 0), twin(graph, 0), other(graph, 0);
    for (const std::size_t rounds : {0U, 1U, 2U, 7U}) {
      boost::graph::page_rank(graph, rank.map(), boost::graph::n_iterations(rounds), 0.7);
      boost::graph::page_rank(graph, twin.map(), boost::graph::n_iterations(rounds), 0.7, num_vertices(graph), other.map());
      EXPECT_EQ(rank.all(), twin.all());
    }
    boost::graph::page_rank(graph, rank.map());
    boost::graph::page_rank(graph, twin.map(), boost::graph::n_iterations(20), 0.85, num_vertices(graph), other.map());
    EXPECT_EQ(rank.all(), twin.all());
  });
}

// Boost's ranks sum to the number of nodes, and what reaches a node without successors is lost.
TEST(BoostWalks, PageRankWhereEveryNodeHasASuccessor) {
  on_all([](const Told& told, const Made& made, const auto& graph) {
    if (told.name != "no_dead_end") return;
    Table<double, std::remove_cvref_t<decltype(graph)>> rank(graph, 0);
    boost::graph::page_rank(graph, rank.map(), boost::graph::n_iterations(300));
    auto ranks = rank.by_node(made);
    for (auto& value : ranks) value /= told.nodes;
    EXPECT_TRUE(is_near(ranks, told.answer("page_rank"), 1e-9));
  });
}

// The native twins against Boost on graphs nobody drew.
TEST(BoostWalks, AgreeWithTheMeasures) {
  std::mt19937 random(5);
  for (int round = 0; round < 40; ++round) {
    Told told;
    told.nodes = 1 + static_cast<std::uint32_t>(random() % 60);
    for (std::uint32_t i = 0; i < random() % 150; ++i)
      told.edges.push_back({static_cast<std::uint32_t>(random() % told.nodes), static_cast<std::uint32_t>(random() % told.nodes), static_cast<double>(random() % 40) / 8});
    const auto made = make(told, round % 2 == 0 ? Form::plain : Form::masked);
    const auto& graph = made.snapshot;
    Table<int, Snapshot> strong(graph, -1);
    boost::strong_components(graph, strong.map());
    EXPECT_EQ(testing::renumbered(strong.by_node(made)), testing::renumbered(testing::by_node(made, strong_components(graph).of_row)));
    Table<double, Snapshot> length(graph, kFar);
    boost::dijkstra_shortest_paths(graph, made.row[0], boost::weight_map(number_map<WalkedEdge>(graph, "weight", kFar)).distance_map(length.map()).distance_inf(kFar));
    PathOptions weighted;
    weighted.weight = "weight";
    EXPECT_EQ(length.by_node(made), testing::by_node(made, distances(graph, made.row[0], weighted)));
    auto steps = breadth_first(made, undirected(graph));
    for (auto& step : steps) step = step == kFar ? kNowhere : step;
    EXPECT_EQ(steps, testing::by_node(made, levels(undirected(graph), made.row[0])));
  }
}

}  // namespace
}  // namespace policygraph
