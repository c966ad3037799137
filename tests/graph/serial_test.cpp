#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <map>
#include <random>
#include <set>
#include <thread>

#include "graph/snapshot_data.hpp"
#include "policygraph/graph/graph.hpp"

namespace policygraph::testing {
namespace {

// What the graph is after one commit, in plain maps.
struct Plain {
  struct Node {
    std::string label;
    std::int64_t value = 0;
  };
  std::map<std::uint64_t, Node> nodes;
  std::map<std::uint64_t, std::pair<std::uint64_t, std::uint64_t>> edges;  // key: from, to
};

constexpr std::size_t kMostNodes = 60;
constexpr std::size_t kLeastCommits = 300;
constexpr std::size_t kMostCommits = 20000;

std::int64_t read_count() {
  const auto* wanted = std::getenv("POLICYGRAPH_READS");
  return wanted == nullptr ? 50'000 : std::strtol(wanted, nullptr, 10);
}

// Writes a history whose every state stands in a table before it is published.
class Writer {
 public:
  Writer(Graph graph, std::vector<Plain>& states) : graph_(std::move(graph)), states_(states) {}

  void commit() {
    auto transaction = graph_.begin("by:anna");
    for (auto steps = 1 + random_() % 4; steps > 0; --steps) step(transaction);
    if (transaction.is_empty()) return;
    const auto next = graph_.snapshot().commit().value + 1;
    states_[next] = plain_;
    transaction.commit();
    if (next % 512 == 0) graph_.compact();
  }

 private:
  template <class Map>
  std::uint64_t one_of(const Map& map) {
    return std::next(map.begin(), static_cast<std::ptrdiff_t>(random_() % map.size()))->first;
  }

  void step(Transaction& transaction) {
    const auto choice = random_() % 8;
    if (plain_.nodes.size() < 5 || (choice == 0 && plain_.nodes.size() < kMostNodes)) {
      const std::string label = random_() % 2 == 0 ? "River" : "Lake";
      const auto value = static_cast<std::int64_t>(random_() % 1000);
      plain_.nodes[transaction.create_node({label}, {{"n", value}}).value] = {label, value};
    } else if (choice == 1) {
      delete_node(transaction, one_of(plain_.nodes));
    } else if (choice == 2 && !plain_.edges.empty()) {
      const auto key = one_of(plain_.edges);
      transaction.delete_edge({key});
      plain_.edges.erase(key);
    } else if (choice < 5) {
      const auto key = one_of(plain_.nodes);
      const auto value = static_cast<std::int64_t>(random_() % 1000);
      transaction.set_property(NodeKey{key}, "n", value);
      plain_.nodes[key].value = value;
    } else {
      const auto from = one_of(plain_.nodes);
      const auto to = one_of(plain_.nodes);
      plain_.edges[transaction.create_edge({from}, "FEEDS", {to}).value] = {from, to};
    }
  }

  void delete_node(Transaction& transaction, std::uint64_t key) {
    transaction.delete_node({key}, true);
    plain_.nodes.erase(key);
    std::erase_if(plain_.edges, [&](const auto& edge) { return edge.second.first == key || edge.second.second == key; });
  }

  Graph graph_;
  std::vector<Plain>& states_;
  Plain plain_;
  std::mt19937 random_{5};
};

// Reads at random what one snapshot has, each against the plain state of its commit.
class Reader {
 public:
  explicit Reader(std::uint32_t seed) : random_(seed) {}

  void read(const Snapshot& snapshot, const Plain& plain) {
    switch (random_() % 5) {
      case 0:
        return read_node(snapshot, plain, 1 + random_() % 400);
      case 1:
        return read_label(snapshot, plain, random_() % 2 == 0 ? "River" : "Lake");
      case 2:
        return read_edges(snapshot, plain);
      case 3:
        EXPECT_EQ(snapshot.node_count(), plain.nodes.size());
        EXPECT_EQ(snapshot.edge_count(), plain.edges.size());
        return;
      default:
        if (!plain.nodes.empty())
          read_node(snapshot, plain, std::next(plain.nodes.begin(), static_cast<std::ptrdiff_t>(random_() % plain.nodes.size()))->first);
    }
  }

 private:
  static void read_node(const Snapshot& snapshot, const Plain& plain, std::uint64_t key) {
    const auto row = snapshot.find(NodeKey{key});
    const auto expected = plain.nodes.find(key);
    ASSERT_EQ(row.has_value(), expected != plain.nodes.end());
    if (!row) return;
    EXPECT_EQ(snapshot.key(*row), NodeKey{key});
    EXPECT_EQ(snapshot.value(*row, "n"), Value(expected->second.value));
    EXPECT_EQ(snapshot.label_names(*row).front(), expected->second.label);
    EXPECT_FALSE(snapshot.evidence(*row).empty());
    std::multiset<std::uint64_t> targets;
    std::multiset<std::uint64_t> seen;
    for (const auto& [edge, ends] : plain.edges)
      if (ends.first == key) targets.insert(ends.second);
    if (const auto type = snapshot.edge_type("FEEDS")) {
      for (const auto target : snapshot.out_edges(*row, *type).targets) seen.insert(snapshot.key(target).value);
    }
    EXPECT_EQ(seen, targets);
  }

  static void read_label(const Snapshot& snapshot, const Plain& plain, const std::string& label) {
    std::set<std::uint64_t> seen;
    std::set<std::uint64_t> expected;
    for (const auto row : snapshot.nodes(label)) seen.insert(snapshot.key(row).value);
    for (const auto& [key, node] : plain.nodes)
      if (node.label == label) expected.insert(key);
    EXPECT_EQ(seen, expected);
  }

  static void read_edges(const Snapshot& snapshot, const Plain& plain) {
    std::size_t count = 0;
    for (const auto row : snapshot.edges()) {
      const auto found = plain.edges.find(snapshot.key(row).value);
      ASSERT_NE(found, plain.edges.end());
      EXPECT_EQ(snapshot.key(snapshot.source(row)).value, found->second.first);
      EXPECT_EQ(snapshot.key(snapshot.target(row)).value, found->second.second);
      ++count;
    }
    EXPECT_EQ(count, plain.edges.size());
  }

  std::mt19937 random_;
};

// POLICYGRAPH_READS says how many reads, in all.
TEST(Readers, SeeASerialHistoryBesideAWriter) {
  auto graph = open_in_memory(Schema::open());
  std::vector<Plain> states(kMostCommits + 2);
  std::atomic<std::int64_t> left = read_count();
  std::atomic<bool> saw_delta = false;
  Writer writer(graph, states);
  for (int i = 0; i < 20; ++i) writer.commit();
  const auto is_going = [&] {
    return (left > 0 || graph.snapshot().commit().value < kLeastCommits) && !::testing::Test::HasFailure();
  };
  std::vector<std::thread> readers;
  for (std::uint32_t i = 0; i < 4; ++i) {
    readers.emplace_back([&, i] {
      Reader reader(i);
      std::uint64_t last = 0;
      while (is_going()) {
        const auto snapshot = graph.snapshot();
        const auto commit = snapshot.commit().value;
        EXPECT_GE(commit, last);
        last = commit;
        if (snapshot.data().base != nullptr) saw_delta = true;
        for (int k = 0; k < 20; ++k) {
          reader.read(snapshot, states[commit]);
          --left;
        }
      }
    });
  }
  while (is_going() && graph.snapshot().commit().value < kMostCommits) writer.commit();
  for (auto& reader : readers) reader.join();
  EXPECT_TRUE(saw_delta);
}

}  // namespace
}  // namespace policygraph::testing
