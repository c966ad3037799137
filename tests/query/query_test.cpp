#include "policygraph/query/query.hpp"

#include <gtest/gtest.h>

namespace policygraph {
namespace {

std::string shown(const Rows& rows) {
  std::string out;
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) out += (i == 0 ? "" : ", ") + row[i].to_string();
    out += '\n';
  }
  return out;
}

TEST(Query, FindsWhatItCreated) {
  auto graph = open_in_memory(Schema::open());
  const auto made = query(graph, "CREATE (a:Person {name: 'Ann', age: 30})-[:KNOWS {since: 2001}]->(b:Person {name: 'Bob'}) RETURN a.name, b.name");
  EXPECT_EQ(shown(made), "'Ann', 'Bob'\n");
  EXPECT_EQ(made.counts().nodes_created, 2U);
  EXPECT_EQ(made.counts().edges_created, 1U);
  const auto found = query(graph.snapshot(), "MATCH (a:Person)-[r:KNOWS]->(b) WHERE a.age > 20 RETURN a.name AS a, r.since, b.name");
  EXPECT_EQ(shown(found), "'Ann', 2001, 'Bob'\n");
  EXPECT_FALSE(found[0].evidence_ids().empty());
}

// What only the whole of a write breaks is said at its end, and nothing of it stays.
TEST(Query, SaysWhichWriteTakesAValueThatIsUnique) {
  auto graph = open_in_memory(Schema::policy().extended({{"permit.json", R"({"label": "Permit", "properties": [{"name": "serial", "unique": true}]})"}}));
  query(graph, "CREATE (:Permit {serial: 'A'})");
  try {
    query(graph, "MATCH (p:Permit) CREATE (:Permit {serial: p.serial})");
    FAIL() << "two permits have one serial";
  } catch (const QueryError& error) {
    EXPECT_EQ(error.code(), ErrorCode::conflict);
    EXPECT_EQ(error.type(), QueryErrorType::constraint_verification_failed);
    EXPECT_EQ(error.detail(), QueryErrorDetail::unique_value_taken);
    EXPECT_EQ(error.phase(), QueryErrorPhase::runtime);
    ASSERT_TRUE(error.place());
    EXPECT_EQ(error.place()->column, 18U);
  }
  EXPECT_EQ(shown(query(graph, "MATCH (p:Permit) RETURN count(*)")), "1\n");
}

TEST(Query, CountsGroups) {
  auto graph = open_in_memory(Schema::open());
  query(graph, "UNWIND range(1, 10) AS i CREATE (:N {i: i, odd: i % 2})");
  EXPECT_EQ(shown(query(graph.snapshot(), "MATCH (n:N) RETURN n.odd AS odd, count(*) AS c, sum(n.i) AS s ORDER BY odd")), "0, 5, 30\n1, 5, 25\n");
}

TEST(Query, SetsRowByRowWhatAParameterReads) {
  auto graph = open_in_memory(Schema::open());
  const auto made = query(graph, "CREATE (u:U {c: 0}) RETURN u");
  const Parameters parameters{{"node", made[0][0]}, {"list", ValueList{made[0][0]}}};
  EXPECT_EQ(shown(query(graph, "UNWIND [1, 2, 3] AS i MATCH (u:U) SET u.c = $node.c + i RETURN DISTINCT u.c", {{"node", made[0][0]}})), "6\n");
  EXPECT_EQ(shown(query(graph, "UNWIND [1, 2] AS i MATCH (u:U) SET u.c = $list[0].c + $node.c RETURN DISTINCT u.c", parameters)), "24\n");
}

}  // namespace
}  // namespace policygraph
