// Queries made to exhaust the engine, and wrong ones: an Error with a place, in little time, and the graph as it was.
#include "policygraph/query/query.hpp"

#include "trust/trust.hpp"

namespace policygraph::testing {
namespace {

constexpr std::size_t kDeep = 100'000;
constexpr std::size_t kReportBytes = 6000;

std::string repeated(std::string_view unit, std::size_t times) {
  std::string all;
  all.reserve(unit.size() * times);
  for (std::size_t i = 0; i < times; ++i) all += unit;
  return all;
}

class BadQuery : public ::testing::Test {
 protected:
  void SetUp() override { query(graph_, "CREATE (:Person {name: 'Ann Example'})"); }

  // Refused in every way a query can be given, with the words, a place on a line, and the graph unchanged.
  void expect_refused(std::string_view text, std::string_view words, const Parameters& parameters = {}) {
    const TimeBound bound(10);
    const auto before = graph_.snapshot();
    expect_error(text, words, [&] { query(graph_, text, parameters); });
    expect_error(text, words, [&] { query(before, text, parameters); });
    EXPECT_EQ(graph_.snapshot().commit(), before.commit());
    EXPECT_NO_THROW(graph_.begin("after", std::chrono::milliseconds(0))) << "the writer's lock was kept";
  }

  template <class Act>
  static void expect_error(std::string_view text, std::string_view words, Act act) {
    try {
      act();
      ADD_FAILURE() << "ran: " << text.substr(0, 80);
    } catch (const Error& error) {
      EXPECT_NE(error.text().find(words), std::string::npos) << error.report() << "\nquery: " << text.substr(0, 80);
      EXPECT_LT(error.report().size(), kReportBytes);
    }
  }

  std::size_t rows(std::string_view text, const Parameters& parameters = {}) {
    const TimeBound bound(10);
    return query(graph_.snapshot(), text, parameters).size();
  }

  Graph graph_ = open_in_memory();
};

TEST_F(BadQuery, NestedDeep) {
  const std::string open_close[][2] = {{"(", ")"},       {"[", "]"},         {"{a: ", "}"},          {"NOT ", ""},
                                       {"-", ""},        {"- ", ""},         {"+", ""},              {"toString(", ")"},
                                       {"size([x IN ", " | x])"},            {"CASE WHEN true THEN ", " END"},
                                       {"CASE ", " WHEN 1 THEN 2 END"},      {"1 + (", ")"},         {"[1][", "]"},
                                       {"EXISTS { MATCH (n) WHERE ", " }"},  {"coalesce(1, ", ")"},  {"'a' + ", ""},
                                       {"2 ^ ", ""},     {"1 = (", ")"},     {"1 IN [", "]"},        {"reduce(s = 0, x IN [1] | ", ")"},
                                       {"all(x IN [1] WHERE ", ")"},         {"true AND NOT (", ")"}};
  for (const auto& [open, close] : open_close) {
    SCOPED_TRACE(open);
    expect_refused("RETURN " + repeated(open, kDeep) + "1" + repeated(close, kDeep), "deeper than");
    expect_refused("RETURN " + repeated(open, kDeep), "deeper than");
  }
}

TEST_F(BadQuery, NestedDeepBehind) {
  const std::string_view units[] = {"[0]", ".a", " IS NULL", " IS NOT NULL", ":Person", " + 1", " * 2", "[0..1]", " XOR true", " = 1", " STARTS WITH 'a'"};
  for (const auto unit : units) {
    SCOPED_TRACE(unit);
    const TimeBound bound(10);
    // What becomes one wide operation may run; what becomes a deep one is refused. Neither may crash.
    try {
      query(graph_.snapshot(), "MATCH (n:Person) RETURN n" + repeated(unit, kDeep));
    } catch (const Error& error) {
      EXPECT_FALSE(error.text().empty());
      EXPECT_LT(error.report().size(), kReportBytes);
    }
  }
}

TEST_F(BadQuery, Unclosed) {
  for (const std::string_view open : {"(", "[", "{", "<", "-", "|", ":", "*", "$", "`", "'", "\"", "/*", "\\"}) {
    SCOPED_TRACE(std::string(open));
    expect_refused("MATCH " + repeated(open, kDeep), "");
    expect_refused(repeated(open, kDeep), "");
  }
}

TEST_F(BadQuery, OfAMegabyte) {
  EXPECT_EQ(rows("RETURN '" + std::string(1'000'000, 'x') + "'"), 1U);
  EXPECT_EQ(rows("RETURN [" + repeated("1, ", 350'000) + "1]"), 1U);
  EXPECT_EQ(rows("RETURN true" + repeated(" OR false", 110'000)), 1U);
  EXPECT_EQ(rows("MATCH (n:Person) WHERE n.name IN [" + repeated("'Ann Example', ", 66'000) + "''] RETURN n"), 1U);
  EXPECT_EQ(rows("RETURN 1 //" + std::string(1'000'000, 'x')), 1U);
  EXPECT_EQ(rows("RETURN 1" + std::string(1'000'000, ' ')), 1U);
  std::string columns = "RETURN 1 AS a";
  for (int i = 0; columns.size() < 1'000'000; ++i) columns += ", " + std::to_string(i) + " AS c" + std::to_string(i);
  EXPECT_EQ(rows(columns), 1U);
}

TEST_F(BadQuery, OfAMegabyteThatIsWrong) {
  expect_refused("MATCH (n:Person) RETURN n." + std::string(1'000'000, 'x'), "");
  expect_refused("MATCH (n:" + std::string(1'000'000, 'X') + ") RETURN n", "unknown label");
  expect_refused(std::string(1'000'000, 'x'), "expected");
  expect_refused("RETURN " + std::string(1'000'000, '9'), "");
  expect_refused("RETURN 1 AS a" + repeated(", 1 AS a", 120'000), "");
  expect_refused("RETURN " + repeated("a, ", 300'000) + "a", "");
  expect_refused("MATCH (n)" + repeated(" MATCH (n)", 100'000), "add RETURN");
  expect_refused(std::string(std::size_t{17} << 20U, ' ') + "RETURN 1", "longer than 16 MiB");
}

// Long chains of clauses and patterns: an answer or a refusal, in bounded time.
TEST_F(BadQuery, LongChains) {
  const std::string queries[] = {
      "RETURN 1 AS a" + repeated(" UNION ALL RETURN 1 AS a", 40'000),
      "WITH 1 AS a" + repeated(" WITH a", 100'000) + " RETURN a",
      "MATCH (n)" + repeated("-->()", 100'000) + " RETURN n",
      "MATCH (n)" + repeated(", ()", 200'000) + " RETURN n",
      "MATCH (n)" + repeated(" OPTIONAL MATCH (n)-->(m)", 20'000) + " RETURN n",
      "UNWIND [1] AS x" + repeated(" UNWIND [1] AS y", 50'000) + " RETURN x",
      "MATCH (n" + repeated(":Person", 100'000) + ") RETURN n",
      "MATCH (n)-[" + repeated(":AMENDS|", 100'000) + "AMENDS]->() RETURN n",
      "MATCH (n)-[*1..4000000000]->() RETURN n",
      "CREATE (a)" + repeated(", (a)", 100'000),
  };
  for (const auto& text : queries) {
    SCOPED_TRACE(text.substr(0, 60));
    const TimeBound bound(10);
    QueryOptions options;
    options.timeout = std::chrono::seconds(5 * kSlowness);
    try {
      query(graph_.snapshot(), text, {}, options);
    } catch (const Error& error) {
      EXPECT_FALSE(error.text().empty());
      EXPECT_LT(error.report().size(), kReportBytes);
    }
  }
}

// Each name another one: looking them up must not take the square of their number.
TEST_F(BadQuery, ManyNames) {
  auto open = open_in_memory(Schema::open());
  query(open, "CREATE (:Person {name: 'Ann Example'})");
  const auto names = [](std::string_view before, std::string_view after) {
    std::string all;
    for (int i = 0; i < 60'000; ++i) all += std::string(before) + std::to_string(i) + std::string(after);
    return all;
  };
  for (const auto& text : {"MATCH (n) RETURN [" + names("n.a", ", ") + "1]", "MATCH (n) RETURN n" + names(":A", ""),
                           "MATCH (n)-[:A" + names("|B", "") + "]->() RETURN n", "RETURN [" + names("$a", ", ") + "1]",
                           "RETURN {" + names("a", ": 1, ") + "b: 1}", "WITH 1 AS a" + names(", 1 AS b", "") + " RETURN *",
                           "CREATE (n" + names(":A", "") + ")",
                           "CREATE " + names("(n", "), ") + "(m)"}) {
    SCOPED_TRACE(text.substr(0, 60));
    const TimeBound bound(10);
    try {
      query(open, text);
    } catch (const Error& error) {
      EXPECT_LT(error.report().size(), kReportBytes);
    }
  }
}

TEST_F(BadQuery, Parameters) {
  expect_refused("MATCH (n:Person {name: $name}) RETURN n", "$name");
  expect_refused("RETURN $a, $b", "$b", {{"a", 1}});
  expect_error("CREATE (:Person {name: $name})", "$name", [&] { query(graph_, "CREATE (:Person {name: $name})"); });
  expect_refused("RETURN 1", "the query has no parameter $nobody", {{"nobody", 1}});
  expect_refused("RETURN $programme", "did you mean '$programme'?", {{"programme", 1}, {"programe", 1}});
}

TEST_F(BadQuery, ParametersAreNeverSpliced) {
  const auto answer = query(graph_.snapshot(), "MATCH (n:Person) WHERE n.name = $name RETURN n", {{"name", "' OR true //"}});
  EXPECT_EQ(answer.size(), 0U);
}

TEST_F(BadQuery, RunawayWork) {
  QueryOptions options;
  options.timeout = std::chrono::milliseconds(300);
  options.max_memory = std::size_t{256} << 20U;
  const auto snapshot = graph_.snapshot();
  for (const std::string_view text : {"UNWIND range(1, 1000000000) AS x RETURN count(x)", "RETURN range(1, 1000000000000)",
                                      "UNWIND range(1, 100000) AS x UNWIND range(1, 100000) AS y RETURN count(*)",
                                      "UNWIND range(1, 100000000) AS x RETURN collect(x)",
                                      "RETURN reduce(s = 'x', i IN range(1, 60) | s + s)",
                                      "WITH 'xxxxxxxx' AS s RETURN reduce(t = s, i IN range(1, 1000) | replace(t, 'x', 'xxxxxxxx'))"}) {
    SCOPED_TRACE(std::string(text));
    const TimeBound bound(5);
    try {
      query(snapshot, text, {}, options);
      ADD_FAILURE() << "ran";
    } catch (const Error& error) {
      EXPECT_TRUE(error.code() == ErrorCode::limit || error.code() == ErrorCode::run || error.code() == ErrorCode::bind) << error.report();
    }
  }
}

TEST_F(BadQuery, BytesThatAreNotText) {
  expect_refused("RETURN \xFF", "");
  expect_refused(std::string("RETURN \0 1", 10), "");
  expect_refused("", "");
  expect_refused("   ;", "");
}

}  // namespace
}  // namespace policygraph::testing
