#include <gtest/gtest.h>

#include <algorithm>

#include "policygraph/query/query.hpp"

namespace policygraph::testing {
namespace {

Graph graph() {
  auto out = open_in_memory(Schema::open());
  query(out, "CREATE (:A {v: 1})");
  query(out, "MATCH (a:A) CREATE (a)-[:T {w: 3}]->(:B {v: 2})");
  query(out, "MATCH (a:A) CREATE (a)-[:T {w: 4}]->(:B {v: 5})");
  return out;
}

// A row rests on what its subquery found, as if the two were one query.
TEST(CallSubquery, CarriesEvidence) {
  const auto snapshot = graph().snapshot();
  const auto plain = query(snapshot, "MATCH (a:A) MATCH (a)-[r:T]->(b) RETURN b.v AS v, r.w AS w ORDER BY v");
  const auto called = query(snapshot, "MATCH (a:A) CALL { WITH a MATCH (a)-[r:T]->(b) RETURN b, r } RETURN b.v AS v, r.w AS w ORDER BY v");
  ASSERT_EQ(called.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) EXPECT_EQ(called[i].evidence_ids(), plain[i].evidence_ids());
  EXPECT_NE(called[0].evidence_ids(), called[1].evidence_ids());
}

TEST(CallSubquery, CarriesTheEvidenceOfAggregates) {
  const auto snapshot = graph().snapshot();
  const auto plain = query(snapshot, "MATCH (a:A)-[r:T]->(b) RETURN sum(b.v) AS s");
  const auto called = query(snapshot, "MATCH (a:A) CALL { WITH a MATCH (a)-[r:T]->(b) RETURN sum(b.v) AS s } RETURN s");
  ASSERT_EQ(called.size(), 1U);
  EXPECT_EQ(called[0][0], Value(7));
  EXPECT_EQ(called[0].evidence_ids(), plain[0].evidence_ids());
}

TEST(CallSubquery, CarriesTheEvidenceOfBothPartsOfAUnion) {
  const auto snapshot = graph().snapshot();
  const auto called = query(snapshot, "CALL { MATCH (a:A) RETURN a.v AS v UNION MATCH (b:B) RETURN b.v - 1 AS v } RETURN v ORDER BY v");
  ASSERT_EQ(called.size(), 2U);
  const auto a = query(snapshot, "MATCH (a:A) RETURN a.v")[0].evidence_ids();
  const auto b = query(snapshot, "MATCH (b:B {v: 2}) RETURN b.v")[0].evidence_ids();
  std::vector<EvidenceId> both(a.begin(), a.end());
  both.insert(both.end(), b.begin(), b.end());
  std::sort(both.begin(), both.end());
  EXPECT_EQ(called[0].evidence_ids(), both);
}

// What is kept of the first row's run rests on nothing of that row.
TEST(CallSubquery, ThatRunsOnceGivesEachRowItsOwnEvidence) {
  const auto snapshot = graph().snapshot();
  const auto called = query(snapshot, "MATCH (b:B) CALL { MATCH (a:A) RETURN count(a) AS c } RETURN b.v AS v, c ORDER BY v");
  ASSERT_EQ(called.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    const auto v = std::to_string(called[i]["v"].as_integer());
    EXPECT_EQ(called[i].evidence_ids(), query(snapshot, "MATCH (b:B {v: " + v + "}), (a:A) RETURN b.v")[0].evidence_ids());
  }
}

TEST(CallSubquery, ThatRunsOnceRunsAgainWhereItsRowsAreTooMany) {
  QueryOptions options;
  options.max_memory = std::size_t{64} << 20;
  const auto rows = query(graph().snapshot(), "UNWIND [1, 2, 3] AS i CALL { UNWIND range(1, 300000) AS j RETURN j } RETURN count(*) AS c, sum(j) AS s", {}, options);
  EXPECT_EQ(rows[0]["c"], Value(900'000));
  EXPECT_EQ(rows[0]["s"], Value(std::int64_t{3} * 300'000 * 300'001 / 2));
}

// What a run of the subquery holds is given back when it ends.
TEST(CallSubquery, HoldsNoMoreThanOneRun) {
  QueryOptions options;
  options.max_memory = std::size_t{2} << 20;
  const auto rows = query(graph().snapshot(), "UNWIND range(1, 2000) AS i CALL { WITH i UNWIND range(1, 200) AS j RETURN size(collect(j)) AS n } RETURN sum(n) AS s", {}, options);
  EXPECT_EQ(rows[0]["s"], Value(400'000));
}

TEST(CallSubquery, ThatWritesCarriesEvidenceOfWhatItReadAndWrote) {
  auto changed = graph();
  const auto before = query(changed.snapshot(), "MATCH (b:B {v: 2}) RETURN b.v")[0].evidence_ids();
  const auto rows = query(changed, "MATCH (b:B {v: 2}) CALL { WITH b CREATE (n:New {v: b.v}) RETURN n } RETURN n.v AS v");
  ASSERT_EQ(rows.size(), 1U);
  const auto after = rows[0].evidence_ids();
  for (const auto id : before) EXPECT_NE(std::ranges::find(after, id), after.end());
  EXPECT_GT(after.size(), before.size());
}

// What procedures name stays, whatever is written between.
TEST(CallSubquery, ThatWritesKeepsTheEvidenceOfProcedures) {
  QueryOptions options;
  auto procedures = std::make_shared<Procedures>();
  const auto claim = query(graph().snapshot(), "MATCH (b:B {v: 2}) RETURN b.v")[0].evidence_ids().front();
  procedures->add(Procedure("test.found() :: (x :: INTEGER)", [claim](auto, const auto&) {
    ProcedureAnswer out(ProcedureRows{{Value(1)}});
    out.evidence.resize(1);
    out.evidence[0].claims = {claim};
    return out;
  }));
  options.procedures = procedures;
  auto changed = graph();
  for (const auto* text : {"CALL test.found() YIELD x CALL { MATCH (b:B) SET b.seen = 1 } RETURN x", "CALL test.found() YIELD x MERGE (:Seen {x: x}) RETURN x",
                           "CALL test.found() YIELD x MATCH (b:B {v: 5}) CALL { WITH b SET b.v = 5 RETURN 1 AS one } RETURN x"}) {
    const auto ids = query(changed, text, {}, options)[0].evidence_ids();
    EXPECT_NE(std::ranges::find(ids, claim), ids.end()) << text;
  }
}

// Each row is parked and taken back once: twice the rows are about twice the work.
// What was deleted is asked for a property only where there is a row to compare with it.
TEST(CallSubquery, AsksNothingOfADeletedNodeWithoutNeed) {
  for (const bool is_optimised : {true, false}) {
    for (const char* steps : {"", "CREATE (:X)-[:R]->(:A {s: 1}) WITH 1 AS one "}) {
      auto graph = open_in_memory(Schema::open());
      query(graph, "CREATE (:A {s: 1}), (:A {s: 2}), (:A {s: 1})");
      QueryOptions options;
      options.optimise = is_optimised;
      const auto text = std::string(steps) + "MATCH (n1:A), (n3:A) CALL { WITH n1, n3 OPTIONAL MATCH ()--({s: n1.s}) DETACH DELETE n3 } RETURN count(*) AS c";
      if (*steps == '\0') {
        EXPECT_EQ(query(graph, text, {}, options)[0][0], Value(9));
        EXPECT_EQ(query(graph, "MATCH (n) RETURN count(*)")[0][0], Value(0));
      } else {
        EXPECT_THROW(query(graph, text, {}, options), QueryError);
      }
    }
  }
}

TEST(CallSubquery, WritesLinearly) {
  auto written = open_in_memory(Schema::open());
  const auto rows = query(written, "UNWIND range(1, 3000) AS i CALL { WITH i MERGE (n:N {i: i % 1000}) RETURN n } RETURN count(DISTINCT n) AS c");
  EXPECT_EQ(rows[0]["c"], Value(1'000));
  EXPECT_EQ(rows.counts().nodes_created, 1'000U);
}

TEST(CallSubquery, HeedsLimits) {
  QueryOptions options;
  options.timeout = std::chrono::milliseconds(50);
  EXPECT_THROW(query(graph().snapshot(), "UNWIND range(1, 1000000) AS i CALL { UNWIND range(1, 1000000) AS j RETURN sum(j) AS s } RETURN max(s)", {}, options),
               Error);
}

}  // namespace
}  // namespace policygraph::testing
