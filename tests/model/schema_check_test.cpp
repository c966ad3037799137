#include <gtest/gtest.h>

#include "model/refusal.hpp"
#include "policygraph/model/schema.hpp"

namespace policygraph {
namespace {

using testing::refusal;
using Labels = std::vector<std::string>;

// The text of a refusal, which must be one by the schema.
template <class Call>
std::string refused(Call&& call) {
  const auto error = refusal(call);
  return error.code() == ErrorCode::schema ? error.text() : "another code: " + error.text();
}

std::string refused_label(std::string_view label) {
  return refused([&] { Schema::policy().check_label(label); });
}

std::string refused_property(const Labels& labels, std::string_view property, const Value& value) {
  return refused([&] { Schema::policy().check_property(labels, property, value); });
}

std::string refused_relation(std::string_view type, const Labels& from, const Labels& to) {
  return refused([&] { Schema::policy().check_relation(type, from, to); });
}

const Labels kDecree = {"LegalAct", "Decree"};
const Labels kFunding = {"Funding"};
const Labels kPlace = {"Place"};
const Labels kAgency = {"Organization", "Agency"};
const Labels kPerson = {"Person"};

TEST(SchemaCheck, NamesTheLabelThatWasMeant) {
  EXPECT_EQ(refused_label("LegalAkt"), "unknown label 'LegalAkt'; did you mean 'LegalAct'?");
  EXPECT_EQ(refused_label("Organisation"), "unknown label 'Organisation'; did you mean 'Organization'?");
  EXPECT_EQ(refused_label("Spaceship"), "unknown label 'Spaceship'");
  EXPECT_LT(refused_label(std::string(1'000'000, 'x')).size(), 200U);
  EXPECT_NO_THROW(Schema::policy().check_label("Decree"));
}

TEST(SchemaCheck, TakesValuesOfTheRightType) {
  const auto schema = Schema::policy();
  EXPECT_NO_THROW(schema.check_property(kDecree, "number", "PF-6079"));
  EXPECT_NO_THROW(schema.check_property(kDecree, "date", PartialDate::day(2020, 10, 5)));
  EXPECT_NO_THROW(schema.check_property(kDecree, "in_force", true));
  EXPECT_NO_THROW(schema.check_property(kDecree, "aliases", ValueList{"a", "b"}));
  EXPECT_NO_THROW(schema.check_property(kFunding, "amount", Decimal(5)));
  EXPECT_NO_THROW(schema.check_property(kFunding, "amount", Value()));
  EXPECT_NO_THROW(schema.check_relation_property("HOLDS_POSITION", "title", "director"));
}

TEST(SchemaCheck, NamesThePropertyTheRuleAndTheWayOut) {
  EXPECT_EQ(refused_property(kDecree, "titel", "x"),
            "unknown property 'titel' of LegalAct:Decree; did you mean 'title'?");
  EXPECT_EQ(refused_property(kDecree, "amount", Decimal(5)),
            "unknown property 'amount' of LegalAct:Decree; it is one of Funding");
  EXPECT_EQ(refused_property(kPerson, "colour", "x"), "unknown property 'colour' of Person");
  EXPECT_EQ(refused_property({"Persn"}, "name", "x"), "unknown label 'Persn'; did you mean 'Person'?");
  EXPECT_EQ(refused_property({}, "name", "x"),
            "unknown property 'name' of a node without a label; it is one of Agreement");
  EXPECT_EQ(refused_property(kFunding, "amount", 4.9),
            "property 'amount' of Funding wants decimal, found Float 4.9; a float is not exact, write decimal('4.9')");
  EXPECT_EQ(refused_property(kFunding, "amount", 5.0),
            "property 'amount' of Funding wants decimal, found Float 5.0; a float is not exact, write decimal('5')");
  EXPECT_EQ(refused_property(kFunding, "period_to", "soon"),
            "property 'period_to' of Funding wants partial_date, found String 'soon'; write for instance '2024', "
            "'2024-10-05' or '2024/2029'");
  EXPECT_EQ(refused_property(kPerson, "name", 7), "property 'name' of Person wants string, found Integer 7");
  EXPECT_EQ(refused_property(kPerson, "aliases", ValueList{"a", 7}),
            "property 'aliases' of Person wants a list of string, found Integer 7 in it");
  EXPECT_EQ(refused_property(kAgency, "kind", "goverment"),
            "property 'kind' of Organization cannot be 'goverment'; did you mean 'government'?");
  EXPECT_EQ(refused_property(kPlace, "kind", "planet"),
            "property 'kind' of Place cannot be 'planet'; it is one of: country, region, city, other");
}

TEST(SchemaCheck, KeepsNestedValuesOutOfProperties) {
  EXPECT_EQ(refused_property(kPerson, "name", ValueMap{{"a", 1}}),
            "property 'name' of Person cannot hold a Map {a: 1}");
  EXPECT_EQ(refused_property(kPerson, "aliases", ValueList{Value(ValueList{"a"})}),
            "property 'aliases' of Person cannot hold a list with List ['a']");
  const auto open = Schema::open();
  EXPECT_EQ(refused([&] { open.check_property({}, "x", NodeKey{3}); }), "property 'x' cannot hold a Node (#3)");
  EXPECT_EQ(refused([&] { open.check_property({}, "x", ValueList{Value()}); }),
            "property 'x' cannot hold a list with Null");
  EXPECT_NO_THROW(open.check_property({}, "x", ValueList{1, "a"}));
}

TEST(SchemaCheck, LetsDescendantsStandAtEnds) {
  const auto schema = Schema::policy();
  EXPECT_NO_THROW(schema.check_relation("AUTHORISES", kDecree, kFunding));
  EXPECT_NO_THROW(schema.check_relation("PROVIDES", kPlace, kFunding));
  EXPECT_NO_THROW(schema.check_relation("PROVIDES", kAgency, kFunding));
  const Labels document = {"Document"};
  EXPECT_NO_THROW(schema.check_relation("MENTIONS", document, kPerson));
  const Labels agency = {"Agency"};
  EXPECT_NO_THROW(schema.check_relation("PROVIDES", agency, kFunding));
}

TEST(SchemaCheck, NamesTheEndsThatWouldFit) {
  EXPECT_EQ(refused_relation("AUTHORISES", kPerson, kFunding),
            "relation 'AUTHORISES' leads from LegalAct or Provision to Funding, not from Person to Funding");
  EXPECT_EQ(refused_relation("PROVIDES", kFunding, kAgency),
            "relation 'PROVIDES' leads from Organization or Place to Funding, not from Funding to Organization:Agency; "
            "did you mean the other direction?");
  EXPECT_EQ(refused_relation("AUTHORIZES", kDecree, kFunding),
            "unknown relation 'AUTHORIZES'; did you mean 'AUTHORISES'?");
  EXPECT_EQ(refused_relation("SIGNED_BY", kDecree, {}),
            "relation 'SIGNED_BY' leads from LegalAct to Person, not from LegalAct:Decree to a node without a label");
}

TEST(SchemaCheck, KeepsPartsWithinOneLabel) {
  const auto schema = Schema::policy();
  const Labels project = {"Programme", "Project"};
  const Labels strategy = {"Programme", "Strategy"};
  const Labels provision = {"Provision"};
  EXPECT_NO_THROW(schema.check_relation("PART_OF", project, strategy));
  EXPECT_NO_THROW(schema.check_relation("PART_OF", provision, kDecree));
  EXPECT_NO_THROW(schema.check_relation("PART_OF", provision, provision));
  EXPECT_NE(refused_relation("PART_OF", project, kAgency), "another code: nothing was thrown");
  EXPECT_NE(refused_relation("PART_OF", kPerson, kPerson), "another code: nothing was thrown");
  EXPECT_TRUE(schema.relation("PART_OF")->is_within_label);
}

TEST(SchemaCheck, KnowsThePropertiesOfRelations) {
  EXPECT_EQ(refused([] { Schema::policy().check_relation_property("HOLDS_POSITION", "tittle", "x"); }),
            "unknown property 'tittle' of relation 'HOLDS_POSITION'; did you mean 'title'?");
  EXPECT_EQ(refused([] { Schema::policy().check_relation_property("FUNDS", "title", "x"); }),
            "unknown property 'title' of relation 'FUNDS'");
  EXPECT_EQ(refused([] { Schema::policy().check_relation_property("HOLDS_POSITION", "title", 4); }),
            "property 'title' of HOLDS_POSITION wants string, found Integer 4");
  EXPECT_EQ(refused([] { Schema::policy().check_relation_property("FUNDZ", "title", 4); }),
            "unknown relation 'FUNDZ'; did you mean 'FUNDS'?");
}

TEST(SchemaCheck, AsksForWhatIsRequired) {
  const auto schema = Schema::policy();
  EXPECT_EQ(refused([&] { schema.check_required(kFunding, [](std::string_view name) { return name == "amount"; }); }),
            "a node of label 'Funding' needs property 'currency'");
  EXPECT_NO_THROW(
      schema.check_required(kDecree, [](std::string_view name) { return name == "jurisdiction" || name == "kind"; }));
  EXPECT_NO_THROW(Schema::open().check_required(kFunding, [](std::string_view) { return false; }));
  EXPECT_NO_THROW(schema.check_relation_required("HOLDS_POSITION", [](std::string_view) { return false; }));
  const auto strict = schema.extended(
      {{"a.json", R"({"relation": "FUNDS", "properties": [{"name": "share", "type": "decimal", "required": true}]})"}});
  EXPECT_EQ(refused([&] { strict.check_relation_required("FUNDS", [](std::string_view) { return false; }); }),
            "a relation 'FUNDS' needs property 'share'");
}

TEST(SchemaCheck, OpenSchemaTakesAnything) {
  const auto schema = Schema::open();
  EXPECT_NO_THROW(schema.check_label("Thing"));
  EXPECT_NO_THROW(schema.check_property({}, "x", 1.5));
  EXPECT_NO_THROW(schema.check_relation("KNOWS", {}, {}));
  EXPECT_NO_THROW(schema.check_relation_property("KNOWS", "since", 1999));
}

TEST(SchemaSuggestion, KnowsLabelsRelationsAndProperties) {
  const auto schema = Schema::policy();
  EXPECT_EQ(schema.suggest_label("decree"), "; did you mean 'Decree'?");
  EXPECT_EQ(schema.suggest_relation("FUND"), "; did you mean 'FUNDS'?");
  EXPECT_EQ(schema.suggest_property("currencey"), "; did you mean 'currency'?");
  EXPECT_EQ(schema.suggest_property("zzzzzz"), "");
  EXPECT_EQ(Schema::open().suggest_label("Decree"), "");
}

}  // namespace
}  // namespace policygraph
