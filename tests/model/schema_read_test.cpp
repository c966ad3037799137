#include <gtest/gtest.h>

#include "model/refusal.hpp"
#include "policygraph/model/schema.hpp"

namespace policygraph {
namespace {

using testing::refusal;

Error refused(const std::string& text) {
  return refusal([&] { Schema::from_json("x", {{"a.json", text}}); });
}

// "code line:column text".
std::string report(const std::string& text) {
  const auto error = refused(text);
  const auto place = error.place().value_or(Place{});
  return std::string(code_name(error.code())) + " " + std::to_string(place.line) + ":" + std::to_string(place.column) +
         " " + error.text();
}

TEST(SchemaFile, MayHoldALabelARelationOrMany) {
  const auto schema = Schema::from_json(
      "x",
      {{"City.json", R"({"label": "City", "caption": "name", "properties": [{"name": "name"}]})"},
       {"ROAD.json",
        R"({"relation": "ROAD", "ends": [{"from": ["City"], "to": ["City"]}], "properties": [{"name": "km", "type": "integer"}]})"},
       {"more.json",
        R"({"labels": [{"label": "Town", "parent": "City"}, {"label": "Lake"}], "relations": [{"relation": "NEAR", "ends": [{"from": ["City"], "to": ["*"]}]}]})"}});
  EXPECT_EQ(schema.name(), "x");
  EXPECT_EQ(schema.labels().size(), 3U);
  EXPECT_EQ(schema.relations().size(), 2U);
  EXPECT_EQ(schema.label("Town")->name_property, "name");
  EXPECT_EQ(schema.label("City")->properties.front().type, PropertyType::string);
  EXPECT_EQ(schema.relation_property("ROAD", "km")->type, PropertyType::integer);
}

TEST(SchemaFile, NamesTheSchemaWhereTheCallDoesNot) {
  EXPECT_EQ(Schema::from_json("", {{"a.json", R"({"schema": "roads"})"}}).name(), "roads");
  EXPECT_TRUE(Schema::from_json("", {{"a.json", R"({"open": true})"}}).is_open());
}

TEST(SchemaFile, RefusesWithFileLineAndColumn) {
  EXPECT_EQ(report("{"), "format 1:2 not JSON: missing a name for object member");
  EXPECT_EQ(report("[]"), "format 1:1 expected an object");
  EXPECT_EQ(report("{}"), "format 1:1 expected 'label', 'relation', 'labels' or 'relations'");
  EXPECT_EQ(report("{\"label\": 5}"), "format 1:11 expected a name");
  EXPECT_EQ(report("{\"label\": \"\"}"), "format 1:11 a name has letters, digits and '_', and no digit first");
  EXPECT_EQ(report("{\"label\": \"A B\"}"), "format 1:11 a name has letters, digits and '_', and no digit first");
  EXPECT_EQ(report("{\"label\": \"A\",\n \"parnt\": \"B\"}"),
            "format 2:11 unknown member 'parnt'; did you mean 'parent'?");
  EXPECT_EQ(report("{\"label\": \"A\", \"properties\": [\n  {\"name\": \"b\", \"type\": \"decmal\"}]}"),
            "format 2:25 unknown type 'decmal'; did you mean 'decimal'?");
  EXPECT_EQ(report("{\"label\": \"A\", \"properties\": [\n  {\"name\": \"b\", \"type\": \"number\"}]}"),
            "format 2:25 unknown type 'number'; it is one of: any, string, integer, boolean, decimal, partial_date, float, list");
  EXPECT_EQ(report("{\"label\": \"A\", \"properties\": [{\"type\": \"string\"}]}"), "format 1:31 'name' is missing");
  EXPECT_EQ(report("{\"label\": \"A\", \"properties\": {}}"), "format 1:30 expected an array");
  EXPECT_EQ(report("{\"label\": \"A\", \"properties\": [{\"name\": \"b\", \"required\": 1}]}"),
            "format 1:57 expected true or false");
  EXPECT_EQ(report("{\"relation\": \"R\", \"ends\": [{\"from\": [\"A\"]}]}"),
            "format 1:28 ends need labels in 'from' and in 'to'");
  EXPECT_EQ(report("{\"relation\": \"R\", \"within\": [\"*\"]}"),
            "format 1:30 a name has letters, digits and '_', and no digit first");
  EXPECT_EQ(refused("{").place()->document, "a.json");
}

TEST(SchemaFile, RefusesHostileNesting) { EXPECT_EQ(refused(std::string(2'000'000, '[')).code(), ErrorCode::limit); }

}  // namespace
}  // namespace policygraph
