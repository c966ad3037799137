#include <gtest/gtest.h>

#include <limits>

#include "policygraph/model/value.hpp"

namespace policygraph {
namespace {

TEST(ValueText, IsACypherLiteral) {
  const std::vector<std::pair<Value, std::string>> cases = {
      {Value(), "null"},
      {true, "true"},
      {-12, "-12"},
      {2.0, "2.0"},
      {1e300, "1e300"},
      {1.5e-7, "1.5e-07"},
      {0.1, "0.1"},
      {"it's", R"('it\'s')"},
      {"a\\b\n\t\r\x01", R"('a\\b\n\t\r\u0001')"},
      {"Цифровой", "'Цифровой'"},
      {Decimal::parse("4.90"), "decimal('4.90')"},
      {PartialDate::parse("2024/2029"), "partial_date('2024/2029')"},
      {ValueList{1, 2.0, ValueList{}}, "[1, 2.0, []]"},
      {ValueMap{{"a", Value()}, {"b c", 1}, {"d`", ValueMap{}}, {"1x", 2}}, "{`1x`: 2, a: null, `b c`: 1, `d```: {}}"},
      {NodeKey{7}, "(#7)"},
      {EdgeKey{9}, "[#9]"},
      {Path{{NodeKey{1}, NodeKey{2}}, {EdgeKey{3}}}, "(#1)-[#3]-(#2)"},
      {std::numeric_limits<double>::infinity(), "Infinity"},
      {-std::numeric_limits<double>::infinity(), "-Infinity"},
      {std::numeric_limits<double>::quiet_NaN(), "NaN"}};
  for (const auto& [value, text] : cases) EXPECT_EQ(value.to_string(), text);
}

TEST(ValueText, NamesTemporalKinds) {
  EXPECT_EQ(Value(make_day(2015, 7, 21)).to_string(), "date('2015-07-21')");
  EXPECT_EQ(Value(parse_local_time("12:31:14")).to_string(), "localtime('12:31:14')");
  EXPECT_EQ(Value(parse_zoned_time("12:31:14+01:00")).to_string(), "time('12:31:14+01:00')");
  EXPECT_EQ(Value(parse_local_date_time("2015-07-21T12:31:14")).to_string(), "localdatetime('2015-07-21T12:31:14')");
  EXPECT_EQ(Value(parse_zoned_date_time("2015-07-21T12:31:14+01:00")).to_string(),
            "datetime('2015-07-21T12:31:14+01:00')");
  EXPECT_EQ(Value(parse_duration("P1M2D")).to_string(), "duration('P1M2D')");
}

TEST(ValueText, StopsAtAThousandLevels) {
  Value list = ValueList{};
  for (int i = 0; i < 1'000'000; ++i) list = ValueList{std::move(list)};
  std::string expected(2003, '[');
  expected.replace(1000, 3, "...");
  std::fill(expected.begin() + 1003, expected.end(), ']');
  EXPECT_EQ(list.to_string(), expected);
  Value map = 1;
  for (int i = 0; i < 1000; ++i) map = ValueMap{{"k", std::move(map)}};
  EXPECT_EQ(map.to_string().find("..."), std::string::npos);
}

}  // namespace
}  // namespace policygraph
