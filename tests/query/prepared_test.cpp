#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "policygraph/graph/views.hpp"
#include "policygraph/query/query.hpp"
#include "query/rows_data.hpp"

namespace policygraph::testing {
namespace {

Graph graph() {
  auto out = open_in_memory(Schema::open());
  query(out,
        "UNWIND range(1, 60) AS i CREATE (:A {v: i, name: 'act ' + toString(i % 20), d: date('2020-01-01') + duration({days: i})})");
  query(out, "MATCH (a:A), (b:A) WHERE b.v = a.v + 1 OR b.v = a.v * 2 OR b.v = a.v - 7 CREATE (a)-[:R {w: a.v + b.v}]->(b)");
  query(out, "MATCH (a:A), (b:A) WHERE a.v % 10 = 0 AND b.v = a.v + 3 CREATE (a)-[:S]->(b), (a)-[:S]->(b)");
  return out;
}

// What a run gives, errors too.
std::string told(const auto& run) {
  std::string out;
  try {
    const Rows rows = run();
    for (const auto& note : rows.notifications()) out += "note " + note.text + "\n";
    for (const auto row : rows) {
      for (std::size_t i = 0; i < row.size(); ++i) out += row[i].to_string() + " ";
      for (const auto id : row.evidence_ids()) out += "#" + std::to_string(id.value);
      out += "\n";
    }
  } catch (const Error& error) {
    out += "error " + error.text();
  }
  return out;
}

const std::vector<std::string> kTexts = {
    "MATCH (a) WHERE id(a) = $p RETURN a.v, a.name, a",
    "MATCH (a:A) WHERE id(a) = $p AND a.v > 5 RETURN a.v",
    "MATCH (a:A {name: $p}) RETURN a.v ORDER BY a.v DESC",
    "MATCH (a:A) WHERE a.name IN $p RETURN a.v AS v ORDER BY v LIMIT 3",
    "MATCH (a:A)-[r:R]->(b) WHERE a.v = $p AND r.w > 12 RETURN b.v, r.w",
    "MATCH (a)-[:R]->(b)-[:R]-(c) WHERE id(a) = $p AND c.v IN [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] RETURN b.v, c.v SKIP 1",
    "MATCH (a)-[:S]->(b)<-[:S]-(a) WHERE id(a) = $p RETURN count(*)",
    "MATCH (a) WHERE id(a) = $p MATCH (a)-[:R*1..3]->(b) RETURN b.v, b.name",
    "MATCH (a) WHERE id(a) = $p MATCH shortestPath((a)-[:R*]->(b:A)) RETURN b.v",
    "MATCH (a), (b) WHERE id(a) = $p AND b.v = 44 MATCH q = shortestPath((a)-[:R*]-(b)) RETURN length(q), [n IN nodes(q) | n.v]",
    "MATCH (a:A)-[:R]->(b) WHERE a.v = $p RETURN b.name AS name, count(*) AS times, sum(b.v), collect(b.v) ORDER BY name",
    "MATCH (a:A)-[:R]->(b) WHERE a.v = $p RETURN DISTINCT b.v % 3",
    "MATCH (a:A) WHERE a.v = $p RETURN EXISTS { (a)-[:S]->() }, date() > a.d",
    "MATCH (a:A) WHERE a.v < 10 RETURN a.v + $p",
    "MATCH (a:A) WHERE a.v = $p OPTIONAL MATCH (a)-[:S]->(b) RETURN a.v, b.v",
    "CALL names.prefix($p, 5) YIELD node RETURN node.v",
    "MATCH (a:A) RETURN a.v ORDER BY a.v LIMIT $p",
    "MATCH (a:A) WHERE a.d > date('2020-02-25') AND a.v <> $p RETURN a.d",
};

std::vector<Value> arguments() {
  return {Value(1), Value(7), Value("act 3"), Value(), Value(20), Value(2.0), Value(Decimal::parse("30")), Value(ValueList{Value("act 1"), Value("act 2")}),
          Value("act"), Value(-1), Value(ValueList{Value("act 7"), Value(3), Value()}), Value(999'999), Value("act 11"), Value(40), Value(true)};
}

TEST(PreparedQuery, AnswersTheSecondTimeAsTheFirst) {
  const auto asked = graph();
  const auto snapshot = asked.snapshot();
  for (const bool evidence : {true, false}) {
    QueryOptions options;
    options.evidence = evidence;
    for (const auto& text : kTexts) {
      const auto prepared = prepare(snapshot, text, options);
      for (int turn = 0; turn < 2; ++turn) {
        for (const auto& value : arguments()) {
          const Parameters named{{"p", value}};
          const auto anew = told([&] { return prepare(snapshot, text, options).run(named, options); });
          EXPECT_EQ(told([&] { return prepared.run(named, options); }), anew) << text << " with " << value.to_string();
          EXPECT_EQ(told([&] { return prepared.run_in_order(std::span(&value, 1), options); }), anew) << text << " with " << value.to_string();
          EXPECT_EQ(told([&] { return query(snapshot, text, named, options); }), anew) << text << " with " << value.to_string();
        }
      }
    }
  }
}

bool leaves_run(const PreparedQuery& prepared) { return prepared.data().kept->spare.take() != nullptr; }

TEST(PreparedQuery, LeavesASmallRunToTheNext) {
  const auto asked = graph();
  const auto snapshot = asked.snapshot();
  for (const auto* text : {"MATCH (a) WHERE id(a) = $p RETURN a.v", "MATCH (a)-[:R]->(b:A) WHERE id(a) = $p AND b.v > 3 RETURN b.v"}) {
    const auto prepared = prepare(snapshot, text);
    EXPECT_FALSE(leaves_run(prepared)) << text;
    prepared.run({{"p", 7}});
    EXPECT_TRUE(leaves_run(prepared)) << text;
    EXPECT_FALSE(leaves_run(prepared)) << text;
  }
  const auto large = prepare(snapshot, "MATCH (a:A) WHERE a.v = $p MATCH (a)-[:R*1..8]-(b) RETURN count(b)");
  large.run({{"p", 7}});
  EXPECT_FALSE(leaves_run(large));
  const auto failing = prepare(snapshot, "MATCH (a) WHERE id(a) = $p RETURN a.v + 'x' + 1.5 * a.name");
  EXPECT_THROW(failing.run({{"p", 7}}), QueryError);
  EXPECT_FALSE(leaves_run(failing));
}

TEST(PreparedQuery, HeedsTheOptionsOfEachRun) {
  const auto asked = graph();
  const auto prepared = prepare(asked.snapshot(), "MATCH (a:A)-[:R]->(b) WHERE a.v = $p RETURN b.v ORDER BY b.v");
  const Parameters named{{"p", 10}};
  const auto whole = told([&] { return prepared.run(named); });
  QueryOptions few;
  few.max_rows = 1;
  EXPECT_EQ(told([&] { return prepared.run(named, few); }), "error the answer has more than 1 rows; add LIMIT");
  EXPECT_EQ(told([&] { return prepared.run(named); }), whole);
  QueryOptions narrow;
  narrow.vector_size = 1;
  EXPECT_EQ(told([&] { return prepared.run(named, narrow); }), whole);
  QueryOptions stopped;
  std::stop_source source;
  stopped.stop = source.get_token();
  source.request_stop();
  EXPECT_EQ(told([&] { return prepared.run(named, stopped); }), "error the query was stopped");
  QueryOptions tight;
  tight.max_memory = 1;
  EXPECT_NE(told([&] { return prepared.run(named, tight); }).find("needs more than 1 bytes"), std::string::npos);
  EXPECT_EQ(told([&] { return prepared.run(named); }), whole);
}

TEST(PreparedQuery, ReadsTheClockForEachRun) {
  const auto asked = graph();
  const auto prepared = prepare(asked.snapshot(), "RETURN date()");
  QueryOptions options;
  options.now = std::chrono::sys_days(std::chrono::year{2021} / 3 / 4);
  EXPECT_EQ(prepared.run({}, options)[0][0].to_string(), "date('2021-03-04')");
  options.now = std::chrono::sys_days(std::chrono::year{2022} / 5 / 6);
  EXPECT_EQ(prepared.run({}, options)[0][0].to_string(), "date('2022-05-06')");
  EXPECT_NE(prepared.run()[0][0].to_string(), "date('2022-05-06')");
}

TEST(PreparedQuery, TakesValuesInTheOrderItNamesThem) {
  const auto asked = graph();
  const auto prepared = prepare(asked.snapshot(), "MATCH (a:A) WHERE a.v > $low AND a.v < $high AND a.v <> $low + 1 RETURN a.v AS v ORDER BY v");
  EXPECT_EQ(prepared.parameters(), (std::vector<std::string>{"low", "high"}));
  const std::vector<Value> values{Value(3), Value(7)};
  EXPECT_EQ(told([&] { return prepared.run_in_order(values); }), told([&] { return prepared.run({{"high", 7}, {"low", 3}}); }));
  EXPECT_EQ(told([&] { return prepared.run_in_order(std::span(values).first(1)); }),
            "error the query has 2 parameters, and 1 values are given");
}

TEST(PreparedQuery, AnswersViewsAndOutlivesItsGraph) {
  std::optional<PreparedQuery> whole, part;
  Rows kept = [&] {
    const auto asked = graph();
    whole.emplace(prepare(asked.snapshot(), "MATCH (a)-[:R]->(b) WHERE id(a) = $p RETURN count(b)"));
    part.emplace(prepare(with_types(asked.snapshot(), {"S"}), "MATCH (a)-[:R]->(b) WHERE id(a) = $p RETURN count(b)"));
    return whole->run({{"p", 9}});
  }();
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(whole->run({{"p", 9}})[0][0], kept[0][0]);
    EXPECT_EQ(part->run({{"p", 9}})[0][0], Value(0));
  }
}

TEST(PreparedQuery, IsRunByManyThreads) {
  const auto asked = graph();
  const auto prepared = prepare(asked.snapshot(), "MATCH (a:A)-[:R]->(b) WHERE a.v = $p RETURN b.v ORDER BY b.v");
  std::vector<std::string> wanted;
  for (int p = 0; p < 60; ++p) wanted.push_back(told([&] { return prepared.run({{"p", p}}); }));
  std::atomic<int> wrong = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 600; ++i) {
        const int p = (i * 7 + t) % 60;
        if (told([&] { return prepared.run({{"p", p}}); }) != wanted[static_cast<std::size_t>(p)]) ++wrong;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace policygraph::testing
