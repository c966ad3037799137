#include "graph/topology.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <tuple>

namespace policygraph::detail::graph {
namespace {

using Edge = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>;  // slot, from, to
using Plain = std::map<std::uint32_t, Edge>;                           // by row

constexpr std::uint32_t kNodes = 40;

Topology some_base(std::mt19937& random, std::uint32_t types, Plain& plain) {
  std::vector<Ends> edges;
  for (auto i = random() % 80; i > 0; --i)
    edges.push_back({static_cast<std::uint32_t>(random() % types), static_cast<std::uint32_t>(random() % kNodes),
                     static_cast<std::uint32_t>(random() % kNodes)});
  std::ranges::sort(edges, [](const Ends& a, const Ends& b) {
    return std::tie(a.type, a.from, a.to) < std::tie(b.type, b.from, b.to);
  });
  for (std::uint32_t row = 0; row < edges.size(); ++row) plain[row] = {edges[row].type, edges[row].from, edges[row].to};
  return Topology(make_adjacency(edges, types));
}

void check(const Topology& topology, const Plain& plain) {
  ASSERT_EQ(topology.edge_count(), plain.size());
  std::map<Edge, std::size_t> forward;
  std::map<Edge, std::size_t> backward;
  std::map<Edge, std::size_t> expected;
  for (const auto& [row, edge] : plain) {
    ++expected[edge];
    ASSERT_TRUE(topology.is_alive(row));
    ASSERT_EQ(std::tuple(topology.slot(row), topology.source(row), topology.target(row)), edge);
  }
  for (std::uint32_t node = 0; node < kNodes; ++node) {
    std::size_t out_degree = 0;
    std::size_t in_degree = 0;
    for (std::size_t type = 0; type < topology.type_count(); ++type) {
      const auto slot = topology.slot_of(type);
      const auto out = topology.out_edges(node, type);
      ASSERT_TRUE(std::ranges::is_sorted(out.targets));
      for (std::size_t i = 0; i < out.size(); ++i) {
        ASSERT_EQ(plain.at(out.edge(i).value), Edge(slot, node, out.targets[i].value));
        ++forward[{slot, node, out.targets[i].value}];
      }
      const auto hop = topology.out_lists(type).of(node);
      ASSERT_TRUE(std::ranges::equal(hop.ends, out.targets));
      for (std::size_t i = 0; i < out.size(); ++i) ASSERT_EQ(hop.edge(i), out.edge(i));
      const auto in = topology.in_edges(node, type);
      ASSERT_TRUE(std::ranges::is_sorted(in.sources));
      for (std::size_t i = 0; i < in.size(); ++i) {
        ASSERT_EQ(plain.at(in.edges[i].value), Edge(slot, in.sources[i].value, node));
        ++backward[{slot, in.sources[i].value, node}];
      }
      out_degree += out.size();
      in_degree += in.size();
    }
    ASSERT_EQ(topology.out_degree(node), out_degree);
    ASSERT_EQ(topology.in_degree(node), in_degree);
  }
  ASSERT_EQ(forward, expected);
  ASSERT_EQ(backward, expected);
}

// Batches of edges that come and go, against a plain map; topologies before each batch stay as they were.
TEST(Topology, WrittenEdgesEqualAPlainMap) {
  for (std::uint32_t seed = 0; seed < 60; ++seed) {
    std::mt19937 random(seed);
    Plain plain;
    auto topology = some_base(random, 1 + seed % 3, plain);
    for (Edition edition = 1; edition < 12; ++edition) {
      const auto before = topology;
      const auto held = plain;
      TopologyWriter writer(topology, edition);
      if (random() % 4 == 0) writer.add_slot();
      const auto slots = static_cast<std::uint32_t>(topology.slot_count());
      for (auto i = random() % 6; i > 0 && !held.empty(); --i) {
        const auto row = std::next(held.begin(), static_cast<std::ptrdiff_t>(random() % held.size()))->first;
        if (plain.erase(row) > 0) writer.erase(row);
      }
      for (auto i = random() % 8; i > 0; --i) {
        const Ends ends{static_cast<std::uint32_t>(random() % slots), static_cast<std::uint32_t>(random() % kNodes),
                        static_cast<std::uint32_t>(random() % kNodes)};
        const auto row = writer.add(ends);
        plain[row] = {ends.type, ends.from, ends.to};
      }
      writer.finish();
      std::vector<std::uint32_t> used;
      for (std::uint32_t slot = 0; slot < slots; ++slot) {
        if (topology.count_of_slot(slot) > 0) used.push_back(slot);
      }
      std::ranges::shuffle(used, random);
      topology.number_types(used);
      check(topology, plain);
      check(before, held);
      const auto added = topology.added_edges();
      std::size_t count = 0;
      for (std::uint32_t slot = 0; slot < slots; ++slot) {
        for (const auto row : added[slot]) ASSERT_EQ(std::get<0>(plain.at(row.value)), slot);
        count += added[slot].size();
      }
      EXPECT_EQ(count, static_cast<std::size_t>(std::ranges::count_if(
                           plain, [&](const auto& item) { return item.first >= topology.base_count(); })));
    }
  }
}

}  // namespace
}  // namespace policygraph::detail::graph
