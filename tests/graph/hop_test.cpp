#include "policygraph/graph/hop.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "graph/edge_presence.hpp"
#include "policygraph/graph/graph.hpp"
#include "policygraph/graph/views.hpp"

namespace policygraph {
namespace {

struct Plain {
  NodeRow end;
  EdgeRow row;
  friend bool operator==(const Plain&, const Plain&) = default;
};

// The slow twin: every edge is looked at.
std::vector<Plain> edges_at(const Snapshot& snapshot, NodeRow node, EdgeType type, bool is_out) {
  std::vector<Plain> found;
  for (const auto edge : snapshot.edges()) {
    if (snapshot.type(edge) != type) continue;
    const auto near = is_out ? snapshot.source(edge) : snapshot.target(edge);
    if (near == node) found.push_back({is_out ? snapshot.target(edge) : snapshot.source(edge), edge});
  }
  std::ranges::sort(found, {}, [](const Plain& edge) { return std::pair(edge.end, edge.row); });
  return found;
}

std::vector<Plain> read(const Hop& hop, NodeRow node) {
  const auto edges = hop.edges(node);
  EXPECT_TRUE(std::ranges::equal(edges.ends, hop.ends(node)));
  EXPECT_EQ(edges.size(), hop.degree(node));
  std::vector<Plain> found;
  for (std::size_t i = 0; i < edges.size(); ++i) found.push_back({edges.ends[i], edges.edge(i)});
  return found;
}

// All nodes by one call are what they are one by one, in any order and more than once.
void check_visit(const Snapshot& snapshot, const Hop& hop) {
  std::vector<NodeRow> nodes;
  for (std::uint32_t row = 0; row < snapshot.node_row_limit(); ++row) nodes.push_back(NodeRow{row * 7 % snapshot.node_row_limit()});
  std::size_t at = 0;
  const bool is_done = hop.visit(nodes, [&](NodeRow node, const HopEdges& edges) {
    ASSERT_EQ(node, nodes[at++]);
    const auto expected = hop.edges(node);
    ASSERT_TRUE(std::ranges::equal(edges.ends, expected.ends)) << "of " << node.value;
    for (std::size_t i = 0; i < edges.size(); ++i) ASSERT_EQ(edges.edge(i), expected.edge(i));
  });
  EXPECT_TRUE(is_done);
  EXPECT_EQ(at, nodes.size());
}

void check_presence(const Snapshot& snapshot, EdgeType type, bool is_out, const Hop& hop) {
  const detail::graph::EdgePresence presence(snapshot, type, is_out);
  const auto [first, end] = presence.bounds();
  for (std::uint32_t row = 0; row < snapshot.node_row_limit(); ++row) {
    ASSERT_EQ(presence.has(NodeRow{row}), hop.degree(NodeRow{row}) != 0) << "of " << row;
    ASSERT_TRUE(hop.degree(NodeRow{row}) == 0 || (first <= row && row < end)) << "of " << row;
  }
}

void check(const Snapshot& snapshot) {
  for (std::uint32_t number = 0; number < snapshot.edge_type_count(); ++number) {
    const EdgeType type{number};
    const auto out = Hop::out(snapshot, type), in = Hop::in(snapshot, snapshot.name(type));
    check_visit(snapshot, out);
    check_visit(snapshot, in);
    for (std::uint32_t row = 0; row < snapshot.node_row_limit(); ++row) {
      ASSERT_EQ(read(out, NodeRow{row}), edges_at(snapshot, NodeRow{row}, type, true)) << "out of " << row;
      ASSERT_EQ(read(in, NodeRow{row}), edges_at(snapshot, NodeRow{row}, type, false)) << "into " << row;
    }
    check_presence(snapshot, type, true, out);
    check_presence(snapshot, type, false, in);
  }
}

class Story {
 public:
  explicit Story(std::uint32_t seed) : random_(seed), graph_(open_in_memory(Schema::open())) {
    auto transaction = graph_.begin("test");
    for (int i = 0; i < 150; ++i) nodes_.push_back(transaction.create_node({"Act"}, {}));
    for (int i = 0; i < 200; ++i) add(transaction);
    transaction.commit();
  }
  Snapshot snapshot() const { return graph_.snapshot(); }
  void compact() { graph_.compact(); }
  void change() {
    auto transaction = graph_.begin("test");
    for (auto i = random_() % 6; i > 0; --i) add(transaction);
    if (random_() % 3 == 0) nodes_.push_back(transaction.create_node({"Act"}, {}));
    for (auto i = random_() % 4; i > 0; --i) {
      const auto at = edges_.begin() + static_cast<std::ptrdiff_t>(random_() % edges_.size());
      transaction.delete_edge(*at);
      edges_.erase(at);
    }
    transaction.commit();
  }

 private:
  NodeKey one() { return nodes_[random_() % nodes_.size()]; }
  // Some types are dense, some sparse, one has an edge a node at most.
  void add(Transaction& transaction) {
    const auto from = random_() % nodes_.size();
    const auto kind = random_() % 4;
    const auto* type = kind == 0 ? "FEW" : kind == 1 ? "ONE" : "MANY";
    if (kind == 0 && from % 16 != 3) return;
    if (kind == 1 && has_one_.size() <= from) has_one_.resize(from + 1);
    if (kind == 1 && has_one_[from]) return;
    if (kind == 1) has_one_[from] = true;
    edges_.push_back(transaction.create_edge(nodes_[from], type, one()));
  }

  std::mt19937 random_;
  Graph graph_;
  std::vector<NodeKey> nodes_;
  std::vector<EdgeKey> edges_;
  std::vector<bool> has_one_;
};

TEST(Hop, EqualsALookAtEveryEdgeAsTheGraphChanges) {
  for (std::uint32_t seed = 0; seed < 6; ++seed) {
    Story story(seed);
    check(story.snapshot());
    for (int round = 0; round < 6; ++round) {
      story.change();
      check(story.snapshot());
    }
    story.compact();
    check(story.snapshot());
  }
}

TEST(Hop, OfAViewLeavesOutWhatIsHidden) {
  Story story(9);
  story.change();
  const auto snapshot = story.snapshot();
  const auto keeps_node = [](NodeRow node) { return node.value % 5 != 2; };
  const auto keeps_edge = [](EdgeRow edge) { return edge.value % 7 != 1; };
  check(where(snapshot, keeps_node, keeps_edge));
  check(where(where(snapshot, keeps_node, keeps_edge), [](NodeRow node) { return node.value % 3 != 0; },
              [](EdgeRow) { return true; }));
}

TEST(Hop, OfAnUnknownTypeLeadsNowhere) {
  const auto snapshot = Story(1).snapshot();
  EXPECT_EQ(Hop::out(snapshot, "NO_SUCH_TYPE").degree(NodeRow{0}), 0U);
  EXPECT_TRUE(Hop::in(snapshot, "NO_SUCH_TYPE").ends(NodeRow{0}).empty());
  EXPECT_EQ(Hop().degree(NodeRow{7}), 0U);
  int visited = 0;
  EXPECT_TRUE(Hop().visit(snapshot.nodes(), [&](NodeRow, const HopEdges& edges) { visited += edges.size() == 0 ? 1 : 1000; }));
  EXPECT_EQ(visited, 150);
}

TEST(Hop, AVisitEndsWhereItSaysFalse) {
  Story story(3);
  for (int round = 0; round < 2; ++round, story.change()) {
    const auto snapshot = story.snapshot();
    for (const auto* type : {"FEW", "ONE", "MANY"}) {
      std::vector<NodeRow> visited;
      const auto ends_at_five = [&](NodeRow node, const HopEdges&) {
        visited.push_back(node);
        return visited.size() < 5;
      };
      EXPECT_FALSE(Hop::out(snapshot, type).visit(snapshot.nodes(), ends_at_five)) << type;
      EXPECT_EQ(visited, (std::vector{NodeRow{0}, NodeRow{1}, NodeRow{2}, NodeRow{3}, NodeRow{4}}));
    }
  }
}

TEST(Hop, EndsReadAsASpan) {
  const auto snapshot = Story(2).snapshot();
  const auto hop = Hop::out(snapshot, "MANY");
  for (const auto node : snapshot.nodes()) {
    const std::span<const NodeRow> ends = hop.ends(node);
    EXPECT_EQ(ends.size(), hop.degree(node));
    EXPECT_TRUE(std::ranges::equal(ends, snapshot.out_edges(node, *snapshot.edge_type("MANY")).targets));
  }
}

// Readers hold snapshots of long ago: what is written later does not reach their hops.
TEST(Hop, StandsWhileTheGraphIsWritten) {
  Story story(4);
  story.change();
  const auto held = story.snapshot();
  const auto type = *held.edge_type("MANY");
  const auto hop = Hop::out(held, type);
  std::vector<std::vector<Plain>> before;
  for (std::uint32_t row = 0; row < held.node_row_limit(); ++row) before.push_back(read(hop, NodeRow{row}));
  for (int round = 0; round < 20; ++round) story.change();
  for (std::uint32_t row = 0; row < held.node_row_limit(); ++row) ASSERT_EQ(read(hop, NodeRow{row}), before[row]);
}

}  // namespace
}  // namespace policygraph
