#include "policygraph/query/plan_cache.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "policygraph/graph/views.hpp"
#include "query/kept_plans.hpp"

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

TEST(PlanCache, AnswersFromTheSnapshotAsked) {
  auto changing = graph();
  PlanCache plans;
  const std::string text = "MATCH (a:A) RETURN count(a) AS n";
  EXPECT_EQ(plans.prepare(changing.snapshot(), text).run()[0][0], Value(10));
  query(changing, "CREATE (:A)");
  EXPECT_EQ(plans.prepare(changing.snapshot(), text).run()[0][0], Value(11));
  EXPECT_EQ(plans.size(), 1U);
}

TEST(PlanCache, TellsAViewFromItsSnapshot) {
  auto whole = open_in_memory(Schema::open());
  query(whole, "CREATE (:A), (:A), (:B)");
  const auto snapshot = whole.snapshot();
  PlanCache plans;
  const std::string text = "MATCH (n) RETURN count(n) AS n";
  EXPECT_EQ(plans.prepare(snapshot, text).run()[0][0], Value(3));
  EXPECT_EQ(plans.prepare(with_labels(snapshot, {"A"}), text).run()[0][0], Value(2));
  EXPECT_EQ(plans.prepare(snapshot, text).run()[0][0], Value(3));
  EXPECT_EQ(query(with_labels(snapshot, {"B"}), text)[0][0], Value(1));
  EXPECT_EQ(query(snapshot, text)[0][0], Value(3));
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

// Plans that query() keeps beside a snapshot.
TEST(KeptPlans, AnswerAsNewOnesDo) {
  auto changing = graph();
  const std::string text = "MATCH (a:A) WHERE a.v >= $v RETURN count(a) AS n";
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(query(changing, text, {{"v", 8}})[0][0], Value(3 + i));
    EXPECT_EQ(query(changing, text, {{"v", 1}})[0][0], Value(10 + i));
    EXPECT_EQ(query(changing.snapshot(), text, {{"v", 8}})[0][0], Value(3 + i));
    query(changing, "CREATE (:A {v: 100})");
  }
}

TEST(KeptPlans, AreFoundByTextAndOptions) {
  namespace engine = detail::query;
  const auto snapshot = graph().snapshot();
  const std::string text = "MATCH (a:A) RETURN a LIMIT 1";
  QueryOptions bare, as_bound, with_procedures;
  bare.evidence = false;
  as_bound.optimise = false;
  with_procedures.procedures = std::make_shared<Procedures>();
  EXPECT_EQ(engine::find_plan(snapshot, text, {}), nullptr);
  EXPECT_FALSE(query(snapshot, text)[0].evidence_ids().empty());
  const auto first = engine::find_plan(snapshot, text, {});
  ASSERT_NE(first, nullptr);
  query(snapshot, text);
  EXPECT_EQ(engine::find_plan(snapshot, text, {}), first);
  EXPECT_EQ(engine::find_plan(snapshot, text, bare), nullptr);
  EXPECT_EQ(engine::find_plan(snapshot, text, as_bound), nullptr);
  EXPECT_TRUE(query(snapshot, text, {}, bare)[0].evidence_ids().empty());
  query(snapshot, text, {}, with_procedures);
  EXPECT_EQ(engine::find_plan(snapshot, text, with_procedures), nullptr);
  EXPECT_THROW(query(snapshot, "CREATE (:A)"), Error);
  EXPECT_EQ(engine::find_plan(snapshot, "CREATE (:A)", {}), nullptr);
}

TEST(KeptPlans, GoWithTheirSnapshot) {
  auto changing = graph();
  const std::string text = "MATCH (a:A) RETURN a LIMIT 1";
  query(changing, text);
  std::weak_ptr<const detail::query::KeptPlan> kept = detail::query::find_plan(changing.snapshot(), text, {});
  EXPECT_FALSE(kept.expired());
  changing.close();
  changing = graph();
  EXPECT_TRUE(kept.expired());
}

// The same plan serves snapshots that commits make, until what it was chosen by is another.
TEST(KeptPlans, GoOnOverCommits) {
  namespace engine = detail::query;
  auto changing = open_in_memory(Schema::open());
  query(changing, "UNWIND range(1, 5000) AS i CREATE (:A {v: i})");
  changing.compact();
  query(changing, "UNWIND range(1, 100) AS i CREATE (:B {v: i})");
  const std::string of_a = "MATCH (a:A) WHERE a.v >= $v RETURN count(a) AS n", of_b = "MATCH (b:B) RETURN count(b) AS n", of_c = "MATCH (c:C) RETURN count(c) AS n";
  query(changing, of_a, {{"v", 1}});
  query(changing, of_b);
  query(changing, of_c);
  const auto plan_of = [&](const std::string& text) {
    const auto found = engine::find_plan(changing.snapshot(), text, {});
    return found == nullptr ? nullptr : found->plan;
  };
  const auto first = plan_of(of_a);
  ASSERT_NE(first, nullptr);
  for (int i = 0; i < 3; ++i) {
    query(changing, "CREATE (:A {v: 5001})");
    EXPECT_EQ(plan_of(of_a), first);
    EXPECT_NE(plan_of(of_b), nullptr);
    EXPECT_EQ(query(changing, of_a, {{"v", 5'000}})[0][0], Value(2 + i));
  }
  query(changing, "UNWIND range(1, 150) AS i CREATE (:B {v: i})");
  EXPECT_EQ(plan_of(of_a), first);
  EXPECT_EQ(plan_of(of_b), nullptr) << "more than twice as many";
  EXPECT_EQ(plan_of(of_c), nullptr) << "it has a note to give each time";
  query(changing, "CREATE (:C)");
  EXPECT_TRUE(query(changing, of_c).notifications().empty());
  EXPECT_EQ(query(changing, of_c)[0][0], Value(1));
  query(changing, "MATCH (c:C) DELETE c");
  EXPECT_EQ(plan_of(of_c), nullptr) << "none of them is left";
}

TEST(PlanCache, FindsPlansFromBeforeACommit) {
  auto changing = open_in_memory(Schema::open());
  query(changing, "UNWIND range(1, 100) AS i CREATE (:A {v: i})");
  const std::string text = "MATCH (a:A) RETURN count(a) AS n";
  PlanCache plans;
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(plans.prepare(changing.snapshot(), text).run()[0][0], Value(100 + i));
    query(changing, "CREATE (:A)");
  }
  EXPECT_EQ(plans.misses(), 1U);
  EXPECT_EQ(plans.hits(), 4U);
}

TEST(KeptPlans, ServeWritesToo) {
  namespace engine = detail::query;
  auto changing = graph();
  const std::string text = "MATCH (a:A {v: $v}) CREATE (a)-[:R]->(b:B {of: $v}) RETURN b.of AS of";
  std::shared_ptr<const detail::query::Plan> first;
  query(changing, "CREATE ()-[:R]->(:B {of: 0})");
  for (std::int64_t i = 1; i <= 3; ++i) {
    const auto rows = query(changing, text, {{"v", i}});
    EXPECT_EQ(rows[0][0], Value(i));
    EXPECT_EQ(rows.counts().nodes_created, 1U);
    const auto found = engine::find_plan(changing.snapshot(), text, {});
    ASSERT_NE(found, nullptr);
    EXPECT_TRUE(i == 1 || found->plan == first);
    first = found->plan;
  }
  EXPECT_EQ(query(changing, "MATCH (:A)-[:R]->(b) RETURN count(b) AS n")[0][0], Value(3));
  EXPECT_THROW(query(changing.snapshot(), text, {{"v", 1}}), Error);
  EXPECT_THROW(PlanCache().prepare(changing.snapshot(), text), Error);
  QueryOptions dated;
  dated.as_of = PartialDate::year(2020);
  EXPECT_THROW(query(changing, text, {{"v", 1}}, dated), Error);
  auto transaction = changing.begin();
  EXPECT_EQ(query(transaction, text, {{"v", 4}})[0][0], Value(4));
  EXPECT_EQ(query(transaction, text, {{"v", 4}})[0][0], Value(4));
  transaction.rollback();
  EXPECT_EQ(query(changing, "MATCH (b:B) RETURN count(b) AS n")[0][0], Value(4));
}

// A plan does not keep notes to itself.
TEST(KeptPlans, NotifyEachTime) {
  const auto snapshot = graph().snapshot();
  for (int i = 0; i < 2; ++i) EXPECT_EQ(query(snapshot, "MATCH (a:Aa) RETURN a").notifications().size(), 1U);
}

}  // namespace
}  // namespace policygraph::testing
