#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "policygraph/graph/graph.hpp"
#include "support/graph_text.hpp"

namespace policygraph {
namespace {

using Edge = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>;  // one end, the other, the edge

template <class ListOf>
std::vector<Edge> read(const Snapshot& snapshot, ListOf list_of) {
  std::vector<Edge> edges;
  for (const auto node : snapshot.nodes()) {
    const IncidentEdges list = list_of(node);
    for (std::size_t i = 0; i < list.size(); ++i)
      edges.emplace_back(node.value, list.ends[i].value, list.edges[i].value);
  }
  return edges;
}

// Random nodes and edges of several types, loops and parallel edges among them.
Graph make(std::mt19937& random) {
  auto graph = open_in_memory(Schema::open());
  auto transaction = graph.begin();
  std::vector<NodeKey> nodes;
  for (std::uint32_t i = 0; i < 1 + random() % 40; ++i)
    nodes.push_back(transaction.create_node({"N" + std::to_string(random() % 3)}));
  for (std::uint32_t i = 0; i < random() % 120; ++i)
    transaction.create_edge(nodes[random() % nodes.size()], "T" + std::to_string(random() % 5), nodes[random() % nodes.size()]);
  transaction.commit();
  return graph;
}

TEST(Merged, HoldsEveryEdgeOfEveryTypeBothWays) {
  std::mt19937 random(7);
  for (int round = 0; round < 50; ++round) {
    const auto snapshot = make(random).snapshot();
    std::vector<Edge> out, in;
    for (const auto edge : snapshot.edges()) {
      out.emplace_back(snapshot.source(edge).value, snapshot.target(edge).value, edge.value);
      in.emplace_back(snapshot.target(edge).value, snapshot.source(edge).value, edge.value);
    }
    std::ranges::sort(out);
    std::ranges::sort(in);
    auto seen_out = read(snapshot, [&](NodeRow node) { return snapshot.out_edges(node); });
    auto seen_in = read(snapshot, [&](NodeRow node) { return snapshot.in_edges(node); });
    std::ranges::sort(seen_out);
    std::ranges::sort(seen_in);
    EXPECT_EQ(seen_out, out);
    EXPECT_EQ(seen_in, in);
  }
}

TEST(Merged, OrdersANodesEdgesByTypeThenEnd) {
  const auto graph = testing::graph_text("(a:X)-[:B]->(b:X), (a)-[:A]->(c:X), (a)-[:A]->(b), (a)-[:B]->(a)");
  const auto snapshot = graph.snapshot();
  std::vector<std::string> seen;
  const auto list = snapshot.out_edges(NodeRow{0});
  for (std::size_t i = 0; i < list.size(); ++i)
    seen.push_back(std::string(snapshot.name(snapshot.type(list.edges[i]))) + std::to_string(list.ends[i].value));
  EXPECT_EQ(seen, (std::vector<std::string>{"A1", "A2", "B0", "B1"}));
}

TEST(Merged, CostsNothingUntilAsked) {
  const auto snapshot = testing::graph_text("(a:X)-[:B]->(b:X)").snapshot();
  EXPECT_EQ(snapshot.memory().merged, 0U);
  EXPECT_EQ(snapshot.out_edges(NodeRow{0}).size(), 1U);
  EXPECT_GT(snapshot.memory().merged, 0U);
  EXPECT_TRUE(snapshot.node_numbers().empty());
}

}  // namespace
}  // namespace policygraph
