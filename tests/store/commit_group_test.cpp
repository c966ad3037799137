#include "policygraph/graph/commit_group.hpp"

#include <gtest/gtest.h>

#include "graph/dump.hpp"
#include "policygraph/base/error.hpp"
#include "policygraph/store/file.hpp"
#include "store/folder.hpp"
#include "store/works.hpp"

namespace policygraph::testing {
namespace {

GroupOptions of(std::size_t most_commits) { return {most_commits, std::chrono::hours(1), std::chrono::milliseconds(50)}; }

void commit_lake(CommitGroup& group, const std::string& name) {
  auto transaction = group.begin("by:" + name);
  transaction.create_node({"Lake"}, {{"name", name}});
  transaction.commit();
}

TEST(CommitGroupOfAFile, IsSeenByOthersWhenItIsFlushed) {
  const Folder folder;
  auto graph = open(folder / "lakes.pgraph", in_the_open_schema());
  write_lake(graph, "Como");
  auto other = open(folder / "lakes.pgraph", in_the_open_schema());
  CommitGroup group(graph, of(100));
  commit_lake(group, "Van");
  commit_lake(group, "Onega");
  EXPECT_EQ(lakes(graph), 1U);
  EXPECT_EQ(lakes(other), 1U);
  EXPECT_THROW(other.begin("by:ben", std::chrono::milliseconds(30)), Error);
  group.flush();
  EXPECT_EQ(lakes(graph), 3U);
  EXPECT_EQ(lakes(other), 3U);
  write_lake(other, "Sevan");
  commit_lake(group, "Ladoga");
  group.flush();
  EXPECT_EQ(dump(other.snapshot()), dump(graph.snapshot()));
}

TEST(CommitGroupOfAFile, HasCommitsOfTheirOwn) {
  const Folder folder;
  const auto path = folder / "lakes.pgraph";
  std::string last;
  {
    auto graph = open(path, in_the_open_schema());
    CommitGroup group(graph, of(100));
    for (const auto* name : {"como", "van", "onega"}) commit_lake(group, name);
    group.flush();
    last = dump(graph.snapshot());
    graph.close();
  }
  const auto graph = open(path, to_read());
  ASSERT_EQ(graph.commits().size(), 3U);
  EXPECT_EQ(graph.commits()[1].author, "by:van");
  EXPECT_EQ(graph.known_at(CommitId{2}).nodes("Lake").size(), 2U);
  EXPECT_EQ(dump(graph.snapshot()), last);
  EXPECT_TRUE(check_file(path).is_sound());
}

TEST(CommitGroupOfAFile, IsGoneWhereItIsNotFlushed) {
  const Folder folder;
  const auto path = folder / "lakes.pgraph";
  auto graph = open(path, in_the_open_schema());
  write_lake(graph, "Como");
  CommitGroup group(graph, of(100));
  commit_lake(group, "Van");
  const Folder crashed;  // as a crash would leave it
  for (const auto* ending : {"", "-wal"}) std::filesystem::copy_file(path + ending, (crashed / "lakes.pgraph") + ending);
  EXPECT_EQ(lakes(open(crashed / "lakes.pgraph")), 1U);
  group.flush();
}

// What waits was committed: it lasts when the group is flushed or goes, and the file closes then.
TEST(CommitGroupOfAFile, LastsBeyondTheGraphThatIsClosed) {
  for (const bool is_flushed : {true, false}) {
    const Folder folder;
    const auto path = folder / "lakes.pgraph";
    auto graph = open(path, in_the_open_schema());
    {
      CommitGroup group(graph, of(100));
      commit_lake(group, "Van");
      commit_lake(group, "Onega");
      graph.close();
      EXPECT_EQ(group.waiting(), 2U);
      EXPECT_THROW(group.begin(), Error);
      EXPECT_TRUE(std::filesystem::exists(path + "-wal"));
      if (is_flushed) group.flush();
    }
    EXPECT_FALSE(std::filesystem::exists(path + "-wal"));
    EXPECT_EQ(lakes(open(path)), 2U);
    EXPECT_TRUE(check_file(path).is_sound());
  }
}

TEST(CommitGroupOfAFile, QuotesWhatWaits) {
  const Folder folder;
  auto graph = open(folder / "lakes.pgraph", in_the_open_schema());
  CommitGroup group(graph, of(100));
  DocumentId id;
  {
    auto transaction = group.begin();
    Reading reading(transaction, "news.txt", "Lake Como is deep");
    reading.node("Lake", "Lake Como");
    id = reading.id();
    transaction.commit();
  }
  {
    auto transaction = group.begin();
    EXPECT_EQ(*transaction.snapshot().sources().text(id), "Lake Como is deep");
    Reading(transaction, "news.txt", "Lake Como is deeper", id).node("Lake", "Lake Como");
    transaction.commit();
  }
  group.flush();
  EXPECT_EQ(*graph.snapshot().sources().text(id), "Lake Como is deeper");
  graph.close();
}

}  // namespace
}  // namespace policygraph::testing
