#include "policygraph/graph/commit_group.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "graph/dump.hpp"
#include "graph/records.hpp"
#include "policygraph/base/error.hpp"

namespace policygraph::testing {
namespace {

// Nothing becomes due by the clock.
GroupOptions of(std::size_t most_commits) { return {most_commits, std::chrono::hours(1), std::chrono::seconds(5)}; }

void add(Transaction& transaction, const std::string& name) { transaction.create_node({"Lake"}, {{"name", name}}); }

void commit_lake(CommitGroup& group, const std::string& name) {
  auto transaction = group.begin("by:" + name);
  add(transaction, name);
  transaction.commit();
}

template <class Act>
std::optional<Error> error_of(Act act) {
  try {
    act();
  } catch (const Error& error) {
    return error;
  }
  return std::nullopt;
}

TEST(CommitGroup, ShowsItsCommitsWhenTheyAreFlushed) {
  auto graph = open_in_memory(Schema::open());
  CommitGroup group(graph, of(100));
  for (const auto* name : {"Como", "Onega", "Van"}) commit_lake(group, name);
  EXPECT_EQ(group.waiting(), 3U);
  EXPECT_EQ(graph.snapshot().node_count(), 0U);
  {
    auto transaction = group.begin();
    EXPECT_EQ(transaction.snapshot().nodes("Lake").size(), 3U);
    EXPECT_EQ(transaction.snapshot().commit().value, 3U);
  }
  group.flush();
  EXPECT_EQ(group.waiting(), 0U);
  EXPECT_EQ(graph.snapshot().nodes("Lake").size(), 3U);
  group.flush();
  EXPECT_EQ(graph.snapshot().commit().value, 3U);
}

TEST(CommitGroup, IsAsCommitsOneByOne) {
  auto grouped = open_in_memory(Schema::open()), single = open_in_memory(Schema::open());
  {
    CommitGroup group(grouped, of(3));
    for (int i = 0; i < 20; ++i) {
      for (auto* graph : {&grouped, &single}) {
        auto transaction = graph == &single ? single.begin("by:anna") : group.begin("by:anna");
        add(transaction, std::to_string(i));
        if (i % 4 == 3) transaction.delete_node(NodeKey{static_cast<std::uint64_t>(i - 2)}, true);
        if (i % 5 == 4) transaction.rollback();
        else transaction.commit();
      }
      EXPECT_LT(group.waiting(), 3U);
    }
  }
  EXPECT_EQ(dump(grouped.snapshot()), dump(single.snapshot()));
}

TEST(CommitGroup, FlushesWhatIsDue) {
  auto graph = open_in_memory(Schema::open());
  CommitGroup by_count(graph, of(2));
  commit_lake(by_count, "Como");
  EXPECT_EQ(graph.snapshot().node_count(), 0U);
  commit_lake(by_count, "Van");
  EXPECT_EQ(graph.snapshot().node_count(), 2U);
  EXPECT_EQ(by_count.waiting(), 0U);
  CommitGroup by_time(graph, {100, std::chrono::milliseconds(0), std::chrono::seconds(5)});
  commit_lake(by_time, "Onega");
  EXPECT_EQ(graph.snapshot().node_count(), 3U);
}

TEST(CommitGroup, HasTheTurnWhileSomethingWaits) {
  auto graph = open_in_memory(Schema::open());
  CommitGroup group(graph, of(100)), other(graph, {100, std::chrono::hours(1), std::chrono::milliseconds(0)});
  const auto is_free = [&] { return !error_of([&] { graph.begin("by:ben", std::chrono::milliseconds(0)); }); };
  EXPECT_TRUE(is_free());
  commit_lake(group, "Como");
  EXPECT_FALSE(is_free());
  EXPECT_EQ(error_of([&] { other.begin(); })->code(), ErrorCode::busy);
  group.flush();
  EXPECT_TRUE(is_free());
  group.begin().rollback();
  EXPECT_TRUE(is_free());
  commit_lake(other, "Van");
  other.flush();
  EXPECT_EQ(graph.snapshot().node_count(), 2U);
}

TEST(CommitGroup, HasOneTransactionAtATime) {
  auto graph = open_in_memory(Schema::open());
  CommitGroup group(graph, of(100));
  commit_lake(group, "Como");
  auto open = group.begin();
  EXPECT_EQ(error_of([&] { group.begin(); })->code(), ErrorCode::busy);
  EXPECT_EQ(error_of([&] { group.flush(); })->code(), ErrorCode::busy);
  open.rollback();
  group.flush();
  EXPECT_EQ(graph.snapshot().node_count(), 1U);
}

TEST(CommitGroup, LosesNothingToOneThatIsRefused) {
  auto graph = open_in_memory();
  CommitGroup group(graph, of(100));
  const auto act = [&](const char* number) {
    auto transaction = group.begin();
    transaction.create_node({"Decree"}, {{"jurisdiction", "UZ"}, {"kind", "decree"}, {"number", number}});
    transaction.commit();
  };
  act("PF-1");
  EXPECT_TRUE(error_of([&] { group.begin().create_node({"Lake"}); }));
  act("PF-2");
  group.flush();
  EXPECT_EQ(graph.snapshot().nodes("Decree").size(), 2U);
}

TEST(CommitGroup, FlushesWhenItGoes) {
  auto graph = open_in_memory(Schema::open());
  std::optional<CommitGroup> group(std::in_place, graph, of(100));
  commit_lake(*group, "Como");
  group.reset();
  EXPECT_EQ(graph.snapshot().node_count(), 1U);
  for (const bool is_kept : {true, false}) {
    group.emplace(graph, of(100));
    commit_lake(*group, "Van");
    auto longer = group->begin();
    add(longer, "Onega");
    auto moved = std::move(*group);
    group.reset();
    EXPECT_EQ(moved.waiting(), 1U);
    { const auto gone = std::move(moved); }
    const auto before = graph.snapshot().node_count();
    if (is_kept) longer.commit();
    else longer.rollback();
    EXPECT_EQ(graph.snapshot().node_count(), before + (is_kept ? 2 : 1));
    graph.begin("by:ben", std::chrono::milliseconds(0)).rollback();
  }
}

TEST(CommitGroup, EndsWithAClosedGraph) {
  auto graph = open_in_memory(Schema::open());
  CommitGroup group(graph, of(100));
  commit_lake(group, "Como");
  const auto before = graph;
  graph.close();
  EXPECT_EQ(error_of([&] { group.begin(); })->code(), ErrorCode::closed);
  group.flush();
  EXPECT_EQ(group.waiting(), 0U);
}

TEST(CommitGroup, QuotesWhatWaits) {
  auto graph = open_in_memory(Schema::open());
  CommitGroup group(graph, of(100));
  DocumentId id;
  {
    auto transaction = group.begin();
    Reading reading(transaction, "news.txt", "Lake Como is deep");
    reading.node("Lake", "Lake Como");
    id = reading.id();
    transaction.commit();
  }
  auto transaction = group.begin();
  EXPECT_EQ(*transaction.snapshot().sources().text(id), "Lake Como is deep");
  transaction.rollback();
  group.flush();
  EXPECT_EQ(*graph.snapshot().sources().text(id), "Lake Como is deep");
}

}  // namespace
}  // namespace policygraph::testing
