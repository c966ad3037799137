// What loops over a walk cost beside the same loops over the snapshot's rows, and what an index saves; at 1 M edges.
#include <cstdio>
#include <cstdlib>
#include <string>

#include "clock.hpp"
#include "generator.hpp"
#include "policygraph/graph/column.hpp"
#include "policygraph/graph/walk.hpp"
#include "policygraph/query/query.hpp"

namespace {

using namespace policygraph;

constexpr int kRepeats = 7;

void require(bool is_equal, const char* name) {
  if (is_equal) return;
  std::printf("%s: the answers differ\n", name);
  std::exit(1);
}

void print(const char* name, double hand, double walked) {
  std::printf("%-44s %10.2f ms by rows %10.2f ms walked %8.2fx\n", name, hand * 1e3, walked * 1e3, walked / hand);
}

/// Every act to its sums to their programmes, counted: a hop costs next to nothing, so views show if they cost.
void bench_hops(const Walk& walk) {
  const auto& snapshot = walk.snapshot();
  const auto authorises = *snapshot.edge_type("AUTHORISES"), funds = *snapshot.edge_type("FUNDS");
  std::size_t by_rows = 0, walked = 0, named = 0;
  const double hand = bench::seconds(kRepeats, [&] {
    by_rows = 0;
    for (const auto act : snapshot.nodes("LegalAct"))
      for (const auto sum : snapshot.out_edges(act, authorises).targets)
        for (const auto programme : snapshot.out_edges(sum, funds).targets) by_rows += programme.value;
  });
  const double views = bench::seconds(kRepeats, [&] {
    walked = 0;
    for (const auto act : walk.nodes("LegalAct"))
      for (const auto sum : act.out(authorises))
        for (const auto programme : sum.out(funds)) walked += programme.row().value;
  });
  const double names = bench::seconds(kRepeats, [&] {
    named = 0;
    for (const auto act : walk.nodes("LegalAct"))
      for (const auto sum : act.out("AUTHORISES"))
        for (const auto programme : sum.out("FUNDS")) named += programme.row().value;
  });
  require(by_rows == walked && by_rows == named, "hops");
  print("two hops from every act, types looked up once", hand, views);
  print("the same, types by name", hand, names);
}

void bench_values(const Walk& walk) {
  const auto& snapshot = walk.snapshot();
  const auto amount = *snapshot.property("amount"), currency = *snapshot.property("currency");
  Decimal by_rows, walked;
  const double hand = bench::seconds(kRepeats, [&] {
    by_rows = Decimal(0);
    const auto *amounts = snapshot.node_column(amount), *currencies = snapshot.node_column(currency);
    for (const auto sum : snapshot.nodes("Funding"))
      if (currencies->has(sum.value) && currencies->string(sum.value) == "EUR" && amounts->has(sum.value))
        by_rows = by_rows + amounts->decimal(sum.value);
  });
  const double views = bench::seconds(kRepeats, [&] {
    walked = Decimal(0);
    for (const auto sum : walk.nodes("Funding").where([](auto s) { return s.text("currency") == "EUR"; }))
      walked = walked + sum.get<Decimal>("amount");
  });
  require(by_rows == walked && !by_rows.is_zero(), "values");
  print("sum of amounts in EUR, properties by name", hand, views);
}

void bench_index(const Snapshot& snapshot) {
  const auto number = *snapshot.property("number");
  std::vector<std::string> wanted;
  for (const auto row : snapshot.nodes("LegalAct"))
    if (row.value % 1009 == 5) wanted.emplace_back(snapshot.node_column(number)->string(row.value));
  std::size_t found = 0, scanned = 0;
  const double first = bench::seconds(1, [&] { found = snapshot.find_nodes(number, wanted.front()).size(); });
  const double second = bench::seconds(1, [&] { snapshot.find_nodes(number, wanted.front()); });
  const double later = bench::seconds(kRepeats, [&] {
    for (const auto& text : wanted) snapshot.find_nodes(number, text);
  });
  const auto text = "MATCH (a:LegalAct {number: $n}) RETURN count(*)";
  QueryOptions off;
  off.rules_off = {"seek_properties"};
  const auto seek = prepare(snapshot, text), scan = prepare(snapshot, text, off);
  const Parameters parameters = {{"n", wanted.front()}};
  const double with = bench::seconds(kRepeats, [&] { found = static_cast<std::size_t>(seek.run(parameters)[0][0].as_integer()); });
  const double without = bench::seconds(kRepeats, [&] { scanned = static_cast<std::size_t>(scan.run(parameters, off)[0][0].as_integer()); });
  require(found == scanned && found > 0, "index");
  std::printf("%-44s %10.2f ms first (a scan) %10.2f ms second (builds) %10.3f us later\n", "acts by number, of all nodes", first * 1e3,
              second * 1e3, later * 1e6 / static_cast<double>(wanted.size()));
  std::printf("%-44s %10.1f us by scan %10.1f us by seek\n", "MATCH (a:LegalAct {number: $n})", without * 1e6, with * 1e6);
}

}  // namespace

int main(int argc, char** argv) {
  const auto edges = argc > 1 ? static_cast<std::uint32_t>(std::strtoul(argv[1], nullptr, 10)) : 1'000'000U;
  const auto graph = bench::make_graph(edges);
  const Walk walk(graph);
  bench_hops(walk);
  bench_values(walk);
  bench_index(walk.snapshot());
}
