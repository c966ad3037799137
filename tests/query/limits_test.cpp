#include <gtest/gtest.h>

#include <chrono>
#include <ctime>
#include <thread>

#include "policygraph/query/query.hpp"
#include "support/slowness.hpp"

namespace policygraph {
namespace {

Graph sample() {
  auto graph = open_in_memory(Schema::open());
  query(graph, "UNWIND range(1, 200) AS i CREATE (:N {i: i})-[:R]->(:M {i: i})");
  return graph;
}

std::string trouble(const Graph& graph, const std::string& text, const QueryOptions& options = {}) {
  try {
    query(graph.snapshot(), text, {}, options);
    return "none";
  } catch (const QueryError& error) {
    return std::string(code_name(error.code())) + " " + std::string(detail_name(error.detail())) + " at " + std::to_string(error.place()->line) + ":" +
           std::to_string(error.place()->column);
  } catch (const Error& error) {
    return std::string(code_name(error.code()));
  }
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

// 10^12 rows, were they all made.
constexpr const char* kCrossProduct = "MATCH (a), (b), (c), (d), (e) RETURN count(*)";

TEST(Limits, TimeUnwindsACrossProduct) {
  const auto graph = sample();
  QueryOptions options;
  options.timeout = std::chrono::milliseconds(50);
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(trouble(graph, kCrossProduct, options), "limit");
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
  EXPECT_EQ(query(graph.snapshot(), "RETURN 1").size(), 1U);
}

TEST(Limits, AStopTokenInterrupts) {
  const auto graph = sample();
  std::stop_source source;
  QueryOptions options;
  options.stop = source.get_token();
  std::thread stopper([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    source.request_stop();
  });
  EXPECT_EQ(trouble(graph, kCrossProduct, options), "interrupted");
  stopper.join();
}

TEST(Limits, RowsAndMemoryUnwind) {
  const auto graph = sample();
  QueryOptions rows;
  rows.max_rows = 100;
  EXPECT_EQ(trouble(graph, "MATCH (n) RETURN n", rows), "limit");
  EXPECT_EQ(trouble(graph, "MATCH (n:N) RETURN n LIMIT 100", rows), "none");
  QueryOptions memory;
  memory.max_memory = 1 << 20;
  for (const char* text : {"MATCH (a), (b), (c) RETURN a.i + b.i AS x ORDER BY x", "MATCH (a), (b) RETURN collect(a.i + b.i)",
                           "MATCH (a), (b) RETURN a, b", "RETURN range(1, 1000000000000)", "MATCH (a), (b), (c) RETURN DISTINCT a, b, c",
                           "RETURN reduce(s = 'xxxxxxxx', i IN range(1, 40) | s + s)", "UNWIND range(1, 30000) AS x RETURN collect(x)"}) {
    EXPECT_EQ(trouble(graph, text, memory), "limit") << text;
  }
}

TEST(Limits, DeepNestingIsAnErrorWithAPlace) {
  const auto graph = sample();
  constexpr std::size_t kDeep = 100'000;
  for (const char* opening : {"(", "[", "{a: ", "-", "NOT ", "CASE WHEN ", "size(", "(a)-->(b {x: ", "EXISTS { MATCH (a) WHERE ", "[x IN ",
                              "any(x IN ", "reduce(a = ", "1 + (", "[1][", "- +"}) {
    const auto found = trouble(graph, "RETURN " + repeated(opening, kDeep));
    EXPECT_TRUE(found.starts_with("syntax UnexpectedSyntax at 1:")) << opening << ": " << found;
  }
  EXPECT_TRUE(trouble(graph, "RETURN 1" + repeated(" + 1", kDeep)).starts_with("syntax UnexpectedSyntax at 1:"));
  EXPECT_TRUE(trouble(graph, "RETURN [1]" + repeated("[0]", kDeep)).starts_with("syntax UnexpectedSyntax at 1:"));
  EXPECT_TRUE(trouble(graph, "WITH {a: 1} AS a RETURN a" + repeated(".a", kDeep)).starts_with("syntax UnexpectedSyntax at 1:"));
}

TEST(Limits, WideQueriesRun) {
  const auto graph = sample();
  EXPECT_EQ(trouble(graph, "RETURN 1 = 1" + repeated(" OR 1 = 2", 100'000)), "none");
  EXPECT_EQ(trouble(graph, "RETURN [0" + repeated(", 1", 300'000) + "]"), "none");
  EXPECT_EQ(trouble(graph, "RETURN 1 < 2" + repeated(" < 3", 100)), "none");
  EXPECT_EQ(trouble(graph, repeated("WITH 1 AS x ", 3'000) + "RETURN x"), "none");
  EXPECT_EQ(trouble(graph, repeated("WITH 1 AS x ", 100'000) + "RETURN x"), "limit");
  EXPECT_EQ(trouble(graph, "MATCH (a)" + repeated("-->()", 3'000) + " RETURN a"), "none");
  EXPECT_EQ(trouble(graph, repeated("x", 1 << 20)), "syntax UnexpectedSyntax at 1:1");
  EXPECT_EQ(trouble(graph, std::string(1 << 20, '\0')), "syntax UnexpectedSyntax at 1:1");
}

TEST(Limits, BindingAndPlanningAreStopped) {
  const auto graph = sample();
  std::stop_source source;
  source.request_stop();
  QueryOptions options;
  options.stop = source.get_token();
  const auto stopped = [&](const std::string& text, QueryPhase phase) {
    try {
      explain(graph.snapshot(), text, phase, options);
      return std::string("none");
    } catch (const Error& error) {
      return std::string(code_name(error.code()));
    }
  };
  for (const auto& text : {"MATCH ()" + repeated(", ()", 2'000) + " RETURN 1", "MATCH ()" + repeated("-->()", 2'000) + " RETURN 1",
                           repeated("MATCH () ", 2'000) + "RETURN 1", "MATCH (n) WHERE n.i = 1" + repeated(" AND n.i = 1", 2'000) + " RETURN 1",
                           "RETURN [1" + repeated(", 1 + 1", 2'000) + "]"}) {
    EXPECT_EQ(stopped(text, QueryPhase::bound), "interrupted") << text.substr(0, 30);
    EXPECT_EQ(stopped(text, QueryPhase::plan), "interrupted") << text.substr(0, 30);
  }
}

// The plan's time is the query's: what is planned longer than the limit never runs.
TEST(Limits, TheTimeBeginsBeforeThePlan) {
  const auto graph = sample();
  QueryOptions options;
  options.timeout = std::chrono::milliseconds(1);
  EXPECT_EQ(trouble(graph, "EXPLAIN MATCH ()" + repeated(", ()", 3'000) + " RETURN 1", options), "limit");
}

TEST(Limits, ManySubqueriesArePlannedSoon) {
  const auto graph = sample();
  const auto start = std::clock();
  EXPECT_EQ(trouble(graph, "EXPLAIN MATCH (n) WHERE true" + repeated(" AND EXISTS { (n)-->() }", 900) + " RETURN 1"), "none");
  EXPECT_LT(std::clock() - start, 4 * testing::kSlowness * CLOCKS_PER_SEC);
}

TEST(Limits, ManyConditionsArePlannedSoon) {
  const auto graph = sample();
  const auto start = std::clock();
  EXPECT_EQ(trouble(graph, "EXPLAIN MATCH (:A {x: 1})" + repeated(", (:A {x: 1})", 1'500) + " RETURN 1"), "none");
  EXPECT_LT(std::clock() - start, 4 * testing::kSlowness * CLOCKS_PER_SEC);
}

TEST(Limits, VectorSizesAreBounded) {
  const auto graph = sample();
  QueryOptions options;
  options.vector_size = 0;
  EXPECT_EQ(trouble(graph, "RETURN 1", options), "invalid_argument");
  options.vector_size = 65'537;
  EXPECT_EQ(trouble(graph, "RETURN 1", options), "invalid_argument");
}

TEST(Limits, AFailedWriteLeavesNothing) {
  auto graph = sample();
  EXPECT_THROW(query(graph, "UNWIND [1, 0] AS x CREATE (:New {v: 1 / x})"), QueryError);
  EXPECT_EQ(query(graph.snapshot(), "MATCH (n:New) RETURN n").size(), 0U);
  EXPECT_EQ(query(graph, "CREATE (:New) RETURN 1").size(), 1U);
}

}  // namespace
}  // namespace policygraph
