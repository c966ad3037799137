// What it costs to understand a query: reading, binding and planning text never seen before, and finding the plan of text seen
// before; and what evidence costs where a query runs: with it, and without, in turn, the rows being the same. Times are medians; the
// graph has 100,000 edges (or the number given).
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "clock.hpp"
#include "generator.hpp"
#include "policygraph/query/plan_cache.hpp"
#include "policygraph/query/query.hpp"
#include "query/kept_plans.hpp"
#include "query/plan/plan.hpp"

namespace {

using namespace policygraph;
namespace engine = policygraph::detail::query;

constexpr int kRepeats = 5'000;

// Each text is new: the number in it is.
std::string four_hops(int number) {
  return "MATCH (c:LegalAct)-[:CITES]->(a:LegalAct)-[:AUTHORISES]->(f:Funding)-[:FUNDS]->(p:Programme)<-[:FUNDS]-(g:Funding) "
         "WHERE f.amount > " + std::to_string(number) + " AND a.number <> c.number "
         "RETURN a.number AS act, p.name AS programme, f.amount AS amount ORDER BY amount DESC LIMIT 10";
}

template <class Act>
double median_microseconds(Act act) {
  std::vector<double> times;
  times.reserve(kRepeats);
  for (int i = 0; i < kRepeats; ++i) {
    const auto start = std::chrono::steady_clock::now();
    act(i);
    times.push_back(std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start).count());
  }
  std::ranges::nth_element(times, times.begin() + kRepeats / 2);
  return times[kRepeats / 2];
}

// A query that is prepared, with evidence and without, by turns.
void compare_evidence(const char* name, const Snapshot& snapshot, const std::string& text) {
  QueryOptions with, without;
  without.evidence = false;
  const auto kept = prepare(snapshot, text, with), dropped = prepare(snapshot, text, without);
  std::size_t rows_kept = 0, rows_dropped = 0;
  const auto [on, off] = bench::by_turns(15, [&] { rows_kept = kept.run({}, with).size(); }, [&] { rows_dropped = dropped.run({}, without).size(); });
  std::printf("%-44s %10.3f ms  without evidence %10.3f ms, %.2f of it; %zu rows\n", name, on.seconds * 1e3, off.seconds * 1e3, off.to_first, rows_kept);
  if (rows_kept != rows_dropped) std::abort();
}

void print(const char* name, double value);

// A commit between every two times: with the plan from before it, and planned anew.
void after_commits(Graph& graph, const std::string& text, std::size_t& steps) {
  constexpr std::size_t kCommits = 200;
  std::vector<double> kept, anew;
  const auto time = [](auto act) {
    const auto start = std::chrono::steady_clock::now();
    act();
    return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start).count();
  };
  for (std::size_t i = 0; i < kCommits; ++i) {
    query(graph, "MATCH (p:Programme) WITH p LIMIT 1 SET p.name = p.name + '.'");
    const auto snapshot = graph.snapshot();
    kept.push_back(time([&] {
      const auto found = engine::find_plan(snapshot, text, QueryOptions());
      steps += found == nullptr ? 0 : found->plan->steps.size();
      if (found == nullptr) query(graph, text);
    }));
    anew.push_back(time([&] { steps += prepare(snapshot, text).columns().size(); }));
  }
  std::ranges::nth_element(kept, kept.begin() + kCommits / 2);
  std::ranges::nth_element(anew, anew.begin() + kCommits / 2);
  print("four hops, first after a commit: kept plan", kept[kCommits / 2]);
  print("  planned anew", anew[kCommits / 2]);
}

void print(const char* name, double value) { std::printf("%-44s %10.2f us\n", name, value); }

}  // namespace

int main(int count, char** arguments) {
  auto graph = bench::make_graph(count > 1 ? static_cast<std::uint32_t>(std::atoi(arguments[1])) : 100'000);
  const auto snapshot = graph.snapshot();
  const QueryOptions options;
  std::size_t steps = 0;
  print("four hops, unseen: read", median_microseconds([&](int i) { steps += engine::parse(four_hops(i)).expressions.size(); }));
  const auto syntax = engine::parse(four_hops(0));
  print("  bind", median_microseconds([&](int) { steps += engine::bind(syntax, snapshot).expressions.size(); }));
  const auto bound = engine::bind(syntax, snapshot);
  print("  plan", median_microseconds([&](int) { steps += engine::make_plan(bound, snapshot, options).steps.size(); }));
  print("four hops, unseen: all until it can run", median_microseconds([&](int i) { steps += prepare(snapshot, four_hops(kRepeats + i)).columns().size(); }));
  PlanCache cache;
  const auto text = four_hops(0);
  print("four hops, seen before by a PlanCache", median_microseconds([&](int) { steps += cache.prepare(snapshot, text).columns().size(); }));
  query(snapshot, text);
  print("four hops, seen before by query()", median_microseconds([&](int) { steps += engine::find_plan(snapshot, text, options)->plan->steps.size(); }));
  compare_evidence("four hops, ten best", snapshot, four_hops(9'990'000));
  compare_evidence("two hops, all rows", snapshot,
                   "MATCH (a:LegalAct)-[:AUTHORISES]->(f:Funding)-[:FUNDS]->(p:Programme) RETURN a.number AS act, p.name AS programme, f.amount AS amount");
  compare_evidence("sums by programme and currency", snapshot,
                   "MATCH (f:Funding)-[:FUNDS]->(p:Programme) RETURN p.name AS programme, f.currency AS currency, sum(f.amount) AS amount");
  compare_evidence("one act by its number, and what it funds", snapshot,
                   "MATCH (a:LegalAct {number: 'PF-17'})-[:AUTHORISES]->(f)-[:FUNDS]->(p) RETURN p.name AS programme, f.amount AS amount");
  compare_evidence("a filter that reads every sum", snapshot, "MATCH (f:Funding) WHERE f.amount > 9999000 RETURN f.amount AS amount");
  after_commits(graph, text, steps);
  return steps == 0 ? 1 : 0;
}
