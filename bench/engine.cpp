// One hop and three hops of a prepared plan, evidence on and off, beside a loop written by hand; bytes a node and an edge.
// POLICYGRAPH_BENCH_EDGES sets the size (default 1,000,000).

#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>
#include <string>

#include "bench/policy_graph.hpp"
#include "policygraph/query/query.hpp"

namespace policygraph::bench {
namespace {

constexpr const char* kOneHop = "MATCH (a:LegalAct)-[:AUTHORISES]->(f) WHERE id(a) = $id RETURN f.amount";
constexpr const char* kThreeHops =
    "MATCH (a:LegalAct)-[:AUTHORISES]->(f)-[:FUNDS]->(p)-[:IMPLEMENTED_BY]->(o) WHERE id(a) = $id RETURN o.name";

std::size_t wanted_edges() {
  const char* text = std::getenv("POLICYGRAPH_BENCH_EDGES");
  return text == nullptr ? 1'000'000 : std::strtoull(text, nullptr, 10);
}

const PolicyGraph& fixture() {
  static const PolicyGraph graph = make_policy_graph(wanted_edges());
  return graph;
}

NodeKey next_act(std::size_t& at) {
  const auto& acts = fixture().acts;
  at = (at + 7919) % acts.size();
  return acts[at];
}

void run_prepared(benchmark::State& state, const char* text) {
  auto snapshot = fixture().graph.snapshot();
  QueryOptions options;
  options.evidence = state.range(0) != 0;
  auto plan = prepare(snapshot, text, options);
  std::size_t at = 0, rows = 0;
  for (auto _ : state) {
    auto answer = plan.run({{"id", static_cast<std::int64_t>(next_act(at).value)}}, options);
    rows += answer.size();
    benchmark::DoNotOptimize(answer);
  }
  state.counters["rows"] = benchmark::Counter(static_cast<double>(rows), benchmark::Counter::kAvgIterations);
}

void one_hop_prepared(benchmark::State& state) { run_prepared(state, kOneHop); }
void three_hops_prepared(benchmark::State& state) { run_prepared(state, kThreeHops); }

void one_hop_by_hand(benchmark::State& state) {
  auto snapshot = fixture().graph.snapshot();
  auto authorises = *snapshot.edge_type("AUTHORISES");
  auto amount = *snapshot.property("amount");
  std::size_t at = 0;
  for (auto _ : state) {
    for (NodeRow funding : snapshot.out_edges(*snapshot.find(next_act(at)), authorises).targets) {
      auto value = snapshot.value(funding, amount);
      benchmark::DoNotOptimize(value);
    }
  }
}

void three_hops_by_hand(benchmark::State& state) {
  auto snapshot = fixture().graph.snapshot();
  auto authorises = *snapshot.edge_type("AUTHORISES");
  auto funds = *snapshot.edge_type("FUNDS");
  auto implemented = *snapshot.edge_type("IMPLEMENTED_BY");
  auto name = *snapshot.property("name");
  std::size_t at = 0;
  for (auto _ : state) {
    for (NodeRow funding : snapshot.out_edges(*snapshot.find(next_act(at)), authorises).targets) {
      for (NodeRow programme : snapshot.out_edges(funding, funds).targets) {
        for (NodeRow organization : snapshot.out_edges(programme, implemented).targets) {
          auto value = snapshot.value(organization, name);
          benchmark::DoNotOptimize(value);
        }
      }
    }
  }
}

BENCHMARK(one_hop_by_hand);
BENCHMARK(one_hop_prepared)->ArgName("evidence")->Arg(0)->Arg(1);
BENCHMARK(three_hops_by_hand);
BENCHMARK(three_hops_prepared)->ArgName("evidence")->Arg(0)->Arg(1);

void print_memory() {
  auto snapshot = fixture().graph.snapshot();
  auto memory = snapshot.memory();
  auto edges = static_cast<double>(snapshot.edge_count());
  auto nodes = static_cast<double>(snapshot.node_count());
  std::printf("%.0f nodes, %.0f edges: topology %.1f bytes an edge; columns and keys %.1f bytes a node; "
              "assertions and evidence %.1f bytes a node or edge\n",
              nodes, edges, static_cast<double>(memory.topology) / edges,
              static_cast<double>(memory.columns + memory.keys) / nodes,
              static_cast<double>(memory.assertions + memory.evidence) / (nodes + edges));
}

}  // namespace
}  // namespace policygraph::bench

int main(int count, char** arguments) {
  benchmark::Initialize(&count, arguments);
  policygraph::bench::print_memory();
  benchmark::RunSpecifiedBenchmarks();
}
