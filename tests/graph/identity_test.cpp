#include <gtest/gtest.h>

#include "graph/dump.hpp"
#include "graph/records.hpp"
#include "policygraph/base/error.hpp"

namespace policygraph::testing {
namespace {

// Three lakes of one document in a row of rule-made judgements a - b - c.
struct Lakes {
  Graph graph = open_in_memory(Schema::open());
  NodeKey a, b, c;
  JudgementId ab, bc;

  Lakes() {
    auto transaction = graph.begin("ingest");
    Reading reading(transaction, "a.txt", "Upper lake, Middle lake, Lower lake");
    a = reading.node("Lake", "Upper lake");
    b = reading.node("Lake", "Middle lake");
    c = reading.node("Reservoir", "Lower lake");
    reading.property(a, "name", "Upper lake", "Upper lake");
    reading.property(c, "name", "Lower lake", "Lower lake");
    reading.edge(a, "FLOWS_TO", b, "Upper lake, Middle lake");
    reading.edge(b, "FLOWS_TO", c, "Middle lake, Lower lake");
    ab = reading.same(a, b, 0.9);
    bc = reading.same(b, c, 0.5);
    transaction.commit();
  }
  bool are_one(NodeKey x, NodeKey y) const { return graph.snapshot().find(x) == graph.snapshot().find(y); }
};

TEST(Identity, AMergedNodeHasTheSmallestKeyAndAllThatWasSaid) {
  Lakes lakes;
  const auto snapshot = lakes.graph.snapshot();
  ASSERT_EQ(snapshot.node_count(), 1U);
  const NodeRow row{0};
  EXPECT_EQ(snapshot.key(row), lakes.a);
  EXPECT_EQ(snapshot.label_names(row), (std::vector<std::string_view>{"Lake", "Reservoir"}));
  EXPECT_EQ(snapshot.mentions(row).size(), 3U);
  EXPECT_EQ(snapshot.value(row, "name"), Value("Upper lake"));
  EXPECT_EQ(snapshot.assertions(row, "name").size(), 2U);
  EXPECT_EQ(snapshot.edge_count(), 2U);  // loops, each its own
}

TEST(Identity, UndoingAMergeGivesBackTheSameState) {
  Lakes lakes;
  auto apart = lakes.graph.begin("by:anna");
  apart.withdraw(lakes.bc);
  apart.commit();
  const auto before = dump(lakes.graph.snapshot());
  auto merging = lakes.graph.begin("by:anna");
  const auto judgement = merging.merge(lakes.c, lakes.a, "one river");
  merging.commit();
  EXPECT_TRUE(lakes.are_one(lakes.a, lakes.c));
  EXPECT_NE(dump(lakes.graph.snapshot()), before);
  auto undoing = lakes.graph.begin("by:anna");
  undoing.withdraw(judgement);
  undoing.commit();
  EXPECT_EQ(dump(lakes.graph.snapshot()), before);
}

TEST(Identity, DifferentBreaksAChainAtItsWeakestLink) {
  Lakes lakes;
  auto transaction = lakes.graph.begin("by:anna");
  transaction.separate(lakes.a, lakes.c, "two lakes");
  transaction.commit();
  EXPECT_TRUE(lakes.are_one(lakes.a, lakes.b));
  EXPECT_FALSE(lakes.are_one(lakes.a, lakes.c));
}

TEST(Identity, APersonsWordStandsAboveARules) {
  Lakes lakes;
  auto transaction = lakes.graph.begin("by:anna");
  Judgement different;
  different.kind = JudgementKind::different;
  different.a = lakes.a;
  different.b = lakes.b;
  different.by = "rule:numbers/1";
  transaction.add_judgement(different);
  transaction.commit();
  EXPECT_FALSE(lakes.are_one(lakes.a, lakes.b));
  auto edit = lakes.graph.begin("by:anna");
  edit.merge(lakes.a, lakes.b, "they are");
  edit.commit();
  EXPECT_TRUE(lakes.are_one(lakes.a, lakes.b));
}

TEST(Identity, TheLaterOfTwoEditsHolds) {
  Lakes lakes;
  const auto edit = [&](auto act) {
    auto transaction = lakes.graph.begin("by:anna");
    act(transaction);
    transaction.commit();
  };
  edit([&](Transaction& t) { t.separate(lakes.a, lakes.b, "no"); });
  EXPECT_FALSE(lakes.are_one(lakes.a, lakes.b));
  edit([&](Transaction& t) { t.merge(lakes.a, lakes.b, "yes"); });
  EXPECT_TRUE(lakes.are_one(lakes.a, lakes.b));
  edit([&](Transaction& t) { t.separate(lakes.a, lakes.b, "no"); });
  EXPECT_FALSE(lakes.are_one(lakes.a, lakes.b));
}

TEST(Identity, NonsenseIsRefused) {
  Lakes lakes;
  auto transaction = lakes.graph.begin("by:anna");
  EXPECT_THROW(transaction.merge(lakes.a, lakes.c, "already"), Error);
  EXPECT_THROW(transaction.merge(lakes.a, NodeKey{77}, "nobody"), Error);
  EXPECT_THROW(transaction.separate(lakes.a, lakes.a, "itself"), Error);
  EXPECT_TRUE(transaction.is_empty());
}

TEST(Identity, OneEdgeOfTwoDocumentsHasTheEvidenceOfBoth) {
  auto graph = open_in_memory();
  auto transaction = graph.begin("ingest");
  std::vector<NodeKey> persons;
  std::vector<NodeKey> bodies;
  for (const auto* uri : {"a.txt", "b.txt"}) {
    Reading reading(transaction, uri, "Ann Lee is head of the Port Office and its treasurer");
    persons.push_back(reading.node("Person", "Ann Lee"));
    reading.property(persons.back(), "name", "Ann Lee", "Ann Lee");
    bodies.push_back(reading.node("Agency", "Port Office"));
    reading.property(bodies.back(), "name", "Port Office", "Port Office");
    reading.property(bodies.back(), "kind", "government", "Port Office");
    for (const auto* title : {"head", "treasurer"}) {
      if (std::string_view(uri) == "b.txt" && title[0] == 't') continue;
      const auto edge = reading.edge(persons.back(), "HOLDS_POSITION", bodies.back(), title);
      reading.edge_property(edge, "title", title, title);
    }
    if (persons.size() == 2) {
      reading.same(persons[0], persons[1]);
      reading.same(bodies[0], bodies[1]);
    }
  }
  transaction.commit();
  const auto snapshot = graph.snapshot();
  ASSERT_EQ(snapshot.edge_count(), 2U);
  EXPECT_EQ(snapshot.value(EdgeRow{0}, "title"), Value("head"));
  EXPECT_EQ(snapshot.evidence(EdgeRow{0}).size(), 2U);
  EXPECT_EQ(snapshot.evidence(EdgeRow{1}).size(), 1U);
}

}  // namespace
}  // namespace policygraph::testing
