#include <gtest/gtest.h>

#include "policygraph/query/query.hpp"

namespace policygraph {
namespace {

// Each write is a document of its own, so evidence tells which write a row rests on.
class Evidence : public ::testing::Test {
 protected:
  void SetUp() override {
    query(graph, "CREATE (:Act {number: 'A1'})");                                              // 1
    query(graph, "CREATE (:Programme {name: 'Water'})");                                       // 2
    query(graph, "MATCH (a:Act), (p:Programme) CREATE (a)-[:APPROVES]->(p)");                  // 3
    query(graph, "MATCH (p:Programme) SET p.status = 'open'");                                 // 4
    query(graph, "CREATE (:Act {number: 'A2'})");                                              // 5
  }
  // The documents a row's evidence lies in.
  std::string documents(const Row& row) const {
    std::string out;
    std::vector<std::uint64_t> ids;
    for (const auto& citation : row.evidence()) ids.push_back(citation.document.value);
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    for (const auto id : ids) out += (out.empty() ? "" : " ") + std::to_string(id);
    return out;
  }
  std::string of(std::string_view text, std::size_t row = 0) const {
    const auto rows = query(graph.snapshot(), text);
    return row < rows.size() ? documents(rows[row]) : "no row";
  }
  Graph graph = open_in_memory(Schema::open());
};

TEST_F(Evidence, IsOfNodesEdgesAndTheirPropertiesThatAreRead) {
  EXPECT_EQ(of("MATCH (a:Act {number: 'A1'}) RETURN a"), "1");
  EXPECT_EQ(of("MATCH (p:Programme) RETURN p.name"), "2");
  EXPECT_EQ(of("MATCH (p:Programme) RETURN p.status"), "2 4");
  EXPECT_EQ(of("MATCH (p:Programme) WHERE p.status = 'open' RETURN p.name"), "2 4");
  EXPECT_EQ(of("MATCH (a)-[:APPROVES]->(p) RETURN a.number"), "1 2 3");
  EXPECT_EQ(of("RETURN 1"), "");
}

TEST_F(Evidence, PassesThroughEveryClause) {
  EXPECT_EQ(of("MATCH (a)-[:APPROVES]->(p) WITH a.number AS n RETURN n"), "1 2 3");
  EXPECT_EQ(of("MATCH (a)-[:APPROVES]->(p) WITH a.number AS n ORDER BY n LIMIT 1 RETURN n + '!'"), "1 2 3");
  EXPECT_EQ(of("MATCH (a:Act) OPTIONAL MATCH (a)-[:APPROVES]->(p) RETURN a.number AS n, p ORDER BY n", 0), "1 2 3");
  EXPECT_EQ(of("MATCH (a:Act) OPTIONAL MATCH (a)-[:APPROVES]->(p) RETURN a.number AS n, p ORDER BY n", 1), "5");
  EXPECT_EQ(of("MATCH (a:Act) RETURN count(*)"), "1 5");
  EXPECT_EQ(of("MATCH (a:Act) RETURN DISTINCT labels(a)"), "1 5");
  EXPECT_EQ(of("MATCH (a:Act) UNWIND [1] AS x RETURN a.number AS n, x ORDER BY n", 1), "5");
  EXPECT_EQ(of("MATCH (a:Act {number: 'A1'}) RETURN 1 AS x UNION MATCH (p:Programme) RETURN 1 AS x"), "1 2");
  EXPECT_EQ(of("MATCH (a:Act)-[r*1..2]-(p) RETURN a.number"), "1 2 3");
  EXPECT_EQ(of("CALL { RETURN 1 AS x UNION ALL MATCH (p:Programme) RETURN 2 AS x } CALL { RETURN 3 AS y } RETURN x", 1), "2");
}

TEST_F(Evidence, OfSubqueriesIsAllTheyFind) {
  EXPECT_EQ(of("MATCH (a:Act {number: 'A1'}) RETURN EXISTS { MATCH (a)-[:APPROVES]->(p) } AS e"), "1 2 3");
  EXPECT_EQ(of("MATCH (a:Act {number: 'A2'}) RETURN EXISTS { MATCH (a)-[:APPROVES]->(p) } AS e"), "5");
  EXPECT_EQ(of("MATCH (a:Act) WHERE (a)-->() RETURN a.number"), "1 2 3");
  EXPECT_EQ(of("RETURN COUNT { MATCH (p:Programme) WHERE p.status = 'open' } AS c"), "2 4");
  EXPECT_EQ(of("MATCH (a:Act {number: 'A1'}) RETURN [(a)-->(p) | p.name] AS names"), "1 2 3");
  EXPECT_EQ(of("RETURN [x IN ['Water'] WHERE EXISTS { MATCH (p:Programme {name: x}) }] AS l"), "2");
  EXPECT_EQ(of("MATCH (a:Act {number: 'A2'}) WHERE all(x IN ['Water'] WHERE EXISTS { MATCH (p:Programme {name: x}) }) RETURN 1"), "2 5");
}

// Wherever the expression stands that holds the subquery.
TEST_F(Evidence, OfSubqueriesWithinComprehensionsIsAllTheyFind) {
  const std::string found = "[x IN ['Water'] WHERE EXISTS { MATCH (p:Programme {name: x}) }]";
  EXPECT_EQ(of("MATCH (a:Act {number: 'A2'}) RETURN a.number AS n ORDER BY size(" + found + ")"), "2 5");
  EXPECT_EQ(of("MATCH (a:Act {number: 'A2'}) RETURN a.number AS n ORDER BY size(" + found + ") LIMIT 1"), "2 5");
  EXPECT_EQ(of("MATCH (a:Act {number: 'A2'}) WITH a.number AS n ORDER BY size(" + found + ") RETURN n"), "2 5");
  EXPECT_EQ(of("UNWIND " + found + " AS x RETURN x"), "2");
  EXPECT_EQ(of("RETURN count(" + found + ") AS c"), "2");
  EXPECT_EQ(of("MATCH (a:Act) RETURN a.number AS n, sum(size(" + found + ")) AS s ORDER BY n", 1), "2 5");
  EXPECT_EQ(of("MATCH (a:Act {number: 'A2'}) RETURN collect(DISTINCT " + found + ") AS c"), "2 5");
  EXPECT_EQ(of("MATCH (a:Act {number: 'A1'}) RETURN [(a)-->() | size(" + found + ")] AS c"), "1 2 3");
  EXPECT_EQ(of("MATCH (a:Act {number: 'A1'}) RETURN [y IN [1] | [(a)-->(q) WHERE y = 1 | size(" + found + ")]] AS c"), "1 2 3");
  EXPECT_EQ(of("RETURN percentileDisc(1, size(" + found + ")) AS c"), "2");
}

// Those that a clause works out as it writes.
TEST_F(Evidence, OfSubqueriesWithinWritesIsAllTheyFind) {
  const auto written = [&](const std::string& text) {
    const auto transaction = std::make_unique<Transaction>(graph.begin());
    return documents(query(*transaction, text)[0]);
  };
  const std::string count = "COUNT { MATCH (p:Programme) WHERE p.status = 'open' }";
  const std::string found = "size([x IN ['Water'] WHERE EXISTS { MATCH (p:Programme {name: x}) }])";
  EXPECT_EQ(written("MERGE (a:Act {number: 'A2'}) ON MATCH SET a.n = " + count + " RETURN 1 AS one"), "2 4 5");
  EXPECT_EQ(written("MERGE (a:Act {number: 'A2'}) ON MATCH SET a.n = 1, a.m = " + found + " RETURN 1 AS one"), "2 5");
  EXPECT_EQ(written("MATCH (q:Act {number: 'A1'}) MERGE (a:New) ON CREATE SET a.n = " + found + ", a.m = " + count + " RETURN q"), "1 2 4 6");
  EXPECT_EQ(written("MATCH (a:Act {number: 'A2'}) SET a.n = " + found + " RETURN 1 AS one"), "2 5");
  EXPECT_EQ(written("CREATE (a:New {n: " + found + "}) RETURN 1 AS one"), "2 6");
  EXPECT_EQ(written("MATCH (q:Act {number: 'A1'}) MERGE (a:Act {number: 'A2'}) ON MATCH SET a.n = " + count + " RETURN count(*) AS c"), "1 2 4 5");
}

TEST_F(Evidence, OfSubqueriesIsBounded) {
  query(graph, "UNWIND range(1, 1500) AS i CREATE (:Many {i: i})");
  const auto rows = query(graph.snapshot(), "RETURN COUNT { MATCH (m:Many) } AS c");
  EXPECT_EQ(rows[0]["c"].as_integer(), 1500);
  EXPECT_EQ(rows[0].evidence_left_out(), 500U);
}

TEST_F(Evidence, OfAWriteIsTheWrite) {
  const auto rows = query(graph, "MATCH (a:Act {number: 'A2'}) CREATE (a)-[:APPROVES]->(q:Programme {name: 'Roads'}) RETURN q.name");
  EXPECT_EQ(documents(rows[0]), "5 6");
  EXPECT_EQ(rows[0].evidence().front().quote, "MATCH (a:Act {number: 'A2'}) CREATE (a)-[:APPROVES]->(q:Programme {name: 'Roads'}) RETURN q.name");
}

TEST_F(Evidence, OfAValueThatTheQueryWroteAndTookBackIsNone) {
  EXPECT_EQ(documents(query(graph, "MATCH (a:Act) SET a.passing = 1 WITH a, a.passing AS p REMOVE a.passing RETURN p")[0]), "1");
  EXPECT_EQ(documents(query(graph, "MATCH ()-[r]->() SET r.passing = 1 WITH r, r.passing AS p REMOVE r.passing RETURN p")[0]), "1 2 3");
}

TEST_F(Evidence, OffCostsNothingAndAnswersAlike) {
  QueryOptions off;
  off.evidence = false;
  const auto rows = query(graph.snapshot(), "MATCH (a:Act) RETURN a.number AS n ORDER BY n", {}, off);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0]["n"].as_string(), "A1");
  EXPECT_TRUE(rows[0].evidence_ids().empty());
}

TEST_F(Evidence, OfAggregatesIsBounded) {
  query(graph, "UNWIND range(1, 1500) AS i CREATE (:Many {i: i})");
  const auto rows = query(graph.snapshot(), "MATCH (m:Many) RETURN count(*)");
  EXPECT_GT(rows[0].evidence_left_out(), 0U);
  EXPECT_LE(rows[0].evidence_ids().size(), 1000U);
}

TEST_F(Evidence, PreparedQueriesRunAgainAndFromManyPlaces) {
  const auto prepared = prepare(graph.snapshot(), "MATCH (a:Act {number: $n}) RETURN a.number");
  EXPECT_EQ(documents(prepared.run({{"n", "A2"}})[0]), "5");
  EXPECT_EQ(documents(prepared.run({{"n", "A1"}})[0]), "1");
  EXPECT_EQ(prepared.columns(), std::vector<std::string>{"a.number"});
  EXPECT_THROW(prepare(graph.snapshot(), "CREATE (a)"), Error);
}

}  // namespace
}  // namespace policygraph
