#include <gtest/gtest.h>

#include "model/policy_schema.hpp"
#include "policygraph/model/schema.hpp"

namespace policygraph {
namespace {

// The built-in schema as text, a line a type; each is compared with the table it was written from.
std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : "|") + word;
  return text;
}

std::string text_of(const PropertyRule& rule) {
  auto text = rule.name + (rule.is_required ? "!" : "") + (rule.is_key ? "#" : "");
  if (rule.type != PropertyType::string) text += ":" + std::string(property_type_name(rule.type));
  if (rule.type == PropertyType::list) text += "<" + std::string(property_type_name(rule.items)) + ">";
  return rule.choices.empty() ? text : text + "(" + joined(rule.choices) + ")";
}

std::string text_of(const LabelRule& rule) {
  auto text = rule.name + (rule.parent.empty() ? "" : " < " + rule.parent) + " [" + rule.name_property + "]";
  for (const auto& property : rule.properties) text += " " + text_of(property);
  return text;
}

std::string text_of(const RelationRule& rule) {
  auto text = rule.name + (rule.is_derived ? " derived" : "");
  for (const auto& ends : rule.ends) text += " " + joined(ends.from) + ">" + joined(ends.to);
  for (const auto& property : rule.properties) text += " " + text_of(property);
  return text;
}

TEST(PolicySchema, HasTheLabelsOfTheOntology) {
  const std::vector<std::string> expected = {
      "Agency < Organization [name]",
      "Agreement [name] name description aliases:list<string> kind date:partial_date",
      "Code < LegalAct [number]",
      "Contest < Programme [name]",
      "Decree < LegalAct [number]",
      "Document [title] title aliases:list<string> uri publisher published:partial_date language sha256! "
      "source_tier(official|igo|academic|media|social)",
      "Event [name] name description aliases:list<string> kind(training|visit|meeting|forum|launch|opening|other) "
      "date_from:partial_date date_to:partial_date",
      "Finding [code] code! severity!(note|warning|error) explanation!",
      "Funding [amount] "
      "kind!(authorisation|budget|pledge|commitment|planned_disbursement|disbursement|expenditure|allocation|grant|"
      "loan|investment|in_kind|other) amount!:decimal currency! amount_min:decimal amount_max:decimal "
      "comparator(=|>=|>|<=|~) "
      "scope(whole|component|per_year) status(planned|actual|unknown) period_from:partial_date period_to:partial_date",
      "Indicator [name] name aliases:list<string> value:decimal comparator(=|>=|>|<=|~) unit "
      "status(baseline|target|planned|actual|forecast|capacity) date_from:partial_date date_to:partial_date "
      "by:partial_date",
      "Law < LegalAct [number]",
      "LegalAct [number] jurisdiction!# kind!#(decree|resolution|law|order|code|agreement|other) number# "
      "date#:partial_date title "
      "aliases:list<string> date_publication:partial_date date_entry_in_force:partial_date "
      "date_no_longer_in_force:partial_date "
      "in_force:boolean publication_ref number_aliases:list<string>",
      "Order < LegalAct [number]",
      "Organization [name] name! aliases:list<string> "
      "kind!(government|multilateral|foreign_government|company|academic|ngo|other) "
      "country founded:partial_date dissolved:partial_date",
      "Partner < Organization [name]",
      "Person [name] name! aliases:list<string>",
      "Place [name] name! aliases:list<string> kind!(country|region|city|other) code",
      "Programme [name] name! aliases:list<string> kind!(programme|project|strategy|contest|other) "
      "status(pipeline|implementation|finalisation|closed|cancelled|suspended) planned_start:partial_date "
      "actual_start:partial_date "
      "planned_end:partial_date actual_end:partial_date",
      "Project < Programme [name]",
      "Provision [path] path eId",
      "Resolution < LegalAct [number]",
      "Statement [quote] quote date:partial_date",
      "Strategy < Programme [name]",
      "Treaty < LegalAct [number]"};
  std::vector<std::string> found;
  const auto schema = Schema::policy();
  for (const auto& rule : schema.labels()) found.push_back(text_of(rule));
  EXPECT_EQ(found, expected);
}

TEST(PolicySchema, HasTheRelationsOfTheOntology) {
  const std::vector<std::string> expected = {"ABOLISHES LegalAct>Organization|Programme",
                                             "ABOUT Statement>*",
                                             "ACCOUNTABLE_TO Programme|Event>Organization|Place",
                                             "AMENDS LegalAct|Provision>LegalAct|Provision",
                                             "APPROVES LegalAct>Programme",
                                             "AUTHORISES LegalAct|Provision>Funding",
                                             "CITES LegalAct|Provision>LegalAct|Provision",
                                             "COMMENCES LegalAct|Provision>LegalAct|Provision",
                                             "ESTABLISHES LegalAct>Organization|Programme",
                                             "FOUND_IN Finding>*",
                                             "FUNDS Funding>Programme|Organization|Event",
                                             "HAS_INDICATOR Programme|Organization|Event|LegalAct|Place>Indicator",
                                             "HELD_UNDER Event>Programme",
                                             "HOLDS_POSITION Person>Organization|Place title#",
                                             "IMPLEMENTED_BY Programme|Event>Organization|Place",
                                             "IMPLEMENTS LegalAct|Provision>LegalAct|Provision",
                                             "ISSUED_BY LegalAct>Organization|Place",
                                             "LOCATED_IN Organization|Event|Programme>Place",
                                             "MENTIONS derived Document>*",
                                             "PARTNER_IN Organization|Place>Programme|Event",
                                             "PARTY_TO Organization|Place>Agreement",
                                             "PART_OF Programme>Programme Organization>Organization Place>Place "
                                             "Funding>Funding Event>Event Agreement>Agreement "
                                             "Provision>Provision Provision>LegalAct",
                                             "PROVIDES Organization|Place>Funding",
                                             "REPEALS LegalAct|Provision>LegalAct|Provision",
                                             "SAID Person|Organization>Statement",
                                             "SIGNED_BY LegalAct>Person",
                                             "SUCCEEDS Organization>Organization Programme>Programme",
                                             "SUSPENDS LegalAct|Provision>LegalAct|Provision",
                                             "TOOK_PART_IN Person|Organization>Event"};
  std::vector<std::string> found;
  const auto schema = Schema::policy();
  for (const auto& rule : schema.relations()) found.push_back(text_of(rule));
  EXPECT_EQ(found, expected);
}

TEST(PolicySchema, DescribesEveryTypeAndNamesStandards) {
  const auto schema = Schema::policy();
  for (const auto& rule : schema.labels()) {
    EXPECT_FALSE(rule.description.empty()) << rule.name;
    EXPECT_EQ(rule.from.empty(), rule.name == "Finding") << rule.name;
    for (const auto& property : rule.properties)
      EXPECT_FALSE(property.description.empty()) << rule.name << "." << property.name;
  }
  for (const auto& rule : schema.relations()) {
    EXPECT_FALSE(rule.description.empty()) << rule.name;
    EXPECT_EQ(rule.from.empty(), rule.name == "FOUND_IN") << rule.name;
  }
}

TEST(PolicySchema, IsAFileAType) {
  const auto schema = Schema::policy();
  const auto files = detail::model::policy_schema();
  EXPECT_EQ(files.size(), schema.labels().size() + schema.relations().size());
  for (const auto& file : files) {
    const auto slash = file.path.find_last_of('/');
    const auto name = file.path.substr(slash + 1, file.path.size() - slash - 1 - std::string_view(".json").size());
    const bool is_relation = file.path.find("relations/") != std::string_view::npos;
    EXPECT_TRUE(is_relation ? schema.relation(name) != nullptr : schema.label(name) != nullptr) << file.path;
  }
}

TEST(PolicySchema, GivesNamedLabelsTheirAliases) {
  const auto schema = Schema::policy();
  for (const auto& rule : schema.labels()) {
    const bool is_named =
        schema.property(rule.name, "name") != nullptr || schema.property(rule.name, "title") != nullptr;
    const auto* aliases = schema.property(rule.name, "aliases");
    EXPECT_EQ(aliases != nullptr, is_named) << rule.name;
    if (aliases != nullptr) {
      EXPECT_EQ(aliases->items, PropertyType::string);
    }
  }
}

TEST(Schema, ReadsBackWhatItWrites) {
  const auto schema = Schema::policy();
  const auto text = schema.to_json();
  const auto read = Schema::from_json("policy", {{"schema.json", text}});
  EXPECT_EQ(read.to_json(), text);
  EXPECT_TRUE(std::equal(read.labels().begin(), read.labels().end(), schema.labels().begin(), schema.labels().end()));
  EXPECT_TRUE(std::equal(read.relations().begin(), read.relations().end(), schema.relations().begin(),
                         schema.relations().end()));
  EXPECT_EQ(Schema::from_json("", {{"schema.json", text}}).name(), "policy");
  const auto open = Schema::from_json("", {{"schema.json", Schema::open().to_json()}});
  EXPECT_TRUE(open.is_open());
  EXPECT_EQ(open.name(), "open");
}

TEST(Schema, KnowsChainsOfLabels) {
  const auto schema = Schema::policy();
  EXPECT_EQ(schema.chain("Decree"), (std::vector<std::string>{"LegalAct", "Decree"}));
  EXPECT_EQ(schema.chain("Person"), (std::vector<std::string>{"Person"}));
  EXPECT_EQ(schema.chain("Thing"), (std::vector<std::string>{"Thing"}));
  EXPECT_TRUE(schema.is_a("Decree", "LegalAct"));
  EXPECT_TRUE(schema.is_a("Decree", "Decree"));
  EXPECT_FALSE(schema.is_a("LegalAct", "Decree"));
  EXPECT_FALSE(schema.is_a("Decree", "Programme"));
  EXPECT_TRUE(Schema::open().is_a("Thing", "Thing"));
  EXPECT_FALSE(Schema::open().is_a("Thing", "Other"));
}

TEST(Schema, FindsInheritedProperties) {
  const auto schema = Schema::policy();
  EXPECT_EQ(schema.property("Decree", "number"), schema.property("LegalAct", "number"));
  EXPECT_EQ(schema.property("Decree", "amount"), nullptr);
  EXPECT_EQ(schema.property("Thing", "number"), nullptr);
  EXPECT_EQ(schema.properties("Decree").size(), schema.label("LegalAct")->properties.size());
  EXPECT_TRUE(schema.properties("Thing").empty());
  EXPECT_TRUE(schema.has_property("amount"));
  EXPECT_FALSE(schema.has_property("colour"));
}

TEST(Schema, OpenSchemaHasNoRules) {
  const auto schema = Schema::open();
  EXPECT_EQ(schema.name(), "open");
  EXPECT_TRUE(schema.is_open());
  EXPECT_TRUE(schema.labels().empty());
  EXPECT_EQ(schema.label("LegalAct"), nullptr);
}

TEST(PropertyType, NamesGoBothWays) {
  for (auto value = 0; value <= static_cast<int>(PropertyType::list); ++value) {
    const auto type = static_cast<PropertyType>(value);
    EXPECT_EQ(property_type_by_name(property_type_name(type)), type);
  }
  EXPECT_EQ(property_type_name(PropertyType::floating), "float");
  EXPECT_EQ(property_type_by_name("date"), std::nullopt);
}

}  // namespace
}  // namespace policygraph
