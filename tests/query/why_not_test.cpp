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

TEST(WhyNot, RefusesWhatItCannotFollow) {
  EXPECT_THROW(lost(kQuery, {{"acte", "A"}}), Error);
  EXPECT_THROW(lost("RETURN 1 AS x UNION RETURN 2 AS x", {{"x", 3}}), Error);
  EXPECT_THROW(lost("CREATE (x) RETURN x", {{"x", 3}}), Error);
}

}  // namespace
}  // namespace policygraph::testing
