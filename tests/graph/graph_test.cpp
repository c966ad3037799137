#include "policygraph/graph/graph.hpp"

#include <gtest/gtest.h>

#include <map>
#include <memory>

#include "policygraph/base/error.hpp"
#include "graph/dump.hpp"

namespace policygraph {
namespace {

using testing::dump;

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

// What several processes write to, as each of them sees it.
struct Common {
  std::vector<Batch> batches;
  std::map<DocumentId, std::shared_ptr<const std::string>> texts;
  bool is_locked = false;
};

class CommonJournal final : public Journal {
 public:
  explicit CommonJournal(std::shared_ptr<Common> common) : common_(std::move(common)) {}
  void append(const Batch& batch) override {
    common_->batches.push_back(batch);
    for (const auto& item : batch.documents) common_->texts[item.document.id] = item.text;
  }
  void replay(const Visit& visit) const override {
    for (const auto& batch : common_->batches) visit(batch);
  }
  std::shared_ptr<const std::string> text(DocumentId id) const override { return common_->texts[id]; }
  void lock(std::string_view, std::chrono::milliseconds) override {
    if (common_->is_locked) throw Error(ErrorCode::busy, "process 7 is writing");
    common_->is_locked = true;
  }
  void unlock() noexcept override { common_->is_locked = false; }
  bool has_news(CommitId last) const override {
    return !common_->batches.empty() && common_->batches.back().commit > last;
  }

 private:
  std::shared_ptr<Common> common_;
};

void write_lake(Graph& graph, const std::string& name) {
  auto transaction = graph.begin("by:anna");
  transaction.create_node({"Lake"}, {{"name", name}});
  transaction.commit();
}

TEST(Graph, SeesWhatAnotherProcessCommits) {
  const auto common = std::make_shared<Common>();
  Graph one(Schema::open(), std::make_unique<CommonJournal>(common));
  Graph other(Schema::open(), std::make_unique<CommonJournal>(common));
  write_lake(one, "Como");
  EXPECT_EQ(other.snapshot().find_nodes("Lake", "name", "Como").size(), 1U);
  write_lake(other, "Ladoga");
  write_lake(one, "Onega");  // takes in the one before it begins
  write_lake(one, "Saimaa");
  EXPECT_EQ(dump(other.snapshot()), dump(one.snapshot()));
  EXPECT_EQ(other.snapshot().commit(), CommitId{4});
  EXPECT_EQ(dump(Graph(Schema::open(), std::make_unique<CommonJournal>(common)).snapshot()), dump(one.snapshot()));
}

TEST(Graph, WaitsForTheJournalsLock) {
  const auto common = std::make_shared<Common>();
  Graph one(Schema::open(), std::make_unique<CommonJournal>(common));
  Graph other(Schema::open(), std::make_unique<CommonJournal>(common));
  {
    const auto transaction = one.begin("by:anna");
    EXPECT_THROW(other.begin("by:ben", std::chrono::milliseconds(1)), Error);
  }
  write_lake(other, "Como");  // the turn was given back on both sides
  EXPECT_EQ(one.snapshot().node_count(), 1U);
}

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
