#include <gtest/gtest.h>

#include "graph/records.hpp"
#include "policygraph/base/error.hpp"
#include "policygraph/graph/graph.hpp"

// What the strict schema refuses, a test a rule: each error names the type, the property, the node and the way out.
namespace policygraph::testing {
namespace {

constexpr const char* kPermits = R"({"labels": [
    {"label": "Permit", "parent": "LegalAct",
     "properties": [{"name": "serial", "unique": true}, {"name": "fee", "type": "decimal"}]}],
  "relations": [{"relation": "PERMITS", "ends": [{"from": ["Permit"], "to": ["Place"]}],
                 "properties": [{"name": "since", "type": "partial_date", "required": true}]}]})";

class SchemaErrors : public ::testing::Test {
 protected:
  SchemaErrors() : graph_(open_in_memory(Schema::policy().extended({{"permits.json", kPermits}}))), edit_(graph_.begin()) {
    act_ = edit_.create_node({"Decree"}, {{"jurisdiction", "UZ"}, {"kind", "decree"}, {"number", "PF-1"}});
    person_ = edit_.create_node({"Person"}, {{"name", "Ann Lee"}});
    place_ = edit_.create_node({"Place"}, {{"name", "Riga"}, {"kind", "city"}});
  }

  template <class Act>
  std::string refused(Act act, ErrorCode code = ErrorCode::schema) {
    try {
      act();
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), code) << error.text();
      return error.text();
    }
    return "nothing was refused";
  }
  NodeKey permit(const std::string& serial) {
    return edit_.create_node({"Permit"}, {{"jurisdiction", "LV"}, {"kind", "other"}, {"number", serial}, {"serial", serial}});
  }

  Graph graph_;
  Transaction edit_;
  NodeKey act_, person_, place_;
};

TEST_F(SchemaErrors, UnknownLabel) {
  EXPECT_EQ(refused([&] { edit_.create_node({"Permti"}); }), "unknown label 'Permti'; did you mean 'Permit'?");
  EXPECT_EQ(refused([&] { edit_.add_label(person_, "Persn"); }), "unknown label 'Persn'; did you mean 'Person'?");
}

TEST_F(SchemaErrors, NoLabel) { EXPECT_EQ(refused([&] { edit_.create_node({}); }), "a node needs a label"); }

TEST_F(SchemaErrors, UnknownProperty) {
  EXPECT_EQ(refused([&] { edit_.create_node({"Permit"}, {{"feee", 5}}); }),
            "unknown property 'feee' of LegalAct:Permit; did you mean 'fee'?");
  EXPECT_EQ(refused([&] { edit_.set_property(person_, "nam", "Bo"); }),
            "unknown property 'nam' of Person; did you mean 'name'? (node 2 'Ann Lee')");
  EXPECT_EQ(refused([&] { edit_.set_property(person_, "fee", 5); }),
            "unknown property 'fee' of Person; it is one of Permit (node 2 'Ann Lee')");
}

TEST_F(SchemaErrors, ValueOfAnotherType) {
  EXPECT_EQ(refused([&] { edit_.set_property(permit("A-1"), "fee", 4.9); }),
            "property 'fee' of Permit wants decimal, found Float 4.9; a float is not exact, write decimal('4.9') (node 4 'A-1')");
  EXPECT_EQ(refused([&] { edit_.set_property(place_, "kind", ValueList{1}); }),
            "property 'kind' of Place wants string, found List [1] (node 3 'Riga')");
}

TEST_F(SchemaErrors, ValueThatIsNoChoice) {
  EXPECT_EQ(refused([&] { edit_.set_property(place_, "kind", "citi"); }),
            "property 'kind' of Place cannot be 'citi'; did you mean 'city'? (node 3 'Riga')");
}

TEST_F(SchemaErrors, EndsOfARelation) {
  EXPECT_EQ(refused([&] { edit_.create_edge(person_, "AMENDS", act_); }),
            "relation 'AMENDS' leads from LegalAct or Provision to LegalAct or Provision, not from Person to LegalAct:Decree "
            "(from node 2 'Ann Lee' to node 1 'PF-1')");
  EXPECT_EQ(refused([&] { edit_.create_edge(person_, "AMEND", act_); }),
            "unknown relation 'AMEND'; did you mean 'AMENDS'? (from node 2 'Ann Lee' to node 1 'PF-1')");
}

TEST_F(SchemaErrors, PropertiesOfARelation) {
  const auto from = permit("A-1");
  EXPECT_EQ(refused([&] { edit_.create_edge(from, "PERMITS", place_, {{"sinse", "2024"}}); }),
            "unknown property 'sinse' of relation 'PERMITS'; did you mean 'since'?");
  const auto edge = edit_.create_edge(from, "PERMITS", place_, {{"since", "2024"}});
  EXPECT_EQ(refused([&] { edit_.set_property(edge, "since", true); }),
            "property 'since' of PERMITS wants partial_date, found Boolean true; write for instance '2024', '2024-10-05' "
            "or '2024/2029' (edge 1)");
  edit_.commit();
  const auto snapshot = graph_.snapshot();
  EXPECT_EQ(snapshot.value(EdgeRow{0}, "since"), Value(PartialDate::parse("2024")));
}

TEST_F(SchemaErrors, AKeyPropertyOfAnEdge) {
  const auto office = edit_.create_edge(person_, "HOLDS_POSITION", place_, {{"title", "mayor"}});
  EXPECT_EQ(refused([&] { edit_.set_property(office, "title", "judge"); }),
            "'title' tells HOLDS_POSITION edges apart; delete edge 1 and create another");
}

TEST_F(SchemaErrors, RequiredProperties) {
  edit_.set_property(place_, "kind", nullptr);
  EXPECT_EQ(refused([&] { edit_.commit(); }), "Place 3 ('Riga') lacks the required property 'kind'");
  edit_.set_property(place_, "kind", "city");
  edit_.create_edge(permit("A-1"), "PERMITS", place_);
  EXPECT_EQ(refused([&] { edit_.commit(); }), "edge 1 (PERMITS) lacks the required property 'since'");
}

TEST_F(SchemaErrors, TheLastLabel) {
  EXPECT_EQ(refused([&] { edit_.remove_label(person_, "Person"); }),
            "'Person' is the only label of node 2; a node needs one");
}

TEST_F(SchemaErrors, ALabelThatPropertiesOrEdgesNeed) {
  const auto both = permit("A-1");
  EXPECT_EQ(refused([&] { edit_.remove_label(both, "Permit"); }),
            "unknown property 'serial' of LegalAct; it is one of Permit (node 4 'A-1')");
  edit_.set_property(both, "serial", nullptr);
  edit_.create_edge(both, "PERMITS", place_, {{"since", "2024"}});
  EXPECT_EQ(refused([&] { edit_.remove_label(both, "Permit"); }),
            "relation 'PERMITS' leads from Permit to Place, not from LegalAct to Place (node 4 'A-1')");
}

TEST_F(SchemaErrors, UniqueValues) {
  permit("A-1");
  edit_.commit();
  edit_ = graph_.begin();
  const auto second = permit("A-1");
  EXPECT_EQ(refused([&] { edit_.commit(); }, ErrorCode::conflict),
            "Permit 5 ('A-1') and Permit 4 ('A-1') both have serial 'A-1'; 'serial' is unique among Permit: change one of "
            "them, or merge the two");
  EXPECT_EQ(graph_.snapshot().nodes("Permit").size(), 1U);
  edit_.set_property(second, "serial", "A-2");
  edit_.commit();
  EXPECT_EQ(graph_.snapshot().nodes("Permit").size(), 2U);
}

TEST_F(SchemaErrors, UniqueValuesOfWhatIsOneOrParted) {
  const auto first = permit("A-1");
  const auto second = permit("A-1");
  edit_.merge(first, second, "one permit");
  edit_.commit();
  edit_ = graph_.begin();
  edit_.separate(first, second, "two permits");
  EXPECT_NE(refused([&] { edit_.commit(); }, ErrorCode::conflict).find("'serial' is unique among Permit"), std::string::npos);
}

TEST_F(SchemaErrors, UniqueValuesThatAWithdrawnClaimHid) {
  permit("A-1");
  const auto second = permit("A-2");
  Reading reading(edit_, "news", "Permit A-1 was given.");
  const auto mention = reading.node("Permit", "Permit A-1");
  reading.property(mention, "serial", "A-1", "A-1");
  reading.property(mention, "jurisdiction", "LV", "A-1");
  reading.property(mention, "kind", "other", "A-1");
  edit_.merge(second, mention, "one permit");
  edit_.commit();  // the value by hand, A-2, is read
  AssertionId by_hand;
  const auto snapshot = graph_.snapshot();
  for (const auto& claim : snapshot.assertions(*snapshot.find(second), "serial"))
    if (claim.value == Value("A-2")) by_hand = claim.id;
  edit_ = graph_.begin();
  edit_.withdraw(by_hand);
  EXPECT_NE(refused([&] { edit_.commit(); }, ErrorCode::conflict).find("'serial' is unique among Permit"), std::string::npos);
}

TEST_F(SchemaErrors, TheOpenSchemaRefusesOnlyWhatCannotBeKept) {
  auto open = open_in_memory(Schema::open());
  auto edit = open.begin();
  const auto node = edit.create_node({"Anything"}, {{"x", 1}});
  EXPECT_EQ(refused([&] { edit.set_property(node, "x", ValueMap{}); }), "property 'x' cannot hold a Map {} (node 1)");
}

}  // namespace
}  // namespace policygraph::testing
