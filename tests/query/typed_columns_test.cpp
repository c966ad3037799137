#include <gtest/gtest.h>

#include "policygraph/query/query_error.hpp"
#include "random/compare.hpp"
#include "random/random_graph.hpp"

// Properties read as columns: filters, group keys and totals over blocks of one kind, of another, and of several, against the reference
// interpreter and under every configuration.
namespace policygraph::testing {
namespace {

// Rows beyond one block, whose kinds change from block to block and within.
std::vector<std::string> statements() {
  return {
      "UNWIND range(0, 2599) AS k CREATE (:N {k: k, i: k % 7 - 3, whole: CASE WHEN k < 2048 THEN k % 5 ELSE toFloat(k % 5) END, "
      "text: CASE k % 4 WHEN 0 THEN 'a' WHEN 1 THEN 'b' WHEN 2 THEN 'ab' END, "
      "any: CASE k % 6 WHEN 0 THEN 1 WHEN 1 THEN 1.0 WHEN 2 THEN decimal('1.00') WHEN 3 THEN 'a' WHEN 4 THEN date('2024-02-29') END, "
      "money: CASE WHEN k < 2048 THEN decimal('0.10') ELSE decimal('1.255') END, "
      "day: CASE WHEN k % 11 = 0 THEN partial_date('2024-02') WHEN k % 13 = 0 THEN partial_date('2023/2024') "
      "WHEN k % 5 <> 0 THEN partial_date(date('2024-02-20') + duration({days: k % 17})) END, "
      "real: CASE WHEN k % 9 = 0 THEN 0.0 / 0.0 WHEN k % 3 = 0 THEN -0.0 ELSE k * 0.25 END, sure: k % 3 = 0})",
      "MATCH (a:N {k: 1}), (b:N) WHERE b.k % 400 = 0 CREATE (a)-[:R {i: b.k, any: b.any}]->(b)",
      "MATCH (a:N {k: 400}), (b:N {k: 1}) CREATE (a)-[:R]->(b), (a)-[:R]->(b), (a)-[:R]->(a)",
      "MATCH (a:N {k: 3}) REMOVE a.text SET a.i = 'three'",
  };
}

class TypedColumns : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { graph_ = new Graph(graph_of(statements())); }
  static void TearDownTestSuite() { delete graph_; }

  static void expect_same(std::initializer_list<const char*> texts) {
    for (const char* text : texts) {
      RandomQuery query;
      query.text = text;
      query.is_bag.assign(4, true);
      query.is_ordered = query.text.find("ORDER BY") != std::string::npos;
      bool is_compared = false;
      EXPECT_EQ(check(*graph_, query, &is_compared), "") << text;
      EXPECT_TRUE(is_compared) << text;
    }
  }
  static Graph* graph_;
};

Graph* TypedColumns::graph_ = nullptr;

TEST_F(TypedColumns, AreFiltered) {
  expect_same({
      "MATCH (n:N) WHERE n.whole >= 3 RETURN count(*) AS c",
      "MATCH (n:N) WHERE n.whole = 2.0 RETURN count(*) AS c",
      "MATCH (n:N) WHERE n.any = 1 RETURN count(*) AS c",
      "MATCH (n:N) WHERE NOT n.any <> 1 RETURN count(*) AS c",
      "MATCH (n:N) WHERE n.money < decimal('1.2550') AND n.money > decimal('0.1') RETURN count(*) AS c",
      "MATCH (n:N) WHERE n.real < 100.5 RETURN count(*) AS c",
      "MATCH (n:N) WHERE NOT n.real >= 100.5 RETURN count(*) AS c",
      "MATCH (n:N) WHERE n.real <> 0.0 RETURN count(*) AS c",
      "MATCH (n:N) WHERE n.text IS NULL OR n.text > 'a' RETURN count(*) AS c",
      "MATCH (n:N) WHERE NOT (n.text = 'a' OR n.i = 2) RETURN count(*) AS c",
      "MATCH (n:N) WHERE NOT (n.text = 'a' AND n.i > 0) RETURN count(*) AS c",
      "MATCH (n:N) WHERE n.text IN ['a', 'ab', 'nowhere'] RETURN count(*) AS c",
      "MATCH (n:N) WHERE NOT n.i IN [1, 2, 3] RETURN count(*) AS c",
      "MATCH (n:N) WHERE n.any IN [1, 7] RETURN count(*) AS c",
      "MATCH (n:N) WHERE n.nothing IS NULL AND NOT n.nothing IN [1] RETURN count(*) AS c",
      "MATCH (n:N) WHERE n.sure AND NOT n.i = 1 RETURN count(*) AS c",
      "MATCH (n:N) WHERE n.money > decimal('0.05') AND (n.text IS NULL OR NOT (n.text = 'a' OR n.k < 1000)) RETURN count(*) AS c",
      "MATCH (n:N) WHERE NOT (n.money = decimal('0.10') AND n.text <> 'b') AND n:N AND NOT n:M RETURN count(*) AS c",
      "MATCH (n) WHERE NOT n:N OR n.k >= 2500 OR n.nothing = 1 RETURN count(*) AS c",
  });
}

// Against bounds on all sides of what is packed, in blocks with and without gaps.
TEST_F(TypedColumns, AreFilteredByBounds) {
  for (const char* op : {"<", "<=", ">", ">=", "=", "<>"}) {
    for (const char* bound : {"n.k # 0", "n.k # 2599", "n.k # -1", "n.k # 9223372036854775807", "n.k # -9223372036854775808", "n.k # 2147483648", "n.i # -3",
                              "n.money # decimal('0.10')", "n.money # decimal('1.255')", "n.money # decimal('-99999999999')", "n.real # 0.0", "n.real # 1.5"}) {
      auto test = std::string(bound);
      test.replace(test.find('#'), 1, op);
      for (const auto& text : {"MATCH (n:N) WHERE n.k <> 3 AND " + test + " RETURN count(*) AS c, sum(n.k) AS s",
                               "MATCH (n:N) WHERE n.k <> 3 AND (n.text = 'b' OR NOT (" + test + ")) RETURN count(*) AS c, sum(n.k) AS s"})
        expect_same({text.c_str()});
    }
  }
  expect_same({"MATCH (n:N) WHERE n.text = 'nowhere' OR NOT n.text <> 'nowhere' RETURN count(*) AS c",
               "MATCH (n:N) WHERE n.text <> 'nowhere' RETURN n.text AS key, count(*) AS c, sum(n.k - 7) AS s"});
}

TEST_F(TypedColumns, OfDatesKnowWhatIsUncertain) {
  for (const char* op : {"<", "<=", ">", ">=", "=", "<>"}) {
    for (const char* date : {"partial_date('2024-02-29')", "date('2024-02-29')", "partial_date('2024-02')", "partial_date('2024')", "partial_date('2024-02/..')"}) {
      const auto test = std::string("n.day ") + op + " " + date;
      for (const auto& text : {"MATCH (n:N) WHERE " + test + " RETURN count(*) AS c", "MATCH (n:N) WHERE NOT (" + test + ") RETURN count(*) AS c"}) expect_same({text.c_str()});
    }
  }
  expect_same({"MATCH (n:N) WHERE partial_date('2024-02-29') < n.day RETURN count(*) AS c"});
}

TEST_F(TypedColumns, AreGroupedBy) {
  expect_same({
      "MATCH (n:N) RETURN n.whole AS key, count(*) AS c",
      "MATCH (n:N) RETURN n.any AS key, count(*) AS c",
      "MATCH (n:N) RETURN n.day AS key, count(n.text) AS c",
      "MATCH (n:N) RETURN n.k % 2 AS key, n.sure AS other, count(n.real) AS c",
      "MATCH (n:N) RETURN n.money AS key, n.text AS text, n.i AS i, count(*) AS c",
      "MATCH (n:N) UNWIND [n.text, 'b', n.any, null, 1] AS key RETURN key, count(*) AS c",
      "MATCH (n:N) WHERE n.k < 3 RETURN n.any AS key, 1 AS c UNION MATCH (n:N) WHERE n.k > 2590 RETURN n.i AS key, 1 AS c UNION RETURN 'a' AS key, 1 AS c",
      "MATCH (n:N) OPTIONAL MATCH (n)-[r:R]->(m) RETURN m AS key, r.any AS any, count(*) AS c",
      "MATCH (n:N)-[r:R]-(m) RETURN id(n) AS key, id(r) AS edge, count(m) AS c",
      "MATCH (n:N) WITH DISTINCT n.day AS day RETURN count(day) AS c, count(*) AS all",
      "MATCH (n:N) WHERE n.k < 0 RETURN n.any AS key, count(*) AS c",
  });
}

TEST_F(TypedColumns, AreSummed) {
  expect_same({
      "MATCH (n:N) RETURN sum(n.k) AS s, avg(n.k) AS a, min(n.k) AS least, max(n.k) AS most",
      "MATCH (n:N) RETURN sum(n.money) AS s, avg(n.money) AS a, min(n.money) AS least, max(n.money) AS most",
      "MATCH (n:N) RETURN n.text AS key, sum(n.money) AS s, max(n.money) AS most",
      "MATCH (n:N) RETURN sum(n.whole) AS s, avg(n.whole) AS a, count(n.whole) AS c",
      "MATCH (n:N) WHERE n.k <> 3 RETURN n.text AS key, sum(n.i) AS s, avg(n.i) AS a",
      "MATCH (n:N) RETURN min(n.any) AS least, min(n.i) AS i, max(n.i) AS most",
      "MATCH (n:N) RETURN min(n.day) AS least, max(n.day) AS most",
      "MATCH (n:N) WHERE n.nothing = 1 RETURN sum(n.k) AS s, avg(n.k) AS a, min(n.k) AS least, count(n.k) AS c",
      "UNWIND [9223372036854775807, 1, decimal('0.5')] AS x RETURN max(x) AS m",
      "UNWIND [1, 0.5, 2] AS x RETURN sum(x) AS s, min(x) AS least",
  });
}

TEST_F(TypedColumns, SumsEndAsTheyDoValueByValue) {
  const auto answer = [](const char* text) {
    try {
      return query(graph_->snapshot(), text)[0][0].to_string();
    } catch (const QueryError& error) {
      return std::string(error.text());
    }
  };
  const auto beyond = "the sum is beyond 64-bit integers; sum decimal(...) of what is added";
  EXPECT_EQ(answer("UNWIND [9223372036854775807, 1] AS x RETURN sum(x) AS s"), beyond);
  EXPECT_EQ(answer("MATCH (n:N) RETURN sum(n.k * 1000000000000000) AS s"), beyond);
  EXPECT_EQ(answer("UNWIND [9223372036854775807, 1, -2] AS x RETURN sum(x) AS s"), "9223372036854775806");
  EXPECT_EQ(answer("UNWIND [-9223372036854775808, -1, 1] AS x RETURN sum(x) AS s"), "-9223372036854775808");
  EXPECT_EQ(answer("UNWIND [9223372036854775807, 9223372036854775807] AS x RETURN avg(x) AS s"), "9223372036854775808.0");
  EXPECT_EQ(answer("UNWIND [9223372036854775807, 9223372036854775807, 1.0] AS x RETURN sum(x) AS s"), "18446744073709551616.0");
  EXPECT_EQ(answer("UNWIND [9223372036854775807, 9223372036854775807, decimal('0.5')] AS x RETURN sum(x) AS s"), "decimal('18446744073709551614.5')");
  EXPECT_EQ(answer("UNWIND [9223372036854775807, decimal('0.05'), 1] AS x RETURN sum(x) AS s"), "decimal('9223372036854775808.05')");
  EXPECT_EQ(answer("UNWIND [decimal('0.00000000000000000001'), 5, decimal('99999999999999999')] AS x RETURN sum(x) AS s"),
            "decimal('100000000000000004.00000000000000000001')");
  EXPECT_EQ(answer("MATCH (n:N) RETURN max(n.whole) AS m"), "4");
  EXPECT_EQ(answer("MATCH (n:N) RETURN n.real AS key, count(*) AS c ORDER BY c DESC LIMIT 1"), "0.0");
  EXPECT_EQ(answer("MATCH (n:N) WHERE n.k % 9 = 0 RETURN count(DISTINCT n.real) AS c"), "1");
  EXPECT_NE(answer("MATCH (n:N) RETURN sum(n.i) AS s").find("takes numbers"), std::string::npos) << answer("MATCH (n:N) RETURN sum(n.i) AS s");
  EXPECT_NE(answer("UNWIND [decimal('1'), 0.5] AS x RETURN sum(x) AS s").find("an exact decimal beside the float 0.5"), std::string::npos);
  EXPECT_NE(answer("MATCH (n:N) WHERE n.any = 1.0 RETURN count(*) AS c").find("an exact decimal beside the float 1.0"), std::string::npos);
}

TEST_F(TypedColumns, AreSortedAndCut) {
  expect_same({
      "MATCH (n:N) RETURN n.whole AS w, n.k AS k ORDER BY w DESC, k LIMIT 5",
      "MATCH (n:N) RETURN n.any AS any, n.k AS k ORDER BY any, k LIMIT 700",
      "MATCH (n:N) WITH n.day AS day, n.k AS k ORDER BY day DESC, k DESC SKIP 3 LIMIT 4 RETURN day, k ORDER BY day, k",
      "MATCH (n:N) RETURN n.text AS text, n.k AS k ORDER BY text DESC, k LIMIT 2000",
  });
}

TEST_F(TypedColumns, HopsAreCountedWhereTheyStand) {
  expect_same({
      "MATCH (n:N) WHERE NOT EXISTS { (n)-[:R]->() } RETURN count(*) AS c",
      "MATCH (n:N) WHERE n.k < 500 RETURN n.k AS k, COUNT { (n)-[:R]->() } AS out, COUNT { (n)<-[:R]-() } AS in, COUNT { (n)-[:R]-() } AS both",
      "MATCH (n:N) WHERE EXISTS { (n)-[:R]-(:N) } AND NOT EXISTS { (n)-[:R]->(:M) } RETURN count(*) AS c",
      "OPTIONAL MATCH (n:M) RETURN EXISTS { (n)-->() } AS e, COUNT { (n)--() } AS c",
      "MATCH (n:N) WHERE n.k % 400 < 2 OPTIONAL MATCH (n)-[r:R]->(m:N) WHERE m.k > 1 RETURN n.k AS k, r.i AS i, m.k AS m",
  });
}

}  // namespace
}  // namespace policygraph::testing
