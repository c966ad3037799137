// Files of the first format, which has no table of small commits, beside those that are made now.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "graph/dump.hpp"
#include "policygraph/store/file.hpp"
#include "policygraph/store/open.hpp"
#include "store/folder.hpp"
#include "store/works.hpp"

namespace policygraph::testing {
namespace {

const std::string kFirst = std::string(POLICYGRAPH_TEST_DATA) + "/format-1.pgraph";

class Tables {
 public:
  explicit Tables(const std::string& path) { EXPECT_EQ(sqlite3_open(path.c_str(), &database_), SQLITE_OK); }
  ~Tables() { sqlite3_close(database_); }
  void run(const std::string& sql) {
    EXPECT_EQ(sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(database_);
  }
  std::vector<std::string> ask(const std::string& sql) {
    std::vector<std::string> rows;
    const auto add = [](void* to, int, char** values, char**) {
      static_cast<std::vector<std::string>*>(to)->emplace_back(values[0] == nullptr ? "" : values[0]);
      return 0;
    };
    EXPECT_EQ(sqlite3_exec(database_, sql.c_str(), add, &rows, nullptr), SQLITE_OK) << sqlite3_errmsg(database_);
    return rows;
  }

 private:
  sqlite3* database_ = nullptr;
};

// A graph of the first format without any commit.
void make_first(const std::string& path) {
  Tables made(path);
  made.run("PRAGMA application_id = 1885827176; PRAGMA user_version = 1; ATTACH '" + kFirst + "' AS old");
  for (const auto& sql : made.ask("SELECT sql FROM old.sqlite_schema ORDER BY rowid")) made.run(sql);
  made.run("INSERT INTO main.graph SELECT * FROM old.graph");
}

TEST(Formats, TheFirstStaysWhatItIs) {
  const Folder folder;
  const auto path = folder / "first.pgraph";
  std::filesystem::copy_file(kFirst, path);
  auto graph = open(path);
  const auto before = dump(graph.snapshot());
  const auto commits = graph.commits().size();
  write_lake(graph, "Como");
  const auto after = dump(graph.snapshot());
  graph.close();
  EXPECT_TRUE(check_file(path).is_sound());
  EXPECT_EQ(Tables(path).ask("PRAGMA user_version"), std::vector<std::string>{"1"});
  const auto again = open(path, to_read());
  EXPECT_EQ(dump(again.snapshot()), after);
  EXPECT_EQ(dump(again.known_at(CommitId{commits})), before);
}

// Kept for ever, as the first is (tests/python/test_store.py); one of its texts is redacted.
TEST(Formats, TheSecondIsReadForEver) {
  const Folder folder;
  const auto path = folder / "second.pgraph";
  std::filesystem::copy_file(std::string(POLICYGRAPH_TEST_DATA) + "/format-2.pgraph", path);
  std::ifstream kept(std::string(POLICYGRAPH_TEST_DATA) + "/format-2.txt");
  const std::string wanted{std::istreambuf_iterator<char>(kept), {}};
  ASSERT_FALSE(wanted.empty());
  EXPECT_TRUE(check_file(path).is_sound());
  auto graph = open(path);
  EXPECT_EQ(dump(graph.snapshot()), wanted);
  write_lake(graph, "Como");
  const auto after = dump(graph.snapshot());
  graph.close();
  EXPECT_TRUE(check_file(path).is_sound());
  EXPECT_EQ(dump(open(path, to_read()).snapshot()), after);
  EXPECT_EQ(dump(open(path, to_read()).known_at(CommitId{10})), wanted);
}

TEST(Formats, HoldTheSame) {
  const Folder folder;
  const std::array<std::string, 2> paths = {folder / "first.pgraph", folder / "second.pgraph"};
  make_first(paths[0]);
  std::array<std::string, 2> dumps;
  for (std::size_t i = 0; i < 2; ++i) {
    auto graph = open(paths[i], i == 0 ? OpenOptions() : in_the_open_schema());
    write_all_kinds(graph);
    for (int lake = 0; lake < 40; ++lake) {
      write_lake(graph, std::to_string(lake));
      if (lake % 8 == 0) write_waters(graph, 30);
    }
    dumps[i] = dump(graph.snapshot());
    graph.close();
    EXPECT_TRUE(check_file(paths[i]).is_sound());
    const auto again = open(paths[i], to_read());
    EXPECT_EQ(dump(again.snapshot()), dumps[i]);
    dumps[i] += dump(again.known_at(CommitId{20}));
  }
  EXPECT_EQ(dumps[0], dumps[1]);
  Tables first(paths[0]), second(paths[1]);
  for (const auto* rows : {"count(*) FROM %documents", "hex(data) FROM %batches ORDER BY id",
                           "evidence.start FROM %evidence AS evidence ORDER BY id", "text FROM %texts ORDER BY version",
                           "author FROM %commits ORDER BY id", "last_batch FROM %commits ORDER BY id",
                           "quote FROM quotes ORDER BY evidence", "title FROM current_documents ORDER BY document"}) {
    std::string sql = "SELECT " + std::string(rows), all = sql;
    if (const auto place = sql.find('%'); place != std::string::npos) {
      all.replace(place, 1, "all_");
      sql.erase(place, 1);
    }
    EXPECT_EQ(first.ask(sql), second.ask(all)) << all;
  }
  EXPECT_GE(second.ask("SELECT id FROM small_commits WHERE time IS NOT NULL").size(), 40U);
}

// A value counts too that is no string.
TEST(Formats, ACommitWithALongListIsNotSmall) {
  const Folder folder;
  const auto path = folder / "lakes.pgraph";
  auto graph = open(path, in_the_open_schema());
  for (const std::size_t size : {3U, 10'000U}) {
    ValueList list;
    for (std::size_t i = 0; i < size; ++i) list.emplace_back(static_cast<std::int64_t>(i));
    auto transaction = graph.begin("by:anna");
    transaction.create_node({"Lake"}, {{"depths", list}});
    transaction.commit();
  }
  graph.close();
  EXPECT_EQ(Tables(path).ask("SELECT id FROM commits"), std::vector<std::string>{"2"});
  EXPECT_TRUE(check_file(path).is_sound());
}

// Each piece of evidence is quoted from the version that was the newest then; what a plan scans it scans once.
TEST(Formats, QuotesAreOfTheVersionOfTheirTime) {
  const Folder folder;
  const auto path = folder / "news.pgraph";
  auto graph = open(path, in_the_open_schema());
  DocumentId id;
  for (const auto* name : {"Como", "Onega", "Ladoga", "Sevan"}) {
    auto transaction = graph.begin("ingest");
    Reading reading(transaction, "news.txt", std::string(name) + std::string(*name == 'O' ? 5000 : 5, '.'), id);
    id = reading.id();
    reading.node("Lake", name);
    transaction.commit();
    write_lake(graph, "Van");
  }
  graph.close();
  Tables file(path);
  EXPECT_EQ(file.ask("SELECT DISTINCT quote FROM quotes WHERE document = 1 ORDER BY evidence"),
            (std::vector<std::string>{"Como", "Onega", "Ladoga", "Sevan"}));
  EXPECT_EQ(file.ask("SELECT text FROM current_documents WHERE document = 1"), std::vector<std::string>{"Sevan....."});
  EXPECT_EQ(file.ask("SELECT count(*) FROM current_documents"), std::vector<std::string>{"5"});
}

TEST(Formats, TheFirstIsSalvaged) {
  const Folder folder;
  std::filesystem::copy_file(kFirst, folder / "first.pgraph");
  const auto report = salvage_file(folder / "first.pgraph", folder / "saved.pgraph");
  EXPECT_TRUE(report.is_whole());
  EXPECT_TRUE(check_file(folder / "saved.pgraph").is_sound());
  EXPECT_EQ(dump(open(folder / "saved.pgraph", to_read()).snapshot()),
            dump(open(folder / "first.pgraph", to_read()).snapshot()));
}

}  // namespace
}  // namespace policygraph::testing
