// What is whole comes out of a damaged file; what comes out is right; what is missing is said.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <set>

#include "graph/dump.hpp"
#include "policygraph/base/error.hpp"
#include "policygraph/store/file.hpp"
#include "policygraph/store/open.hpp"
#include "store/folder.hpp"
#include "store/works.hpp"

namespace policygraph::testing {
namespace {

namespace fs = std::filesystem;

class Salvage : public ::testing::Test {
 protected:
  // A commit a lake, some with documents whose texts take pages of their own.
  void make(int commits) {
    auto graph = open(path_, in_the_open_schema());
    for (int i = 0; i < commits; ++i) {
      auto transaction = graph.begin("by:anna");
      const auto name = "Lake " + std::to_string(i);
      if (i % 3 == 0) Reading(transaction, "news.txt", text(name)).node("Lake", name);
      else transaction.create_node({"Lake"}, {{"name", name}, {"depth", std::int64_t{i}}});
      transaction.commit();
    }
    whole_ = dump(graph.snapshot());
    graph.close();
    std::ifstream in(path_, std::ios::binary);
    bytes_.assign(std::istreambuf_iterator<char>(in), {});
  }
  static std::string text(const std::string& name) {
    std::string text = name;
    while (text.size() < 6000) text += " and water " + std::to_string(text.size());
    return text;
  }
  SalvageReport save(const std::string& bytes) {
    fs::remove(to_);
    std::ofstream(path_, std::ios::binary) << bytes;
    return salvage_file(path_, to_);
  }
  // Names that were written, and no other; each once.
  static std::size_t expect_lakes(const Graph& graph) {
    const auto snapshot = graph.snapshot();
    std::set<std::string> names;
    for (const auto row : snapshot.nodes("Lake")) EXPECT_TRUE(names.insert(snapshot.caption(row)).second) << snapshot.caption(row);
    EXPECT_EQ(faults(snapshot), "");
    return names.size();
  }

  const Folder folder_;
  const std::string path_ = folder_ / "lakes.pgraph", to_ = folder_ / "saved.pgraph";
  std::string whole_, bytes_;
};

TEST_F(Salvage, OfAWholeFileIsACopy) {
  auto graph = open(path_, in_the_open_schema());
  write_all_kinds(graph);
  write_waters(graph, 300);
  const auto commits = graph.commits();
  const auto expected = dump(graph.snapshot());
  graph.close();
  const auto report = salvage_file(path_, to_);
  EXPECT_TRUE(report.is_whole());
  EXPECT_EQ(report.commits_kept, commits.size());
  EXPECT_TRUE(check_file(to_).is_sound());
  const auto saved = open(to_, to_read());
  EXPECT_EQ(saved.commits(), commits);
  EXPECT_EQ(dump(saved.snapshot()), expected);
  EXPECT_EQ(saved.schema().name(), "open");
  EXPECT_EQ(dump(saved.known_at(CommitId{1})), dump(open(path_, to_read()).known_at(CommitId{1})));
}

// A writer was killed: what it committed lies in the log.
TEST_F(Salvage, ReadsTheLog) {
  auto graph = open(path_, in_the_open_schema());
  for (int i = 0; i < 40; ++i) write_lake(graph, std::to_string(i));
  const auto copy = folder_ / "copy.pgraph";
  for (const auto* ending : {"", "-wal"}) fs::copy_file(path_ + ending, copy + ending);
  fs::resize_file(copy, 4096);  // and the rest is gone
  const auto report = salvage_file(copy, to_);
  EXPECT_EQ(report.commits_kept, 40U);
  EXPECT_EQ(dump(open(to_, to_read()).snapshot()), dump(graph.snapshot()));
}

TEST_F(Salvage, SaysLaterCommitsAgain) {
  make(30);
  bool was_between = false;
  std::size_t without_last = 0;
  for (std::size_t at = 4096; at < bytes_.size(); at += 4096) {
    SCOPED_TRACE("page " + std::to_string(at / 4096 + 1));
    auto damaged = bytes_;
    for (std::size_t i = 0; i < 4096; i += 7) damaged[at + i] = static_cast<char>(~damaged[at + i]);
    const auto report = save(damaged);
    EXPECT_TRUE(check_file(to_).is_sound());
    const auto saved = open(to_, to_read());
    const auto lakes = expect_lakes(saved);
    if (report.is_whole())
      EXPECT_EQ(dump(saved.snapshot()), whole_);
    else
      EXPECT_FALSE(report.lost.empty());
    const bool are_last_ones_known = std::ranges::none_of(
        report.lost, [](const auto& loss) { return loss.text.find("if there were any") != std::string::npos; });
    if (are_last_ones_known)
      EXPECT_GE(lakes + report.commits_lost, 30U) << "a commit is lost and not told";
    else
      EXPECT_LE(lakes, 30U);
    without_last += !are_last_ones_known;
    was_between = was_between || (report.commits_said_again > 0 && report.commits_kept > 0);
  }
  EXPECT_TRUE(was_between);
  EXPECT_LE(without_last, 3U);  // the root and the last leaf of `small_commits`, and what says where it is
}

std::size_t number_at(const std::string& bytes, std::size_t at, int size) {
  std::size_t number = 0;
  for (int i = 0; i < size; ++i) number = number << 8U | static_cast<std::uint8_t>(bytes[at + static_cast<std::size_t>(i)]);
  return number;
}

// Where the last leaf of `small_commits` begins.
std::size_t last_leaf(const std::string& path, const std::string& bytes) {
  sqlite3* database = nullptr;
  EXPECT_EQ(sqlite3_open(path.c_str(), &database), SQLITE_OK);
  std::size_t page = 0;
  const auto take = [](void* to, int, char** fields, char**) { return *static_cast<std::size_t*>(to) = std::stoul(fields[0]), 0; };
  sqlite3_exec(database, "SELECT rootpage FROM sqlite_schema WHERE name = 'small_commits'", take, &page, nullptr);
  sqlite3_close(database);
  while (bytes[(page - 1) * 4096] == 5) page = number_at(bytes, (page - 1) * 4096 + 8, 4);
  return (page - 1) * 4096;
}

// The last leaf says that it has fewer rows than it has, or is gone together with what says where the table is.
TEST_F(Salvage, TellsThatLastCommitsMayBeLost) {
  auto graph = open(path_, in_the_open_schema());
  for (int i = 0; i < 100; ++i) write_lake(graph, std::to_string(i));
  graph.close();
  std::ifstream in(path_, std::ios::binary);
  bytes_.assign(std::istreambuf_iterator<char>(in), {});
  const auto leaf = last_leaf(path_, bytes_);
  const auto count = number_at(bytes_, leaf + 3, 2);
  ASSERT_GT(count, 0U);
  for (std::size_t said = 0; said < count; ++said) {
    auto damaged = bytes_;
    damaged[leaf + 4] = static_cast<char>(said);
    EXPECT_FALSE(save(damaged).is_whole()) << said;
  }
  auto damaged = bytes_;
  damaged.replace(leaf, 4096, 4096, '\0');
  for (std::size_t at = 0; at < damaged.size(); at += 4096) {
    if (at > 0 && damaged.substr(at, 4096).find("CREATE TABLE small_commits") != std::string::npos) damaged.replace(at, 4096, 4096, '\0');
  }
  EXPECT_FALSE(save(damaged).is_whole());
  EXPECT_TRUE(save(bytes_).is_whole());
}

TEST_F(Salvage, OfAnyDamageIsSound) {
  make(12);
  std::mt19937 random(4);
  for (int i = 0; i < 60 && !HasFailure(); ++i) {
    SCOPED_TRACE(i);
    auto damaged = bytes_;
    for (auto edits = 1 + random() % 200; edits > 0; --edits) damaged[random() % damaged.size()] = static_cast<char>(random());
    if (i % 5 == 0) damaged.resize(random() % damaged.size());
    if (i % 7 == 0) damaged.replace(0, 100, 100, '\0');
    save(damaged);
    EXPECT_TRUE(check_file(to_).is_sound());
    expect_lakes(open(to_, to_read()));
  }
}

TEST_F(Salvage, DoesNotBringBackWhatWasRedacted) {
  auto graph = open(path_, in_the_open_schema());
  {
    auto transaction = graph.begin();
    Reading(transaction, "news.txt", "Lake Como keeps a secret").node("Lake", "Lake Como");
    transaction.commit();
  }
  redact_document(path_, DocumentId{1});
  write_lake(graph, "Onega");
  graph.close();
  const auto expected = dump(open(path_, to_read()).snapshot());
  EXPECT_TRUE(salvage_file(path_, to_).is_whole());
  EXPECT_TRUE(check_file(to_).is_sound());
  EXPECT_EQ(dump(open(to_, to_read()).snapshot()), expected);
}

TEST_F(Salvage, RefusesWhatItCannotDo) {
  EXPECT_THROW(salvage_file(folder_ / "none.pgraph", to_), Error);
  make(2);
  std::ofstream(to_) << "mine";
  EXPECT_THROW(salvage_file(path_, to_), Error);
  fs::remove(to_);
  const auto report = save("no graph at all");
  EXPECT_FALSE(report.is_whole());
  EXPECT_EQ(open(to_, to_read()).snapshot().node_count(), 0U);
}

}  // namespace
}  // namespace policygraph::testing
