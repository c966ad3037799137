#include <gtest/gtest.h>

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

TEST(CallSubquery, HeedsLimits) {
  QueryOptions options;
  options.timeout = std::chrono::milliseconds(50);
  EXPECT_THROW(query(graph().snapshot(), "UNWIND range(1, 1000000) AS i CALL { UNWIND range(1, 1000000) AS j RETURN sum(j) AS s } RETURN max(s)", {}, options),
               Error);
}

}  // namespace
}  // namespace policygraph::testing
