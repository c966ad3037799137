// What tells whether anything was committed, without asking SQLite.
#include "store/log_index.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "policygraph/store/open.hpp"
#include "store/access.hpp"
#include "store/database.hpp"
#include "store/folder.hpp"
#include "store/works.hpp"

namespace policygraph::testing {
namespace {

using detail::store::LogIndex;

TEST(LogIndex, DiffersAfterEachCommitAndElseStaysAsItIs) {
  const Folder folder;
  const auto path = folder / "lakes.pgraph";
  auto graph = open(path, in_the_open_schema());
  const auto database = detail::store::open_for_reading(path);
  const LogIndex index(*database);
  auto before = index.state();
  ASSERT_TRUE(before);
  for (int i = 0; i < 20; ++i) {
    write_lake(graph, std::to_string(i));
    EXPECT_EQ(lakes(graph), static_cast<std::size_t>(i) + 1);
    const auto after = index.state();
    EXPECT_NE(before, after);
    EXPECT_TRUE(LogIndex::is_one_commit(*before, *after));
    EXPECT_EQ(index.state(), after);
    before = after;
  }
  graph.begin("by:anna").rollback();
  EXPECT_EQ(index.state(), before);
  write_lake(graph, "Como");
  write_lake(graph, "Garda");
  EXPECT_FALSE(LogIndex::is_one_commit(*before, *index.state()));
}

TEST(LogIndex, IsNotThereWhereNobodyElseWrites) {
  const Folder folder;
  const auto path = folder / "lakes.pgraph";
  open(path, in_the_open_schema()).close();
  const detail::store::Database still("file:" + path + "?immutable=1", path, SQLITE_OPEN_READONLY);
  EXPECT_FALSE(LogIndex(still).state());
}

// Commits of one's own that no other came between are known without asking; all others are seen at once.
TEST(LogIndex, LetsNoCommitPass) {
  const Folder folder;
  const auto path = folder / "lakes.pgraph";
  auto options = in_the_open_schema();
  options.share_for_news = 1;
  auto one = open(path, options), other = open(path, options);
  for (std::size_t i = 0; i < 30; ++i) {
    write_lake(one, "one");
    if (i % 3 != 0) {
      EXPECT_EQ(lakes(one), 2 * i + 1);
    }
    if (i % 2 != 0) {
      EXPECT_EQ(lakes(other), 2 * i + 1);
    }
    write_lake(other, "other");
    if (i % 3 != 1) {
      EXPECT_EQ(lakes(one), 2 * i + 2);
    }
  }
  EXPECT_EQ(lakes(one), 60U);
  EXPECT_EQ(lakes(other), 60U);
}

}  // namespace
}  // namespace policygraph::testing
