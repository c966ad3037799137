#include <gtest/gtest.h>

#include "policygraph/query/query.hpp"

// Sums of an OPTIONAL MATCH by node, read from the other end of the hop; runs of edges counted by their ends; triangles by marks: each
// beside the plan as bound, which takes one row after another.
namespace policygraph::testing {
namespace {

QueryOptions options(bool optimise) {
  QueryOptions out;
  out.evidence = false;
  out.optimise = optimise;
  return out;
}

std::string answer(const Snapshot& snapshot, const std::string& text, const QueryOptions& options) {
  std::string out;
  try {
    for (const auto row : query(snapshot, text, {}, options)) {
      for (std::size_t i = 0; i < row.size(); ++i) out += (i == 0 ? "" : " ") + row[i].to_string();
      out += ";";
    }
  } catch (const Error& error) {
    return "error " + error.report();
  }
  return out;
}

class PushedGroups : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    graph_ = new Graph(open_in_memory(Schema::open()));
    for (const char* text :
         {"UNWIND range(0, 299) AS k CREATE (:P {k: k})",
          "UNWIND range(0, 2999) AS k CREATE (:F {k: k, even: k % 2 = 0, money: CASE WHEN k % 7 = 0 THEN decimal('0.5') ELSE decimal('1.25') END, "
          "whole: k - 1500, huge: 9000000000000000000 - k, real: k * 0.1, day: partial_date(date('2024-01-01') + duration({days: k % 300})), "
          "odd: CASE WHEN k = 2900 THEN 'x' ELSE k END})",
          "MATCH (f:F), (p:P {k: (f.k * f.k) % 290}) CREATE (f)-[:R {w: f.k % 10}]->(p)",
          "MATCH (f:F), (p:P {k: f.k % 290}) WHERE f.k % 5 = 0 CREATE (f)-[:R {w: 3}]->(p), (f)-[:R {w: 4}]->(p)",
          "MATCH (f:F {k: 1}), (p:P {k: 299}) CREATE (:G)-[:R {w: 1}]->(p), (p)-[:R {w: 1}]->(p), (p)-[:R {w: 2}]->(f)"})
      query(*graph_, text);
    graph_->compact();
  }
  static void TearDownTestSuite() { delete graph_; }
  static void expect_same(std::initializer_list<const char*> texts) {
    for (const char* text : texts) {
      const auto wanted = answer(graph_->snapshot(), text, options(false));
      EXPECT_NE(wanted, "") << text;
      EXPECT_EQ(answer(graph_->snapshot(), text, options(true)), wanted) << text;
      auto narrow = options(true);
      narrow.vector_size = 100;
      EXPECT_EQ(answer(graph_->snapshot(), text, narrow), wanted) << text;
    }
  }
  static Graph* graph_;
};

Graph* PushedGroups::graph_ = nullptr;

TEST_F(PushedGroups, AreThoseOfOneRowAfterAnother) {
  expect_same({
      "MATCH (p:P) OPTIONAL MATCH (f:F)-[:R]->(p) WHERE f.even WITH p, count(f) AS fs, sum(f.money) AS total RETURN p.k, fs, total",
      "MATCH (p:P) OPTIONAL MATCH (f:F)-[r:R]->(p) WHERE r.w > 2 AND f.k < 2000 WITH p, count(*) AS rows, count(r) AS rs, sum(r.w) AS w RETURN p.k, rows, rs, w",
      "MATCH (p:P) OPTIONAL MATCH (f:F)-[:R]->(p) WITH p, min(f.whole) AS a, max(f.day) AS b, avg(f.money) AS c RETURN p.k, a, b, c",
      "MATCH (p:P) OPTIONAL MATCH (p)<-[r:R]-(f:F) WHERE f.even AND r.w = 4 WITH p, sum(f.whole) AS s, count(f.nothing) AS n RETURN s, n, count(*)",
      "MATCH (f:F) OPTIONAL MATCH (f)-[r:R]->(p:P) WHERE p.k > 10 WITH f, count(p) AS ps, sum(p.k) AS k RETURN ps, count(*), sum(k)",
      "MATCH (p:P) OPTIONAL MATCH (f:F)-[:R]->(p) WHERE f.k < 0 WITH p, count(f) AS fs, count(*) AS rows RETURN fs, rows, count(*)",
      "MATCH (p:P) OPTIONAL MATCH (f:F:Nothing)-[:R]->(p) WITH p, count(f) AS fs RETURN fs, count(*)",
  });
}

// What the order of rows may change, or one row may not bear, is worked out in that order.
TEST_F(PushedGroups, KeepWhatOneRowAfterAnotherGives) {
  expect_same({
      "MATCH (p:P) OPTIONAL MATCH (f:F)-[:R]->(p) WITH p, sum(f.real) AS s RETURN p.k, s",
      "MATCH (p:P) OPTIONAL MATCH (f:F)-[:R]->(p) WITH p, sum(f.huge) AS s RETURN p.k, s",
      "MATCH (p:P) OPTIONAL MATCH (f:F)-[:R]->(p) WITH p, sum(f.odd) AS s RETURN p.k, s",
      "MATCH (p:P) OPTIONAL MATCH (f:F)-[:R]->(p) WITH p, max(f.odd) AS s RETURN p.k, s",
      "MATCH (p:P) OPTIONAL MATCH (f:F)-[:R]->(p) WHERE f.odd + 1 > 5 WITH p, count(f) AS s RETURN p.k, s",
      "MATCH (p:P) OPTIONAL MATCH (f:F)-[:R]->(p) WHERE 10 / (f.k - 2) > 1 WITH p, count(f) AS s RETURN p.k, s",
      "MATCH (p:P) OPTIONAL MATCH (f:F)-[:R]->(p) WHERE f.k > p.k WITH p, count(f) AS s RETURN p.k, s",
      "MATCH (p:P) OPTIONAL MATCH (f)-[:R]->(p) WITH p, count(f) AS s RETURN p.k, s",
      "MATCH (p:P) WHERE p.k > 7 OPTIONAL MATCH (f:F)-[:R]-(p) WITH p, count(f) AS s, collect(f.k) AS l RETURN p.k, s, size(l)",
  });
}

TEST_F(PushedGroups, SeeWhatWasWrittenSince) {
  auto graph = open_in_memory(Schema::open());
  query(graph, "UNWIND range(0, 1999) AS k CREATE (:F {k: k})-[:R]->(:P {k: k % 3})");
  graph.compact();
  query(graph, "MATCH (f:F {k: 7})-[r:R]->(p) DELETE r CREATE (f)-[:R]->(:P {k: 9})");
  query(graph, "MATCH (p:P {k: 1}), (f:F {k: 8}) WITH p, f LIMIT 5 CREATE (f)-[:R]->(p)");
  for (const std::string text : {"MATCH (p:P) OPTIONAL MATCH (f:F)-[:R]->(p) WITH p, count(f) AS fs, sum(f.k) AS s RETURN p.k, fs, s",
                                 "MATCH (f:F)-[r:R]->(p:P) WHERE r.w IS NULL RETURN p.k, count(*)"})
    EXPECT_EQ(answer(graph.snapshot(), text, options(true)), answer(graph.snapshot(), text, options(false))) << text;
}

TEST_F(PushedGroups, RunsOfEdgesAreCountedByTheirEnds) {
  expect_same({
      "MATCH (f:F)-[r:R]->(p:P) WHERE r.w > 4 WITH p, count(*) AS c RETURN p.k, c ORDER BY p.k",
      "MATCH (f:F)-[r:R]->(p:P) WHERE r.w = 3 OR r.w IS NULL WITH p, count(r) AS c RETURN c, count(*) ORDER BY c",
      "MATCH (f:F)-[r:R]->(p:P) WHERE r.w > 4 AND f.k > 20 WITH p, count(*) AS c RETURN p.k, c ORDER BY p.k",
      "MATCH ()-[r:R]->(p:P) WHERE NOT r.w < 2 WITH p, count(*) AS c RETURN p.k, c ORDER BY p.k",
  });
}

// Keys of two values, of which some are too large to stand side by side.
TEST_F(PushedGroups, PairsOfKeysAreToldApart) {
  expect_same({"MATCH (f:F) RETURN f.even, f.whole % 50, count(*), sum(f.k)"});
  const auto pairs = answer(graph_->snapshot(), "MATCH (f:F) WITH CASE WHEN f.k < 2500 THEN f.k % 40 ELSE f.huge END AS a, f.k % 3 AS b RETURN a, b, count(*)", options(true));
  const auto lists = answer(graph_->snapshot(), "MATCH (f:F) WITH [CASE WHEN f.k < 2500 THEN f.k % 40 ELSE f.huge END, f.k % 3] AS l, count(*) AS c RETURN l[0], l[1], c", options(true));
  EXPECT_EQ(pairs, lists);
}

TEST(MarkedTriangles, AreThoseThatAreMet) {
  auto graph = open_in_memory(Schema::open());
  query(graph, "UNWIND range(0, 399) AS k CREATE (:A {k: k})");
  query(graph, "MATCH (a:A) UNWIND range(1, 1 + a.k % 9) AS j MATCH (b:A {k: (a.k * 7 + j * j * 13) % 97}) CREATE (a)-[:C]->(b)");
  query(graph, "MATCH (a:A {k: 5}), (b:A {k: 9}) UNWIND range(1, 300) AS j CREATE (a)-[:C]->(b)");
  query(graph, "MATCH (a:A) WHERE a.k % 17 = 0 CREATE (a)-[:C]->(a), (a)-[:C]->(a)");
  query(graph, "MATCH (a:A) WHERE a.k % 5 = 0 SET a:Fifth");
  query(graph, "UNWIND range(0, 9) AS k CREATE (:B)-[:C]->(:B)");
  query(graph, "MATCH (a:A), (b:B) WHERE a.k < 40 CREATE (a)-[:C]->(b), (b)-[:C]->(a)");
  graph.compact();
  auto met = options(true);
  met.rules_off = {"weigh_triangles", "weigh_hops"};
  for (const std::string text : {"MATCH (a:A)-[:C]->(b:A)-[:C]->(c:A), (a)-[:C]->(c) RETURN count(*)", "MATCH (a:A)-[:C]->(b)-[:C]->(c)-[:C]->(a) RETURN count(*)",
                                 "MATCH (a:A)-[:C]->(b)<-[:C]-(c), (a)-[:C]->(c) RETURN a.k, count(*)",
                                 "MATCH (a:A)-[:C]->(b:Fifth)-[:C]->(c:A), (a)-[:C]->(c) RETURN count(*)",
                                 "MATCH (a:A)-[:C]->(b:A)-[:C]->(c:A:Fifth), (a)-[:C]->(c) RETURN count(*)",
                                 "MATCH (a:A)-[:C]->(b:B)-[:C]->(c:A), (a)-[:C]->(c) RETURN count(*)",
                                 "MATCH (a:A)-[:C]->(b)-[:C]->(c:Nowhere), (a)-[:C]->(c) RETURN count(*)",
                                 "MATCH (a:A)-[:C]->(b)-[:C]->(c) MATCH (a)-[:C]->(c) RETURN count(*)"}) {
    EXPECT_NE(explain(graph.snapshot(), text, QueryPhase::plan, options(true)).find("weigh triangles"), std::string::npos) << text;
    EXPECT_EQ(answer(graph.snapshot(), text, options(true)), answer(graph.snapshot(), text, met)) << text;
  }
}

}  // namespace
}  // namespace policygraph::testing
