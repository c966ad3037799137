#include <gtest/gtest.h>

#include <chrono>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

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

// Gathered when asked for, and at once: the same, however much is left out.
class LateEvidence : public ::testing::Test {
 protected:
  void SetUp() override {
    query(graph, "UNWIND range(0, 199) AS i CREATE (:Act {i: i, kind: ['law', 'decree', 'order'][i % 3], name: 'A' + toString(i / 2)})");
    query(graph, "MATCH (a:Act), (b:Act) WHERE (a.i * 7 + b.i * 13) % 11 = 0 AND a.i < 150 CREATE (a)-[:CITES {page: a.i}]->(b)");
    query(graph, "MATCH (a:Act) WHERE a.i % 5 = 0 CREATE (a)-[:FUNDS]->(:Sum {amount: a.i, currency: 'EUR'})");
  }
  static std::string text(const Rows& rows) {
    std::string out;
    for (const auto row : rows) {
      for (std::size_t i = 0; i < row.size(); ++i) out += row[i].to_string() + " ";
      for (const auto id : row.evidence_ids()) out += std::to_string(id.value) + " ";
      out += "- " + std::to_string(row.evidence_left_out()) + "\n";
    }
    return out;
  }
  Rows late(std::string_view text, const Parameters& parameters = {}) const { return query(graph.snapshot(), text, parameters); }
  Rows at_once(std::string_view text, const Parameters& parameters = {}) const {
    QueryOptions options;
    options.rules_off = {"late_evidence"};
    return query(graph.snapshot(), text, parameters, options);
  }
  Graph graph = open_in_memory(Schema::open());
};

TEST_F(LateEvidence, IsThatGatheredAtOnce) {
  for (const auto* const asked : {
           "MATCH (a:Act)<-[:CITES]-() RETURN id(a) AS act, count(*) AS times ORDER BY times DESC, act LIMIT 10",
           "MATCH (a:Act)<-[:CITES]-(b) RETURN a, count(b) AS times ORDER BY times DESC LIMIT 3",
           "MATCH (a:Act)-[c:CITES]->(b:Act)-[:FUNDS]->(s) WHERE c.page > 20 RETURN b.name AS name, count(*) AS times ORDER BY times DESC, name",
           "MATCH (a:Act)-[:CITES]->(b:Act)-[:CITES]->(c:Act) RETURN count(*)",
           "MATCH (a:Act)-[:CITES]->(b:Act)-[:CITES]->(c:Act), (a)-[:CITES]->(c) RETURN count(*)",
           "MATCH (a:Act)-[:CITES]->() WITH a, count(*) AS times RETURN sum(times * (times - 1))",
           "MATCH (a:Act) WHERE a.kind = 'decree' AND NOT EXISTS { (a)-[:FUNDS]->() } RETURN count(*)",
           "MATCH (a:Act) OPTIONAL MATCH (a)-[:FUNDS]->(s) WITH a, count(s) AS sums, sum(s.amount) AS total RETURN sums, count(*), sum(total)",
           "MATCH (a:Act)-[:FUNDS]->(s:Sum) RETURN a.kind AS kind, s.currency AS currency, sum(s.amount) AS total ORDER BY kind",
           "MATCH (a:Act)-[:CITES]->(b) RETURN DISTINCT b.name AS name ORDER BY name",
           "MATCH (a:Act)-[r:CITES]->(b) RETURN DISTINCT type(r), a.kind, b.kind",
           "MATCH (a:Act) RETURN DISTINCT a.missing, a.kind",
           "MATCH (a:Act) WITH a.name AS name, collect(a) AS both RETURN name, head(both) AS one ORDER BY name",
           "MATCH (a:Act) WITH a.kind AS kind, min(a.i) AS least, max(a.i) AS most WHERE least < 2 RETURN kind, most - least ORDER BY kind SKIP 1 LIMIT 1",
           "MATCH (a:Act {i: 0}) MATCH p = shortestPath((a)-[:CITES*]->(b:Act)) RETURN length(p) AS steps, count(*) ORDER BY steps",
           "MATCH (a:Act {i: 3})-[:CITES*1..2]->(b) RETURN DISTINCT b ORDER BY id(b)",
           "MATCH (a:Missing) RETURN count(*)", "MATCH (a:Act) WHERE a.i < 0 RETURN a.kind, count(*)",
           "MATCH (a:Act) WHERE date('2020-01-01') < date() RETURN a.i % 10 AS last, count(*) ORDER BY last",
       }) {
    EXPECT_EQ(text(late(asked)), text(at_once(asked))) << asked;
  }
}

TEST_F(LateEvidence, RefusesBoundsThatAreNone) {
  QueryOptions none;
  none.vector_size = 0;
  EXPECT_THROW(late("MATCH (a:Act) RETURN count(*)").gather_evidence(0, 1, none), Error);
}

TEST_F(LateEvidence, IsOfTheParametersThatWereGiven) {
  const auto* const asked = "MATCH (a:Act) WHERE a.i < $most RETURN a.kind AS kind, count(*) ORDER BY kind";
  const auto prepared = prepare(graph.snapshot(), asked);
  const auto few = prepared.run({{"most", 4}}), many = prepared.run({{"most", 90}});
  EXPECT_EQ(text(many), text(at_once(asked, {{"most", 90}})));
  EXPECT_EQ(text(few), text(at_once(asked, {{"most", 4}})));
}

TEST_F(LateEvidence, IsOfTheStateThatAnswered) {
  const auto* const asked = "MATCH (a:Act) RETURN count(*)";
  const auto rows = late(asked);
  const auto before = text(at_once(asked));
  query(graph, "MATCH (a:Act) WHERE a.i < 50 DETACH DELETE a");
  EXPECT_EQ(text(rows), before);
}

TEST_F(LateEvidence, OfRowsInAnyOrderIsTheSame) {
  const auto* const asked = "MATCH (a:Act)-[:CITES]->(b) RETURN b.i AS i, count(*) ORDER BY i";
  const auto whole = at_once(asked), rows = late(asked), others = late(asked);
  ASSERT_GT(rows.size(), 130U);
  for (const auto row : {std::size_t{100}, std::size_t{127}, std::size_t{0}, rows.size() - 1}) EXPECT_EQ(rows[row].evidence_ids(), whole[row].evidence_ids());
  others.gather_evidence(0, others.size(), {});
  EXPECT_EQ(text(others), text(whole));
}

TEST_F(LateEvidence, IsBoundedLikeAQuery) {
  const auto rows = late("MATCH (a:Act)-[:CITES]->(b:Act)-[:CITES]->(c:Act), (d:Act) RETURN count(*)");
  QueryOptions bounds;
  std::stop_source stop;
  bounds.stop = stop.get_token();
  stop.request_stop();
  EXPECT_THROW(rows.gather_evidence(0, 1, bounds), Error);
  QueryOptions little;
  little.max_memory = 1'000;
  EXPECT_THROW(rows.gather_evidence(0, 1, little), Error);
  QueryOptions soon;
  soon.timeout = std::chrono::milliseconds(1);
  EXPECT_THROW(rows.gather_evidence(0, 1, soon), Error);
  rows.gather_evidence(7, 1, bounds);  // there is no such row
}

TEST_F(LateEvidence, MayBeAskedForByManyThreads) {
  const auto* const asked = "MATCH (a:Act)-[:CITES]->(b) RETURN b.name AS name, count(*) ORDER BY name";
  const auto rows = late(asked);
  const auto whole = text(at_once(asked));
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i) threads.emplace_back([&] { EXPECT_EQ(text(rows), whole); });
}

}  // namespace
}  // namespace policygraph
