#include <gtest/gtest.h>

#include <ctime>
#include <fstream>
#include <thread>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

#include "policygraph/query/query.hpp"
#include "query/functions/function.hpp"
#include "query/run/compare.hpp"
#include "query/run/value_bytes.hpp"
#include "support/slowness.hpp"

// One function or operation at work on one long value: the limits end it as they end a loop over rows.
namespace policygraph::testing {
namespace {

using detail::query::equal;
using detail::query::excerpt;
using detail::query::FunctionScope;
using detail::query::group_hash;
using detail::query::less;
using detail::query::less_or_equal;
using detail::query::Limits;
using detail::query::order;
using detail::query::Room;
using detail::query::same_group;
using detail::query::value_bytes;

std::string long_text() {
  std::string out;
  while (out.size() < 300'000) out += "Ab, \xC3\xA9 ";
  return out;
}

ValueList long_list(std::size_t size = 10'000) {
  ValueList out;
  for (std::size_t i = 0; i < size; ++i) out.emplace_back(static_cast<std::int64_t>(i));
  return out;
}

Path long_path() {
  Path out{{NodeKey{1}}, {}};
  for (std::uint64_t i = 2; i < 10'000; ++i) {
    out.nodes.push_back(NodeKey{i});
    out.edges.push_back(EdgeKey{i});
  }
  return out;
}

// A call of a function on a long value.
struct Call {
  std::string name;
  std::vector<Value> arguments;
  bool is_long = true;  // what it gives
};

std::vector<Call> calls() {
  const Value text(long_text());
  const Value list(long_list());
  const Value path(long_path());
  ValueMap map;
  for (const auto& item : list.as_list()) map.emplace(item.to_string(), item);
  return {{"size", {text}, false}, {"reverse", {text}}, {"reverse", {list}}, {"tail", {list}}, {"range", {Value(1), Value(10'000)}}, {"keys", {Value(map)}},
          {"toUpper", {text}}, {"toLower", {text}}, {"trim", {Value(std::string(100'000, ' ') + "x")}, false},
          {"lTrim", {Value(std::string(100'000, ' ') + "x")}, false}, {"rTrim", {Value("x" + std::string(100'000, ' '))}, false},
          {"split", {text, Value(",")}}, {"split", {text, Value("")}}, {"split", {text, Value(std::string(5'000, 'x'))}},
          {"replace", {text, Value(","), Value("; ")}}, {"replace", {text, Value(std::string(5'000, 'x')), Value("")}},
          {"substring", {text, Value(1)}}, {"substring", {text, Value(100'000), Value(2)}, false}, {"left", {text, Value(250'000)}},
          {"right", {text, Value(200'000)}}, {"fold", {text}}, {"nodes", {path}}, {"relationships", {path}}};
}

// Whatever it is asked to do, it is stopped already.
struct Stopped {
  std::stop_source source;
  QueryOptions options;
  Stopped() {
    source.request_stop();
    options.stop = source.get_token();
  }
};

template <class Act>
std::string trouble(Act act) {
  try {
    act();
    return "none";
  } catch (const Error& error) {
    return std::string(code_name(error.code()));
  } catch (const detail::query::ValueTrouble& refused) {
    return refused.text;
  }
}

std::string trouble_of(const Call& call, const QueryOptions& options) {
  static const auto snapshot = open_in_memory(Schema::open()).snapshot();
  Limits limits(options);
  const detail::query::QueryClock clock;
  TimeZones zones;
  const auto* const function = detail::query::find_function(call.name);
  return trouble([&] { function->body(call.arguments, FunctionScope{snapshot, limits, clock, zones, nullptr}); });
}

TEST(Runaway, FunctionsLookAtTheLimits) {
  const Stopped stopped;
  for (const auto& call : calls()) {
    EXPECT_EQ(trouble_of(call, stopped.options), "interrupted") << call.name;
    EXPECT_EQ(trouble_of(call, {}), "none") << call.name;
  }
}

TEST(Runaway, FunctionsAskForMemoryFirst) {
  QueryOptions options;
  options.max_memory = 50'000;
  for (const auto& call : calls()) {
    EXPECT_EQ(trouble_of(call, options), call.is_long ? "limit" : "none") << call.name;
  }
}

TEST(Runaway, ComparisonsLookAtTheLimits) {
  const Stopped stopped;
  Limits limits(stopped.options);
  ValueMap map;
  for (const auto& item : long_list()) map.emplace(item.to_string(), item);
  // Apart, and equal.
  const std::pair<Value, Value> values[] = {{Value(long_list()), Value(long_list())}, {Value(map), Value(ValueMap(map))}, {Value(ValueList{Value(long_list())}), Value(ValueList{Value(long_list())})}};
  for (const auto& pair : values) {
    const auto& a = pair.first;
    const auto& b = pair.second;
    EXPECT_EQ(trouble([&] { equal(a, b, &limits); }), "interrupted");
    EXPECT_EQ(trouble([&] { order(a, b, &limits); }), "interrupted");
    EXPECT_EQ(trouble([&] { same_group(a, b, &limits); }), "interrupted");
    EXPECT_EQ(trouble([&] { group_hash(a, &limits); }), "interrupted");
    EXPECT_EQ(trouble([&] { value_bytes(a, ~std::size_t{0}, &limits); }), "interrupted");
  }
  EXPECT_EQ(trouble([&] { less(values[0].first, values[0].second, &limits); }), "interrupted");
  EXPECT_EQ(trouble([&] { less_or_equal(values[0].first, values[0].second, &limits); }), "interrupted");
}

TEST(Runaway, BytesAreGivenBack) {
  QueryOptions options;
  options.max_memory = 1'000;
  Limits limits(options);
  {
    Room room(limits);
    room.take(600);
    EXPECT_EQ(trouble([&] { limits.check(401); }), "limit");
    EXPECT_EQ(trouble([&] { room.take(401); }), "limit");
    room.set(900);
    EXPECT_EQ(trouble([&] { limits.charge(101); }), "limit");
  }
  EXPECT_EQ(trouble([&] { limits.check(1'000); }), "none");
}

TEST(Runaway, AnErrorShowsTheBeginningOfAValue) {
  EXPECT_EQ(excerpt(Value(long_list())), "a list of 10000 items");
  EXPECT_EQ(excerpt(Value("it")), "'it'");
  EXPECT_EQ(excerpt(Value(std::string(59, 'x') + "\xC3\xA9")), "'" + std::string(57, 'x') + "...'");
  EXPECT_EQ(excerpt(Value(std::string(56, 'x') + "\xC3\xA9" + "xxxx")), "'" + std::string(56, 'x') + "...'");
  EXPECT_EQ(excerpt(Value(long_path())), "a path of 9998 relationships");
}

// Bytes of the program in memory at the most since the last reset; 0 where that cannot be known.
class Peak {
 public:
  Peak() {
    if (kSlowness > 1) return;
#if defined(__GLIBC__)
    malloc_trim(0);
#endif
    std::ofstream("/proc/self/clear_refs") << 5;
    start_ = now("VmRSS:");
  }
  std::size_t grown() const {
    const auto peak = now("VmHWM:");
    return start_ == 0 || peak < start_ ? 0 : peak - start_;
  }

 private:
  static std::size_t now(std::string_view wanted) {
    std::ifstream in("/proc/self/status");
    for (std::string word; in >> word;) {
      if (word != wanted) continue;
      std::size_t kilobytes = 0;
      in >> kilobytes;
      return kilobytes << 10U;
    }
    return 0;
  }
  std::size_t start_ = 0;
};

double seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

// Each makes something far larger than there is memory for, inside one expression.
const std::vector<std::string> kGrowing = {
    "RETURN size(reduce(s = 'x', x IN range(1, 64) | s + s)) AS n",
    "RETURN size(reduce(s = 'xx', x IN range(1, 64) | replace(s, 'x', 'xxx'))) AS n",
    "RETURN size(reduce(s = 'x', x IN range(1, 64) | toUpper(s) + toLower(s) + reverse(s))) AS n",
    "RETURN size(range(1, 30000000)) AS n",
    "RETURN size(reverse(range(1, 1500000))) AS n",
    "RETURN size(tail(range(1, 1500000))) AS n",
    "RETURN size(range(1, 1500000)[1..]) AS n",
    "RETURN size(reduce(l = [1], x IN range(1, 64) | l + l)) AS n",
    "RETURN size(reduce(l = [1], x IN range(1, 64) | [l, l])) AS n",
    "RETURN keys(reduce(m = {a: 1}, x IN range(1, 64) | {a: m, b: m})) AS n",
    "RETURN size([x IN range(1, 1000) | [y IN range(1, 100000) | [x, y]]]) AS n",
    "RETURN size([x IN range(1, 1400000) | [x]]) AS n",
    "RETURN size(split(reduce(s = ',', x IN range(1, 22) | s + s), ',')) AS n",
    "RETURN size(split(reduce(s = ',', x IN range(1, 22) | s + s), '')) AS n",
    "RETURN size([range(1, 700000), range(1, 700000), range(1, 700000)]) AS n",
    "RETURN {a: range(1, 700000), b: range(1, 700000), c: range(1, 700000)} AS m",
    "RETURN size(range(1, 500000) + (range(1, 500000) + (range(1, 500000) + range(1, 500000)))) AS n",
    "RETURN coalesce(range(1, 700000), range(1, 700000), range(1, 700000)) AS l",
    "RETURN CASE range(1, 700000) WHEN range(1, 700001) THEN 1 WHEN range(1, 700002) THEN 2 END AS c",
    "RETURN any(x IN range(1, 700000) WHERE x + size(range(1, 1000000)) < 0) AS b",
    "UNWIND range(1, 2000) AS x RETURN size(collect(range(1, 10000))) AS n",
    "UNWIND range(1, 2000) AS x RETURN range(1, 10000) AS l ORDER BY l",
    "UNWIND range(1, 2000) AS x WITH range(1, x) AS a, range(1, 2 * x) AS b, range(1, 3 * x) AS c RETURN max(size(a) + size(b) + size(c)) AS n",
    "UNWIND range(1, 2000) AS x RETURN $text AS t",
    "MATCH (a) RETURN size([(a)-->(b) | range(1, 10000)]) AS n",
};

class RunawayQuery : public ::testing::Test {
 protected:
  void SetUp() override {
    query(graph_, "UNWIND range(1, 40) AS i CREATE (:N {i: i})");
    query(graph_, "MATCH (a:N), (b:N) CREATE (a)-[:R]->(b)");
  }

  std::string run(const std::string& text, const QueryOptions& options) {
    return trouble([&] { query(graph_.snapshot(), text, text.find('$') == std::string::npos ? Parameters() : parameters_, options); });
  }

  Graph graph_ = open_in_memory(Schema::open());
  Parameters parameters_ = {{"text", Value(std::string(200'000, 'x'))}};
};

TEST_F(RunawayQuery, MemoryEndsWhatGrows) {
  constexpr std::size_t kMost = std::size_t{48} << 20U;
  QueryOptions options;
  options.max_memory = kMost;
  options.timeout = std::chrono::seconds(30 * kSlowness);
  for (const auto& text : kGrowing) {
    SCOPED_TRACE(text);
    const Peak peak;
    EXPECT_EQ(run(text, options), "limit");
    EXPECT_LT(peak.grown(), 3 * kMost);
    EXPECT_EQ(run("RETURN 1 AS one", options), "none");
  }
}

// Each step of a wide query holds a batch as wide as the query.
TEST_F(RunawayQuery, ManyStepsHoldFewRowsEach) {
  constexpr std::size_t kMost = std::size_t{48} << 20U;
  QueryOptions options;
  options.max_memory = kMost;
  options.timeout = std::chrono::seconds(1);
  std::string text = "MATCH (a)";
  for (int i = 0; i < 300; ++i) text += "-->()";
  const Peak peak;
  EXPECT_EQ(run(text + " RETURN count(*) AS n", options), "limit");
  EXPECT_LT(peak.grown(), 3 * kMost);
}

std::string repeated(std::string_view unit, int count, std::string_view first, std::string_view last) {
  std::string out(first);
  for (int i = 0; i < count; ++i) out += unit;
  return out += last;
}

// A way of 4,000 relationships, each of them twice: every step of a long pattern finds something.
void add_long_way(Graph& graph) {
  auto transaction = graph.begin();
  auto from = transaction.create_node({"C"}, {{"i", Value(0)}});
  for (int i = 1; i <= 4'000; ++i) {
    const auto to = transaction.create_node({"C"}, {{"i", Value(i)}});
    for (int twice = 0; twice < 2; ++twice) transaction.create_edge(from, "S", to, {});
    from = to;
  }
  transaction.commit();
}

// What the steps hold of a pattern as long as may be is in the memory limit: there were 2.5 GB beside it.
TEST_F(RunawayQuery, LongPatternsHoldWhatTheyNeed) {
  add_long_way(graph_);
  constexpr std::size_t kMost = std::size_t{48} << 20U;
  QueryOptions options;
  options.max_memory = kMost;
  options.timeout = std::chrono::seconds(30 * kSlowness);
  for (const auto& text : {repeated("-[:S]->()", 3'900, "MATCH (a:C {i: 0})", " RETURN count(*) AS n"), repeated(", ()", 3'900, "MATCH ()", " RETURN count(*) AS n")}) {
    const auto start = seconds();
    const Peak peak;
    EXPECT_EQ(run(text, options), "limit") << text.substr(0, 40);
    EXPECT_LT(peak.grown(), 3 * kMost) << text.substr(0, 40);
    EXPECT_LT(seconds() - start, 5 * kSlowness) << text.substr(0, 40);
  }
}

TEST_F(RunawayQuery, LongPatternsEndInTime) {
  QueryOptions options;
  options.timeout = std::chrono::milliseconds(100);
  add_long_way(graph_);
  for (const auto& text : {repeated("-->()", 3'900, "MATCH (a)", " RETURN count(*) AS n"), repeated("-[:S]->()", 3'900, "MATCH (a:C {i: 0})", " RETURN count(*) AS n"),
                           repeated(", ()", 3'900, "MATCH ()", " RETURN count(*) AS n"), repeated(", (:N {i: 1})", 1'900, "MATCH (:N {i: 1})", " RETURN 1 AS n")}) {
    const auto start = seconds();
    const auto ended = run(text, options);
    const bool may_finish = text.find("i: 1}") != std::string::npos;  // it has one row, and a fast machine plans it within the time
    EXPECT_TRUE(ended == "limit" || (may_finish && ended == "none")) << ended << " " << text.substr(0, 40);
    EXPECT_LT(seconds() - start, 0.5 * kSlowness) << text.substr(0, 40);
  }
}

// Each row has its copy of a long text: fewer of them stand in a batch.
TEST_F(RunawayQuery, LongTextsBesideManyRows) {
  constexpr std::size_t kMost = std::size_t{48} << 20U;
  QueryOptions options;
  options.max_memory = kMost;
  for (const char* text : {"WITH $text AS t UNWIND range(1, 2000) AS x RETURN size(t) + x AS n", "WITH [x IN range(1, 2000) | $text] AS l UNWIND l AS t RETURN size(t) AS n",
                           "WITH $text AS t MATCH (a), (b) RETURN max(size(t)) AS n", "MATCH (a) WITH a, $text AS t MATCH (b) RETURN max(size(t)) AS n"}) {
    SCOPED_TRACE(text);
    const Peak peak;
    EXPECT_EQ(run(text, options), std::string_view(text).starts_with("WITH [") ? "limit" : "none");
    EXPECT_LT(peak.grown(), 3 * kMost);
  }
}

// The column has the text once, and a batch refers to it; of texts that are made it has one for each row.
TEST_F(RunawayQuery, LongTextsOfManyNodes) {
  query(graph_, "UNWIND range(1, 3000) AS i CREATE (:T {text: $text})", parameters_);
  constexpr std::size_t kMost = std::size_t{48} << 20U;
  QueryOptions options;
  options.max_memory = kMost;
  const Peak peak;
  EXPECT_EQ(run("MATCH (t:T) WITH t.text AS text RETURN max(size(text)) AS n", options), "none");
  EXPECT_EQ(run("MATCH (t:T) WITH t.text + '.' AS text RETURN max(size(text)) AS n", options), "limit");
  EXPECT_EQ(run("MATCH (t:T) RETURN t.text AS text", options), "limit");
  EXPECT_EQ(run("MATCH (t:T) RETURN max(size(t.text)) AS n", options), "none");
  EXPECT_LT(peak.grown(), 3 * kMost);
  options.vector_size = 64;
  EXPECT_EQ(run("MATCH (t:T) WITH t.text + '.' AS text RETURN max(size(text)) AS n", options), "none");
}

// Each is at work for seconds inside functions.
const std::vector<std::string> kSlow = {
    "RETURN size([x IN range(1, 1000) | size(range(1, 20000000))]) AS n",
    "RETURN size(reduce(s = 'x', x IN range(1, 29) | s + s)) + size(reduce(s = 'x', x IN range(1, 29) | s + s)) AS n",
    "RETURN size(split(reduce(s = ',', x IN range(1, 25) | s + s), ',')) AS n",
    "RETURN size(replace(replace(reduce(s = ',', x IN range(1, 27) | s + s), ',', 'ab'), 'b', 'cd')) AS n",
    "WITH reduce(s = 'a', x IN range(1, 21) | s + s) AS s UNWIND range(1, 1000) AS x RETURN sum(size(toUpper(s))) AS n",
    "WITH reduce(s = 'a', x IN range(1, 21) | s + s) AS s UNWIND range(1, 1000) AS x WITH s, x WHERE s CONTAINS (left(s, 1000000 + x) + 'b') RETURN count(*) AS n",
    "WITH range(1, 1000000) AS l RETURN [x IN l WHERE x IN reverse(l)] AS n",
    "WITH range(1, 1000000) AS l RETURN size([x IN l WHERE l = reverse(l)]) AS n",
    "WITH range(1, 1000000) AS l RETURN size([x IN l WHERE [l] < [l]]) AS n",
    "WITH range(1, 1000000) AS l UNWIND l AS x RETURN DISTINCT l",
    "WITH range(1, 1000000) AS l UNWIND l AS x RETURN x ORDER BY l, x",
    "UNWIND range(1, 5000000) AS x WITH x ORDER BY -x RETURN max(x) AS n",
    "UNWIND range(1, 5000000) AS x RETURN percentileCont(x * 7919 % 1000003, 0.5) AS n",
    "RETURN any(x IN range(1, 10000000) WHERE all(y IN range(1, 1000) WHERE y < x)) AS b",
    "MATCH (a) RETURN [(a)-->(b)-->(c)-->(d)-->(e) WHERE a.i + e.i < 0 | b] AS l",
    "RETURN [x IN range(1, 1000000) | [y IN range(1, 1000) WHERE y < 0 | [z IN range(1, 1000) | z]]] AS l",
};

TEST_F(RunawayQuery, TimeEndsWhatIsSlow) {
  QueryOptions options;
  options.timeout = std::chrono::milliseconds(50);
  for (const auto& text : kSlow) {
    const auto start = seconds();
    EXPECT_EQ(run(text, options), "limit") << text;
    EXPECT_LT(seconds() - start, 0.4 * kSlowness) << text;
  }
}

TEST_F(RunawayQuery, AStopTokenEndsWhatIsSlow) {
  for (const auto& text : kSlow) {
    std::stop_source source;
    QueryOptions options;
    options.stop = source.get_token();
    options.timeout = std::chrono::seconds(60 * kSlowness);
    std::jthread stopper([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(30));
      source.request_stop();
    });
    const auto start = seconds();
    EXPECT_EQ(run(text, options), "interrupted") << text;
    EXPECT_LT(seconds() - start, 0.4 * kSlowness) << text;
  }
}

}  // namespace
}  // namespace policygraph::testing
