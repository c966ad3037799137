#include "policygraph/store/file.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <atomic>
#include <fstream>
#include <thread>

#include "graph/dump.hpp"
#include "policygraph/base/error.hpp"
#include "policygraph/graph/verify.hpp"
#include "policygraph/store/open.hpp"
#include "store/folder.hpp"
#include "store/works.hpp"

namespace policygraph::testing {
namespace {

void run_sql(const std::string& path, const std::string& sql) {
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &database), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(database);
  sqlite3_close(database);
}

// The first column of the first row.
std::string ask_sql(const std::string& path, const std::string& sql) {
  sqlite3* database = nullptr;
  sqlite3_stmt* statement = nullptr;
  EXPECT_EQ(sqlite3_open(path.c_str(), &database), SQLITE_OK);
  EXPECT_EQ(sqlite3_prepare_v2(database, sql.c_str(), -1, &statement, nullptr), SQLITE_OK) << sqlite3_errmsg(database);
  EXPECT_EQ(sqlite3_step(statement), SQLITE_ROW);
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
  std::string answer = text == nullptr ? "" : text;
  sqlite3_finalize(statement);
  sqlite3_close(database);
  return answer;
}

std::string refusal(const std::string& path, ErrorCode code, const OpenOptions& options = {}) {
  try {
    open(path, options);
  } catch (const Error& error) {
    EXPECT_EQ(code_name(error.code()), code_name(code)) << error.text();
    return error.text();
  }
  ADD_FAILURE() << "it opened";
  return "";
}

bool says(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST(File, KeepsAllThatWasCommitted) {
  const Folder folder;
  const auto path = folder / "lakes.pgraph";
  std::string written;
  {
    auto graph = open(path, in_the_open_schema());
    write_all_kinds(graph);
    written = dump(graph.snapshot());
    graph.close();
  }
  EXPECT_FALSE(std::filesystem::exists(path + "-wal"));
  const auto again = open(path);
  EXPECT_EQ(again.schema().name(), "open");
  EXPECT_EQ(dump(again.snapshot()), written);
  EXPECT_EQ(again.snapshot().commit(), CommitId{3});
  EXPECT_TRUE(verify(again.snapshot()).is_sound());
  EXPECT_EQ(verify(again.snapshot()).without_text, 0U);
}

TEST(File, GoesOnWhereItStopped) {
  const Folder folder;
  auto twin = open_in_memory(Schema::open());
  for (const auto* name : {"Como", "Ladoga", "Onega"}) {
    auto graph = open(folder / "lakes.pgraph", in_the_open_schema());
    write_lake(graph, name);
    write_lake(twin, name);
    EXPECT_EQ(dump(graph.snapshot()), dump(twin.snapshot()));
  }
}

TEST(File, IsWholeInTablesThatAnyToolReads) {
  const Folder folder;
  const auto path = folder / "lakes.pgraph";
  {
    auto graph = open(path, in_the_open_schema());
    write_all_kinds(graph);
  }
  EXPECT_EQ(ask_sql(path, "SELECT count(*) FROM all_commits"), "3");
  EXPECT_EQ(ask_sql(path, "SELECT title FROM current_documents WHERE uri <> '' ORDER BY document"), "news.txt");
  EXPECT_EQ(ask_sql(path, "SELECT quote FROM quotes WHERE extractor = 'rule:test/1' ORDER BY evidence LIMIT 1"),
            "Lake Como");
  EXPECT_EQ(ask_sql(path, "SELECT quote FROM quotes WHERE extractor = 'rule:test/1' ORDER BY evidence DESC LIMIT 1"),
            "410 m");
  EXPECT_EQ(ask_sql(path, "SELECT group_concat(author, ' ') FROM (SELECT author FROM all_commits ORDER BY id)"),
            "ingest by:anna ingest");
  EXPECT_EQ(ask_sql(path, "SELECT reason FROM judgements WHERE kind = 'different'"), "other shores");
  EXPECT_EQ(ask_sql(path, "SELECT program || explanation FROM runs, findings"), "reader 1two \"dates\"");
  EXPECT_EQ(ask_sql(path, "PRAGMA integrity_check"), "ok");
}

TEST(File, KeepsASchemaOfItsOwn) {
  const Folder folder;
  const auto path = folder / "permits.pgraph";
  OpenOptions options;
  options.schema = Schema::policy().extended({{"permits.json", R"({"label": "Permit", "properties": [{"name": "fee", "type": "decimal"}]})"}});
  open(path, options).close();
  EXPECT_EQ(open(path).schema().to_json(), options.schema->to_json());
  EXPECT_EQ(open(path, options).schema().to_json(), options.schema->to_json());
  EXPECT_TRUE(says(refusal(path, ErrorCode::schema, in_the_open_schema()), "leave the schema out"));
  open(folder / "plain.pgraph").close();
  EXPECT_EQ(open(folder / "plain.pgraph").schema().name(), "policy");
}

TEST(File, IsRefusedWhenItIsNone) {
  const Folder folder;
  std::ofstream(folder / "note.txt") << std::string(5000, 'x');
  EXPECT_TRUE(says(refusal(folder / "note.txt", ErrorCode::format), "is not a .pgraph file"));
  run_sql(folder / "other.db", "CREATE TABLE birds (name TEXT)");
  EXPECT_TRUE(says(refusal(folder / "other.db", ErrorCode::format), "another program"));
  EXPECT_EQ(ask_sql(folder / "other.db", "PRAGMA journal_mode"), "delete");  // it was left alone
  EXPECT_TRUE(says(refusal(folder / "none.pgraph", ErrorCode::not_found, to_read()), "no file"));
  EXPECT_TRUE(says(refusal(folder / "no/lakes.pgraph", ErrorCode::not_found), "no folder"));
  EXPECT_TRUE(says(refusal(folder.path(), ErrorCode::io), "is a folder"));
  refusal("", ErrorCode::invalid_argument);
  OpenOptions old;
  old.create = false;
  refusal(folder / "none.pgraph", ErrorCode::not_found, old);
  std::ofstream(folder / "empty.pgraph").close();
  EXPECT_TRUE(says(refusal(folder / "empty.pgraph", ErrorCode::format, to_read()), "holds no graph yet"));
  open(folder / "empty.pgraph").close();
  open(folder / "empty.pgraph", to_read()).close();
}

TEST(File, OfALaterFormatIsRefused) {
  const Folder folder;
  open(folder / "later.pgraph").close();
  run_sql(folder / "later.pgraph", "PRAGMA user_version = 3");
  EXPECT_TRUE(says(refusal(folder / "later.pgraph", ErrorCode::format), "format 3 of a later version"));
  EXPECT_TRUE(says(refusal(folder / "later.pgraph", ErrorCode::format, to_read()), "format 3 of a later version"));
}

TEST(File, WithTablesOfOthersIsRefused) {
  const Folder folder;
  open(folder / "odd.pgraph").close();
  run_sql(folder / "odd.pgraph", "CREATE TRIGGER t AFTER INSERT ON runs BEGIN DELETE FROM commits; END");
  refusal(folder / "odd.pgraph", ErrorCode::format);
}

TEST(File, HasOddNames) {
  const Folder folder;
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  for (const auto* name : {":memory:", "file:x?mode=memory", "a b%20#?.pgraph"}) {
    {
      auto graph = open(name, in_the_open_schema());
      write_lake(graph, "Como");
    }
    EXPECT_TRUE(std::filesystem::is_regular_file(folder / name)) << name;
    EXPECT_EQ(lakes(open(name, to_read())), 1U) << name;
  }
  std::filesystem::current_path(before);
}

TEST(File, IsSharedByHandles) {
  const Folder folder;
  const auto path = folder / "lakes.pgraph";
  auto one = open(path, in_the_open_schema());
  auto other = open(path);
  const auto reader = open(path, to_read());
  write_lake(one, "Como");
  EXPECT_EQ(lakes(other), 1U);
  write_lake(other, "Ladoga");
  write_lake(one, "Onega");
  EXPECT_EQ(lakes(reader), 3U);
  EXPECT_EQ(dump(one.snapshot()), dump(other.snapshot()));
  EXPECT_EQ(dump(one.snapshot()), dump(reader.snapshot()));
}

TEST(File, HasOneWriterAtATime) {
  const Folder folder;
  auto one = open(folder / "lakes.pgraph", in_the_open_schema());
  auto other = open(folder / "lakes.pgraph");
  auto transaction = one.begin("by:anna");
  transaction.create_node({"Lake"}, {{"name", "Como"}});
  try {
    other.begin("by:ben", std::chrono::milliseconds(30));
    FAIL() << "two write";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::busy);
    EXPECT_TRUE(says(error.text(), "this process, through another handle, is writing to")) << error.text();
  }
  EXPECT_EQ(lakes(other), 0U);  // readers do not wait, and see nothing half
  transaction.commit();
  EXPECT_EQ(lakes(other), 1U);
  write_lake(other, "Ladoga");
}

// A thread that asks for news has the journal for a moment: whoever begins then must not think that there are none.
TEST(File, IsWrittenToOnTheNewestStateBesideThreadsThatRead) {
  const Folder folder;
  auto options = in_the_open_schema();
  options.share_for_news = 1;
  auto graph = open(folder / "lakes.pgraph", options), other = open(folder / "lakes.pgraph");
  std::atomic<bool> is_over = false;
  std::thread reader([&] {
    while (!is_over) EXPECT_LE(lakes(graph), 400U);
  });
  try {
    for (int i = 0; i < 200; ++i) {
      write_lake(other, "other");
      write_lake(graph, "one");
    }
  } catch (const Error& error) {
    ADD_FAILURE() << error.text();
  }
  is_over = true;
  reader.join();
  EXPECT_EQ(lakes(graph), 400U);
}

TEST(File, OpenForReadingIsNotWrittenTo) {
  const Folder folder;
  open(folder / "lakes.pgraph", in_the_open_schema()).close();
  auto graph = open(folder / "lakes.pgraph", to_read());
  try {
    write_lake(graph, "Como");
    FAIL() << "it was written to";
  } catch (const Error& error) {
    EXPECT_TRUE(says(error.text(), "open for reading only")) << error.text();
  }
  graph.close();
  EXPECT_FALSE(std::filesystem::exists(folder / "lakes.pgraph-wal"));
}

// What a transaction holds when its graph is closed is not committed, and the file closes with it.
TEST(File, ClosesWithTheTransactionThatIsOpen) {
  const Folder folder;
  const auto path = folder / "lakes.pgraph";
  auto graph = open(path, in_the_open_schema());
  write_lake(graph, "Como");
  {
    auto transaction = graph.begin("by:anna");
    transaction.create_node({"Lake"}, {{"name", "Onega"}});
    graph.close();
    EXPECT_FALSE(graph.is_open());
    EXPECT_EQ(transaction.snapshot().nodes("Lake").size(), 2U);
    try {
      transaction.commit();
      ADD_FAILURE() << "committed to a closed graph";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::closed);
    }
    EXPECT_TRUE(std::filesystem::exists(path + "-wal"));
  }
  EXPECT_FALSE(std::filesystem::exists(path + "-wal"));
  EXPECT_EQ(lakes(open(path)), 1U);
}

TEST(File, ClosedStaysGoodForSnapshots) {
  const Folder folder;
  auto graph = open(folder / "lakes.pgraph", in_the_open_schema());
  write_all_kinds(graph);
  graph.close();
  EXPECT_FALSE(std::filesystem::exists(folder / "lakes.pgraph-wal"));
  EXPECT_THROW(graph.snapshot(), Error);
  EXPECT_THROW(graph.begin(), Error);
  auto again = open(folder / "lakes.pgraph");
  const auto held = again.snapshot();
  again.close();
  again.close();
  EXPECT_TRUE(verify(held).is_sound());
  EXPECT_GE(verify(held).quotes, 3U);
}

TEST(File, QuotesWhatWasReplacedSince) {
  const Folder folder;
  auto graph = open(folder / "lakes.pgraph", in_the_open_schema());
  auto other = open(folder / "lakes.pgraph");
  DocumentId id;
  {
    auto transaction = graph.begin("ingest");
    Reading reading(transaction, "news.txt", "Lake Como");
    reading.node("Lake", "Lake Como");
    id = reading.id();
    transaction.commit();
  }
  const auto before = graph.snapshot(), seen = other.snapshot();
  auto transaction = graph.begin("ingest");
  Reading again(transaction, "news.txt", "Ladoga is a lake", id);
  again.node("Lake", "Ladoga");
  transaction.commit();
  for (const auto& snapshot : {before, seen}) {
    EXPECT_TRUE(verify(snapshot).is_sound());
    EXPECT_EQ(*snapshot.sources().text(id), "Lake Como");
  }
  EXPECT_EQ(*other.snapshot().sources().text(id), "Ladoga is a lake");
}

// One commit that is read in many batches, each of bounded size.
TEST(File, HoldsLargeCommits) {
  const Folder folder;
  std::string written;
  {
    auto graph = open(folder / "large.pgraph", in_the_open_schema());
    auto transaction = graph.begin("ingest");
    Reading reading(transaction, "list.txt", "a list of many things");
    NodeKey last;
    for (int i = 0; i < 40'000; ++i) {
      const auto node = reading.node("Thing", i % 2 == 0 ? "list" : "things");
      reading.property(node, "number", std::int64_t{i}, "many");
      if (last) reading.edge(last, "NEXT", node, "of");
      last = node;
    }
    transaction.commit();
    written = dump(graph.snapshot());
  }
  EXPECT_EQ(dump(open(folder / "large.pgraph").snapshot()), written);
  const auto report = check_file(folder / "large.pgraph");
  EXPECT_TRUE(report.is_sound());
  EXPECT_EQ(report.mentions, 40'000U);
  EXPECT_EQ(report.assertions, 119'999U);
}

TEST(File, IsBackedUpWhileItIsOpen) {
  const Folder folder;
  const auto path = folder / "lakes.pgraph", copy = folder / "copy.pgraph";
  auto graph = open(path, in_the_open_schema());
  write_all_kinds(graph);
  {
    auto transaction = graph.begin("by:ben");
    transaction.create_node({"Lake"}, {{"name", "unfinished"}});
    backup_file(path, copy);
  }
  EXPECT_EQ(dump(open(copy, to_read()).snapshot()), dump(graph.snapshot()));
  EXPECT_TRUE(check_file(copy).is_sound());
  EXPECT_THROW(backup_file(path, copy), Error);
  EXPECT_THROW(backup_file(folder / "none.pgraph", folder / "x.pgraph"), Error);
  write_lake(graph, "Saimaa");
  auto copied = open(copy);
  write_lake(copied, "Vänern");
  EXPECT_EQ(lakes(copied), lakes(graph));
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) files += entry.path().string().find("unfinished") != std::string::npos;
  EXPECT_EQ(files, 0U);
}

TEST(File, IsCheckedWhole) {
  const Folder folder;
  const auto path = folder / "lakes.pgraph";
  {
    auto graph = open(path, in_the_open_schema());
    write_all_kinds(graph);
  }
  const auto report = check_file(path);
  EXPECT_TRUE(report.is_sound());
  EXPECT_EQ(report.commits, 3U);
  EXPECT_EQ(report.texts, report.documents);
  std::stop_source stop;
  stop.request_stop();
  EXPECT_THROW(check_file(path, {stop.get_token()}), Error);
}

// What SQLite itself would never notice.
TEST(File, FindsWhatWasChangedBehindItsBack) {
  for (const auto* sql : {"UPDATE commits SET author = 'by:eve' WHERE id = 2",
                          "UPDATE commits SET time = time + 1 WHERE id = 1",
                          "UPDATE documents SET title = 'olds.txt' WHERE version = 1",
                          "UPDATE evidence SET start = start + 1 WHERE id = 2",
                          "UPDATE finders SET confidence = 0.5 WHERE id = 1",
                          "UPDATE judgements SET kind = 'different' WHERE id = 1",
                          "UPDATE runs SET options = 'slow'",
                          "UPDATE findings SET nodes = '[1]'",
                          "DELETE FROM batches WHERE id = 2",
                          "DELETE FROM evidence WHERE id = 1",
                          "DELETE FROM commits WHERE id = 2",
                          "DELETE FROM commits WHERE id = 1",
                          "INSERT INTO runs VALUES (99, 3, '', '')",
                          "UPDATE graph SET schema = 'policy'",
                          "UPDATE batches SET data = data || x'00' WHERE id = 1",
                          "UPDATE small_commits SET title = 'olds.txt'",
                          "UPDATE small_commits SET author = 'by:eve' WHERE time IS NOT NULL",
                          "UPDATE small_commits SET start = start + 1",
                          "UPDATE small_commits SET data = data || x'00'",
                          "UPDATE small_commits SET batch = NULL",
                          "UPDATE small_commits SET evidence = NULL",
                          "DELETE FROM small_commits WHERE time IS NULL",
                          "INSERT INTO small_commits (id) VALUES (64)",
                          "INSERT INTO small_commits (id, evidence) VALUES (64, 1)"}) {
    const Folder folder;
    const auto path = folder / "lakes.pgraph";
    {
      auto graph = open(path, in_the_open_schema());
      write_all_kinds(graph);
    }
    run_sql(path, sql);
    EXPECT_FALSE(check_file(path).is_sound()) << sql;
    refusal(path, ErrorCode::format);
  }
}

TEST(File, FindsATextThatWasChanged) {
  const Folder folder;
  const auto path = folder / "lakes.pgraph";
  {
    auto graph = open(path, in_the_open_schema());
    write_all_kinds(graph);
  }
  run_sql(path, "UPDATE small_commits SET text = replace(text, '410', '411')");
  EXPECT_EQ(check_file(path).problems.size(), 1U);
  const auto graph = open(path);
  EXPECT_THROW(graph.snapshot().sources().text(DocumentId{1}), Error);
  run_sql(path, "UPDATE small_commits SET text = NULL");
  EXPECT_THROW(open(path).snapshot().sources().text(DocumentId{1}), Error);
}

}  // namespace
}  // namespace policygraph::testing
