#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <optional>

#include "random/compare.hpp"
#include "random/random_graph.hpp"

// Random queries over random graphs: the engine, under every configuration, against the reference interpreter. POLICYGRAPH_QUERIES says how
// many (2,000), POLICYGRAPH_SEED of which sequence (1), POLICYGRAPH_FIRST from which on; query N of seed S is the same on every machine.
namespace policygraph::testing {
namespace {

constexpr std::size_t kQueriesAGraph = 20;
constexpr std::size_t kMostDifferences = 5;
constexpr std::size_t kWrites = 25;  // percent

std::uint64_t number_from(const char* variable, std::uint64_t otherwise) {
  const auto* text = std::getenv(variable);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

std::string small_difference(const std::vector<std::string>& statements, const RandomQuery& query) {
  const auto difference_of = [](const Reproduction& r) {
    try {
      auto graph = graph_of(r.statements);
      return check(graph, r.query);
    } catch (const Error&) {
      return std::string();
    }
  };
  const auto small = shrink({statements, query}, [&](const Reproduction& r) { return !difference_of(r).empty(); });
  return to_text(small) + difference_of(small);
}

using MakeGraph = std::vector<std::string> (*)(Random&);
using MakeQuery = RandomQuery (*)(Random&);

void compare_all(std::uint64_t count, MakeGraph make_graph, MakeQuery make_query) {
  const auto seed = number_from("POLICYGRAPH_SEED", 1);
  const auto first = number_from("POLICYGRAPH_FIRST", 0) / kQueriesAGraph * kQueriesAGraph;
  std::size_t compared = 0, differences = 0;
  std::vector<std::string> statements;
  std::optional<Graph> graph;
  for (auto i = first; i < first + count && differences < kMostDifferences; ++i) {
    Random random(seed * 1'000'003 + i);
    if (i % kQueriesAGraph == 0) {
      statements = make_graph(random);
      graph.emplace(graph_of(statements));
    }
    const auto query = make_query(random);
    bool is_compared = false;
    const auto found = check(*graph, query, &is_compared);
    compared += is_compared ? 1 : 0;
    if (found.empty()) continue;
    ++differences;
    ADD_FAILURE() << "query " << i << " of seed " << seed << ": " << query.text << "\n" << small_difference(statements, query);
  }
  std::cout << count << " random queries, " << compared << " compared under " << configurations().size() << " configurations, " << differences
            << " differences\n";
  if (differences == 0) {
    EXPECT_GT(compared, count * 8 / 10) << "too many queries are refused or too long for the reference";
  }
}

TEST(Differential, EngineAnswersAsTheReferenceDoes) {
  compare_all(number_from("POLICYGRAPH_QUERIES", 2'000), random_graph, [](Random& random) { return random.chance(kWrites) ? random_write(random) : random_query(random); });
}

TEST(Differential, CountsBelowHopsAreThoseOfTheReference) { compare_all(number_from("POLICYGRAPH_QUERIES", 2'000), random_web, random_count); }

}  // namespace
}  // namespace policygraph::testing
