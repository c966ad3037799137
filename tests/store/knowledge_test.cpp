#include "policygraph/graph/knowledge.hpp"

#include <gtest/gtest.h>

#include <chrono>

#include "graph/dump.hpp"
#include "policygraph/base/error.hpp"
#include "policygraph/graph/verify.hpp"
#include "policygraph/store/open.hpp"
#include "store/folder.hpp"
#include "store/works.hpp"

namespace policygraph::testing {
namespace {

Graph open_new(const std::string& path) {
  OpenOptions options;
  options.schema = Schema::open();
  return open(path, options);
}

// A line a change: what happened to which property, from what to what.
std::vector<std::string> lines_of(const std::vector<ClaimChange>& changes) {
  std::vector<std::string> lines;
  for (const auto& change : changes) {
    const auto& claim = change.after ? *change.after : *change.before;
    std::string line(change_name(change.kind));
    line += " " + claim.name;
    if (change.before && !change.before->value.is_null()) line += " " + change.before->value.to_string();
    if (change.after && !change.after->value.is_null()) line += " > " + change.after->value.to_string();
    lines.push_back(line);
  }
  return lines;
}

using Lines = std::vector<std::string>;

TEST(KnownAt, GivesBackEveryStateThereWas) {
  const Folder folder;
  auto graph = open_new(folder / "lakes.pgraph");
  std::vector<std::string> states = {dump(graph.snapshot())};
  const auto play = [&](auto work) {
    auto transaction = graph.begin("by:anna");
    work(transaction);
    transaction.commit();
    states.push_back(dump(graph.snapshot()));
  };
  NodeKey como, ladoga;
  JudgementId merged;
  play([&](Transaction& t) { como = t.create_node({"Lake"}, {{"name", "Como"}}); });
  play([&](Transaction& t) { ladoga = t.create_node({"Lake"}, {{"name", "Ladoga"}}); });
  play([&](Transaction& t) { t.create_edge(como, "NEAR", ladoga, {{"km", std::int64_t{2000}}}); });
  play([&](Transaction& t) { merged = t.merge(como, ladoga, "one water"); });
  play([&](Transaction& t) { t.set_property(como, "name", "Lario"); });
  play([&](Transaction& t) { t.withdraw(merged); });
  play([&](Transaction& t) { t.delete_node(ladoga, true); });
  for (int round = 0; round < 2; ++round) {
    for (std::size_t i = 0; i < states.size(); ++i) EXPECT_EQ(dump(graph.known_at(CommitId{i})), states[i]) << "commit " << i;
  }
  EXPECT_EQ(states[3].size() > states[7].size(), true);
  EXPECT_THROW(graph.known_at(CommitId{8}), Error);
}

TEST(KnownAt, QuotesTheTextsThatWereThere) {
  const Folder folder;
  auto graph = open_new(folder / "lakes.pgraph");
  write_all_kinds(graph);
  const auto then = graph.known_at(CommitId{1});
  EXPECT_TRUE(verify(then).is_sound());
  EXPECT_EQ(*then.sources().text(DocumentId{1}), "Lake Como is 425 m deep. Como feeds the Adda.");
  EXPECT_EQ(then.sources().documents().size(), 2U);
  EXPECT_EQ(*graph.snapshot().sources().text(DocumentId{1}), "Lake Como is 410 m deep");
}

TEST(KnownAt, TakesATime) {
  const Folder folder;
  const auto before = std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
  auto graph = open_new(folder / "lakes.pgraph");
  write_lake(graph, "Como");
  write_lake(graph, "Ladoga");
  const auto commits = graph.commits();
  ASSERT_EQ(commits.size(), 2U);
  EXPECT_EQ(commits[0].author, "by:anna");
  EXPECT_LE(before, commits[0].time);
  EXPECT_LE(commits[0].time, commits[1].time);
  EXPECT_EQ(graph.known_at(commits[1].time).node_count(), 2U);
  EXPECT_EQ(graph.known_at(before - std::chrono::seconds(1)).node_count(), 0U);
}

TEST(KnownAt, IsOfGraphsInFilesAlone) {
  auto graph = open_in_memory(Schema::open());
  write_lake(graph, "Como");
  EXPECT_TRUE(graph.commits().empty());
  EXPECT_EQ(graph.known_at(CommitId{1}).node_count(), 1U);
  EXPECT_THROW(graph.known_at(CommitId{0}), Error);
  EXPECT_THROW(graph.history(NodeKey{1}), Error);
}

TEST(Diff, TellsAddedFromChangedFromWithdrawn) {
  const Folder folder;
  auto graph = open_new(folder / "lakes.pgraph");
  DocumentId id;
  const auto read = [&](const std::string& text, std::int64_t depth, bool has_area) {
    auto transaction = graph.begin("ingest");
    Reading reading(transaction, "news.txt", text, id);
    const auto lake = reading.node("Lake", "Como");
    const auto river = reading.node("River", "Adda");
    reading.property(lake, "depth", depth, "deep");
    if (has_area) reading.property(lake, "area", std::int64_t{146}, "deep");
    reading.edge_property(reading.edge(lake, "FEEDS", river, "feeds"), "since", std::int64_t{depth / 100}, "feeds");
    id = reading.id();
    transaction.commit();
  };
  read("Como is deep and feeds the Adda", 425, true);
  read("Now Como is deep and feeds the Adda", 425, true);
  read("Now Como is deep and feeds the Adda", 380, false);
  const auto first = graph.known_at(CommitId{1}), second = graph.known_at(CommitId{2});
  EXPECT_EQ(lines_of(diff(first, first)), Lines());
  EXPECT_EQ(lines_of(diff(first, second)), (Lines{"evidence Lake", "evidence River", "evidence depth 425 > 425", "evidence area 146 > 146",
                                                  "evidence FEEDS", "evidence since 4 > 4"}));
  EXPECT_EQ(lines_of(diff(second, graph.snapshot())), (Lines{"evidence Lake", "evidence River", "value depth 425 > 380", "evidence FEEDS",
                                                             "value since 4 > 3", "withdrawn area 146"}));
  EXPECT_EQ(lines_of(diff(graph.known_at(CommitId{0}), first)).size(), 6U);
  for (const auto& change : diff(graph.known_at(CommitId{0}), first)) EXPECT_EQ(change.kind, ChangeKind::added);
}

TEST(NodeHistory, TellsWhatWasClaimedAndWithdrawn) {
  const Folder folder;
  auto graph = open_new(folder / "lakes.pgraph");
  NodeKey como;
  {
    auto transaction = graph.begin("by:anna");
    como = transaction.create_node({"Lake"}, {{"depth", std::int64_t{410}}});
    transaction.create_edge(como, "FEEDS", transaction.create_node({"River"}), {{"since", std::int64_t{1018}}});
    transaction.create_node({"Lake"}, {{"name", "Onega"}});
    transaction.commit();
  }
  auto transaction = graph.begin("by:ben");
  transaction.set_property(como, "depth", std::int64_t{425});
  transaction.commit();
  Lines lines;
  for (const auto& event : graph.history(como)) {
    const auto& claim = event.assertion;
    lines.push_back(std::to_string(event.commit.id.value) + " " + event.commit.author + (event.is_withdrawal ? " - " : " + ") + claim.name +
                    (claim.value.is_null() ? "" : " " + claim.value.to_string()));
  }
  EXPECT_EQ(lines, (Lines{"1 by:anna + Lake", "1 by:anna + depth 410", "1 by:anna + FEEDS", "1 by:anna + since 1018",
                          "2 by:ben + depth 425", "2 by:ben - depth 410"}));
  EXPECT_THROW(graph.history(NodeKey{999}), Error);
}

}  // namespace
}  // namespace policygraph::testing
