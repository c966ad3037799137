#include "policygraph/graph/column.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "graph/column_data.hpp"

namespace policygraph {
namespace {

using detail::graph::changed_column;
using detail::graph::make_column;

const detail::graph::Strings kStrings = std::make_shared<detail::graph::StringTable>();

std::shared_ptr<const Column> column_of(const std::map<std::uint32_t, Value>& values) {
  std::vector<std::pair<std::uint32_t, const Value*>> entries;
  for (const auto& [row, value] : values) entries.emplace_back(row, &value);
  return make_column(entries, kStrings);
}

Value some_value(std::mt19937& random, int kind) {
  switch (kind) {
    case 0:
      return random() % 2 == 0;
    case 1:
      return static_cast<std::int64_t>(random());
    case 2:
      return Decimal(random() % 100);
    case 3:
      return static_cast<double>(random() % 100) / 4;
    case 4:
      return "word " + std::to_string(random() % 50);
    case 5:
      return PartialDate::year(1900 + static_cast<int>(random() % 200));
    default:
      return ValueList{Value(1), Value("x")};
  }
}

TEST(Column, GivesBackWhatWasPutIn) {
  std::mt19937 random(7);
  for (int round = 0; round < 60; ++round) {
    std::map<std::uint32_t, Value> values;
    const auto rows = 1 + random() % 9000;
    const auto count = random() % 3000;
    for (std::uint32_t i = 0; i < count; ++i) {
      values[random() % rows] = some_value(random, static_cast<int>(round % 8 == 7 ? random() % 7 : round % 8));
    }
    const auto column = column_of(values);
    if (column == nullptr) {
      EXPECT_TRUE(values.empty());
      continue;
    }
    EXPECT_EQ(column->value_count(), values.size());
    for (std::uint32_t row = 0; row < rows + 5000; ++row) {
      const auto found = values.find(row);
      ASSERT_EQ(column->has(row), found != values.end());
      ASSERT_EQ(column->value(row), found == values.end() ? Value() : found->second);
    }
  }
}

TEST(Column, AnOddValueWidensItsBlockAlone) {
  std::map<std::uint32_t, Value> values;
  for (std::uint32_t row = 0; row < 3 * Column::kBlockRows; ++row) values[row] = std::int64_t{row};
  values[Column::kBlockRows + 5] = "odd";
  const auto column = column_of(values);
  EXPECT_EQ(column->kind(0), ColumnKind::integer);
  EXPECT_EQ(column->integer(17), 17);
  EXPECT_EQ(column->kind(Column::kBlockRows), ColumnKind::mixed);
  EXPECT_EQ(column->value(Column::kBlockRows + 5), Value("odd"));
  EXPECT_EQ(column->kind(2 * Column::kBlockRows), ColumnKind::integer);
}

// Rounds of changes against a plain map; the columns before each round go on reading as they did.
TEST(Column, ChangesShareWhatStays) {
  std::mt19937 random(11);
  for (int history = 0; history < 30; ++history) {
    std::map<std::uint32_t, Value> values;
    std::shared_ptr<const Column> column;
    for (int round = 0; round < 25; ++round) {
      const auto before = values;
      const auto old = column;
      std::map<std::uint32_t, Value> changes;
      for (auto i = random() % 40; i > 0; --i) {
        const auto kind = history % 8 == 7 ? random() % 7 : static_cast<std::uint32_t>(history % 8);
        changes[static_cast<std::uint32_t>(random() % 7000)] =
            random() % 3 == 0 ? Value() : some_value(random, static_cast<int>(kind));
      }
      std::vector<std::pair<std::uint32_t, const Value*>> entries;
      for (const auto& [row, value] : changes) {
        entries.emplace_back(row, value.is_null() ? nullptr : &value);
        if (value.is_null())
          values.erase(row);
        else
          values[row] = value;
      }
      column = changed_column(old.get(), entries, kStrings);
      ASSERT_EQ(column == nullptr ? 0 : column->value_count(), values.size());
      const auto check = [](const Column* seen, const std::map<std::uint32_t, Value>& expected) {
        for (std::uint32_t row = 0; row < 7100; ++row) {
          const auto found = expected.find(row);
          ASSERT_EQ(seen == nullptr ? Value() : seen->value(row), found == expected.end() ? Value() : found->second);
          if (found == expected.end() || found->second.kind() != ValueKind::string) continue;
          if (seen->kind(row) == ColumnKind::string) {
            ASSERT_EQ(seen->find_string(found->second.as_string()), seen->string_number(row));
          }
        }
      };
      check(column.get(), values);
      check(old.get(), before);
    }
  }
}

TEST(Column, DifferentStringsAreCounted) {
  std::size_t made = 0;
  const auto text = [&] { return "string " + std::to_string(made++); };
  for (const int between : {0, 3000}) {
    std::map<std::uint32_t, Value> values;
    for (std::uint32_t row = 0; row < 60; row += 3) {
      values[row] = values[row + 1] = values[row + 2] = text();
      column_of({{row, values[row]}});
      for (int i = 0; i < between; ++i) column_of({{0, text()}});
    }
    EXPECT_EQ(column_of(values)->string_count(), 20U) << "numbers about " << between << " apart";
  }
}

TEST(Column, EqualStringsHaveOneNumber) {
  const auto column = column_of({{0, "EUR"}, {1, "USD"}, {5000, "EUR"}});
  EXPECT_EQ(column->string_number(0), column->string_number(5000));
  EXPECT_EQ(column->find_string("EUR"), column->string_number(0));
  EXPECT_EQ(column->string(1), "USD");
  EXPECT_FALSE(column->find_string("GBP"));
  EXPECT_FALSE(column->has(3000));
}

}  // namespace
}  // namespace policygraph
