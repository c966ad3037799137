#include <gtest/gtest.h>

#include "policygraph/graph/views.hpp"
#include "policygraph/query/query.hpp"

// Counts below hops: no row is made for what is only counted. Random ones are compared with the reference by differential_test.cpp.
namespace policygraph::testing {
namespace {

Graph graph_of(std::initializer_list<const char*> statements) {
  auto out = open_in_memory(Schema::open());
  for (const auto* statement : statements) query(out, statement);
  return out;
}

QueryOptions without_evidence() {
  QueryOptions options;
  options.evidence = false;
  return options;
}

std::string answer(const Snapshot& snapshot, const std::string& text, const QueryOptions& options) {
  std::string out;
  for (const auto& row : query(snapshot, text, {}, options)) {
    for (std::size_t i = 0; i < row.size(); ++i) out += (i == 0 ? "" : " ") + row[i].to_string();
    out += ";";
  }
  return out;
}

std::string plan_of(const Snapshot& snapshot, const std::string& text, const QueryOptions& options = without_evidence()) {
  return explain(snapshot, text, QueryPhase::plan, options);
}

// What the weights say, and what rows say.
std::string counted(const Graph& graph, const std::string& text) {
  const auto plain = answer(graph.snapshot(), text, {});
  const auto weighed = answer(graph.snapshot(), text, without_evidence());
  EXPECT_EQ(plain, weighed) << text;
  return weighed;
}

TEST(HopCounts, EdgesOfOnePatternDiffer) {
  const auto graph = graph_of({"CREATE (d:D), (a:A), (b:B), (d)-[:M]->(a), (d)-[:M]->(a), (d)-[:M]->(b), (d)-[:M]->(d)"});
  EXPECT_EQ(counted(graph, "MATCH (x)<-[:M]-(d:D)-[:M]->(y) RETURN count(*)"), "12;");
  EXPECT_EQ(counted(graph, "MATCH (x)-[:M]->(y)-[:M]->(z) RETURN count(*)"), "3;");
  EXPECT_EQ(counted(graph, "MATCH (x)-[:M]-(y)-[:M]-(z) RETURN count(*)"), "14;");
  EXPECT_EQ(counted(graph, "MATCH (a:A)<-[:M]-(d)-[:M]->(y) RETURN count(*)"), "6;");
  EXPECT_EQ(counted(graph, "MATCH (d:D)-[:M]->(x) MATCH (d)-[:M]->(y) RETURN count(*)"), "16;");
}

TEST(HopCounts, TrianglesWithParallelEdgesAndLoops) {
  const auto graph = graph_of({"CREATE (a:A), (b:A), (c:A), (a)-[:C]->(b), (a)-[:C]->(b), (b)-[:C]->(c), (a)-[:C]->(c), (a)-[:C]->(c), (a)-[:C]->(a), (c)-[:C]->(c)"});
  const auto text = "MATCH (a:A)-[:C]->(b:A)-[:C]->(c:A), (a)-[:C]->(c) RETURN count(*)";
  EXPECT_NE(plan_of(graph.snapshot(), text).find("weigh triangles"), std::string::npos);
  EXPECT_EQ(counted(graph, text), "10;");
}

TEST(HopCounts, GroupsThatAreNodesNeedNoGrouping) {
  const auto graph = graph_of({"CREATE (d:D)-[:M]->(), (d)-[:M]->(), (:D)-[:M]->(), (:D)"});
  const std::string text = "MATCH (d:D)-[:M]->() WITH d, count(*) AS times RETURN sum(times * (times - 1))";
  EXPECT_EQ(plan_of(graph.snapshot(), text).find("aggregate times"), std::string::npos);
  EXPECT_EQ(counted(graph, text), "2;");
}

TEST(HopCounts, SeesWhatWasWrittenAndWithdrawn) {
  auto graph = graph_of({"UNWIND range(1, 50) AS i CREATE (:D {i: i})-[:M {c: i % 3}]->(:A)-[:I]->(:G {i: i % 2})"});
  graph.compact();
  query(graph, "MATCH (d:D {i: 7})-[m:M]->() DELETE m");
  query(graph, "MATCH (d:D {i: 8}), (g:G {i: 1}) WITH d, g LIMIT 1 CREATE (d)-[:M {c: 1}]->(:A)-[:I]->(g)");
  EXPECT_EQ(counted(graph, "MATCH (d:D)-[m:M]->(a:A)-[:I]->(g:G) WHERE m.c > 0 RETURN g.i AS i, count(*) ORDER BY i"), "0 17;1 17;");
}

TEST(HopCounts, KeepToTheirLimits) {
  const auto graph = graph_of({"UNWIND range(1, 300) AS i CREATE (:D {i: i})", "MATCH (a:D), (b:D) WHERE a.i < 30 CREATE (a)-[:M]->(b)"});
  const std::string text = "MATCH (a:D)-[m:M]->(b)-[:M]->(c)-[:M]->(d) WHERE m.x IS NULL RETURN count(*)";
  auto options = without_evidence();
  options.stop = [] {
    std::stop_source source;
    source.request_stop();
    return source.get_token();
  }();
  EXPECT_THROW(query(graph.snapshot(), text, {}, options), Error);
}

TEST(HopCounts, NeedNoMemoryToCount) {
  const auto graph = graph_of({"UNWIND range(1, 300) AS i CREATE (:D {i: i})", "MATCH (a:D), (b:D) WHERE a.i < 60 CREATE (a)-[:M]->(b)"});
  auto options = without_evidence();
  options.max_memory = 1'000'000;
  // 59 * 59 * 59 * 300 walks, of which 59 * 300 + 2 * 59 * 59 - 2 * 59 take an edge twice.
  EXPECT_EQ(answer(graph.snapshot(), "MATCH (a:D)-[:M]->(b:D)-[:M]->(c)-[:M]->(d:D) RETURN count(*)", options), "61589156;");
  EXPECT_EQ(answer(graph.snapshot(), "MATCH (a:D)-[:M]->(b:D) MATCH (b)-[:M]->(c) MATCH (c)-[:M]->(d:D) RETURN count(*)", options), "61613700;");
}

// Twelve nodes, every two joined: more trails than can be walked.
TEST(HopCounts, EndsAloneAreComeToOnce) {
  const auto graph = graph_of({"UNWIND range(1, 12) AS i CREATE (:D {i: i})", "MATCH (a:D), (b:D) WHERE a.i <> b.i CREATE (a)-[:M]->(b)"});
  auto options = without_evidence();
  options.timeout = std::chrono::seconds(20);
  for (const std::string text : {"MATCH (a:D {i: 1})-[:M*]->(b) WITH DISTINCT b RETURN count(b)", "MATCH (a:D {i: 1})-[:M*]-(b) RETURN count(DISTINCT b)"}) {
    EXPECT_NE(plan_of(graph.snapshot(), text).find("reach (a)"), std::string::npos) << plan_of(graph.snapshot(), text);
    EXPECT_EQ(answer(graph.snapshot(), text, options), "12;");
  }
  EXPECT_EQ(answer(graph.snapshot(), "MATCH (a:D) WHERE EXISTS { (a)-[:M*]->({i: 13}) } RETURN count(*)", options), "0;");
}

TEST(HopCounts, RefuseWhatNoIntegerHolds) {
  const auto graph = graph_of({"CREATE (d:D) WITH d UNWIND range(1, 600) AS i CREATE (d)-[:M]->()"});
  std::string text = "MATCH (d:D)";
  for (int i = 0; i < 8; ++i) text += " MATCH (d)-->()";
  try {
    query(graph.snapshot(), text + " RETURN count(*)", {}, without_evidence());
    FAIL() << "it was counted";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::limit);
    EXPECT_NE(std::string(error.what()).find("9223372036854775807 ways"), std::string::npos);
  }
}

}  // namespace
}  // namespace policygraph::testing
