#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "policygraph/query/query.hpp"
#include "query/functions/function.hpp"
#include "query/run/members.hpp"

// Constants are worked out once a plan (fold_constants), and a list that stays the same is asked by hash (Members).
namespace policygraph::testing {
namespace {

namespace engine = detail::query;

Graph sample() {
  auto graph = open_in_memory(Schema::open());
  query(graph, "UNWIND range(1, 20) AS i CREATE (:N {i: i, name: 'n' + toString(i)})");
  return graph;
}

// What the plan puts into x.
std::string folded(const std::string& expression, const QueryOptions& options = {}) {
  static const auto snapshot = sample().snapshot();
  const auto text = explain(snapshot, "MATCH (n:N) RETURN " + expression + " AS x", QueryPhase::plan, options);
  const auto start = text.find(" = ") + 3;
  return text.substr(start, text.find('\n', start) - start);
}

TEST(FoldConstants, WorksOutWhatIsMadeOfLiterals) {
  EXPECT_EQ(folded("1 + 2 * 3"), "7");
  EXPECT_EQ(folded("[1, 2 + 1, ['a', null]]"), "[1, 3, ['a', null]]");
  EXPECT_EQ(folded("{a: -1, b: [2][0]}"), "{a: -1, b: 2}");
  EXPECT_EQ(folded("CASE WHEN 1 < 2 THEN 'yes' ELSE 'no' END"), "'yes'");
  EXPECT_EQ(folded("toUpper('a') + 'b'"), "'Ab'");
  EXPECT_EQ(folded("date('2020-01-31') + duration('P1M')"), "date('2020-02-29')");
  EXPECT_EQ(folded("date({year: 2020, month: 2})"), "date('2020-02-01')");
  EXPECT_EQ(folded("decimal('1.5') * 2"), "decimal('3.0')");
  EXPECT_EQ(folded("n.i + (1 + 1)"), "(n.i + 2)");
  EXPECT_EQ(folded("[1, 2, 3][1..]"), "[2, 3]");
  EXPECT_EQ(folded("NOT (true AND null)"), "null");
  EXPECT_EQ(folded("date('2020-05-01').year"), "2020");
}

TEST(FoldConstants, ShortensAndAndOr) {
  EXPECT_EQ(folded("true AND n.i > 1"), folded("n.i > 1"));
  EXPECT_EQ(folded("false OR n.i > 1 OR 1 > 2"), folded("n.i > 1"));
  EXPECT_EQ(folded("true OR 1 / 0 > 1"), "true");
  EXPECT_EQ(folded("n.i > 1 AND 1 > 2 AND 1 / 0 > 1"), folded("n.i > 1 AND false"));
  EXPECT_EQ(folded("n.i > 1 OR null"), "((n.i > 1) OR null)");
  EXPECT_NE(folded("n.i > 1 AND false"), "false");  // what stands before may fail
  const auto plan = explain(sample().snapshot(), "MATCH (n:N) WHERE (1 < 2 OR n.i > 1) AND (1 > 2 OR n.i > 2) RETURN n");
  EXPECT_NE(plan.find("filter (n.i > 2)\n"), std::string::npos) << plan;
}

TEST(FoldConstants, LeavesWhatDiffersOrFails) {
  EXPECT_EQ(folded("1 / 0"), "(1 / 0)");
  EXPECT_EQ(folded("[1, 1 / 0]"), "[1, (1 / 0)]");
  EXPECT_EQ(folded("date('x')"), "date('x')");
  for (const char* clock : {"date()", "timestamp()", "rand()", "datetime.realtime()", "date({timezone: 'Asia/Tashkent'})", "time({hour: 1, timezone: 'Asia/Tashkent'})",
                            "date.truncate('year')", "$p + 1"}) {
    EXPECT_NE(folded(clock).find_first_of("(+"), std::string::npos) << clock << folded(clock);
  }
  EXPECT_EQ(folded("size(range(1, 100000))"), "size(range(1, 100000))");
  EXPECT_EQ(folded("range(1, 1000)"), "range(1, 1000)");
  QueryOptions without;
  without.rules_off = {"fold_constants"};
  EXPECT_EQ(folded("1 + 2", without), "(1 + 2)");
  QueryOptions unoptimised;
  unoptimised.optimise = false;
  EXPECT_EQ(folded("1 + 2", unoptimised), "(1 + 2)");
}

TEST(FoldConstants, AnErrorIsRaisedWhereARowComesToIt) {
  const auto graph = sample();
  const auto rows = [&](const std::string& text) { return query(graph.snapshot(), text).size(); };
  EXPECT_EQ(rows("MATCH (n:N) RETURN CASE WHEN n.i < 0 THEN 1 / 0 ELSE 1 END AS x"), 20U);
  EXPECT_EQ(rows("MATCH (n:N) WHERE n.i < 0 RETURN 1 / 0 AS x"), 0U);
  EXPECT_EQ(rows("MATCH (n:N) WHERE false AND 1 / 0 = 1 RETURN n"), 0U);
  EXPECT_EQ(rows("RETURN coalesce(1, 1 % 0) AS x LIMIT 0"), 0U);
  EXPECT_THROW(rows("MATCH (n:N) RETURN 1 / 0 AS x"), QueryError);
  EXPECT_THROW(rows("RETURN CASE WHEN true THEN 1 / 0 END AS x"), QueryError);
}

// A folded value can be looked up where an expression could not.
TEST(FoldConstants, ComesBeforeTheOtherRules) {
  const auto graph = sample();
  const auto plan = explain(graph.snapshot(), "MATCH (n:N) WHERE n.name = 'n' + '7' RETURN n.i");
  EXPECT_NE(plan.find("seek"), std::string::npos) << plan;
  EXPECT_EQ(query(graph.snapshot(), "MATCH (n:N) WHERE n.name IN ['n' + '7', toLower('N9')] RETURN n.i ORDER BY n.i")[1][0], Value(9));
}

TEST(FoldConstants, GrowsWithItsTextAlone) {
  const auto graph = sample();
  std::string numbers = "[0";
  for (int i = 1; i < 20'000; ++i) numbers += "," + std::to_string(i);
  const auto long_list = explain(graph.snapshot(), "RETURN 5 IN " + numbers + "] AS x");
  EXPECT_NE(long_list.find("x = true"), std::string::npos) << long_list.substr(0, 200);
  std::string ranges = "[range(1, 300)";
  for (int i = 1; i < 20'000; ++i) ranges += ",range(1, 300)";
  QueryOptions options;
  options.timeout = std::chrono::seconds(10);
  EXPECT_EQ(query(graph.snapshot(), "RETURN size(" + ranges + "]) AS x", {}, options)[0][0], Value(20'000));
}

engine::Truth walked(const Value& item, const ValueList& list) {
  auto out = engine::Truth::no;
  for (const auto& other : list) {
    const auto same = engine::equal(item, other);
    if (same == engine::Truth::yes) return same;
    if (same == engine::Truth::unknown) out = same;
  }
  return out;
}

std::vector<Value> kinds() {
  return {Value(1), Value(1.0), Value(Decimal(1)), Value(Decimal::parse("1.50")), Value(Decimal::parse("1.5")), Value(1.5), Value(std::nan("")), Value(-0.0), Value(0),
          Value(9.2233720368547758e18), Value(std::int64_t{9'223'372'036'854'775'807}), Value(Decimal::parse("9223372036854775808")), Value(true), Value("a"), Value("1"),
          Value(Day{10}), Value(PartialDate::parse("1970-01-11")), Value(PartialDate::parse("1970-01")), Value(PartialDate::parse("1970")),
          Value(parse_duration("P1D")), Value(parse_duration("PT24H")), Value(parse_zoned_time("12:00Z")), Value(parse_zoned_time("13:00+01:00")),
          Value(NodeKey{1}), Value(EdgeKey{1}), Value(), Value(ValueList{Value(1)}), Value(ValueList{Value()}), Value(ValueMap{{"a", Value(1)}}), Value(ValueMap{{"a", Value()}})};
}

// The hash against the walk, over lists of every kind, for every kind: the same answer, and an error where the walk has one.
TEST(Members, AgreeWithTheWalk) {
  std::mt19937_64 random(5);
  const auto all = kinds();
  QueryOptions options;
  engine::Limits limits(options);
  std::size_t looked_up = 0;
  for (int round = 0; round < 2'000; ++round) {
    ValueList list;
    const auto variety = 1 + random() % all.size();
    const auto size = random() % 30;
    for (std::size_t i = 0; i < size; ++i) list.push_back(all[random() % variety]);
    engine::Members members(limits);
    for (int i = 0; i < 3; ++i) members.holds(Value(7), list);
    for (const auto& item : all) {
      const auto found = members.holds(item, list);
      if (!found) continue;
      ++looked_up;
      EXPECT_EQ(*found, walked(item, list)) << item.to_string() << " IN " << Value(ValueList(list)).to_string();
    }
  }
  EXPECT_GT(looked_up, 10'000U);
}

TEST(Members, StandForTheListInAQuery) {
  const auto graph = sample();
  const auto counted = [&](const std::string& list, const Parameters& parameters = {}) {
    return query(graph.snapshot(), "UNWIND range(1, 1000) AS x WITH x WHERE x IN " + list + " RETURN count(*) AS n", parameters)[0][0].as_integer();
  };
  EXPECT_EQ(counted("[2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 2000]"), 10);
  EXPECT_EQ(counted("[2.0, 4.5, 6, null, 8, 10, 12, 14, 16, 18, 'x']"), 8);
  ValueList list;
  for (int i = 0; i < 5'000; ++i) list.emplace_back(3 * i);
  EXPECT_EQ(counted("$l", {{"l", Value(list)}}), 333);
}

}  // namespace
}  // namespace policygraph::testing
