#include "graph/adjacency.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <tuple>

namespace policygraph::detail::graph {
namespace {

Starts starts_of(const std::vector<std::uint32_t>& nodes) {
  return Starts(counted_starts(nodes, [](std::uint32_t node) { return node; }));
}

TEST(Starts, EqualAPlainCountOverManyDensities) {
  std::mt19937 random(3);
  for (int round = 0; round < 300; ++round) {
    const auto first = random() % 1000;
    const auto width = 1 + random() % 700;
    const auto count = random() % (1 + (round % 7) * 300);
    std::map<std::uint32_t, std::uint32_t> edges;
    for (std::uint32_t i = 0; i < count; ++i) ++edges[static_cast<std::uint32_t>(first + random() % width)];
    std::vector<std::uint32_t> nodes;
    for (const auto& [node, number] : edges) nodes.insert(nodes.end(), number, node);
    const auto starts = starts_of(nodes);
    std::uint32_t place = 0;
    for (std::uint32_t node = 0; node < first + width + 200; ++node) {
      const auto number = edges.contains(node) ? edges[node] : 0;
      const auto [begin, end] = starts.range(node);
      ASSERT_EQ(end - begin, number) << "node " << node << " round " << round;
      if (number > 0) {
        ASSERT_EQ(begin, place);
      }
      for (auto i = begin; i < end; ++i) ASSERT_EQ(starts.node_at(i), node);
      place += number;
    }
  }
}

TEST(Adjacency, SparseTypesOverManyNodesCostLittle) {
  constexpr std::uint32_t kNodes = 200000;
  constexpr std::uint32_t kTypes = 12;
  std::mt19937 random(5);
  std::vector<Ends> edges;
  for (std::uint32_t type = 0; type < kTypes; ++type) {
    for (std::uint32_t from = 0; from < kNodes; ++from) {
      for (auto left = random() % 4; left == 0; left = random() % 4)
        edges.push_back({type, from, static_cast<std::uint32_t>(random() % kNodes)});
    }
  }
  std::ranges::sort(edges, [](const Ends& a, const Ends& b) {
    return std::tie(a.type, a.from, a.to) < std::tie(b.type, b.from, b.to);
  });
  const auto adjacency = make_adjacency(edges, kTypes);
  EXPECT_LT(static_cast<double>(adjacency.memory_bytes()) / static_cast<double>(edges.size()), 22.0);
}

TEST(Starts, OfSingleEdgesCostNothingOrABitANode) {
  std::vector<std::uint32_t> all;
  std::vector<std::uint32_t> some;
  for (std::uint32_t node = 70; node < 10070; ++node) {
    all.push_back(node);
    if (node % 3 == 1) some.push_back(node);
  }
  EXPECT_EQ(starts_of(all).memory_bytes(), 0U);
  EXPECT_LT(starts_of(some).memory_bytes(), 2000U);
  for (const auto& nodes : {all, some}) {
    const auto starts = starts_of(nodes);
    std::uint32_t place = 0;
    for (std::uint32_t node = 0; node < 10200; ++node) {
      const bool has = place < nodes.size() && nodes[place] == node;
      const auto [begin, end] = starts.range(node);
      ASSERT_EQ(end - begin, has ? 1U : 0U);
      if (!has) continue;
      ASSERT_EQ(begin, place);
      ASSERT_EQ(starts.node_at(place++), node);
    }
  }
}

DegreeSpread counted(const std::map<std::uint32_t, std::uint32_t>& degrees) {
  DegreeSpread spread;
  for (const auto& [node, degree] : degrees) {
    std::size_t bucket = 0;
    while ((std::uint64_t{2} << bucket) <= degree) ++bucket;
    ++spread.nodes;
    ++spread.histogram[bucket];
    spread.most = std::max(spread.most, degree);
    spread.squares += static_cast<double>(degree) * degree;
  }
  return spread;
}

TEST(Adjacency, DegreesEqualAPlainCount) {
  std::mt19937 random(7);
  for (int round = 0; round < 50; ++round) {
    std::vector<Ends> edges;
    std::map<std::uint32_t, std::map<std::uint32_t, std::uint32_t>> out;
    std::map<std::uint32_t, std::map<std::uint32_t, std::uint32_t>> in;
    for (std::uint32_t i = 0; i < 500; ++i) {
      edges.push_back({static_cast<std::uint32_t>(random() % 3), static_cast<std::uint32_t>(random() % 90), static_cast<std::uint32_t>(random() % (1 + i / 5))});
      ++out[edges.back().type][edges.back().from];
      ++in[edges.back().type][edges.back().to];
    }
    put_in_order(edges);
    ASSERT_TRUE(std::ranges::is_sorted(edges, [](const Ends& a, const Ends& b) {
      return std::tie(a.type, a.from, a.to) < std::tie(b.type, b.from, b.to);
    }));
    const auto adjacency = make_adjacency(edges, 3);
    for (std::uint32_t type = 0; type < 3; ++type) {
      const auto& degrees = adjacency.types[type].degrees;
      EXPECT_EQ(degrees.edges, adjacency.types[type].count);
      EXPECT_EQ(degrees.out, counted(out[type]));
      EXPECT_EQ(degrees.in, counted(in[type]));
      EXPECT_GE(degrees.walk_in(), degrees.mean_in());
    }
  }
}

TEST(Adjacency, ParallelEdgesAndLoopsAreKept) {
  const auto adjacency = make_adjacency({{0, 1, 1}, {0, 1, 2}, {0, 1, 2}, {1, 0, 2}}, 2);
  EXPECT_EQ(adjacency.out_edges(1, 0).size(), 3U);
  EXPECT_EQ(adjacency.in_edges(2, 0).size(), 2U);
  EXPECT_EQ(adjacency.in_edges(2, 0).edges[1], EdgeRow{2});
  EXPECT_EQ(adjacency.in_edges(2, 1).sources[0], NodeRow{0});
  EXPECT_EQ(adjacency.type_of(2), 0U);
  EXPECT_EQ(adjacency.type_of(3), 1U);
}

}  // namespace
}  // namespace policygraph::detail::graph
