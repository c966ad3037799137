#include "policygraph/query/plan_cache.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace policygraph::testing {
namespace {

Graph graph() {
  auto out = open_in_memory(Schema::open());
  query(out, "UNWIND range(1, 10) AS i CREATE (:A {v: i})");
  return out;
}

TEST(PlanCache, PlansATextOnce) {
  const auto snapshot = graph().snapshot();
  PlanCache plans;
  const std::string text = "MATCH (a:A) WHERE a.v > $v RETURN a.v AS v ORDER BY v LIMIT 1";
  EXPECT_EQ(plans.prepare(snapshot, text).run({{"v", 3}})[0][0], Value(4));
  EXPECT_EQ(plans.prepare(snapshot, text).run({{"v", 7}})[0][0], Value(8));
  EXPECT_EQ(plans.hits(), 1U);
  EXPECT_EQ(plans.misses(), 1U);
}

TEST(PlanCache, PlansAnewForAnotherSnapshot) {
  auto changing = graph();
  PlanCache plans;
  const std::string text = "MATCH (a:A) RETURN count(a) AS n";
  EXPECT_EQ(plans.prepare(changing.snapshot(), text).run()[0][0], Value(10));
  query(changing, "CREATE (:A)");
  EXPECT_EQ(plans.prepare(changing.snapshot(), text).run()[0][0], Value(11));
  EXPECT_EQ(plans.hits(), 0U);
  EXPECT_EQ(plans.size(), 1U);
}

TEST(PlanCache, TellsOptionsApart) {
  const auto snapshot = graph().snapshot();
  PlanCache plans;
  QueryOptions bare;
  bare.evidence = false;
  const std::string text = "MATCH (a:A) RETURN a LIMIT 1";
  EXPECT_FALSE(plans.prepare(snapshot, text).run()[0].evidence_ids().empty());
  EXPECT_TRUE(plans.prepare(snapshot, text, bare).run()[0].evidence_ids().empty());
  EXPECT_EQ(plans.hits(), 0U);
  QueryOptions without_rule;
  without_rule.rules_off = {"top_rows"};
  plans.prepare(snapshot, text, without_rule);
  EXPECT_EQ(plans.misses(), 2U);
}

TEST(PlanCache, KeepsTheLastUsed) {
  const auto snapshot = graph().snapshot();
  PlanCache plans(2);
  plans.prepare(snapshot, "RETURN 1 AS x");
  plans.prepare(snapshot, "RETURN 2 AS x");
  plans.prepare(snapshot, "RETURN 1 AS x");
  plans.prepare(snapshot, "RETURN 3 AS x");
  EXPECT_EQ(plans.size(), 2U);
  plans.prepare(snapshot, "RETURN 1 AS x");
  EXPECT_EQ(plans.hits(), 2U);
  EXPECT_THROW(plans.prepare(snapshot, "RETURN y"), QueryError);
  EXPECT_EQ(plans.size(), 2U);
}

TEST(PlanCache, ServesThreads) {
  const auto snapshot = graph().snapshot();
  PlanCache plans(4);
  std::vector<std::thread> threads;
  std::atomic<std::int64_t> sum = 0;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 200; ++i) sum += plans.prepare(snapshot, "RETURN " + std::to_string((i + t) % 8) + " AS x").run()[0][0].as_integer();
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(sum, 4 * 25 * (0 + 1 + 2 + 3 + 4 + 5 + 6 + 7));
  EXPECT_EQ(plans.hits() + plans.misses(), 800U);
}

}  // namespace
}  // namespace policygraph::testing
