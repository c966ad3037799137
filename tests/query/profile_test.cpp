#include <gtest/gtest.h>

#include <map>

#include "policygraph/query/query.hpp"

namespace policygraph::testing {
namespace {

Graph graph() {
  auto out = open_in_memory(Schema::open());
  query(out, "UNWIND range(1, 100) AS i CREATE (:A {v: i})-[:T]->(:B)");
  return out;
}

std::map<std::string, std::int64_t> rows_by_step(const Rows& rows) {
  std::map<std::string, std::int64_t> out;
  for (const auto& row : rows) {
    if (!row["rows"].is_null()) out[row["step"].as_string()] = row["rows"].as_integer();
  }
  return out;
}

TEST(Profile, CountsTheRowsOfEachStep) {
  QueryOptions options;
  options.vector_size = 7;
  options.rules_off = {"choose_start"};
  const auto rows = query(graph().snapshot(), "PROFILE MATCH (a:A)-[r:T]->(b) WHERE a.v > 40 RETURN b LIMIT 5", {}, options);
  const auto counts = rows_by_step(rows);
  EXPECT_EQ(counts.at("limit 5"), 5);
  EXPECT_EQ(counts.at("unit"), 1);
  EXPECT_LE(counts.at("filter (a.v > 40)"), counts.at("scan a:A"));
  EXPECT_GE(counts.at("expand (a)-[r:T]->(b)"), 5);
  double total = 0;
  for (const auto& row : rows) {
    if (!row["ms"].is_null()) total += row["ms"].as_double();
  }
  EXPECT_GT(total, 0);
}

TEST(Profile, CountsInnerPlans) {
  const auto rows = query(graph().snapshot(), "PROFILE MATCH (a:A) WHERE a.v <= 3 CALL { WITH a MATCH (a)-[:T]->(b) RETURN b } RETURN b");
  EXPECT_EQ(rows_by_step(rows).at("call subquery"), 3);
}

TEST(Profile, WritesWhatTheQueryWrites) {
  auto written = graph();
  const auto rows = query(written, "PROFILE CREATE (:C)");
  EXPECT_EQ(rows.counts().nodes_created, 1U);
  EXPECT_EQ(query(written, "MATCH (c:C) RETURN c").size(), 1U);
}

TEST(Profile, RestsOnNothing) {
  const auto rows = query(graph().snapshot(), "PROFILE MATCH (a:A) RETURN a.v");
  for (const auto& row : rows) EXPECT_TRUE(row.evidence_ids().empty());
}

}  // namespace
}  // namespace policygraph::testing
