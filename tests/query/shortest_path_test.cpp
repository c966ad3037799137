#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "policygraph/query/query.hpp"

// What the shape of a graph may not make long, and what rows rest on. Which paths are found: tests/cases/query/shortest_path.case, and
// the reference interpreter.
namespace policygraph {
namespace {

class ShortestPath : public ::testing::Test {
 protected:
  // Nodes numbered by `i`, from `first` on.
  void nodes(int first, int count) {
    query(graph_, "UNWIND range($first, $last) AS i CREATE (:N {i: i})", {{"first", first}, {"last", first + count - 1}});
  }
  void edge(int from, int to) { query(graph_, "MATCH (a:N {i: $from}), (b:N {i: $to}) CREATE (a)-[:R {to: $to}]->(b)", {{"from", from}, {"to", to}}); }
  // Every two of them joined: more paths than can be walked.
  void clique(int first, int count) {
    nodes(first, count);
    query(graph_, "MATCH (a:N), (b:N) WHERE $first <= a.i < b.i < $end CREATE (a)-[:R]->(b)", {{"first", first}, {"end", first + count}});
  }
  void chain(int first, int count) {
    nodes(first, count);
    query(graph_, "MATCH (a:N), (b:N) WHERE $first <= a.i AND b.i = a.i + 1 AND b.i < $end CREATE (a)-[:R]->(b)", {{"first", first}, {"end", first + count}});
  }
  // The first column of the first row, "none" without one.
  std::string first(const std::string& text) const {
    QueryOptions options;
    options.timeout = std::chrono::seconds(20);
    const auto rows = query(graph_.snapshot(), text, {}, options);
    return rows.empty() ? "none" : rows[0][0].to_string();
  }
  std::string plan(const std::string& text) const {
    std::string out;
    for (const auto& row : query(graph_.snapshot(), "EXPLAIN " + text)) out += row[0].as_string() + "\n";
    return out;
  }
  Graph graph_ = open_in_memory(Schema::open());
};

// Which conditions are asked on the way, and which of whole paths; both ends are known before.
TEST_F(ShortestPath, PlansSayWhatIsAskedOnTheWay) {
  nodes(0, 3);
  EXPECT_EQ(plan("MATCH (a {i: 0}), (b {i: 1}), p = shortestPath((a)-[*]->(b)) RETURN p"),
            "return p\nproject p = path(a, #2, b)\nshortest path (a)-[#2*1..]->(b)\nfilter (b.i = 1)\nseek b by i = 1\nfilter (a.i = 0)\nseek a by i = 0\nunit\n");
  EXPECT_EQ(plan("MATCH p = shortestPath((a {i: 0})-[:R*..9]->(b {i: 1})) WHERE none(n IN nodes(p) WHERE n.i = 2) AND length(p) > 2 AND a.i < 5 RETURN p"),
            "return p\nshortest path (a)-[#2:R*1..9]->(b) without none(@0 IN nodes(p) WHERE (@0.i = 2))\n"
            "  filter none(@0 IN nodes(p) WHERE (@0.i = 2)) and (length(p) > 2)\n  project p = path(a, #2, b)\n  argument\n"
            "filter (b.i = 1)\nseek b by i = 1\nfilter (a.i < 5) and (a.i = 0)\nseek a by i = 0\nunit\n");
  EXPECT_EQ(plan("MATCH p = allShortestPaths((a {i: 0})-[*]->(b {i: 1})) WHERE any(n IN nodes(p) WHERE n.i = 2) RETURN p"),
            "return p\nall shortest paths (a)-[#2*1..]->(b), by length\n"
            "  filter any(@0 IN nodes(p) WHERE (@0.i = 2))\n  project p = path(a, #2, b)\n  argument\n"
            "filter (b.i = 1)\nseek b by i = 1\nfilter (a.i = 0)\nseek a by i = 0\nunit\n");
}

TEST_F(ShortestPath, OneSearchGoesToManyEnds) {
  chain(0, 300);
  const std::string away = "MATCH p = shortestPath((a:N {i: 0})-[*]->(b:N)) WHERE none(n IN nodes(p) WHERE n.i = 100) AND b.i > 50 RETURN count(p) AS c";
  EXPECT_EQ(first(away), "49");
  EXPECT_EQ(plan(away),
            "return c\naggregate c = count(p)\nshortest path (a)-[#2*1..]->(b) without none(@0 IN nodes(p) WHERE (@0.i = 100))\n"
            "  filter none(@0 IN nodes(p) WHERE (@0.i = 100))\n  project p = path(a, #2, b)\n  filter (b.i > 50)\n  filter b:N\n  argument\n"
            "filter (a.i = 0)\nseek a:N by i = 0\nunit\n");
  EXPECT_EQ(first("MATCH p = shortestPath((b:N)-[*]->(a:N {i: 299})) WHERE none(n IN nodes(p) WHERE n.i = 200) RETURN count(p)"), "98");
  EXPECT_EQ(first("MATCH p = shortestPath((b:N)-[*]->(a:N {i: 299})) WHERE none(n IN nodes(p) WHERE n.i = 200) AND b.i = 298 RETURN [n IN nodes(p) | n.i]"), "[298, 299]");
  EXPECT_EQ(first("MATCH p = allShortestPaths((a:N {i: 9})-[*0..]-(b:N)) WHERE length(p) < 3 RETURN count(p)"), "5");
}

TEST_F(ShortestPath, NoWayThereIsFoundOutByBreadth) {
  clique(0, 30);
  clique(100, 30);
  EXPECT_EQ(first("MATCH p = shortestPath((a:N {i: 0})-[*]-(b:N {i: 100})) RETURN length(p)"), "none");
  EXPECT_EQ(first("MATCH p = shortestPath((a:N {i: 0})-[*]-(b:N {i: 100})) WHERE any(n IN nodes(p) WHERE n.i = 5) RETURN length(p)"), "none");
  edge(3, 100);
  EXPECT_EQ(first("MATCH p = shortestPath((a:N {i: 0})-[*]-(b:N {i: 100})) RETURN length(p)"), "2");
  EXPECT_EQ(first("MATCH p = shortestPath((a:N {i: 0})-[*]-(b:N {i: 100})) WHERE none(n IN nodes(p) WHERE n.i = 3) RETURN length(p)"), "none");
  EXPECT_EQ(first("MATCH p = shortestPath((a:N {i: 0})-[*]-(b:N {i: 100})) WHERE any(n IN nodes(p) WHERE n.i = 5) RETURN length(p)"), "3");
}

// What hangs at the ends by one edge is of no use on the way.
TEST_F(ShortestPath, AWayRoundIsNotSoughtWhereThereIsNone) {
  clique(0, 30);
  nodes(100, 1);
  edge(100, 0);
  EXPECT_EQ(first("MATCH p = shortestPath((a:N {i: 100})-[*]-(a)) RETURN length(p)"), "none");
  EXPECT_EQ(first("MATCH p = shortestPath((a:N {i: 100})-[*]->(a)) RETURN length(p)"), "none");
  EXPECT_EQ(first("MATCH p = shortestPath((a:N {i: 7})-[*]-(a)) RETURN length(p)"), "3");
  chain(101, 12);
  edge(100, 101);
  edge(112, 100);
  EXPECT_EQ(first("MATCH p = shortestPath((a:N {i: 100})-[*]-(a)) RETURN length(p)"), "13");
  EXPECT_EQ(first("MATCH p = shortestPath((a:N {i: 100})-[*]-(a)) WHERE all(n IN nodes(p) WHERE n.i >= 100) RETURN length(p)"), "13");
  EXPECT_EQ(first("MATCH (a:N {i: 100}) RETURN size(allShortestPaths((a)-[*]-(a)))"), "2");
}

TEST_F(ShortestPath, GoesFromTheLengthThatWillNotDoToTheNextThereIs) {
  chain(0, 400);
  edge(0, 399);
  EXPECT_EQ(first("MATCH p = shortestPath((a:N {i: 0})-[*]->(b:N {i: 399})) WHERE length(p) > 1 RETURN length(p)"), "399");
  EXPECT_EQ(first("MATCH p = shortestPath((a:N {i: 0})-[*]->(b:N {i: 399})) WHERE any(n IN nodes(p) WHERE n.i = 200) RETURN length(p)"), "399");
  EXPECT_EQ(first("MATCH p = shortestPath((a:N {i: 0})-[*]->(b:N {i: 399})) WHERE any(n IN nodes(p) WHERE n.i = -1) RETURN length(p)"), "none");
  EXPECT_EQ(first("MATCH p = shortestPath((a:N {i: 0})-[*2..]->(b:N {i: 399})) RETURN length(p)"), "399");
}

TEST_F(ShortestPath, MeetsInTheMiddleOfWaysOfEqualLength) {
  nodes(0, 2);
  for (int layer = 0; layer < 5; ++layer) nodes(10 + layer * 10, 3);
  for (int i = 0; i < 3; ++i) edge(0, 10 + i), edge(50 + i, 1);
  for (int layer = 0; layer < 4; ++layer) {
    for (int i = 0; i < 9; ++i) edge(10 + layer * 10 + i / 3, 20 + layer * 10 + i % 3);
  }
  EXPECT_EQ(first("MATCH p = allShortestPaths((a:N {i: 0})-[*]->(b:N {i: 1})) RETURN count(p)"), "243");
  EXPECT_EQ(first("MATCH p = allShortestPaths((a:N {i: 0})-[*]->(b:N {i: 1})) RETURN count(DISTINCT [n IN nodes(p) | n.i])"), "243");
  EXPECT_EQ(first("MATCH p = allShortestPaths((b:N {i: 1})<-[*]-(a:N {i: 0})) RETURN count(DISTINCT [n IN nodes(p) | n.i])"), "243");
  EXPECT_EQ(first("MATCH p = allShortestPaths((a:N {i: 0})-[*]-(b:N {i: 1})) WHERE all(n IN nodes(p) WHERE n.i % 10 <> 2) RETURN count(p)"), "32");
}

TEST_F(ShortestPath, RowsRestOnThePathAndOnWhatItsConditionsFind) {
  for (const auto* text : {"CREATE (:Act {n: 1})", "CREATE (:Act {n: 2})", "CREATE (:Act {n: 3})", "MATCH (a {n: 1}), (b {n: 2}) CREATE (a)-[:R]->(b)",
                           "MATCH (a {n: 2}), (b {n: 3}) CREATE (a)-[:R]->(b)", "MATCH (a {n: 1}), (b {n: 3}) CREATE (a)-[:S]->(b)"}) {
    query(graph_, text);
  }
  const auto documents = [&](const std::string& text) {
    const auto rows = query(graph_.snapshot(), text);
    std::set<std::uint64_t> ids;
    for (const auto& row : rows) {
      for (const auto& citation : row.evidence()) ids.insert(citation.document.value);
    }
    std::string out;
    for (const auto id : ids) out += std::to_string(id);
    return out;
  };
  EXPECT_EQ(documents("MATCH p = shortestPath((a {n: 1})-[:R*]->(c {n: 3})) RETURN length(p)"), "1345");
  EXPECT_EQ(documents("MATCH p = shortestPath((a {n: 1})-[*]->(c {n: 3})) RETURN length(p)"), "136");
  EXPECT_EQ(documents("MATCH p = shortestPath((a {n: 1})-[*]->(c {n: 3})) WHERE length(p) > 1 RETURN length(p)"), "1345");
  EXPECT_EQ(documents("MATCH p = shortestPath((a {n: 1})-[*]->(c {n: 3})) WHERE none(r IN relationships(p) WHERE type(r) = 'S') RETURN p"), "1345");
  EXPECT_EQ(documents("MATCH p = shortestPath((a {n: 1})-[:S*]->(c {n: 3})) WHERE EXISTS { MATCH (x {n: 2}) WHERE NOT x IN nodes(p) } RETURN p"), "1236");
  EXPECT_EQ(documents("MATCH p = shortestPath((a {n: 1})-[:S*]->(c {n: 3})) WHERE all(x IN nodes(p) WHERE EXISTS { (x)-[:R]-({n: 2}) }) RETURN p"), "123456");
  EXPECT_EQ(documents("MATCH (a {n: 1}), (c {n: 3}) RETURN length(shortestPath((a)-[:R*]->(c)))"), "1345");
  EXPECT_EQ(documents("MATCH (a {n: 3}), (c {n: 1}) RETURN length(shortestPath((a)-[:R*]->(c)))"), "13");
}

}  // namespace
}  // namespace policygraph
