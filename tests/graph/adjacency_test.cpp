#include "graph/adjacency.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <tuple>

namespace policygraph::detail::graph {
namespace {

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
    const Starts starts(nodes);
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
