// The graph in memory at 1 M edges: how long it takes to build, what an edge and a node cost, how fast a hop is.
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "clock.hpp"
#include "generator.hpp"
#include "policygraph/graph/column.hpp"
#include "policygraph/query/query.hpp"

namespace {

using namespace policygraph;

constexpr int kRepeats = 7;

void print_memory(const Snapshot& snapshot, double build) {
  const auto memory = snapshot.memory();
  const auto edges = static_cast<double>(snapshot.edge_count());
  const auto nodes = static_cast<double>(snapshot.node_count());
  std::printf("%-44s %10zu nodes %10zu edges\n", "graph", snapshot.node_count(), snapshot.edge_count());
  std::printf("%-44s %10.2f s\n", "claims and snapshot built", build);
  std::printf("%-44s %10.1f bytes an edge\n", "topology, both ways, with positions", static_cast<double>(memory.topology) / edges);
  std::printf("%-44s %10.1f bytes an edge\n", "keys", static_cast<double>(memory.keys) / edges);
  std::printf("%-44s %10.1f bytes a node\n", "columns", static_cast<double>(memory.columns) / nodes);
  std::printf("%-44s %10.1f bytes an edge\n", "evidence", static_cast<double>(memory.evidence) / edges);
  std::printf("%-44s %10.1f bytes an edge\n", "claims", static_cast<double>(memory.assertions) / edges);
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
  const auto per_query = [&](auto run) { return 1e6 * bench::seconds(kRepeats, [&] { for (const auto act : acts) run(act); }) / static_cast<double>(acts.size()); };
  std::size_t sink = 0;
  const double hand = per_query([&](NodeKey act) { sink += loop(snapshot, names, act).rows; });
  const double with = per_query([&](NodeKey act) { sink += plan.run({{"key", static_cast<std::int64_t>(act.value)}}).size(); });
  const double without = per_query([&](NodeKey act) { sink += plan_bare.run({{"key", static_cast<std::int64_t>(act.value)}}, bare).size(); });
  std::printf("%-28s %8.1f rows %10.2f us by hand %10.2f us evidence off %10.2f us on\n", name,
              static_cast<double>(rows) / static_cast<double>(acts.size()), hand, without, with);
  if (sink == 0) std::printf("nothing was found\n");
}

}  // namespace

int main(int argc, char** argv) {
  const auto edges = argc > 1 ? static_cast<std::uint32_t>(std::strtoul(argv[1], nullptr, 10)) : 1'000'000U;
  auto graph = open_in_memory();
  const double build = bench::seconds(1, [&] { graph = bench::make_graph(edges); });
  const auto snapshot = graph.snapshot();
  print_memory(snapshot, build);
  const Names names{*snapshot.edge_type("AUTHORISES"), *snapshot.edge_type("FUNDS"), *snapshot.edge_type("PROVIDES"), *snapshot.property("amount")};
  std::vector<NodeKey> acts;
  for (const auto row : snapshot.nodes("Decree"))
    if (acts.size() < 200 && row.value % 97 == 3) acts.push_back(snapshot.key(row));
  compare("one hop", snapshot, names, "MATCH (a)-[:AUTHORISES]->(f) WHERE id(a) = $key RETURN f.amount", acts, one_hop);
  compare("three hops", snapshot, names,
          "MATCH (a)-[:AUTHORISES]->(f)-[:FUNDS]->(p)<-[:FUNDS]-(g) WHERE id(a) = $key RETURN g.amount", acts, three_hops);
}
