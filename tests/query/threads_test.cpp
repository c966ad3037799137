#include <gtest/gtest.h>

#include <algorithm>

#include "policygraph/query/query.hpp"
#include "query/plan/plan.hpp"
#include "query/run/workers.hpp"
#include "query/syntax/parser.hpp"

// Scans and sums by several threads: the answer is that of one thread, with its order, and so are errors and limits.
namespace policygraph::testing {
namespace {

class Threads : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    graph_ = new Graph(open_in_memory(Schema::open()));
    for (const char* text :
         {"UNWIND range(0, 39999) AS k CREATE (:N {k: k, text: 't' + toString((k * k) % 1000), i: k % 17 - 8, "
          "money: CASE WHEN k % 3 = 0 THEN decimal('0.05') ELSE decimal('1.255') END, real: k * 0.1, odd: CASE WHEN k = 39990 THEN 'x' ELSE 1 END})",
          "MATCH (n:N) WHERE n.k < 2000 UNWIND range(1, n.k % 40) AS j CREATE (n)-[:R {w: j * 0.1}]->(:M {j: j, k: n.k})",
          "MATCH (a:N) WHERE a.k < 4000 UNWIND range(1, 1 + a.k % 7) AS j MATCH (b:N {k: (a.k + j * j) % 3900}) CREATE (a)-[:T]->(b), (a)-[:T]->(b)"})
      query(*graph_, text);
  }
  static void TearDownTestSuite() { delete graph_; }

  static QueryOptions options(unsigned threads) {
    QueryOptions out;
    out.evidence = false;
    out.threads = threads;
    return out;
  }
  static std::string answer(const std::string& text, const QueryOptions& options) {
    try {
      std::string out;
      for (const auto row : query(graph_->snapshot(), text, {}, options)) {
        for (std::size_t i = 0; i < row.size(); ++i) out += (i == 0 ? "" : " ") + row[i].to_string();
        out += "\n";
      }
      return out;
    } catch (const Error& error) {
      return "error " + error.report();
    }
  }
  static void expect_same(std::initializer_list<const char*> texts) {
    for (const char* text : texts) {
      const auto wanted = answer(text, options(1));
      for (const unsigned threads : {2U, 3U, 8U}) EXPECT_EQ(answer(text, options(threads)), wanted) << text << " by " << threads;
    }
  }
  static detail::query::Plan plan_of(const char* text) {
    return detail::query::make_plan(detail::query::bind(detail::query::parse(text), graph_->snapshot()), graph_->snapshot(), options(2));
  }
  static Graph* graph_;
};

Graph* Threads::graph_ = nullptr;

TEST_F(Threads, AnswerAsOneDoesInItsOrder) {
  expect_same({
      "MATCH (n:N) RETURN n.text, count(*), sum(n.k), min(n.k), max(n.money), avg(n.i)",
      "MATCH (n:N) WHERE n.i > 2 AND (n.k < 100 OR n.k > 39000) RETURN n.i, count(*), sum(n.money)",
      "MATCH (n:N) RETURN sum(n.k * 2 - n.i), count(n.nothing), avg(n.money)",
      "MATCH (n:N) WHERE NOT EXISTS { (n)-[:R]->() } RETURN n.i, count(*)",
      "MATCH (n:N)-[r:R]->(m:M) WHERE m.j > 3 RETURN m.j, n.i, sum(n.money), count(r)",
      "MATCH (n:N) OPTIONAL MATCH (n)-[:R]->(m:M) WHERE m.j % 2 = 0 WITH n, count(m) AS ms, sum(m.j) AS js RETURN ms, count(*), sum(js)",
      "MATCH (n:N) WHERE n.k < 0 RETURN count(*), sum(n.k)",
      "MATCH (n:N) WHERE n.k < 0 RETURN n.i, count(*)",
      "MATCH (n:N)-[r:R]->(m:M) WHERE r.w > 0.5 RETURN m.k, count(*) ORDER BY m.k DESC LIMIT 5",
      "MATCH (n:N) RETURN n.i IS NULL, n.odd, count(*)",
      "MATCH (a:N)-[:T]->(b:N)-[:T]->(c:N), (a)-[:T]->(c) RETURN count(*)",
      "MATCH (a:N)-[:T]->(b)-[:T]->(c:N), (a)-[:T]->(c) WHERE b.k > 99 RETURN a.i, count(*)",
  });
}

TEST_F(Threads, LeaveToOneWhatHasAnOrder) {
  expect_same({
      "MATCH (n:N) RETURN sum(n.real), avg(n.real)",
      "MATCH (n:N) RETURN n.i, sum(n.real)",
      "MATCH (n:N) RETURN n.i, collect(n.k)[..3], count(DISTINCT n.text)",
      "MATCH (n:N) RETURN min(n.odd), max(n.odd)",
      "MATCH (n:N) RETURN sum(n.k * 100000000000) AS s",
      "MATCH (n:N) WHERE n.k < 9 OR n.k > 39980 RETURN sum(n.k * 100000000000000) AS s",
  });
}

TEST_F(Threads, FailAsOneDoes) {
  expect_same({
      "MATCH (n:N) RETURN sum(n.odd)",
      "MATCH (n:N) RETURN sum(10 / (n.k - 20000))",
      "MATCH (n:N) RETURN count(n.text + (n.k - 30000) / (n.k - 39000)), sum(1 / (n.k - 100))",
  });
  auto narrow = options(1);
  narrow.max_memory = 2'000'000;
  const auto text = "MATCH (n:N) RETURN n.k, count(*)";
  const auto wanted = answer(text, narrow);
  EXPECT_NE(wanted.find("needs more than 2000000 bytes"), std::string::npos);
  narrow.threads = 3;
  EXPECT_EQ(answer(text, narrow), wanted);
  std::stop_source stop;
  stop.request_stop();
  auto stopped = options(3);
  stopped.stop = stop.get_token();
  EXPECT_NE(answer(text, stopped).find("was stopped"), std::string::npos);
}

TEST_F(Threads, AreWorthItWhereManyNodesAreRead) {
  using namespace detail::query;
  const auto parted = [](const char* text) {
    const auto plan = plan_of(text);
    const auto aggregate = std::ranges::find(plan.steps, StepKind::aggregate, &Step::kind);
    return aggregate != plan.steps.end() && scan_in_parts(plan, aggregate->input) != nullptr;
  };
  EXPECT_TRUE(parted("MATCH (n:N) WHERE n.i > 2 RETURN n.text, count(*)"));
  EXPECT_TRUE(parted("MATCH (n:N) OPTIONAL MATCH (n)-[:R]->(m) RETURN n.text, sum(m.j)"));
  EXPECT_FALSE(parted("MATCH (n:N) WITH n ORDER BY n.k LIMIT 30000 RETURN n.text, count(*)"));
  EXPECT_FALSE(parted("MATCH (n:N), (m:M) RETURN n.text, sum(m.j)"));
  const auto plan = plan_of("MATCH (n:N) RETURN count(*)");
  const auto snapshot = graph_->snapshot();
  const auto names = resolve_names(plan.query, snapshot);
  const auto three = options(3);
  Execution execution(plan, three, snapshot, names);
  EXPECT_EQ(Workers(execution, 100'000).size(), 3U);
  EXPECT_EQ(Workers(execution, 1'000).size(), 1U);
  Workers workers(execution, 100'000);
  EXPECT_TRUE(workers.run(100, [](unsigned, std::uint32_t) { return true; }));
  EXPECT_FALSE(workers.run(100, [](unsigned, std::uint32_t part) { return part != 70; }));
  EXPECT_FALSE(workers.run(100, [](unsigned, std::uint32_t part) -> bool { throw Error(ErrorCode::run, std::to_string(part)); }));
}

TEST_F(Threads, AreNotAskedWhereEachAnswerDiffers) {
  using namespace detail::query;
  const auto plan = plan_of("MATCH (n:N) WHERE rand() < 2 RETURN count(*)");
  const auto snapshot = graph_->snapshot();
  const auto names = resolve_names(plan.query, snapshot);
  const auto three = options(3);
  Execution execution(plan, three, snapshot, names);
  EXPECT_EQ(Workers(execution, 100'000).size(), 1U);
  EXPECT_EQ(answer("MATCH (n:N) WHERE rand() < 2 RETURN count(*)", three), "40000\n");
}

}  // namespace
}  // namespace policygraph::testing
