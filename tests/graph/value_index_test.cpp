#include "graph/value_index.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <thread>

#include "policygraph/graph/graph.hpp"

namespace policygraph::testing {
namespace {

std::vector<Value> some_values() {
  return {1,    2,   -1,   1.0,    2.5,  std::numeric_limits<double>::infinity(), std::nan(""), 1e300, "a", "b", "1", "",
          true, false, Decimal::parse("1.00"), Decimal::parse("2.5"), Decimal::parse("99999999999999999999"),
          std::int64_t{1} << 53, (std::int64_t{1} << 53) + 1, 9007199254740992.0, Decimal::parse("9007199254740993"),
          std::numeric_limits<std::int64_t>::min(), PartialDate::parse("2024"), PartialDate::parse("2024-10"), ValueList{1, "a"}};
}

Graph graph_of(const std::vector<Value>& values, std::size_t copies) {
  auto graph = open_in_memory(Schema::open());
  auto transaction = graph.begin();
  std::mt19937 chance(7);
  for (std::size_t i = 0; i < values.size() * copies; ++i) {
    transaction.create_node({i % 2 == 0 ? "Even" : "Odd"}, {{"x", values[chance() % values.size()]}, {"i", static_cast<int>(i)}});
    if (i % 5 == 0) transaction.create_node({"None"});
  }
  transaction.commit();
  return graph;
}

std::vector<NodeRow> slowly(const Snapshot& snapshot, const Value& value) {
  std::vector<NodeRow> rows;
  for (const auto row : snapshot.nodes())
    if (detail::graph::is_same_value(snapshot.value(row, "x"), value)) rows.push_back(row);
  return rows;
}

TEST(ValueIndex, FindsWhatAScanFindsBuiltOrNot) {
  const auto values = some_values();
  const auto graph = graph_of(values, 40);
  for (const auto& value : values) {
    const auto snapshot = graph.snapshot();
    const auto x = *snapshot.property("x");
    const auto expected = slowly(snapshot, value);
    detail::graph::ValueIndex fresh;
    EXPECT_EQ(fresh.find(snapshot, x, value), expected) << value.to_string();
    EXPECT_EQ(fresh.memory_bytes(), 0U);
    EXPECT_EQ(fresh.find(snapshot, x, value), expected) << value.to_string();
    EXPECT_GT(fresh.memory_bytes(), 0U);
    EXPECT_EQ(snapshot.find_nodes(x, value), expected) << value.to_string();
  }
  EXPECT_TRUE(graph.snapshot().find_nodes(*graph.snapshot().property("x"), nullptr).empty());
}

TEST(ValueIndex, NumbersAreEqualByValue) {
  using detail::graph::is_same_value;
  EXPECT_TRUE(is_same_value(1, 1.0));
  EXPECT_TRUE(is_same_value(1, Decimal::parse("1.00")));
  EXPECT_TRUE(is_same_value(Decimal::parse("4.90"), Decimal::parse("4.9")));
  EXPECT_FALSE(is_same_value(Decimal::parse("2.5"), 2.5));
  EXPECT_FALSE(is_same_value((std::int64_t{1} << 53) + 1, 9007199254740992.0));
  EXPECT_FALSE(is_same_value("1", 1));
}

TEST(ValueIndex, OfALabelTakesTheTypeOfTheSchema) {
  auto graph = open_in_memory();
  auto transaction = graph.begin();
  transaction.create_node({"Decree"}, {{"jurisdiction", "UZ"}, {"kind", "decree"}, {"number", "PF-1"}, {"date", "2024-10-05"}});
  transaction.create_node({"Law"}, {{"jurisdiction", "UZ"}, {"kind", "law"}, {"number", "PF-1"}});
  transaction.commit();
  const auto snapshot = graph.snapshot();
  EXPECT_EQ(snapshot.find_nodes("LegalAct", "number", "PF-1").size(), 2U);
  EXPECT_EQ(snapshot.find_nodes("Decree", "number", "PF-1").size(), 1U);
  EXPECT_EQ(snapshot.find_nodes("LegalAct", "date", "2024-10-05").size(), 1U);
  EXPECT_TRUE(snapshot.find_nodes("LegalAct", "number", "PF-2").empty());
  EXPECT_TRUE(snapshot.find_nodes("Person", "number", "PF-1").empty());
  EXPECT_TRUE(snapshot.find_nodes("LegalAct", "nummer", "PF-1").empty());
}

TEST(ValueIndex, IsBuiltOnceForManyThreads) {
  const auto values = some_values();
  const auto graph = graph_of(values, 200);
  const auto snapshot = graph.snapshot();
  const auto x = *snapshot.property("x");
  const auto expected = slowly(snapshot, "a");
  std::vector<std::thread> threads;
  std::atomic<int> wrong = 0;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int k = 0; k < 50; ++k) wrong += snapshot.find_nodes(x, "a") == expected ? 0 : 1;
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace policygraph::testing
