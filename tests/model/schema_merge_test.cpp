#include <gtest/gtest.h>

#include "model/refusal.hpp"
#include "policygraph/model/schema.hpp"

namespace policygraph {
namespace {

using testing::refusal;

// "code line text" of reading one file of many types.
std::string report(const std::string& text) {
  const auto error = refusal([&] { Schema::from_json("x", {{"a.json", text}}); });
  return std::string(code_name(error.code())) + " " + std::to_string(error.place().value_or(Place{}).line) + " " +
         error.text();
}

std::string extension_report(const std::string& text) {
  const auto error = refusal([&] { Schema::policy().extended({{"a.json", text}}); });
  return std::string(code_name(error.code())) + " " + error.text();
}

TEST(SchemaRules, MustAgreeWithOneAnother) {
  EXPECT_EQ(report(R"({"labels": [{"label": "City"},
                                  {"label": "Town", "parent": "Citi"}]})"),
            "schema 2 parent of 'Town': unknown label 'Citi'; did you mean 'City'?");
  EXPECT_EQ(report(R"({"labels": [{"label": "A"}, {"label": "A"}]})"), "schema 1 label 'A' is described twice");
  EXPECT_EQ(report(R"({"labels": [{"label": "A", "parent": "B"}, {"label": "B", "parent": "A"}]})"),
            "schema 1 label 'A' has more than 15 ancestors, or is its own");
  EXPECT_EQ(report(R"({"labels": [{"label": "A", "caption": "name"}]})"),
            "schema 1 caption of 'A': it has no property 'name'");
  EXPECT_EQ(
      report(
          R"({"labels": [{"label": "A", "properties": [{"name": "x"}]}, {"label": "B", "parent": "A", "properties": [{"name": "x"}]}]})"),
      "schema 1 property 'x' of 'B' is one of 'A' already");
  EXPECT_EQ(report(R"({"label": "A", "properties": [{"name": "x"}, {"name": "x"}]})"),
            "schema 1 property 'x' of 'A' is described twice");
  EXPECT_EQ(report(R"({"label": "A", "properties": [{"name": "x", "type": "integer", "choices": ["1"]}]})"),
            "schema 1 property 'x' has choices and is no string; only strings have them");
  EXPECT_EQ(report(R"({"label": "A", "properties": [{"name": "x", "choices": ["1", "1"]}]})"),
            "schema 1 property 'x' names a choice twice");
  EXPECT_EQ(report(R"({"label": "A", "properties": [{"name": "x", "items": "string"}]})"),
            "schema 1 property 'x' has 'items' and is no list");
  EXPECT_EQ(report(R"({"relation": "R"})"), "schema 1 relation 'R' has no ends");
  EXPECT_EQ(report(R"({"relations": [{"relation": "R", "ends": [{"from": ["*"], "to": ["A"]}]}]})"),
            "schema 1 ends of 'R': unknown label 'A'");
}

TEST(SchemaRules, BearManyTypesAndRefuseTooMany) {
  std::string labels;
  for (int i = 0; i < 4096; ++i)
    labels += (i == 0 ? "" : ",") + std::string("{\"label\": \"L") + std::to_string(i) + "\"}";
  EXPECT_EQ(Schema::from_json("x", {{"a.json", "{\"labels\": [" + labels + "]}"}}).labels().size(), 4096U);
  EXPECT_EQ(report("{\"labels\": [" + labels + ",{\"label\": \"M\"}]}"),
            "schema 1 a schema has at most 4096 types of a kind");
}

TEST(SchemaExtension, AddsALabelARelationAndAProperty) {
  const auto policy = Schema::policy();
  const auto schema = policy.extended({{"permit.json", R"({
    "labels": [{"label": "Permit", "parent": "LegalAct", "properties": [{"name": "fee", "type": "decimal"}]},
               {"label": "Programme", "properties": [{"name": "budget_code"}, {"name": "kind", "choices": ["fund"]}]}],
    "relations": [{"relation": "PERMITS", "ends": [{"from": ["Permit"], "to": ["Organization"]}]},
                  {"relation": "AUTHORISES", "ends": [{"from": ["LegalAct"], "to": ["Event"]}], "properties": [{"name": "page", "type": "integer"}]}]})"}});
  const std::vector<std::string> permit = {"LegalAct", "Permit"};
  const std::vector<std::string> agency = {"Organization", "Agency"};
  const std::vector<std::string> programme = {"Programme"};
  const std::vector<std::string> event = {"Event"};
  EXPECT_EQ(schema.chain("Permit"), permit);
  EXPECT_NO_THROW(schema.check_property(permit, "fee", Decimal(5)));
  EXPECT_NO_THROW(schema.check_property(permit, "number", "17"));
  EXPECT_NO_THROW(schema.check_property(programme, "budget_code", "A1"));
  EXPECT_NO_THROW(schema.check_property(programme, "kind", "fund"));
  EXPECT_NO_THROW(schema.check_relation("PERMITS", permit, agency));
  EXPECT_NO_THROW(schema.check_relation("AUTHORISES", permit, event));
  EXPECT_NO_THROW(schema.check_relation_property("AUTHORISES", "page", 3));
  EXPECT_EQ(schema.name(), "policy");
  EXPECT_EQ(policy.label("Permit"), nullptr);
  EXPECT_FALSE(policy.has_property("budget_code"));
  EXPECT_TRUE(schema.has_property("budget_code"));
}

TEST(SchemaExtension, CannotChangeWhatIsThere) {
  EXPECT_EQ(extension_report(R"({"label": "Decree", "parent": "Programme"})"),
            "schema the parent of 'Decree' is given already and cannot be changed");
  EXPECT_EQ(extension_report(R"({"label": "Decree", "caption": "title"})"),
            "schema caption of 'Decree' is given already and cannot be changed");
  EXPECT_EQ(extension_report(R"({"label": "Person", "properties": [{"name": "name", "type": "integer"}]})"),
            "schema property 'name' of 'Person' is there already and is of type string; that cannot be changed, another property can be added");
  EXPECT_EQ(extension_report(R"({"label": "Person", "properties": [{"name": "name", "required": false}]})"),
            "schema property 'name' of 'Person' is there already and is required; that cannot be changed, another property can be added");
  EXPECT_EQ(extension_report(R"({"label": "Person", "properties": [{"name": "name", "choices": ["Anna"]}]})"),
            "schema property 'name' takes any string; choices would narrow it");
  EXPECT_EQ(extension_report(R"({"label": "Organization", "properties": [{"name": "kind", "choices": ["x", "x"]}]})"),
            "schema property 'kind' names a choice twice");
  EXPECT_EQ(extension_report(R"({"label": "LegalAct", "properties": [{"name": "number", "unique": true}]})"),
            "schema property 'number' of 'LegalAct' is there already and is not unique; that cannot be changed, another property can be added");
  EXPECT_EQ(extension_report(R"({"relation": "CITES", "derived": true})"),
            "schema relation 'CITES' is not derived; that cannot be changed");
}

TEST(SchemaExtension, MaySayAgainWhatIsThere) {
  const auto policy = Schema::policy();
  EXPECT_EQ(policy.extended({{"all.json", policy.to_json()}}).to_json(), policy.to_json());
}

TEST(SchemaExtension, RefusesAPropertyThatADescendantHas) {
  const auto schema = Schema::from_json(
      "x",
      {{"a.json", R"({"labels": [{"label": "A"}, {"label": "B", "parent": "A", "properties": [{"name": "x"}]}]})"}});
  const auto error = refusal([&] {
    schema.extended({{"b.json", R"({"label": "A", "properties": [{"name": "x"}]})"}});
  });
  EXPECT_EQ(error.text(), "property 'x' of 'B' is one of 'A' already");
}

}  // namespace
}  // namespace policygraph
