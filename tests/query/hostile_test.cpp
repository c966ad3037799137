#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <ctime>
#include <thread>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

#include "policygraph/query/query.hpp"
#include "support/slowness.hpp"

// Queries that would never end: each limit ends them with an error of its own, gives back what they took, and leaves the graph usable.
namespace policygraph::testing {
namespace {

// Bytes that malloc has given out; 0 where that cannot be known.
std::size_t bytes_in_use() {
#if defined(__GLIBC__)
  if (kSlowness > 1) return 0;
  const auto info = mallinfo2();
  return info.uordblks + info.hblkhd;
#else
  return 0;
#endif
}

// Processor time of the whole program, which other programs do not stretch.
double seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

// 100 nodes, each with an edge to 30 others: more than 10^12 rows, trails and groups are to be had from it.
class Hostile : public ::testing::Test {
 protected:
  void SetUp() override {
    query(graph_, "UNWIND range(0, 99) AS i CREATE (:N {i: i})");
    query(graph_, "MATCH (a:N), (b:N) WHERE (b.i - a.i + 100) % 100 < 31 AND a <> b CREATE (a)-[:R {w: a.i}]->(b)");
  }

  // Runs it, and wants that error; all memory is back afterwards, and the graph answers and takes writes.
  void expect(const std::string& text, ErrorCode code, const QueryOptions& options) {
    SCOPED_TRACE(text);
    const auto before = graph_.snapshot();
    const auto bytes = bytes_in_use();
    const auto start = seconds();
    try {
      query(graph_, text, {}, options);
      ADD_FAILURE() << "it ran";
    } catch (const Error& error) {
      EXPECT_EQ(code_name(error.code()), code_name(code)) << error.report();
    }
    EXPECT_LT(seconds() - start, 4 * kSlowness) << "seconds of processor time";
    EXPECT_LT(bytes_in_use(), bytes + (std::size_t{4} << 20U)) << "bytes kept after the error";
    EXPECT_EQ(graph_.snapshot().commit(), before.commit());
    EXPECT_EQ(query(graph_, "MATCH (n:N) RETURN count(*) AS c")[0]["c"].as_integer(), 100);
  }

  Graph graph_ = open_in_memory(Schema::open());
};

// Each runs for years, and holds little while it does.
const std::vector<std::string> kEndless = {
    "MATCH (a), (b), (c), (d), (e), (f) RETURN count(*)",
    "MATCH (a), (b), (c), (d), (e), (f) WHERE a.i + b.i + c.i + d.i + e.i + f.i < 0 RETURN a",
    "MATCH (a)-->(b)-->(c)-->(d)-->(e)-->(f)-->(g)-->(h)-->(i) RETURN count(*)",
    "MATCH (a {i: 0})-[r*]->(b) RETURN count(*)",
    "MATCH (a {i: 0})-[r*30]-(b {i: -1}) RETURN b",
    "MATCH p = shortestPath((a {i: 0})-[*]->(b {i: 50})) WHERE reduce(s = 0, r IN relationships(p) | s + r.w) < 0 RETURN p",
    "MATCH p = shortestPath((a {i: 0})-[*1000000..]-(b {i: 50})) RETURN p",
    "MATCH p = shortestPath((a {i: 0})-[*]-(a)) WHERE none(n IN nodes(p) WHERE n.i = 0) OR length(p) < 0 RETURN p",
    "MATCH (a {i: 0}), (b {i: 50}) RETURN [p = allShortestPaths((a)-[*]->(b)) WHERE any(n IN nodes(p) WHERE n.i = -1) | p] AS ps",
    "MATCH p = allShortestPaths((a)-[*]->(b)), q = allShortestPaths((c)-[*]->(d)), (e), (f) RETURN count(*)",
    "MATCH (a) WHERE EXISTS { MATCH (b), (c), (d), (e), (f), (g) WHERE b.i + c.i + d.i + e.i + f.i + g.i < 0 } RETURN a",
    "MATCH (a) RETURN COUNT { MATCH (b), (c), (d), (e), (f), (g) } AS c",
    "MATCH (a) OPTIONAL MATCH (b), (c), (d), (e), (f), (g) WHERE b.i + c.i + d.i + e.i + f.i + g.i < 0 RETURN b",
    "UNWIND range(1, 1000000) AS x UNWIND range(1, 1000000) AS y WITH x, y WHERE x + y < 0 RETURN x",
    "UNWIND range(1, 1000000) AS x CALL { MATCH (a), (b), (c), (d), (e), (f) RETURN count(*) AS n } RETURN max(n)",
    "UNWIND range(1, 100000) AS x CALL { WITH x MERGE (:New {i: x}) } RETURN count(*)",
    "CALL { MATCH (a), (b), (c), (d), (e), (f) RETURN a UNION MATCH (a), (b), (c), (d), (e), (f) RETURN b AS a } RETURN a",
    "MATCH (a), (b), (c), (d), (e), (f) RETURN a.i AS x, b.i AS y, max(c.i + f.i) AS z",
    "MATCH (a), (b), (c), (d), (e), (f) RETURN a.i + b.i + f.i AS x ORDER BY x LIMIT 3",
    "MATCH (a), (b), (c), (d), (e), (f) RETURN DISTINCT a.i + b.i + f.i AS x",
    "RETURN size([x IN range(1, 1000000) WHERE any(y IN range(1, 1000000) WHERE x + y < 0)]) AS s",
    "RETURN reduce(s = 0, x IN range(1, 1000000) | s + size([y IN range(1, 100000) WHERE y < 0])) AS s",
    "MATCH (a), (b), (c), (d), (e), (f) WHERE a.i < 0 RETURN 1 AS x UNION MATCH (a), (b), (c), (d), (e), (f) RETURN 1 AS x",
    "MATCH (a), (b), (c), (d), (e), (f) WHERE a.i + b.i + c.i + d.i + e.i + f.i < 0 CREATE (:New)",
    "MATCH (a), (b), (c), (d), (e), (f) WHERE a.i + b.i + c.i + d.i + e.i + f.i < 0 MERGE (:New {i: b.i})",
    "MATCH (a), (b), (c), (d), (e), (f) WHERE a.i + b.i + c.i + d.i + e.i + f.i < 0 SET a.i = 1",
    "MATCH (a), (b), (c), (d), (e), (f) WHERE a.i + b.i + c.i + d.i + e.i + f.i < 0 DETACH DELETE a",
};

// Each wants more memory than there is.
const std::vector<std::string> kHuge = {
    "MATCH (a), (b), (c), (d), (e), (f) RETURN a, b, c",
    "MATCH (a), (b), (c), (d), (e), (f) RETURN collect(a.i)",
    "MATCH (a), (b), (c), (d), (e), (f) RETURN a, b, c, d, e, f, count(*)",
    "MATCH (a), (b), (c), (d) RETURN count(DISTINCT [a.i, b.i, c.i, d.i])",
    "MATCH (a), (b), (c), (d), (e), (f) RETURN a.i AS x, b ORDER BY x, f.i",
    "MATCH (a), (b), (c), (d), (e), (f) WITH DISTINCT a, b, c, d, e RETURN a",
    "MATCH (a {i: 0})-[r*]->(b) RETURN r",
    "MATCH (a) RETURN [(a)-[r*1..6]->(b) | r] AS rs",
    "RETURN [x IN range(1, 100000) | range(1, 1000)] AS l",
    "RETURN [x IN range(1, 1000) | [y IN range(1, 1000) | [z IN range(1, 1000) | z]]] AS l",
    "RETURN [x IN range(1, 1000) | [(a)-->(b) WHERE b.i >= 0 AND x > 0 | range(1, 1000)]] AS l",
    "UNWIND range(1, 10000) AS x RETURN size(collect(range(1, 1000))) AS l",
    "UNWIND range(1, 10000) AS x RETURN count(DISTINCT [y IN range(1, 1000) | x + y]) AS l",
    "UNWIND range(1, 10000) AS x WITH x, range(1, 100000) AS l RETURN sum(size(l)) AS s",
    "UNWIND range(1, 100000) AS x WITH x, range(1, 1000) AS l ORDER BY x LIMIT 1000000000 RETURN sum(size(l)) AS s",
    "UNWIND range(1, 10000) AS x WITH x, range(1, 1000) AS l WITH l, count(*) AS c, x RETURN sum(c) AS s",
    "MATCH (a) RETURN [(a)-->(b) | range(1, 10000)] AS l",
    "WITH reduce(l = [1], x IN range(1, 100000) | [l, l]) AS l RETURN l = l AS e",
    "WITH reduce(l = [1], x IN range(1, 100000) | [l]) AS l RETURN l = l AS e",
    "WITH reduce(l = {a: 1}, x IN range(1, 100000) | {a: l}) AS l RETURN DISTINCT l",
    "WITH reduce(l = [1], x IN range(1, 100000) | l + [l]) AS l RETURN toString(size(l)) AS e",
    "MATCH p = allShortestPaths((a)-[*]-(b)) RETURN p",
    "RETURN reduce(l = [1], x IN range(1, 60) | l + l) AS l",
    "RETURN reduce(s = 'x', x IN range(1, 60) | s + s) AS s",
    "UNWIND range(1, 1000000) AS x UNWIND range(1, 1000000) AS y RETURN x, y",
    "MATCH (a), (b), (c), (d), (e), (f) CREATE (:New {i: a.i})",
    "MATCH (a), (b), (c), (d), (e), (f) SET a.i = b.i",
    "MATCH (a), (b), (c), (d), (e), (f) CALL { WITH a CREATE (:New {i: a.i}) } RETURN count(*)",
    "MATCH (a) CALL { WITH a MATCH (b), (c), (d), (e), (f) CREATE (:New {i: a.i}) } RETURN count(*)",
    "MATCH (a), (b), (c), (d), (e), (f) RETURN 1 AS x UNION ALL MATCH (a) RETURN 1 AS x",
};

TEST_F(Hostile, TimeEndsWhatWouldNotEnd) {
  for (const auto& text : kEndless) {
    QueryOptions options;
    options.timeout = std::chrono::milliseconds(30);
    expect(text, ErrorCode::limit, options);
  }
}

TEST_F(Hostile, TimeEndsItUnderEveryWidth) {
  for (const std::uint32_t width : {1U, 2U, 3U, 64U, 65'536U}) {
    QueryOptions options;
    options.timeout = std::chrono::milliseconds(20);
    options.vector_size = width;
    for (const auto& text : kEndless) expect(text, ErrorCode::limit, options);
  }
}

TEST_F(Hostile, AStopTokenInterrupts) {
  for (const auto& text : kEndless) {
    std::stop_source source;
    QueryOptions options;
    options.stop = source.get_token();
    options.timeout = std::chrono::seconds(60 * kSlowness);
    std::atomic<double> stopped = 0;
    std::thread stopper([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
      stopped = seconds();
      source.request_stop();
    });
    expect(text, ErrorCode::interrupted, options);
    stopper.join();
    EXPECT_LT(seconds() - stopped, kSlowness) << text;
  }
}

TEST_F(Hostile, MemoryEndsWhatWouldFillIt) {
  for (const auto& text : kHuge) {
    QueryOptions options;
    options.max_memory = std::size_t{8} << 20U;
    options.timeout = std::chrono::seconds(30 * kSlowness);
    expect(text, ErrorCode::limit, options);
    options.evidence = false;
    expect(text, ErrorCode::limit, options);
  }
}

TEST_F(Hostile, RowsEndALongAnswer) {
  QueryOptions options;
  options.max_rows = 1'000;
  for (const char* text : {"MATCH (a), (b), (c), (d), (e), (f) RETURN 1 AS x", "MATCH (a {i: 0})-[r*]->(b) RETURN b",
                           "UNWIND range(1, 1000000) AS x RETURN x", "MATCH (a), (b) RETURN a UNION ALL MATCH (b) RETURN b AS a",
                           "MATCH (a), (b), (c) CREATE (n:New) RETURN n LIMIT 2000"}) {
    expect(text, ErrorCode::limit, options);
  }
}

// 10^5 clauses of each kind: an answer or a typed error, soon, and nothing kept.
TEST_F(Hostile, AHundredThousandClauses) {
  const auto many = [](std::string_view unit, std::string_view last) {
    std::string out;
    for (int i = 0; i < 100'000; ++i) out += unit;
    return out + std::string(last);
  };
  for (const auto& text :
       {many("MATCH (n) ", "RETURN 1"), many("MATCH () ", "RETURN 1"), many("OPTIONAL MATCH (n)-->(m) ", "RETURN 1"), many("WITH 1 AS x ", "RETURN x"),
        many("WITH * ", "RETURN 1"), many("UNWIND [1] AS x WITH 1 AS y ", "RETURN y"), many("CREATE (:New) ", ""), many("MERGE (:New) ", ""),
        many("RETURN 1 AS x UNION ", "RETURN 1 AS x"), many("RETURN 1 AS x UNION ALL ", "RETURN 1 AS x"), many("CREATE (n) SET n.i = 1 ", ""),
        many("CREATE (n) DELETE n WITH 1 AS one ", "RETURN 1"), many("MATCH (n) WHERE n.i = 1 WITH n ORDER BY n.i LIMIT 1 ", "RETURN 1"),
        many("CALL { CREATE (:New) } ", "RETURN 1"), many("CALL { ", "")}) {
    SCOPED_TRACE(text.substr(0, 40));
    QueryOptions options;
    options.timeout = std::chrono::seconds(5 * kSlowness);
    const auto bytes = bytes_in_use();
    const auto start = seconds();
    try {
      auto transaction = graph_.begin();  // dropped
      query(transaction, text, {}, options);
    } catch (const Error& error) {
      EXPECT_TRUE(error.code() == ErrorCode::limit || error.code() == ErrorCode::bind || error.code() == ErrorCode::syntax) << error.text();
    }
    EXPECT_LT(seconds() - start, 10 * kSlowness);
    EXPECT_LT(bytes_in_use(), bytes + (std::size_t{4} << 20U));
    EXPECT_EQ(query(graph_, "MATCH (n) RETURN count(*) AS c")[0]["c"].as_integer(), 100);
  }
}

}  // namespace
}  // namespace policygraph::testing
