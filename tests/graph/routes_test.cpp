#include "policygraph/graph/routes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "policygraph/base/error.hpp"
#include "support/graph_text.hpp"

namespace policygraph::testing {
namespace {

Graph chance_graph(unsigned seed, int nodes, int edges) {
  std::mt19937 chance(seed);
  auto graph = open_in_memory(Schema::open());
  auto edit = graph.begin();
  std::vector<NodeKey> keys;
  for (int i = 0; i < nodes; ++i) keys.push_back(edit.create_node({i % 3 == 0 ? "A" : "B"}));
  const auto pick = [&] { return keys[chance() % keys.size()]; };
  for (int i = 0; i < edges; ++i) edit.create_edge(pick(), i % 2 == 0 ? "R" : "S", pick());
  edit.commit();
  return graph;
}

bool follows(const Snapshot& snapshot, EdgeRow edge, const HopOptions& options) {
  const auto type = snapshot.name(snapshot.type(edge));
  return options.types.empty() || std::ranges::find(options.types, type) != options.types.end();
}

// By going over all edges again and again.
std::map<NodeRow, std::uint32_t> slow_hops(const Snapshot& snapshot, NodeRow from, std::uint32_t hops, const HopOptions& options) {
  std::map<NodeRow, std::uint32_t> found = {{from, 0}};
  for (std::uint32_t hop = 1; hop <= hops; ++hop) {
    const auto before = found;
    for (const auto edge : snapshot.edges()) {
      if (!follows(snapshot, edge, options)) continue;
      const auto a = snapshot.source(edge), b = snapshot.target(edge);
      if (options.direction != Direction::in && before.contains(a)) found.emplace(b, hop);
      if (options.direction != Direction::out && before.contains(b)) found.emplace(a, hop);
    }
  }
  return found;
}

std::vector<HopOptions> some_options() {
  std::vector<HopOptions> all;
  for (const auto direction : {Direction::out, Direction::in, Direction::both})
    for (const std::vector<std::string>& types : {std::vector<std::string>{}, {"R"}, {"S", "R"}, {"None"}}) all.push_back({types, direction});
  return all;
}

TEST(Around, EqualsItsSlowTwin) {
  for (unsigned seed = 0; seed < 10; ++seed) {
    const auto graph = chance_graph(seed, 40, 60);
    const auto snapshot = graph.snapshot();
    for (const auto& options : some_options()) {
      for (std::uint32_t hops = 0; hops < 4; ++hops) {
        const NodeRow start{seed};
        const auto region = around(snapshot, {&start, 1}, hops, options);
        Region expected;
        for (const auto& [node, hop] : slow_hops(snapshot, start, hops, options)) expected.nodes.push_back(node);
        for (const auto edge : snapshot.edges())
          if (follows(snapshot, edge, options) && expected.has(snapshot.source(edge)) && expected.has(snapshot.target(edge))) expected.edges.push_back(edge);
        EXPECT_EQ(region, expected) << seed << ' ' << hops;
      }
    }
  }
}

TEST(Around, StopsAtItsBounds) {
  const auto graph = chance_graph(1, 100, 400);
  const auto snapshot = graph.snapshot();
  const NodeRow start{0};
  const auto few = around(snapshot, {&start, 1}, 5, {.max_nodes = 10});
  EXPECT_EQ(few.nodes.size(), 10U);
  EXPECT_TRUE(few.has(start));
  EXPECT_TRUE(few.is_cut);
  const auto bare = around(snapshot, {&start, 1}, 5, {.max_edges = 7});
  EXPECT_EQ(bare.edges.size(), 7U);
  EXPECT_TRUE(bare.is_cut);
  EXPECT_FALSE(around(snapshot, {&start, 1}, 1).is_cut);
}

TEST(Routes, ReachEqualsItsSlowTwin) {
  for (unsigned seed = 0; seed < 10; ++seed) {
    const auto graph = chance_graph(seed, 40, 60);
    const Walk walk(graph);
    for (const auto& options : some_options()) {
      const auto from = walk[NodeRow{seed}];
      auto expected = slow_hops(walk.snapshot(), from.row(), 3, options);
      std::uint32_t last = 0;
      for (const auto& found : reach(from, 3, options)) {
        EXPECT_GE(found.hops, last);
        last = found.hops;
        EXPECT_EQ(expected.at(found.node.row()), found.hops);
        EXPECT_TRUE(found.edge.source() == found.node || found.edge.target() == found.node);
        expected.erase(found.node.row());
      }
      EXPECT_EQ(expected.size(), 1U);  // the start
    }
  }
}

TEST(Routes, TheShortestIsAsLongAsTheHops) {
  for (unsigned seed = 0; seed < 10; ++seed) {
    const auto graph = chance_graph(seed, 30, 40);
    const Walk walk(graph);
    const auto from = walk[NodeRow{0}];
    for (const auto& options : some_options()) {
      const auto expected = slow_hops(walk.snapshot(), from.row(), 32, options);
      for (const auto to : walk.nodes()) {
        const auto route = shortest_route(from, to, 32, options);
        ASSERT_EQ(route.has_value(), expected.contains(to.row()));
        if (!route) continue;
        EXPECT_EQ(route->size(), expected.at(to.row()));
        EXPECT_EQ(route->nodes.front(), from);
        EXPECT_EQ(route->nodes.back(), to);
        for (std::size_t i = 0; i < route->size(); ++i) EXPECT_EQ(route->edges[i].other(route->nodes[i]), route->nodes[i + 1]);
      }
    }
  }
}

TEST(Routes, AllPathsMeetNoNodeTwice) {
  const auto graph = graph_text("(a:A {n: 1})-[:R]->(b:B)-[:R]->(c:C {n: 2}) (a)-[:R]->(c) (a)-[:S]->(c) (b)-[:R]->(a) (c)-[:R]->(c)");
  const Walk walk(graph);
  const auto a = *walk.find("A", "n", 1), c = *walk.find("C", "n", 2);
  const auto found = routes(a, c, 5, {.direction = Direction::out});
  ASSERT_EQ(found.size(), 3U);  // two edges straight, one by way of b
  EXPECT_EQ(found[0].size(), 1U);
  EXPECT_EQ(found[2].size(), 2U);
  EXPECT_EQ(routes(a, c, 5, {.types = {"S"}}).size(), 1U);
  EXPECT_EQ(routes(a, a, 5).size(), 1U);
  EXPECT_TRUE(routes(c, a, 5, {.types = {"R"}, .direction = Direction::out}).empty());
}

TEST(Routes, EndAtTheirBounds) {
  const auto graph = chance_graph(3, 60, 900);
  const Walk walk(graph);
  const auto from = walk[NodeRow{0}], to = walk[NodeRow{1}];
  EXPECT_THROW(routes(from, to, 30), Error);
  EXPECT_THROW(reach(from, 30, {.max_nodes = 5}), Error);
  EXPECT_EQ(shortest_route(from, to)->size(), shortest_route(to, from)->size());
}

TEST(Routes, StopWhenAsked) {
  const auto graph = chance_graph(4, 600, 3000);
  const Walk walk(graph);
  const auto from = walk[NodeRow{0}], to = walk[NodeRow{1}];
  std::stop_source asked;
  asked.request_stop();
  const HopOptions options{.max_nodes = 10'000, .stop = asked.get_token()};
  EXPECT_THROW(reach(from, 30, options), Error);
  EXPECT_THROW(routes(from, to, 30, options), Error);
  EXPECT_THROW(from.around(30, options), Error);
  EXPECT_EQ(from.around(30, {.max_nodes = 10'000}).nodes.size(), reach(from, 30).size() + 1);
}

TEST(Routes, KnowTheSchema) {
  auto graph = open_in_memory();
  auto edit = graph.begin();
  edit.create_node({"Person"}, {{"name", "Ann"}});
  edit.commit();
  const Walk walk(graph);
  const auto ann = *walk.nodes("Person").first();
  EXPECT_THROW(reach(ann, 2, {.types = {"HOLD_POSITION"}}), Error);
  EXPECT_TRUE(reach(ann, 2, {.types = {"HOLDS_POSITION"}}).empty());
  EXPECT_EQ(ann.around(3).nodes.size(), 1U);
}

}  // namespace
}  // namespace policygraph::testing
