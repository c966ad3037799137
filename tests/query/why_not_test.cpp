#include "policygraph/query/why_not.hpp"

#include <gtest/gtest.h>

namespace policygraph::testing {
namespace {

Graph graph() {
  auto out = open_in_memory(Schema::open());
  query(out, "CREATE (a:Act {n: 'A', year: 2020})-[:FUNDS {sum: 5}]->(p:Programme {n: 'P'}), (b:Act {n: 'B', year: 2021}), "
             "(b)-[:FUNDS {sum: 50}]->(p), (:Act {n: 'C', year: 2022})");
  return out;
}

const char* const kQuery = "MATCH (a:Act)-[f:FUNDS]->(p) WHERE f.sum > 10 AND a.year < 2030 RETURN a.n AS act, p.n AS programme, f.sum AS sum";

std::string lost(const std::string& text, const Parameters& expected, const Parameters& parameters = {}) {
  const auto found = why_not(graph().snapshot(), text, expected, parameters);
  if (found.is_there) return "there";
  return std::to_string(found.place.line) + ":" + std::to_string(found.place.column) + " " + found.lost_at + " after " +
         std::to_string(found.rows_before);
}

TEST(WhyNot, NamesTheConditionThatLostTheRow) {
  EXPECT_EQ(lost(kQuery, {{"act", "A"}}), "1:36 f.sum > 10 after 1");
  EXPECT_EQ(lost(kQuery, {{"act", "B"}}), "there");
  EXPECT_EQ(lost(kQuery, {{"act", "B"}, {"sum", 50}, {"programme", "P"}}), "there");
  EXPECT_EQ(why_not(graph().snapshot(), kQuery, {{"act", "A"}}).text, "no row fits after 'f.sum > 10'; 1 did before it");
}

TEST(WhyNot, NamesThePatternThatNothingFits) {
  EXPECT_EQ(lost(kQuery, {{"act", "C"}}), "1:7 (a:Act)-[f:FUNDS]->(p) after 1");
  EXPECT_EQ(lost("MATCH (a:Act) MATCH (a)-->(p) RETURN a.n AS act", {{"act", "C"}}), "1:21 (a)-->(p) after 1");
  EXPECT_EQ(lost("MATCH (a:Agreement) RETURN a.n AS act", {{"act", "C"}}), "1:1 MATCH (a:Agreement) after 1");
  EXPECT_EQ(why_not(graph().snapshot(), "MATCH (a:Agreement) RETURN a.n AS act", {{"act", "C"}}).text, "nothing fits 'MATCH (a:Agreement)'");
  EXPECT_EQ(lost("MATCH (a:Act {year: 2020}) RETURN a.n AS act", {{"act", "B"}}), "1:15 year: 2020 after 1");
}

// Of a longer pattern, the relationship that nothing goes over.
TEST(WhyNot, NamesTheRelationshipThatLostTheRow) {
  const std::string text = "MATCH (x:Act)-[:FUNDS]->(p)<-[f:FUNDS]-(b:Act)-[:CITES]->(c) WHERE f.sum > 1 RETURN b.n AS act, x.n AS other";
  EXPECT_EQ(lost(text, {{"act", "B"}, {"other", "C"}}), "1:7 (x:Act)-[:FUNDS]->(p) after 1");
  EXPECT_EQ(lost(text, {{"act", "B"}, {"other", "B"}}), "1:25 (p)<-[f:FUNDS]-(b:Act) after 1");
  EXPECT_EQ(lost(text, {{"act", "B"}, {"other", "A"}}), "1:40 (b:Act)-[:CITES]->(c) after 1");
  EXPECT_EQ(lost("MATCH w = (a:Act)-[:FUNDS]->(p), (a)-[:FUNDS]->(q) RETURN a.n AS act", {{"act", "A"}}), "1:37 -[:FUNDS]->(q) after 1");
}

TEST(WhyNot, FollowsColumnsThroughWith) {
  const std::string text = "MATCH (a:Act) WITH a.n AS name, a.year AS year WHERE year > $from WITH name, count(*) AS c RETURN name AS act, c";
  EXPECT_EQ(lost(text, {{"act", "A"}}, {{"from", 2020}}), "1:54 year > $from after 1");
  EXPECT_EQ(lost(text, {{"act", "A"}}, {{"from", 2010}}), "there");
  EXPECT_EQ(lost(text, {{"act", "A"}, {"c", 2}}, {{"from", 2010}}), "1:67 WITH name, count(*) AS c after 1");
}

TEST(WhyNot, SeesLimitAndOptional) {
  EXPECT_EQ(lost("MATCH (a:Act) RETURN a.n AS act ORDER BY act LIMIT 2", {{"act", "C"}}), "1:15 RETURN a.n AS act ORDER BY act LIMIT 2 after 1");
  EXPECT_EQ(lost("MATCH (a:Act) OPTIONAL MATCH (a)-->(p) RETURN a.n AS act, p.n AS p", {{"act", "C"}, {"p", nullptr}}), "there");
  EXPECT_EQ(lost("MATCH (a:Act) OPTIONAL MATCH (a)-->(p) RETURN a.n AS act, p.n AS p", {{"act", "C"}, {"p", "P"}}),
            "1:15 OPTIONAL MATCH (a)-->(p) after 1");
  EXPECT_EQ(lost("UNWIND [1, 2] AS x RETURN x + 1 AS y", {{"y", 5}}), "1:1 UNWIND [1, 2] AS x after 1");
}

struct Lost {
  const char* text;
  Parameters expected;
  const char* why;
};

// Rows that a reader of the documents would expect, and the sentence that says why they are not there.
TEST(WhyNot, ReadsWell) {
  auto graph = open_in_memory(Schema::open());
  query(graph, "CREATE (d:Decree {number: 'PF-1', year: 2020, kind: 'decree'})-[:AUTHORISES]->(f:Funding {amount: 50, currency: 'USD'})-[:FUNDS]->"
               "(w:Programme {name: 'Water'}), (d)-[:CITES]->(e:Decree {number: 'PF-2', year: 2018}), (:Decree {number: 'PF-3'}), "
               "(o:Organization {name: 'Bank'})-[:PROVIDES]->(f), (w)-[:PART_OF]->(:Strategy {name: 'Green'})");
  const Lost rows[] = {
      {"MATCH (d:Decree {kind: 'law'}) RETURN d.number AS act", {{"act", "PF-1"}}, "no row fits after 'kind: 'law''; 1 did before it"},
      {"MATCH (d:Decree) WHERE d.year = 2021 RETURN d.number AS act", {{"act", "PF-1"}}, "no row fits after 'd.year = 2021'; 1 did before it"},
      {"MATCH (d:Decree) WHERE d.year > 2000 RETURN d.number AS act", {{"act", "PF-3"}}, "no row fits after 'd.year > 2000'; 1 did before it"},
      {"MATCH (d:Decree)<-[:CITES]-(e) RETURN d.number AS act", {{"act", "PF-1"}}, "no row fits after '(d:Decree)<-[:CITES]-(e)'; 1 did before it"},
      {"MATCH (d:Decree)-[:AUTHORISES]->(f)-[:FUNDS]->(p:Project) RETURN d.number AS act", {{"act", "PF-1"}}, "no row fits after '(f)-[:FUNDS]->(p:Project)'; 1 did before it"},
      {"MATCH (d:Decree)-[:AUTHORISES]->(f)-[:FUNDS]->(p) RETURN d.number AS act, p.name AS programme", {{"act", "PF-2"}}, "no row fits after '(d:Decree)-[:AUTHORISES]->(f)'; 1 did before it"},
      {"MATCH (d:Decree), (p:Programme) WHERE d.number = p.name RETURN d.number AS act", {{"act", "PF-1"}}, "no row fits after 'd.number = p.name'; 1 did before it"},
      {"MATCH (d:Decree) MATCH (d)-[:CITES*2..3]->(e) RETURN e.number AS cited", {{"cited", "PF-2"}}, "no row fits after '(d)-[:CITES*2..3]->(e)'; 3 did before it"},
      {"MATCH (d:Decree) WHERE EXISTS { (d)-[:CITES]->() } RETURN d.number AS act", {{"act", "PF-2"}}, "no row fits after 'EXISTS { (d)-[:CITES]->() }'; 1 did before it"},
      {"MATCH (d:Decree) WHERE NOT (d)-[:CITES]->() RETURN d.number AS act", {{"act", "PF-1"}}, "no row fits after 'NOT (d)-[:CITES]->()'; 1 did before it"},
      {"MATCH (d:Decree) WHERE d.year IN [2018, 2019] AND d.number STARTS WITH 'PF' RETURN d.number AS act", {{"act", "PF-1"}}, "no row fits after 'd.year IN [2018, 2019]'; 1 did before it"},
      {"MATCH (d:Decree) WITH d ORDER BY d.number LIMIT 1 RETURN d.number AS act", {{"act", "PF-2"}}, "no row fits after 'WITH d ORDER BY d.number LIMIT 1'; 1 did before it"},
      {"MATCH (d:Decree) WITH d ORDER BY d.number SKIP 1 RETURN d.number AS act", {{"act", "PF-1"}}, "no row fits after 'WITH d ORDER BY d.number SKIP 1'; 1 did before it"},
      {"MATCH (d:Decree)-[:AUTHORISES]->(f) WITH d, sum(f.amount) AS total WHERE total > 100 RETURN d.number AS act, total", {{"act", "PF-1"}}, "no row fits after 'total > 100'; 1 did before it"},
      {"MATCH (d:Decree) RETURN d.number AS act, d.year + 1 AS next", {{"act", "PF-1"}, {"next", 2020}}, "nothing fits 'MATCH (d:Decree)' with 2020 for next; 1 row does with another"},
      {"MATCH (d:Decree) OPTIONAL MATCH (d)-[:CITES]->(e) RETURN d.number AS act, e.number AS cited", {{"act", "PF-2"}, {"cited", "PF-1"}}, "no row fits after 'OPTIONAL MATCH (d)-[:CITES]->(e)'; 1 did before it"},
      {"UNWIND ['PF-1', 'PF-2'] AS number MATCH (d:Decree {number: number}) RETURN d.number AS act", {{"act", "PF-3"}}, "no row fits after 'number: number'; 2 did before it"},
      {"MATCH (d:Decree) CALL { WITH d MATCH (d)-[:CITES]->(e) RETURN e LIMIT 1 } RETURN d.number AS act", {{"act", "PF-2"}}, "no row fits after 'CALL { WITH d MATCH (d)-[:CITES]->(e) RETURN e LIMIT 1 }'; 1 did before it"},
      {"CALL names.similar('Watr', 5) YIELD node, name RETURN name", {{"name", "Bank"}}, "nothing fits 'CALL names.similar('Watr', 5) YIELD node, name' with 'Bank' for name; 1 row does with another"},
      {"MATCH (o:Organization)-[:PROVIDES]->(f:Funding {currency: 'EUR'})-[:FUNDS]->(p) WHERE f.amount > 10 RETURN o.name AS body", {{"body", "Bank"}}, "no row fits after 'currency: 'EUR''; 1 did before it"},
  };
  for (const auto& row : rows) EXPECT_EQ(why_not(graph.snapshot(), row.text, row.expected).text, row.why) << row.text;
}

TEST(WhyNot, RefusesWhatItCannotFollow) {
  EXPECT_THROW(lost(kQuery, {{"acte", "A"}}), Error);
  EXPECT_THROW(lost("RETURN 1 AS x UNION RETURN 2 AS x", {{"x", 3}}), Error);
  EXPECT_THROW(lost("CREATE (x) RETURN x", {{"x", 3}}), Error);
}

}  // namespace
}  // namespace policygraph::testing
