#include "policygraph/graph/graph.hpp"

#include <gtest/gtest.h>

#include "policygraph/base/error.hpp"

namespace policygraph {
namespace {

TEST(Graph, HandMadeNodesReadBack) {
  auto graph = open_in_memory();
  auto transaction = graph.begin("by:anna");
  const auto act = transaction.create_node(
      {"Decree"}, {{"jurisdiction", "UZ"}, {"kind", "decree"}, {"number", "PF-1"}, {"date", "2020-10"}});
  const auto programme = transaction.create_node({"Programme"}, {{"name", "Clean Water"}, {"kind", "programme"}});
  const auto edge = transaction.create_edge(act, "APPROVES", programme);
  EXPECT_EQ(transaction.commit(), CommitId{1});

  const auto snapshot = graph.snapshot();
  ASSERT_EQ(snapshot.node_count(), 2U);
  ASSERT_EQ(snapshot.edge_count(), 1U);
  const auto row = snapshot.nodes("LegalAct").front();
  EXPECT_EQ(snapshot.key(row), act);
  EXPECT_EQ(snapshot.value(row, "number"), Value("PF-1"));
  EXPECT_EQ(snapshot.value(row, "date"), Value(PartialDate::parse("2020-10")));
  EXPECT_EQ(snapshot.label_names(row), (std::vector<std::string_view>{"LegalAct", "Decree"}));
  const auto type = snapshot.edge_type("APPROVES");
  ASSERT_TRUE(type);
  const auto out = snapshot.out_edges(row, *type);
  ASSERT_EQ(out.size(), 1U);
  EXPECT_EQ(snapshot.key(out.first), edge);
  EXPECT_EQ(snapshot.key(out.targets[0]), programme);
  EXPECT_EQ(snapshot.source(out.first), row);
  EXPECT_EQ(snapshot.caption(out.targets[0]), "Clean Water");
  EXPECT_EQ(snapshot.find_name("Programme", "clean WATER"), std::vector{out.targets[0]});
  const auto citation = snapshot.cite(snapshot.evidence(row).front());
  EXPECT_EQ(citation.quote, "by:anna");
  EXPECT_EQ(citation.line, 1U);
}

TEST(Graph, OneWriterAtATime) {
  auto graph = open_in_memory(Schema::open());
  {
    const auto writing = graph.begin("ingest");
    try {
      graph.begin("by:anna", std::chrono::milliseconds(1));
      ADD_FAILURE();
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::busy);
      EXPECT_EQ(error.text(), "'ingest' is writing to the graph; waited 1 ms");
    }
  }
  EXPECT_TRUE(graph.begin("by:anna", std::chrono::milliseconds(0)).is_empty());
}

TEST(Graph, HeldSnapshotsOutliveAClosedGraph) {
  auto graph = open_in_memory(Schema::open());
  auto transaction = graph.begin();
  transaction.create_node({"Lake"}, {{"name", "Upper"}});
  transaction.commit();
  auto late = graph.begin();
  late.create_node({"Lake"});
  const auto snapshot = graph.snapshot();
  graph.close();
  graph.close();
  EXPECT_FALSE(graph.is_open());
  EXPECT_THROW(graph.snapshot(), Error);
  EXPECT_THROW(late.commit(), Error);
  EXPECT_THROW(graph.begin(), Error);
  graph = open_in_memory();
  EXPECT_EQ(snapshot.value(NodeRow{0}, "name"), Value("Upper"));
  EXPECT_EQ(snapshot.cite(snapshot.evidence(NodeRow{0}).front()).quote, "by:hand");
}

TEST(Graph, AnEmptyCommitIsNone) {
  auto graph = open_in_memory();
  EXPECT_EQ(graph.begin().commit(), CommitId{0});
  EXPECT_EQ(graph.snapshot().commit(), CommitId{0});
  EXPECT_EQ(graph.snapshot().node_count(), 0U);
  EXPECT_TRUE(graph.snapshot().nodes("LegalAct").empty());
}

// Refuses every batch.
class FullJournal final : public Journal {
 public:
  void append(const Batch&) override { throw Error(ErrorCode::io, "the disk is full"); }
  void replay(const std::function<void(const Batch&)>&) const override {}
  std::shared_ptr<const std::string> text(DocumentId) const override { return nullptr; }
};

TEST(Graph, WhatTheJournalRefusesDoesNotHappen) {
  Graph graph(Schema::open(), std::make_unique<FullJournal>());
  auto transaction = graph.begin();
  transaction.create_node({"Lake"});
  EXPECT_THROW(transaction.commit(), Error);
  EXPECT_EQ(graph.snapshot().node_count(), 0U);
  transaction.rollback();
  EXPECT_TRUE(graph.begin("by:anna", std::chrono::milliseconds(0)).is_empty());
}

TEST(Graph, AValueIsReadByRankThenTierThenDateThenOrder) {
  auto graph = open_in_memory(Schema::open());
  auto transaction = graph.begin("ingest");
  NodeKey lake;
  const auto say = [&](SourceTier tier, const char* published, Rank rank, const char* depth) {
    SourceDocument source;
    source.tier = tier;
    source.published = PartialDate::parse(published);
    const auto document = transaction.add_document(source, std::make_shared<const std::string>("lake"));
    const auto evidence = transaction.add_evidence({document, {0, 4}, "rule:test/1", 1.0F});
    Assertion claim;
    claim.evidence = {evidence};
    if (!lake) {
      lake = transaction.add_mention({{}, "Lake", "lake", evidence});
      claim.subject = lake;
      claim.name = "Lake";
      transaction.add_assertion(claim);
    }
    claim.kind = ClaimKind::property;
    claim.subject = lake;
    claim.name = "depth";
    claim.value = depth;
    claim.rank = rank;
    transaction.add_assertion(claim);
    const auto snapshot = transaction.snapshot();
    return snapshot.value(*snapshot.find(lake), "depth").as_string();
  };
  EXPECT_EQ(say(SourceTier::media, "2020", Rank::normal, "a"), "a");
  EXPECT_EQ(say(SourceTier::media, "2020", Rank::normal, "b"), "a");
  EXPECT_EQ(say(SourceTier::media, "2021-05", Rank::normal, "c"), "c");
  EXPECT_EQ(say(SourceTier::igo, "1999", Rank::normal, "d"), "d");
  EXPECT_EQ(say(SourceTier::official, "2022", Rank::deprecated, "e"), "d");
  EXPECT_EQ(say(SourceTier::social, "2001", Rank::preferred, "f"), "f");
}

}  // namespace
}  // namespace policygraph
