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

// Enough edges that they are read from where they leave: with gaps, deleted ones, parallel ones and loops among them.
Graph graph_of_mentions() {
  auto graph = graph_of({"UNWIND range(0, 99) AS k CREATE (:A {k: k, even: k % 2 = 0})-[:BY]->(:G {name: 'g' + toString(k % 7)})",
                         "UNWIND range(0, 499) AS k CREATE (:D {k: k})", "UNWIND range(0, 49) AS k CREATE (:E {k: k})",
                         "MATCH (d:D), (a:A) WHERE (d.k * 31 + a.k * 17) % 10 = 0 CREATE (d)-[:M {c: (d.k + a.k) % 10 / 10.0, w: d.k % 4}]->(a)",
                         "MATCH (e:E), (a:A) WHERE (e.k + a.k) % 5 = 0 CREATE (e)-[:M {c: 0.9}]->(a), (e)-[:M {c: 0.8}]->(a)",
                         "MATCH (a:A) WHERE a.k % 10 = 0 CREATE (a)-[:M {c: 0.7}]->(a)"});
  query(graph, "MATCH (d:D)-[m:M]->(a:A) WHERE d.k % 50 = 1 AND a.k > 50 DELETE m");
  query(graph, "MATCH (d:D {k: 2})-[m:M]->() SET m.c = 1.0");
  return graph;
}

TEST(HopCounts, ManyEdgesAreReadFromWhereTheyLeave) {
  const auto graph = graph_of_mentions();
  for (const char* text : {"MATCH (d:D)-[m:M]->(a:A)-[:BY]->(g:G) WHERE m.c > 0.5 RETURN g.name AS name, count(*) ORDER BY name",
                           "MATCH (d)-[m:M]->(a:A)-[:BY]->(g:G) WHERE m.c >= 0.7 AND a.even RETURN g.name AS name, count(*) ORDER BY name",
                           "MATCH (d)-[m:M]->(a:A) WHERE NOT m.c < 0.9 RETURN a.k, count(*) ORDER BY a.k",
                           "MATCH (e:E)-[m:M]->(a:A) WHERE m.w IS NULL RETURN a.k AS k, count(m) ORDER BY k",
                           "MATCH (e:Nobody)-[m:M]->(a:A) WHERE m.c > 0.5 RETURN a.k AS k, count(m) ORDER BY k",
                           "MATCH (a:A)-[x:M]->(b:A)<-[m:M]-(d:D) WHERE m.w = 2 RETURN a.k AS k, count(*) ORDER BY k",
                           "MATCH (d:D)-[m:M]->(a:A) MATCH (e:E)-[n:M]->(a) WHERE m.w = 2 AND n.c > 0.8 RETURN a.k AS k, count(*) ORDER BY k"}) {
    const auto plain = answer(graph.snapshot(), text, {});
    auto options = without_evidence();
    for (const std::uint32_t width : {2048U, 100U, 3U}) {
      options.vector_size = width;
      EXPECT_EQ(answer(graph.snapshot(), text, options), plain) << text << " in vectors of " << width;
    }
    EXPECT_EQ(plain.empty(), std::string(text).find("Nobody") != std::string::npos) << text;
  }
  EXPECT_NE(plan_of(graph.snapshot(), "MATCH (d:D)-[m:M]->(a:A)-[:BY]->(g:G) WHERE m.c > 0.5 RETURN g.name AS name, count(*)").find("weigh"), std::string::npos);
}

}  // namespace
}  // namespace policygraph::testing
