#include <gtest/gtest.h>

#include "graph/dump.hpp"
#include "graph/records.hpp"
#include "policygraph/base/error.hpp"

namespace policygraph::testing {
namespace {

constexpr const char* kText = "The ministry approves the harbour project and the bridge project.";

struct Read {
  DocumentId document;
  NodeKey ministry, harbour, bridge;
};

Read read_into(Transaction& transaction, const std::string& text, DocumentId replaced = {}) {
  Reading reading(transaction, "a.txt", text, replaced);
  Read read{reading.id(), {}, {}, {}};
  read.ministry = reading.node("Agency", "ministry");
  reading.property(read.ministry, "name", "ministry", "ministry");
  reading.property(read.ministry, "kind", "government", "ministry");
  for (const auto* name : {"harbour project", "bridge project"}) {
    if (text.find(name) == std::string::npos) continue;
    const auto key = reading.node("Project", name);
    reading.property(key, "name", name, name);
    reading.property(key, "kind", "project", name);
    reading.edge(key, "IMPLEMENTED_BY", read.ministry, name);
    (name[0] == 'h' ? read.harbour : read.bridge) = key;
  }
  return read;
}

Read read_and_commit(Graph& graph, const std::string& text, DocumentId replaced = {}) {
  auto transaction = graph.begin("ingest");
  const auto read = read_into(transaction, text, replaced);
  transaction.commit();
  return read;
}

TEST(Reingestion, TheSameReadingGivesTheSameGraph) {
  auto graph = open_in_memory();
  const auto first = read_and_commit(graph, kText);
  const auto before = graph.snapshot();
  const auto second = read_and_commit(graph, kText, first.document);
  const auto after = graph.snapshot();
  EXPECT_EQ(second.ministry, first.ministry);
  EXPECT_EQ(second.bridge, first.bridge);
  EXPECT_EQ(after.node_count(), 3U);
  EXPECT_EQ(after.edge_count(), 2U);
  EXPECT_EQ(after.assertions().size(), before.assertions().size());
  EXPECT_EQ(after.sources().documents().size(), 1U);
}

TEST(Reingestion, WhatTheNewTextDoesNotSayIsGone) {
  auto graph = open_in_memory();
  const auto first = read_and_commit(graph, kText);
  read_and_commit(graph, "The ministry approves the bridge project.", first.document);
  const auto after = graph.snapshot();
  EXPECT_FALSE(after.find(first.harbour));
  EXPECT_TRUE(after.find(first.bridge));
  EXPECT_EQ(after.edge_count(), 1U);
  EXPECT_EQ(after.mentions().size(), 2U);
}

TEST(Reingestion, AnOlderSnapshotGoesOnQuotingTheOldText) {
  auto graph = open_in_memory();
  const auto first = read_and_commit(graph, kText);
  const auto before = graph.snapshot();
  const auto bridge = before.evidence(*before.find(first.bridge)).front();
  read_and_commit(graph, "Now the ministry approves the bridge project.", first.document);
  EXPECT_EQ(before.cite(bridge).quote, "bridge project");
  const auto after = graph.snapshot();
  EXPECT_EQ(after.cite(after.evidence(*after.find(first.bridge)).front()).quote, "bridge project");
}

TEST(Reingestion, ACorrectionByHandStays) {
  auto graph = open_in_memory();
  const auto first = read_and_commit(graph, kText);
  auto edit = graph.begin("by:anna");
  edit.set_property(first.ministry, "name", "Ministry of Ports");
  edit.commit();
  read_and_commit(graph, kText, first.document);
  const auto after = graph.snapshot();
  const auto row = *after.find(first.ministry);
  EXPECT_EQ(after.value(row, "name"), Value("Ministry of Ports"));
  EXPECT_EQ(after.assertions(row, "name").size(), 2U);
}

TEST(Reingestion, ARejectedNodeStaysAway) {
  auto graph = open_in_memory();
  const auto first = read_and_commit(graph, kText);
  auto edit = graph.begin("by:anna");
  EXPECT_THROW(edit.delete_node(first.harbour), Error);
  edit.delete_node(first.harbour, true);
  edit.commit();
  EXPECT_EQ(graph.snapshot().edge_count(), 1U);
  const auto second = read_and_commit(graph, kText, first.document);
  EXPECT_EQ(second.harbour, first.harbour);
  EXPECT_FALSE(graph.snapshot().find(first.harbour));
  EXPECT_EQ(graph.snapshot().edge_count(), 1U);
}

TEST(Reingestion, ARejectedEdgeStaysAway) {
  auto graph = open_in_memory();
  const auto first = read_and_commit(graph, kText);
  const auto edge_of = [&](NodeKey key) {
    const auto snapshot = graph.snapshot();
    const auto out = snapshot.out_edges(*snapshot.find(key), *snapshot.edge_type("IMPLEMENTED_BY"));
    return out.size() == 0 ? std::nullopt : std::optional(snapshot.key(out.first));
  };
  auto edit = graph.begin("by:anna");
  edit.delete_edge(*edge_of(first.harbour));
  edit.commit();
  EXPECT_FALSE(edge_of(first.harbour));
  read_and_commit(graph, kText, first.document);
  EXPECT_FALSE(edge_of(first.harbour));
  EXPECT_TRUE(edge_of(first.bridge));
}

TEST(Reingestion, ARejectedValueStaysAwayUntilItIsSetAgain) {
  auto graph = open_in_memory(Schema::open());
  const auto read = [&](DocumentId replaced) {
    auto transaction = graph.begin("ingest");
    Reading reading(transaction, "a.txt", "a lake, deep", replaced);
    const auto lake = reading.node("Lake", "lake");
    reading.property(lake, "depth", "deep", "deep");
    transaction.commit();
    return std::pair{reading.id(), lake};
  };
  const auto [document, lake] = read({});
  const auto depth = [&] { return graph.snapshot().value(*graph.snapshot().find(lake), "depth"); };
  auto edit = graph.begin("by:anna");
  edit.set_property(lake, "depth", nullptr);
  edit.commit();
  EXPECT_TRUE(depth().is_null());
  read(document);
  EXPECT_TRUE(depth().is_null());
  auto again = graph.begin("by:anna");
  again.set_property(lake, "depth", "deep");
  again.commit();
  EXPECT_EQ(depth(), Value("deep"));
}

TEST(Reingestion, AJudgementByAPersonHoldsAndARulesIsMadeAgain) {
  auto graph = open_in_memory();
  const auto first = read_and_commit(graph, kText);
  auto other = graph.begin("ingest");
  Reading reading(other, "b.txt", "the ministry of ports");
  const auto ministry = reading.node("Agency", "ministry of ports");
  reading.property(ministry, "name", "ministry of ports", "ministry of ports");
  reading.property(ministry, "kind", "government", "ministry of ports");
  reading.same(ministry, first.ministry);
  other.commit();
  EXPECT_EQ(graph.snapshot().find(ministry), graph.snapshot().find(first.ministry));
  auto edit = graph.begin("by:anna");
  edit.merge(first.harbour, first.bridge, "one building site");
  edit.commit();
  EXPECT_EQ(graph.snapshot().judgements().size(), 2U);

  read_and_commit(graph, kText, first.document);
  const auto after = graph.snapshot();
  ASSERT_EQ(after.judgements().size(), 1U);
  EXPECT_EQ(after.judgements().front()->by, "by:anna");
  EXPECT_EQ(after.find(first.harbour), after.find(first.bridge));
  EXPECT_NE(after.find(ministry), after.find(first.ministry));
}

TEST(Reingestion, AClaimOfTwoDocumentsGoesOnByTheOther) {
  auto graph = open_in_memory(Schema::open());
  auto transaction = graph.begin("ingest");
  Reading a(transaction, "a.txt", "a lake");
  Reading b(transaction, "b.txt", "the lake");
  const auto lake = b.node("Lake", "lake");
  Assertion claim;
  claim.kind = ClaimKind::property;
  claim.subject = lake;
  claim.name = "depth";
  claim.value = 7;
  claim.evidence = {a.quote("lake"), b.quote("lake")};
  transaction.add_assertion(claim);
  transaction.commit();
  auto removal = graph.begin("ingest");
  removal.remove_document(a.id());
  removal.commit();
  const auto after = graph.snapshot();
  const auto row = *after.find(lake);
  EXPECT_EQ(after.value(row, "depth"), Value(7));
  EXPECT_EQ(after.evidence(row, *after.property("depth")).size(), 1U);
  EXPECT_EQ(after.sources().documents().size(), 1U);
}

TEST(Reingestion, ADocumentWrittenToIsNotReplacedInTheSameTransaction) {
  auto graph = open_in_memory();
  const auto first = read_and_commit(graph, kText);
  auto transaction = graph.begin("ingest");
  transaction.add_evidence({first.document, {0, 3}, "rule:test/1", 1.0F});
  EXPECT_THROW(transaction.replace_document(first.document, {}, nullptr), Error);
  EXPECT_THROW(transaction.remove_document(DocumentId{99}), Error);
}

}  // namespace
}  // namespace policygraph::testing
