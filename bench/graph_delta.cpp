// What a small commit costs at 1 M edges, and what a hop costs over a snapshot without a delta and over one where 1 % of
// the nodes were touched, beside a raw loop over arrays made by hand: by `Hop::visit`, by `Hop::ends` in a loop, and by
// `Snapshot::out_edges`. Each reads the same nodes and sums the rows at the other ends of their edges. Each has a function
// of its own, so that one's layout moves no other, and is run once before it is timed: the raw loop reads arrays of its own,
// the others the graph's, and all find theirs as they left them.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

#include "clock.hpp"
#include "generator.hpp"
#include "policygraph/graph/hop.hpp"

namespace {

using namespace policygraph;

constexpr int kRepeats = 15;

// SplitMix64 (Steele, Lea and Flood 2014).
class Random {
 public:
  std::uint64_t next() {
    auto z = (state_ += 0x9E3779B97F4A7C15U);
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
  }
  template <class T>
  const T& one_of(const std::vector<T>& items) {
    return items[next() % items.size()];
  }

 private:
  std::uint64_t state_ = 1;
};

/// The edges of one type as two arrays: those of row n are targets[starts[n]] to targets[starts[n + 1]].
struct Arrays {
  std::vector<std::uint32_t> starts, targets;
};

Arrays arrays_of(const Snapshot& snapshot, const Hop& hop) {
  Arrays arrays;
  for (std::uint32_t row = 0; row < snapshot.node_row_limit(); ++row) {
    arrays.starts.push_back(static_cast<std::uint32_t>(arrays.targets.size()));
    for (const auto end : hop.ends(NodeRow{row})) arrays.targets.push_back(end.value);
  }
  arrays.starts.push_back(static_cast<std::uint32_t>(arrays.targets.size()));
  return arrays;
}

// With pointers: places in the arrays, counted up, cost a tenth more, and twice as much where each node has one edge.
[[gnu::noinline, gnu::aligned(64)]] std::uint64_t sum_raw(const Arrays& arrays, const std::vector<NodeRow>& nodes) {
  const auto* starts = arrays.starts.data();
  const auto* targets = arrays.targets.data();
  std::uint64_t sum = 0;
  for (const auto node : nodes) {
    const auto* last = targets + starts[node.value + 1];
    for (const auto* target = targets + starts[node.value]; target != last; ++target) sum += *target;
  }
  return sum;
}

[[gnu::noinline, gnu::aligned(64)]] std::uint64_t sum_visit(const Hop& hop, const std::vector<NodeRow>& nodes) {
  std::uint64_t sum = 0;
  hop.visit(nodes, [&](NodeRow, const HopEdges& edges) {
    for (const auto end : edges.ends) sum += end.value;
  });
  return sum;
}

[[gnu::noinline, gnu::aligned(64)]] std::uint64_t sum_ends(const Hop& hop, const std::vector<NodeRow>& nodes) {
  std::uint64_t sum = 0;
  for (const auto node : nodes) {
    for (const auto end : hop.ends(node)) sum += end.value;
  }
  return sum;
}

[[gnu::noinline, gnu::aligned(64)]] std::uint64_t sum_calls(const Snapshot& snapshot, EdgeType type, bool is_out, const std::vector<NodeRow>& nodes) {
  std::uint64_t sum = 0;
  for (const auto node : nodes) {
    const auto ends = is_out ? snapshot.out_edges(node, type).targets : snapshot.in_edges(node, type).sources;
    for (const auto end : ends) sum += end.value;
  }
  return sum;
}

// In the order of rows or at random; the ones that have such edges.
std::vector<NodeRow> nodes_of(const Snapshot& snapshot, const Hop& hop, bool in_order) {
  std::vector<NodeRow> nodes;
  for (const auto row : snapshot.nodes()) {
    if (hop.degree(row) > 0) nodes.push_back(row);
  }
  Random random;
  for (std::size_t i = in_order ? 0 : nodes.size(); i > 1; --i) std::swap(nodes[i - 1], nodes[random.next() % i]);
  return nodes;
}

void compare_hops(const char* what, const Snapshot& snapshot, std::string_view name, bool is_out, bool in_order) {
  const auto type = *snapshot.edge_type(name);
  const auto hop = is_out ? Hop::out(snapshot, type) : Hop::in(snapshot, type);
  const auto arrays = arrays_of(snapshot, hop);
  const auto nodes = nodes_of(snapshot, hop, in_order);
  const auto expected = sum_raw(arrays, nodes);
  bool is_right = true;
  const auto warmed = [&](auto sum) {
    return bench::Warmed{[&is_right, expected, sum] { is_right &= sum() == expected; }};
  };
  const auto timed = bench::by_turns(
      3 * kRepeats, warmed([&] { return sum_raw(arrays, nodes); }), warmed([&] { return sum_visit(hop, nodes); }),
      warmed([&] { return sum_ends(hop, nodes); }), warmed([&] { return sum_calls(snapshot, type, is_out, nodes); }));
  if (!is_right) {
    std::printf("%s: the sums differ\n", what);
    std::exit(1);
  }
  std::printf("%-20s %-6s %-3s %-9s raw loop %6.2f ns a node: visit %.2fx, ends %.2fx, out_edges %.2fx\n", what, std::string(name).c_str(),
              is_out ? "out" : "in", in_order ? "in order" : "at random", 1e9 / static_cast<double>(nodes.size()) * timed[0].seconds,
              timed[1].to_first, timed[2].to_first, timed[3].to_first);
}

void compare_all(const char* what, const Snapshot& snapshot) {
  for (const bool in_order : {true, false}) {
    compare_hops(what, snapshot, "AMENDS", true, in_order);
    compare_hops(what, snapshot, "CITES", false, in_order);
    compare_hops(what, snapshot, "FUNDS", true, in_order);
    compare_hops(what, snapshot, "FUNDS", false, in_order);
  }
}

template <class Act>
void time_commits(const char* what, Graph& graph, Act act) {
  const auto time = bench::seconds(kRepeats, [&] {
    auto transaction = graph.begin("bench");
    act(transaction);
    transaction.commit();
  });
  std::printf("%-44s %10.3f ms\n", what, 1e3 * time);
}

std::vector<NodeKey> keys_of(const Snapshot& snapshot, std::string_view label) {
  std::vector<NodeKey> keys;
  for (const auto row : snapshot.nodes(label)) keys.push_back(snapshot.key(row));
  return keys;
}

// One claim of a document that is read again, the rest goes.
void read_again(Transaction& transaction, DocumentId id) {
  SourceDocument document;
  document.uri = "bench/again";
  document.title = "Read again";
  transaction.replace_document(id, document, std::make_shared<const std::string>("A decree was read again."));
  const auto shown = transaction.add_evidence({id, {2, 8}, "bench/1", 1.0F});
  Assertion claim;
  claim.subject = transaction.add_mention({{}, "Decree", "decree", shown});
  claim.name = "Decree";
  claim.evidence = {shown};
  transaction.add_assertion(claim);
  const auto subject = claim.subject;
  for (const auto* property : {"jurisdiction", "kind", "number"}) {
    claim.kind = ClaimKind::property;
    claim.subject = subject;
    claim.name = property;
    claim.value = std::string_view(property) == "jurisdiction" ? "UZ" : std::string_view(property) == "kind" ? "decree" : "PF-1";
    transaction.add_assertion(claim);
  }
}

void time_edits(Graph& graph) {
  Random random;
  const auto decrees = keys_of(graph.snapshot(), "Decree");
  std::vector<EdgeKey> made;
  time_commits("commit: an edge", graph, [&](Transaction& t) {
    made.push_back(t.create_edge(random.one_of(decrees), "AMENDS", random.one_of(decrees)));
  });
  time_commits("commit: a property", graph, [&](Transaction& t) { t.set_property(random.one_of(decrees), "number", "X-1"); });
  time_commits("commit: a node and an edge to it", graph, [&](Transaction& t) {
    const auto key = t.create_node({"Decree"}, {{"jurisdiction", "UZ"}, {"kind", "decree"}, {"number", "N-1"}});
    t.create_edge(random.one_of(decrees), "AMENDS", key);
  });
  time_commits("commit: a deleted edge", graph, [&](Transaction& t) {
    t.delete_edge(made.back());
    made.pop_back();
  });
  time_commits("commit: two nodes merged", graph, [&](Transaction& t) {
    t.merge(random.one_of(decrees), random.one_of(decrees), "one act");
  });
  std::uint64_t document = 0;
  const auto before = graph.snapshot();
  const auto first = bench::seconds(1, [&] {
    auto t = graph.begin("bench");
    read_again(t, before.sources().documents()[document++].id);
    t.commit();
  });
  std::printf("%-44s %10.3f ms\n", "commit: the first document read again", 1e3 * first);
  time_commits("commit: another document read again", graph,
               [&](Transaction& t) { read_again(t, before.sources().documents()[document++].id); });
  std::printf("%-44s %10.2f s\n", "compaction", bench::seconds(1, [&] { graph.compact(); }));
}

// New edges of a type that touch one node in `share` of either side.
void touch(Transaction& transaction, Random& random, const char* type, const std::vector<NodeKey>& from, const std::vector<NodeKey>& to,
           std::size_t share) {
  std::vector<NodeKey> met;
  for (std::size_t i = 0; i < to.size() / share; ++i) met.push_back(random.one_of(to));
  for (std::size_t i = 0; i < from.size() / share; ++i) transaction.create_edge(random.one_of(from), type, met[i % met.size()]);
}

void touch(Graph& graph, std::size_t share) {
  Random random;
  const auto decrees = keys_of(graph.snapshot(), "Decree");
  auto transaction = graph.begin("bench");
  touch(transaction, random, "AMENDS", decrees, decrees, share);
  touch(transaction, random, "CITES", decrees, decrees, share);
  touch(transaction, random, "FUNDS", keys_of(graph.snapshot(), "Funding"), keys_of(graph.snapshot(), "Programme"), share);
  transaction.commit();
}

}  // namespace

int main(int argc, char** argv) {
  const auto edges = argc > 1 ? static_cast<std::uint32_t>(std::strtoul(argv[1], nullptr, 10)) : 1'000'000U;
  auto graph = bench::make_graph(edges);
  std::printf("%-44s %10zu nodes %10zu edges\n", "graph", graph.snapshot().node_count(), graph.snapshot().edge_count());
  compare_all("a hop, no delta", graph.snapshot());
  touch(graph, 100);
  compare_all("a hop, 1 % touched", graph.snapshot());
  time_edits(graph);
}
