// The graph in memory at 1 M edges (10 M with --large, or a number): how long it takes to build, what an edge and a node
// cost and what SQLite needs for the same (left out with --no-sqlite), how fast a hop is.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "clock.hpp"
#include "generator.hpp"
#include "graph/adjacency.hpp"
#include "graph_sqlite.hpp"
#include "hand_csr.hpp"
#include "hand_graph.hpp"
#include "policygraph/graph/column.hpp"
#include "policygraph/query/query.hpp"

namespace {

using namespace policygraph;
using namespace bench;

constexpr int kRepeats = 15;

void print(const char* name, double value, const char* unit) { std::printf("%-44s %10.2f %s\n", name, value, unit); }

void print_memory(const Snapshot& snapshot) {
  const auto memory = snapshot.memory();
  const auto edges = static_cast<double>(snapshot.edge_count());
  const auto per_edge = [&](std::size_t bytes) { return static_cast<double>(bytes) / edges; };
  print("topology, both ways, with positions", per_edge(memory.topology), "bytes an edge");
  print("keys, both ways", per_edge(memory.keys), "bytes an edge");
  print("columns", per_edge(memory.columns), "bytes an edge");
  print("  the same", static_cast<double>(memory.columns) / static_cast<double>(snapshot.node_count()), "bytes a node");
  print("evidence by row", per_edge(memory.evidence), "bytes an edge");
  print("claims, mentions, evidence", per_edge(memory.assertions), "bytes an edge");
  print("  the same", static_cast<double>(memory.assertions) / static_cast<double>(snapshot.assertions().size()), "bytes a claim");
}

void print_sqlite(const Snapshot& snapshot) {
  const auto memory = snapshot.memory();
  const auto mib = [](std::size_t bytes) { return static_cast<double>(bytes) / (1 << 20); };
  const auto sizes = sqlite_sizes(snapshot, std::filesystem::temp_directory_path().string());
  const auto graph = memory.topology + memory.keys + memory.columns;
  print("graph alone: topology, keys, columns", mib(graph), "MiB");
  print("  SQLite's file: tables, three indexes", mib(sizes.graph), "MiB");
  const auto whole = graph + memory.evidence + memory.assertions;
  print("with claims, mentions and evidence", mib(whole), "MiB");
  print("  SQLite's file: tables, four indexes", mib(sizes.with_claims), "MiB");
}

// Edges as they came: in order of key.
std::vector<PlainEdge> edges_by_key(const Snapshot& snapshot) {
  std::vector<std::pair<EdgeKey, PlainEdge>> keyed;
  for (const auto row : snapshot.edges())
    keyed.push_back({snapshot.key(row), {static_cast<std::uint32_t>(snapshot.type(row)), snapshot.source(row).value, snapshot.target(row).value}});
  std::ranges::sort(keyed, {}, [](const auto& edge) { return edge.first; });
  std::vector<PlainEdge> edges;
  for (const auto& [key, edge] : keyed) edges.push_back(edge);
  return edges;
}

std::size_t differences(const Snapshot& snapshot, const HandCsr& csr) {
  std::size_t wrong = 0;
  for (const auto node : snapshot.nodes()) {
    for (std::uint32_t number = 0; number < csr.types.size(); ++number) {
      const auto& type = csr.types[number];
      const auto out = snapshot.out_edges(node, static_cast<EdgeType>(number));
      const auto in = snapshot.in_edges(node, static_cast<EdgeType>(number));
      const auto same = [](NodeRow row, std::uint32_t value) { return row.value == value; };
      const auto list = [&](const auto& starts, const auto& ends) {
        return std::span(ends).subspan(starts[node.value], starts[node.value + 1] - starts[node.value]);
      };
      wrong += !std::ranges::equal(out.targets, list(type.out_starts, type.targets), same);
      wrong += !std::ranges::equal(in.sources, list(type.in_starts, type.sources), same);
    }
  }
  return wrong;
}

// What the adjacency is measured against: offsets and lists, both ways, from edges in an array.
void print_adjacency(const Snapshot& snapshot) {
  const auto edges = edges_by_key(snapshot);
  const auto nodes = snapshot.node_row_limit();
  const auto types = static_cast<std::uint32_t>(snapshot.edge_type_count());
  HandCsr csr;
  std::size_t sink = 0;
  const auto timed = by_turns(
      9, [&] { csr = make_hand_csr(edges, nodes, types); },
      [&] {
        std::vector<policygraph::detail::graph::Ends> ends;
        ends.reserve(edges.size());
        for (const auto& edge : edges) ends.push_back({edge.type, edge.from, edge.to});
        policygraph::detail::graph::put_in_order(ends);
        sink += policygraph::detail::graph::make_adjacency(ends, types).targets.size();
      });
  if (differences(snapshot, csr) != 0) {
    std::printf("the adjacency and the one made by hand differ\n");
    std::exit(1);
  }
  if (sink == 0) std::printf("no edges\n");
  print("adjacency alone, both ways, and its statistics", 1e3 * timed[1].seconds, "ms");
  print("CSR by hand from an array, both ways", 1e3 * timed[0].seconds, "ms");
  print("  adjacency to CSR by hand", timed[1].to_first, "times");
}

// What a commit is measured against: the same rows, keys, columns, adjacency and evidence by hand from the same claims. A
// snapshot is more: it checks a schema, packs what it keeps, and finds which claims are of one node and which hold.
void print_commit(Graph& graph, const Snapshot& snapshot, double writing, double committing) {
  const auto claims = plain_claims(snapshot);
  HandGraph by_hand;
  const auto making = seconds(5, [&] { by_hand = make_hand_graph(claims); });
  if (const auto wrong = differences(snapshot, claims, by_hand); wrong != 0) {
    std::printf("the snapshot and the graph made by hand differ in %zu places\n", wrong);
    std::exit(1);
  }
  auto transaction = graph.begin("bench");
  transaction.create_node({"Decree"}, {{"jurisdiction", "UZ"}, {"kind", "decree"}, {"number", "N-1"}});
  transaction.commit();
  const auto deriving = seconds(1, [&] { graph.compact(); });
  print("claims written and checked", writing, "s");
  print("committed: checked, packed, derived", committing, "s");
  print("derived alone (a compaction)", deriving, "s");
  print("the same graph by hand from plain claims", making, "s");
  print("  derived to by hand", deriving / making, "times");
  print("  committed to by hand", committing / making, "times");
}

/// Rows and a sum over the amounts: what the query and the loop must agree on.
struct Total {
  std::size_t rows = 0;
  Decimal amount;
};

struct Names {
  EdgeType authorises, funds, provides;
  Property amount;
};

Total one_hop(const Snapshot& snapshot, const Names& names, NodeKey act) {
  Total total;
  for (const auto funding : snapshot.out_edges(*snapshot.find(act), names.authorises).targets) {
    total.amount = total.amount + snapshot.node_column(names.amount)->decimal(funding.value);
    ++total.rows;
  }
  return total;
}

Total three_hops(const Snapshot& snapshot, const Names& names, NodeKey act) {
  Total total;
  for (const auto funding : snapshot.out_edges(*snapshot.find(act), names.authorises).targets)
    for (const auto programme : snapshot.out_edges(funding, names.funds).targets)
      for (const auto other : snapshot.in_edges(programme, names.funds).sources) {
        if (other == funding) continue;
        total.amount = total.amount + snapshot.node_column(names.amount)->decimal(other.value);
        ++total.rows;
      }
  return total;
}

Total answer(const Rows& rows) {
  Total total;
  for (const auto row : rows) {
    total.amount = total.amount + row[0].as_decimal();
    ++total.rows;
  }
  return total;
}

template <class Loop>
void compare(const char* name, const Snapshot& snapshot, const Names& names, const std::string& text, const std::vector<NodeKey>& acts, Loop loop) {
  const auto plan = prepare(snapshot, text);
  QueryOptions bare;
  bare.evidence = false;
  const auto plan_bare = prepare(snapshot, text, bare);
  std::size_t rows = 0;
  for (const auto act : acts) {
    const auto seen = answer(plan.run({{"key", static_cast<std::int64_t>(act.value)}}));
    const auto expected = loop(snapshot, names, act);
    if (seen.rows != expected.rows || seen.amount != expected.amount) {
      std::printf("%s: the answers differ\n", name);
      std::exit(1);
    }
    rows += seen.rows;
  }
  std::size_t sink = 0;
  const auto all = [&](auto run) {
    return [&, run] {
      for (const auto act : acts) sink += run(act);
    };
  };
  const auto key = [](NodeKey act) { return Parameters{{"key", static_cast<std::int64_t>(act.value)}}; };
  const auto timed = by_turns(
      kRepeats, all([&](NodeKey act) { return loop(snapshot, names, act).rows; }),
      all([&](NodeKey act) { return plan_bare.run(key(act), bare).size(); }), all([&](NodeKey act) { return plan.run(key(act)).size(); }));
  const auto each = 1e6 / static_cast<double>(acts.size());
  std::printf("%-20s %7.1f rows %7.2f us by hand %7.2f us evidence off (%.2fx) %7.2f us on (%.2fx)\n", name,
              static_cast<double>(rows) / static_cast<double>(acts.size()), timed[0].seconds * each, timed[1].seconds * each, timed[1].to_first,
              timed[2].seconds * each, timed[2].to_first);
  if (sink == 0) std::printf("nothing was found\n");
}

}  // namespace

int main(int argc, char** argv) {
  std::uint32_t wanted = 1'000'000;
  bool with_sqlite = true;
  for (const std::string_view argument : std::span(argv + 1, static_cast<std::size_t>(argc - 1))) {
    if (argument == "--large") wanted = 10'000'000;
    else if (argument == "--no-sqlite") with_sqlite = false;
    else wanted = static_cast<std::uint32_t>(std::strtoul(argument.data(), nullptr, 10));
  }
  auto built = bench::build_graph(wanted);
  const auto snapshot = built.graph.snapshot();
  std::printf("%-44s %10zu nodes %10zu edges\n", "graph", snapshot.node_count(), snapshot.edge_count());
  print_adjacency(snapshot);
  print_commit(built.graph, snapshot, built.writing, built.committing);
  print_memory(snapshot);
  if (with_sqlite) print_sqlite(snapshot);
  const Names names{*snapshot.edge_type("AUTHORISES"), *snapshot.edge_type("FUNDS"), *snapshot.edge_type("PROVIDES"), *snapshot.property("amount")};
  std::vector<NodeKey> acts;
  for (const auto row : snapshot.nodes("Decree"))
    if (acts.size() < 200 && row.value % 97 == 3) acts.push_back(snapshot.key(row));
  compare("one hop", snapshot, names, "MATCH (a)-[:AUTHORISES]->(f) WHERE id(a) = $key RETURN f.amount", acts, one_hop);
  compare("three hops", snapshot, names,
          "MATCH (a)-[:AUTHORISES]->(f)-[:FUNDS]->(p)<-[:FUNDS]-(g) WHERE id(a) = $key RETURN g.amount", acts, three_hops);
}
