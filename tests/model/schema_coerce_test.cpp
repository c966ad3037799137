#include <gtest/gtest.h>

#include "policygraph/model/schema.hpp"

namespace policygraph {
namespace {

const std::vector<std::string> kFunding = {"Funding"};

Value amount(Value value) { return Schema::policy().coerced(kFunding, "amount", std::move(value)); }
Value period(Value value) { return Schema::policy().coerced(kFunding, "period_to", std::move(value)); }

TEST(SchemaCoercion, MakesDecimalsWhereNothingIsLost) {
  EXPECT_EQ(amount(5), Value(Decimal(5)));
  EXPECT_EQ(amount("4900000.50"), Value(Decimal::parse("4900000.50")));
  EXPECT_EQ(amount("4 900 000"), Value("4 900 000"));
  EXPECT_EQ(amount(4.9), Value(4.9));
  EXPECT_TRUE(amount(Value()).is_null());
}

TEST(SchemaCoercion, MakesPartialDates) {
  EXPECT_EQ(period("2024/2029"), Value(PartialDate::parse("2024/2029")));
  EXPECT_EQ(period(make_day(2024, 10, 5)), Value(PartialDate::day(2024, 10, 5)));
  EXPECT_EQ(period("soon"), Value("soon"));
  EXPECT_EQ(period(""), Value(""));
  EXPECT_EQ(period(2024), Value(2024));
}

TEST(SchemaCoercion, FollowsRulesOfOnesOwn) {
  const auto schema = Schema::from_json("x", {{"a.json", R"({"labels": [{"label": "A", "properties": [
      {"name": "ratio", "type": "float"}, {"name": "count", "type": "integer"}, {"name": "sums", "type": "list", "items": "decimal"},
      {"name": "any", "type": "any"}]}],
    "relations": [{"relation": "R", "ends": [{"from": ["A"], "to": ["A"]}], "properties": [{"name": "share", "type": "decimal"}]}]})"}});
  const std::vector<std::string> labels = {"A"};
  EXPECT_EQ(schema.coerced(labels, "ratio", 3), Value(3.0));
  const std::int64_t odd = (std::int64_t{1} << 53) + 1;
  EXPECT_EQ(schema.coerced(labels, "ratio", odd), Value(odd));
  EXPECT_EQ(schema.coerced(labels, "count", Decimal::parse("3.0")), Value(3));
  EXPECT_EQ(schema.coerced(labels, "count", Decimal::parse("3.5")), Value(Decimal::parse("3.5")));
  EXPECT_EQ(schema.coerced(labels, "sums", ValueList{1, "2.5"}), Value(ValueList{Decimal(1), Decimal::parse("2.5")}));
  EXPECT_EQ(schema.coerced(labels, "any", "2024"), Value("2024"));
  EXPECT_EQ(schema.coerced(labels, "unknown", "2024"), Value("2024"));
  EXPECT_EQ(schema.coerced_relation("R", "share", 1), Value(Decimal(1)));
  EXPECT_EQ(schema.coerced_relation("R", "other", 1), Value(1));
  EXPECT_EQ(Schema::open().coerced(labels, "ratio", 3), Value(3));
}

}  // namespace
}  // namespace policygraph
