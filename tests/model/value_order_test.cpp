#include <gtest/gtest.h>

#include <limits>

#include "policygraph/model/value.hpp"

namespace policygraph {
namespace {

// In ascending order, all different.
std::vector<Value> ladder() {
  const auto nan = std::numeric_limits<double>::quiet_NaN();
  return {Value(),
          false,
          true,
          -3,
          0,
          1,
          Decimal::parse("-0.5"),
          Decimal::parse("1"),
          -1.5,
          0.0,
          1.0,
          std::numeric_limits<double>::infinity(),
          nan,
          "",
          "a",
          "ab",
          "b",
          PartialDate::parse("2023"),
          PartialDate::parse("2023-05"),
          PartialDate::parse("2024"),
          Day{-1},
          Day{4},
          LocalTime{1},
          LocalTime{2},
          ZonedTime{{3}, 3600},
          ZonedTime{{3}, 0},
          LocalDateTime{{1}, {9}},
          LocalDateTime{{2}, {1}},
          ZonedDateTime{{{1}, {3}}, 3600, ""},
          ZonedDateTime{{{1}, {3}}, 0, ""},
          Duration{0, 0, 1, 0},
          Duration{0, 1, 0, 0},
          Duration{1, 0, 0, 0},
          ValueList{},
          ValueList{Value()},
          ValueList{1},
          ValueList{1, 2},
          ValueList{1, ValueList{}},
          ValueList{2},
          ValueMap{},
          ValueMap{{"a", 1}},
          ValueMap{{"a", 1}, {"b", 1}},
          ValueMap{{"a", 2}},
          ValueMap{{"b", 0}},
          NodeKey{1},
          NodeKey{2},
          EdgeKey{1},
          EdgeKey{2},
          Path{{NodeKey{1}}, {}},
          Path{{NodeKey{1}, NodeKey{2}}, {EdgeKey{5}}},
          Path{{NodeKey{1}, NodeKey{2}}, {EdgeKey{6}}}};
}

TEST(ValueOrder, IsTotalAndAgreesWithEquality) {
  const auto values = ladder();
  for (std::size_t i = 0; i < values.size(); ++i) {
    for (std::size_t j = 0; j < values.size(); ++j) {
      EXPECT_EQ(ordered_before(values[i], values[j]), i < j) << values[i].to_string() << " " << values[j].to_string();
      EXPECT_EQ(values[i] == values[j], i == j) << values[i].to_string() << " " << values[j].to_string();
    }
  }
}

TEST(ValueOrder, EqualityIsOfRepresentation) {
  EXPECT_FALSE(Value(1) == Value(1.0));
  EXPECT_FALSE(Value(1) == Value(Decimal(1)));
  EXPECT_EQ(Value(), Value(nullptr));
  EXPECT_EQ(Value(std::numeric_limits<double>::quiet_NaN()), Value(-std::numeric_limits<double>::quiet_NaN()));
  EXPECT_EQ(Value(0.0), Value(-0.0));
  EXPECT_EQ(Value(Decimal::parse("4.90")), Value(Decimal::parse("4.9")));
  EXPECT_FALSE(Value("2024") == Value(PartialDate::year(2024)));
}

TEST(ValueHash, AgreesWithEquality) {
  for (const auto& value : ladder()) {
    EXPECT_EQ(Value(value).hash(), value.hash());
    EXPECT_EQ(Value(ValueList{value}).hash(), Value(ValueList{value}).hash());
  }
  EXPECT_EQ(Value(0.0).hash(), Value(-0.0).hash());
  EXPECT_EQ(Value(Decimal::parse("4.90")).hash(), Value(Decimal::parse("4.9")).hash());
  EXPECT_EQ(Value(ValueList{Decimal::parse("4.90")}).hash(), Value(ValueList{Decimal::parse("4.9")}).hash());
}

TEST(ValueHash, TellsMostValuesApart) {
  std::vector<std::size_t> hashes;
  for (const auto& value : ladder()) hashes.push_back(value.hash());
  hashes.push_back(Value(ValueList{ValueList{1}, 2}).hash());
  hashes.push_back(Value(ValueList{Value(ValueList{1, 2})}).hash());
  const auto count = hashes.size();
  std::sort(hashes.begin(), hashes.end());
  EXPECT_EQ(std::unique(hashes.begin(), hashes.end()), hashes.begin() + static_cast<std::ptrdiff_t>(count));
}

TEST(ValueOrder, WalksDeepValuesWithoutRecursion) {
  Value a = 1;
  Value b = 1;
  Value c = 2;
  for (int i = 0; i < 300'000; ++i) {
    a = ValueList{std::move(a)};
    b = ValueList{std::move(b)};
    c = ValueList{std::move(c)};
  }
  EXPECT_EQ(a, b);
  EXPECT_EQ(a.hash(), b.hash());
  EXPECT_TRUE(ordered_before(a, c));
  EXPECT_FALSE(ordered_before(c, a));
}

}  // namespace
}  // namespace policygraph
