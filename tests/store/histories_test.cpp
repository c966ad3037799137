#include <gtest/gtest.h>
#include <sqlite3.h>

#include <array>
#include <random>

#include "graph/dump.hpp"
#include "graph/player.hpp"
#include "policygraph/store/file.hpp"
#include "policygraph/store/open.hpp"
#include "store/access.hpp"
#include "store/file_journal.hpp"
#include "store/folder.hpp"
#include "store/works.hpp"

namespace policygraph::testing {
namespace {

// Random histories as the graph's own tests play them, on a file: every state equals its twin, and at the end what is
// read from the file equals what was written.
TEST(FileHistories, ReadBackAsTheyWere) {
  Folder folder;
  std::size_t states = 0;
  for (std::uint32_t seed = 0; seed < 60 && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const auto path = folder / (std::to_string(seed) + ".pgraph");
    auto journal = std::make_shared<detail::store::FileJournal>(path, detail::store::create(path, Schema::open()));
    Player player(seed, Schema::open(), journal);
    player.play(6);
    states += player.states();
    const auto report = check_file(path);
    EXPECT_TRUE(report.is_sound()) << report.problems.front().text;
    journal->close();
  }
  EXPECT_GT(states, 200U);
}

// A second handle takes in what the first committed, some commits at a time: the same graph as all of them replayed.
TEST(FileHistories, AreTakenInTogetherAsOneByOne) {
  Folder folder;
  for (std::uint32_t seed = 0; seed < 60 && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const auto path = folder / (std::to_string(seed) + ".pgraph");
    auto journal = std::make_shared<detail::store::FileJournal>(path, detail::store::create(path, Schema::open()));
    const auto other = open(path, to_read());
    Player player(seed, Schema::open(), journal);
    for (const int commits : {1, 2, 5, 9}) {
      player.play(commits);
      const auto together = other.snapshot();
      EXPECT_EQ(faults(together), "");
      EXPECT_EQ(dump(together), dump(open(path, to_read()).snapshot()));
    }
    journal->close();
  }
}

// Two pieces of evidence a lake.
void read_lakes(Graph& graph, int count) {
  auto transaction = graph.begin("ingest");
  Reading reading(transaction, "news.txt", "Lake Como is deep");
  for (int i = 0; i < count; ++i) reading.node("Lake", "Lake Como");
  transaction.commit();
}

void expect_as_written(Graph& graph, const std::string& path) {
  const auto written = dump(graph.snapshot());
  graph.close();
  const auto report = check_file(path);
  EXPECT_TRUE(report.is_sound()) << report.problems.front().text;
  EXPECT_EQ(dump(open(path, to_read()).snapshot()), written);
}

// The last evidence before lies in `small_commits`, where SQLite does not see it when it counts up the rows of `evidence`.
TEST(FileHistories, OfMuchEvidenceBehindASmallCommit) {
  const Folder folder;
  const auto path = folder / "lakes.pgraph";
  auto graph = open(path, in_the_open_schema());
  for (const int count : {512, 20, 16, 17, 33, 1500}) {
    write_lake(graph, "Onega");
    EXPECT_NO_THROW(read_lakes(graph, count)) << count;
  }
  read_lakes(graph, 600);
  EXPECT_EQ(lakes(graph), 6U + 512 + 20 + 16 + 17 + 33 + 1500 + 600);
  expect_as_written(graph, path);
}

TEST(FileHistories, OfSmallAndBigCommitsByTurns) {
  const Folder folder;
  for (std::uint32_t seed = 0; seed < 12 && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const auto path = folder / (std::to_string(seed) + ".pgraph");
    auto graph = open(path, in_the_open_schema());
    for (int commit = 0; commit < 12; ++commit) {
      const auto kind = random() % 5;
      if (kind < 2) write_lake(graph, "Onega");
      else if (kind < 4) read_lakes(graph, static_cast<int>(1 + random() % 60));
      else read_lakes(graph, static_cast<int>(500 + random() % 100));
      if (random() % 6 > 0) continue;
      graph.close();
      graph = open(path);
    }
    expect_as_written(graph, path);
  }
}

// Hides that its journal takes records packed.
class RecordsOnly final : public Journal {
 public:
  explicit RecordsOnly(std::unique_ptr<Journal> kept) : kept_(std::move(kept)) {}
  void append(const Batch& batch) override { kept_->append(batch); }
  void replay(const Visit& visit) const override { kept_->replay(visit); }
  std::shared_ptr<const std::string> text(DocumentId id) const override { return kept_->text(id); }
  void lock(std::string_view author, std::chrono::milliseconds timeout) override { kept_->lock(author, timeout); }
  void unlock() noexcept override { kept_->unlock(); }
  void close() override { kept_->close(); }

 private:
  std::unique_ptr<Journal> kept_;
};

std::string rows_of(const std::string& path, const std::string& sql) {
  sqlite3* database = nullptr;
  std::string text;
  EXPECT_EQ(sqlite3_open(path.c_str(), &database), SQLITE_OK);
  sqlite3_exec(database, sql.c_str(), [](void* to, int count, char** fields, char**) {
    for (int i = 0; i < count; ++i) *static_cast<std::string*>(to) += std::string(fields[i] == nullptr ? "" : fields[i]) + " ";
    return 0;
  }, &text, nullptr);
  sqlite3_close(database);
  return text;
}

// Records written one by one, and packed on another thread: the same rows.
TEST(FileHistories, AreWrittenAlikePackedAndNot) {
  Folder folder;
  std::array<std::string, 2> rows;
  for (const std::size_t packed : {0U, 1U}) {
    const auto path = folder / (std::to_string(packed) + ".pgraph");
    std::unique_ptr<Journal> journal = std::make_unique<detail::store::FileJournal>(path, detail::store::create(path, Schema::open()));
    if (packed == 0) journal = std::make_unique<RecordsOnly>(std::move(journal));
    Graph graph(Schema::open(), std::move(journal));
    write_all_kinds(graph);
    write_waters(graph, 15'000);
    const auto report = check_file(path);
    EXPECT_TRUE(report.is_sound()) << report.problems.front().text;
    for (const auto* table :
         {"all_documents", "all_texts", "all_evidence", "finders", "judgements", "runs", "findings"})
      rows[packed] += rows_of(path, std::string("SELECT * FROM ") + table + " ORDER BY 1");
    rows[packed] += rows_of(path, "SELECT id, \"commit\", kind, rows, hex(data) FROM all_batches ORDER BY 1");
    graph.close();
  }
  EXPECT_GT(rows[0].size(), 100'000U);
  EXPECT_TRUE(rows[0] == rows[1]);
}

}  // namespace
}  // namespace policygraph::testing
