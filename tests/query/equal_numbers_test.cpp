// Evidence of groups that is gathered when asked, where which of equal numbers (1, 1.0) stands for them hangs on the
// order of rows: no row is without, and where it does not show the evidence is that gathered at once.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "policygraph/query/query.hpp"
#include "random/random.hpp"

namespace policygraph::testing {
namespace {

Graph graph_of_ones(Random& random) {
  auto graph = open_in_memory(Schema::open());
  const auto any = [&] { return "{k: " + std::to_string(random.below(9)) + "}"; };
  for (int i = 0; i < 9; ++i) {
    const auto one = random.pick({"1", "1.0", "decimal('1')", "decimal('1.0')"});
    query(graph, "CREATE (:A {k: " + std::to_string(i) + ", x: " + one + "})");
  }
  for (int i = 0; i < 14; ++i) query(graph, "MATCH (a:A " + any() + "), (b:A " + any() + ") CREATE (a)-[:R]->(b)");
  return graph;
}

std::multimap<std::string, std::vector<EvidenceId>> evidence(const Rows& rows) {
  std::multimap<std::string, std::vector<EvidenceId>> out;
  for (const auto& row : rows) {
    auto ids = row.evidence_ids();
    std::ranges::sort(ids);
    out.emplace(row[0].to_string(), std::move(ids));
  }
  return out;
}

template <class Check>
void for_each_graph_and_start(Check check) {
  for (std::uint64_t seed = 0; seed < 25; ++seed) {
    Random random(seed);
    const auto graph = graph_of_ones(random);
    for (const std::string start : {"MATCH (a:A)-[:R*1..2]-(b) ", "MATCH (a:A)-[:R]->()<-[:R]-(b) "})
      check(graph.snapshot(), start);
  }
}

TEST(EqualNumbers, LeaveNoRowWithoutEvidence) {
  for_each_graph_and_start([](const Snapshot& snapshot, const std::string& start) {
    for (const auto* const asked : {
             "WITH a, max(b.x) AS w RETURN toString(w) AS s, count(*) AS n",
             "WITH min(b.x) AS w RETURN toString(w) AS s, count(*) AS n",
             "WITH DISTINCT b.x AS w RETURN toString(w) AS s, count(*) AS n",
             "WITH DISTINCT a, b.x AS w WITH a, w AS v RETURN toString(v) AS s, count(*) AS n",
             "WITH a, max(b.x) AS w WHERE toString(w) = '1' RETURN a.k AS s, count(*) AS n",
             "WITH a, collect(b.x) AS xs WHERE toString(xs[0]) = '1' RETURN a.k AS s, count(*) AS n",
             "WITH a, max(b.x) AS w MATCH (c:A) WHERE toString(c.x) = toString(w) RETURN c.k AS s, count(*) AS n",
             "WITH a, max(b.x) AS w WHERE EXISTS { (c:A) WHERE toString(c.x) = toString(w) } RETURN a.k AS s, count(*) "
             "AS n",
             "WITH a, collect(b.x) AS xs UNWIND [toString(xs[0])] AS t RETURN t AS s, count(*) AS n",
         }) {
      const auto rows = query(snapshot, start + asked);
      for (const auto& row : rows) EXPECT_FALSE(row.evidence_ids().empty()) << start << asked;
    }
  });
}

TEST(EqualNumbers, HaveTheEvidenceGatheredAtOnce) {
  QueryOptions at_once;
  at_once.rules_off = {"late_evidence"};
  for_each_graph_and_start([&](const Snapshot& snapshot, const std::string& start) {
    for (const auto* const asked : {
             "WITH a, max(b.x) AS w WHERE w > 0 RETURN a.k AS s, w, count(*) AS n",
             "WITH a, max(b.x) AS w RETURN w = 1 AS s, count(*) AS n",
             "WITH DISTINCT a, b.x AS w RETURN a.k AS s, count(w) AS n",
             "RETURN a.k AS s, max(b.x) AS w, count(*) AS n",
         }) {
      const auto found = query(snapshot, start + asked), expected = query(snapshot, start + asked, {}, at_once);
      EXPECT_EQ(evidence(found), evidence(expected)) << start << asked;
    }
  });
}

}  // namespace
}  // namespace policygraph::testing
