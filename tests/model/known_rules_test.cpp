#include "model/known_rules.hpp"

#include <gtest/gtest.h>

#include <set>

#include "refusal.hpp"

namespace policygraph {
namespace {

using detail::model::fits_as_it_is;
using detail::model::KnownRules;
using testing::refusal;

const std::vector<Value> kValues = {"other",
                                    "government",
                                    "2024-10-05",
                                    "12.5",
                                    "",
                                    true,
                                    7,
                                    Decimal::parse("12.50"),
                                    1.5,
                                    PartialDate::year(2024),
                                    ValueList{},
                                    ValueList{"a", "b"},
                                    ValueList{"a", 1},
                                    ValueMap{{"a", 1}},
                                    Value()};

// What the schema makes of a value, or why it refuses it: the slow way.
std::string by_schema(const Schema& schema, const std::vector<std::string>& labels, std::string_view property, Value value) {
  std::string made;
  const auto error = refusal([&] {
    value = schema.coerced(labels, property, std::move(value));
    schema.check_property(labels, property, value);
    made = value.to_string();
  });
  return made.empty() ? error.text() : made;
}

std::string by_rules(KnownRules& rules, std::string_view property, Value value) {
  std::string made;
  const auto error = refusal([&] {
    rules.check(property, value);
    made = value.to_string();
  });
  return made.empty() ? error.text() : made;
}

TEST(KnownRules, SayWhatTheSchemaSays) {
  const auto schema = Schema::policy();
  std::set<std::string> properties = {"nothing", "namr"};
  for (const auto& label : schema.labels())
    for (const auto& property : label.properties) properties.insert(property.name);
  std::size_t kept = 0;
  for (const auto& label : schema.labels()) {
    KnownRules rules(schema, schema.chain(label.name));
    for (const auto& property : properties) {
      for (const auto& value : kValues) {
        const auto expected = by_schema(schema, rules.labels(), property, value);
        ASSERT_EQ(by_rules(rules, property, value), expected) << label.name << '.' << property;
        kept += expected == value.to_string() ? 1U : 0U;
      }
    }
  }
  EXPECT_GT(kept, 500U);
}

TEST(KnownRules, TakeWhatTheOpenSchemaTakes) {
  const auto schema = Schema::open();
  KnownRules rules(schema, {"A"});
  Value list = ValueList{1, "x"};
  rules.check("anything", list);
  EXPECT_EQ(list, Value(ValueList{1, "x"}));
  Value map = ValueMap{{"a", 1}};
  EXPECT_EQ(refusal([&] { rules.check("anything", map); }).code(), ErrorCode::schema);
}

TEST(KnownRules, FittingNeedsTypeAndChoice) {
  PropertyRule rule;
  rule.choices = {"a", "b"};
  EXPECT_TRUE(fits_as_it_is(rule, "b"));
  EXPECT_FALSE(fits_as_it_is(rule, "c"));
  EXPECT_FALSE(fits_as_it_is(rule, 1));
  rule.type = PropertyType::list;
  EXPECT_FALSE(fits_as_it_is(rule, ValueList{"a"})) << "of a list of anything the schema is asked";
  rule.items = PropertyType::string;
  EXPECT_TRUE(fits_as_it_is(rule, ValueList{"a"}));
  EXPECT_FALSE(fits_as_it_is(rule, ValueList{"a", 1}));
}

}  // namespace
}  // namespace policygraph
