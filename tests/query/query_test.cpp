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

TEST(Query, CountsGroups) {
  auto graph = open_in_memory(Schema::open());
  query(graph, "UNWIND range(1, 10) AS i CREATE (:N {i: i, odd: i % 2})");
  EXPECT_EQ(shown(query(graph.snapshot(), "MATCH (n:N) RETURN n.odd AS odd, count(*) AS c, sum(n.i) AS s ORDER BY odd")), "0, 5, 30\n1, 5, 25\n");
}

}  // namespace
}  // namespace policygraph
