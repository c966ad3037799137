#include <gtest/gtest.h>

#include <array>
#include <thread>
#include <vector>

#include "policygraph/query/columns.hpp"

// Answers of many rows are kept by columns, those of few by rows: both read the same in every way there is to read them.
namespace policygraph {
namespace {

Snapshot made() {
  auto graph = open_in_memory(Schema::open());
  query(graph,
        "UNWIND range(1, 4000) AS k CREATE (:N {k: k, far: k * 5000000000, real: k / 3.0, text: 'text ' + toString(k % 50), "
        "late: CASE WHEN k < 3500 THEN k ELSE 'from here on' END, gap: CASE WHEN k % 1500 <> 0 THEN k END, sum: decimal('0.25') * k, "
        "begins: CASE WHEN k > 5 THEN 0.5 END, turns: CASE WHEN k < 2600 THEN k ELSE 0.5 END})"
        "-[:R {at: k % 3}]->(:M)");
  return graph.snapshot();
}

const char* const kAll =
    "MATCH (n:N)-[r:R]->(m) RETURN id(n), n.k, n.far, n.real, n.text, n.late, n.gap, n.sum, n.begins, n.turns, id(r), r.at, n.k + 1, n, r, "
    "n.none, n.k % 2 = 0, [n.k] ORDER BY n.k";

Rows asked(const Snapshot& snapshot, const char* text, bool is_wide, bool evidence = false) {
  QueryOptions options;
  options.evidence = evidence;
  if (!is_wide) options.vector_size = 4;
  return query(snapshot, text, {}, options);
}

void expect_same_columns(const Rows& wide, const Rows& narrow, ColumnOptions options) {
  options.mixed_as_text = true;
  const Columns a(wide, options), b(narrow, options);
  ASSERT_EQ(a.fields(), b.fields());
  ASSERT_EQ(a.size(), b.size());
  const auto read_a = a.read(10, 3000), read_b = b.read(10, 3000);
  for (std::size_t i = 0; i < read_a.size(); ++i) {
    SCOPED_TRACE(a.fields()[i].name);
    EXPECT_EQ(read_a[i].length, read_b[i].length);
    EXPECT_EQ(read_a[i].null_count, read_b[i].null_count);
    EXPECT_EQ(read_a[i].validity, read_b[i].validity);
    EXPECT_EQ(read_a[i].values, read_b[i].values);
    EXPECT_EQ(read_a[i].offsets, read_b[i].offsets);
  }
}

TEST(WideRows, ReadAsNarrowOnesDo) {
  const auto snapshot = made();
  const auto wide = asked(snapshot, kAll, true), narrow = asked(snapshot, kAll, false);
  ASSERT_EQ(wide.size(), 4000U);
  ASSERT_EQ(narrow.size(), 4000U);
  EXPECT_FALSE(numbers_of_rows(wide, 1).wholes.empty());
  EXPECT_FALSE(numbers_of_rows(wide, 3).floats.empty());
  EXPECT_TRUE(numbers_of_rows(wide, 5).wholes.empty());  // it ends in texts
  EXPECT_EQ(numbers_of_rows(wide, 7).decimals.size(), 4000U);
  EXPECT_EQ(texts_of_rows(wide, 4).size(), 4000U);
  EXPECT_TRUE(texts_of_rows(wide, 5).empty());  // it begins with numbers
  EXPECT_TRUE(numbers_of_rows(narrow, 1).wholes.empty());
  EXPECT_TRUE(texts_of_rows(narrow, 4).empty());
  for (std::size_t row = 0; row < wide.size(); ++row) {
    for (std::size_t column = 0; column < wide.columns().size(); ++column) {
      ASSERT_EQ(wide[row][column], narrow[row][column]) << row << ' ' << wide.columns()[column];
    }
  }
  EXPECT_THROW(wide[4000], Error);
  EXPECT_THROW(wide[0][18], Error);
}

TEST(WideRows, RepeatWhatIsJoinedWithMany) {
  const auto snapshot = made();
  for (const auto* text : {"MATCH (n:N), (m:N) WHERE n.k < 40 AND m.k < 30 RETURN n.text, m.sum, n.k, m.real, n.gap, id(n)",
                           "MATCH (n:N)-[:R]->(m) OPTIONAL MATCH (m)<-[:R]-(x:N) WHERE x.k % 7 > 0 RETURN n.text, x.text, x.sum, id(x), m.none"}) {
    const auto wide = asked(snapshot, text, true), narrow = asked(snapshot, text, false);
    ASSERT_EQ(wide.size(), narrow.size());
    for (std::size_t row = 0; row < wide.size(); ++row) {
      for (std::size_t column = 0; column < wide.columns().size(); ++column) ASSERT_EQ(wide[row][column], narrow[row][column]) << row << ' ' << column;
    }
  }
}

// Texts are borrowed from the snapshot, which the answer holds.
TEST(WideRows, OutliveTheirGraph) {
  const auto rows = asked(made(), "MATCH (n:N) RETURN n.text, n.sum ORDER BY n.k", true);
  EXPECT_EQ(texts_of_rows(rows, 0)[1234], "text 35");
  EXPECT_EQ(numbers_of_rows(rows, 1).decimals[3], Decimal::parse("1.00"));
  EXPECT_EQ(rows[1234][0].as_string(), "text 35");
  EXPECT_TRUE(texts_of_rows(rows, 2).empty());
}

TEST(WideRows, GiveTheSameColumns) {
  const auto snapshot = made();
  const auto wide = asked(snapshot, kAll, true), narrow = asked(snapshot, kAll, false);
  expect_same_columns(wide, narrow, {});
  ColumnOptions some;
  some.first = 3999;
  some.step = -3;
  expect_same_columns(wide, narrow, some);
  some.first = 7;
  some.step = 1;
  some.count = 2500;
  expect_same_columns(wide, narrow, some);
}

TEST(WideRows, RestOnTheSameEvidence) {
  const auto snapshot = made();
  const char* const text = "MATCH (n:N) RETURN n.k, n.real ORDER BY n.k";
  const auto wide = asked(snapshot, text, true, true), narrow = asked(snapshot, text, false, true);
  for (std::size_t row = 0; row < wide.size(); row += 97) EXPECT_EQ(wide[row].evidence_ids(), narrow[row].evidence_ids());
}

TEST(WideRows, AreMadeOnceWhateverTheThreads) {
  const auto rows = asked(made(), "MATCH (n:N) RETURN n.k, n.real ORDER BY n.k", true);
  std::vector<std::jthread> readers;
  std::array<std::int64_t, 3> sums{};
  for (auto& sum : sums) readers.emplace_back([&rows, &sum] {
    for (const auto row : rows) sum += row[0].as_integer();
  });
  readers.clear();
  for (const auto sum : sums) EXPECT_EQ(sum, 4000 * 4001 / 2);
}

// As if they were copied, for the caller may ask for them.
TEST(WideRows, CountTheirTexts) {
  auto graph = open_in_memory(Schema::open());
  query(graph, "UNWIND range(1, 20) AS k CREATE (:N {text: $text})", {{"text", std::string(100'000, 'x')}});
  QueryOptions options;
  options.max_memory = 1'000'000;
  EXPECT_THROW(query(graph, "MATCH (n:N) RETURN n.text", {}, options), Error);
  options.max_memory = 4'000'000;
  EXPECT_EQ(texts_of_rows(query(graph, "MATCH (n:N) RETURN n.text", {}, options), 0).size(), 20U);
}

TEST(WideRows, HaveTheLimitsOfOthers) {
  const auto snapshot = made();
  QueryOptions options;
  options.max_rows = 3999;
  EXPECT_THROW(query(snapshot, "MATCH (n:N) RETURN n.k", {}, options), Error);
  options.max_rows = 4000;
  EXPECT_EQ(query(snapshot, "MATCH (n:N) RETURN n.k", {}, options).size(), 4000U);
  options.max_memory = 100'000;
  EXPECT_THROW(query(snapshot, "MATCH (n:N) RETURN n.k", {}, options), Error);
}

}  // namespace
}  // namespace policygraph
