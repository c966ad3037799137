// A text that is redacted is nowhere any more, and all that was found in it is.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>
#include <fstream>

#include "graph/dump.hpp"
#include "policygraph/base/error.hpp"
#include "policygraph/graph/verify.hpp"
#include "policygraph/store/file.hpp"
#include "policygraph/store/open.hpp"
#include "store/folder.hpp"
#include "store/works.hpp"

namespace policygraph::testing {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSecret = "the minister's telephone";

// Long ones lie in pages of their own, short ones beside others.
std::string letter(std::size_t size) {
  std::string text = "Lake Como belongs to nobody; " + std::string(kSecret) + " is 5551234. ";
  while (text.size() < size) text += "Again " + std::string(kSecret) + ", " + std::to_string(text.size()) + ". ";
  return text;
}

DocumentId write_letter(Graph& graph, std::size_t size, DocumentId old = {}) {
  auto transaction = graph.begin("ingest");
  Reading reading(transaction, "letter.txt", letter(size), old);
  reading.property(reading.node("Lake", "Lake Como"), "depth", std::int64_t{425}, "nobody");
  transaction.commit();
  return reading.id();
}

// Of the file and of all that lies beside it.
bool says_it_somewhere(const Folder& folder) {
  for (const auto& entry : fs::directory_iterator(folder.path())) {
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string bytes(std::istreambuf_iterator<char>(in), {});
    if (bytes.find(kSecret) != std::string::npos) return true;
  }
  return false;
}

std::string quote(const Snapshot& snapshot) {
  const auto evidence = snapshot.evidence(*snapshot.nodes("Lake").begin());
  return snapshot.cite(evidence.front()).quote;
}

class Redact : public ::testing::TestWithParam<std::size_t> {
 protected:
  const Folder folder_;
  const std::string path_ = folder_ / "lakes.pgraph";
};

TEST_P(Redact, RemovesTheTextFromEverywhere) {
  auto graph = open(path_, in_the_open_schema());
  for (int i = 0; i < 5; ++i) write_lake(graph, "before " + std::to_string(i));
  const auto id = write_letter(graph, GetParam());
  write_letter(graph, GetParam() + 700, id);
  write_lake(graph, "after");
  const auto other = open(path_, to_read());
  EXPECT_TRUE(other.snapshot().sources().text(id));
  EXPECT_TRUE(says_it_somewhere(folder_));
  redact_document(path_, id);
  EXPECT_FALSE(says_it_somewhere(folder_));
  EXPECT_TRUE(check_file(path_).is_sound());
  EXPECT_EQ(graph.snapshot().sources().text(id), nullptr);
  write_lake(graph, "after it");
  graph.close();
  EXPECT_FALSE(says_it_somewhere(folder_));
  const auto again = open(path_, with_snapshots());
  EXPECT_FALSE(says_it_somewhere(folder_));
  EXPECT_EQ(dump(again.snapshot()), dump(other.snapshot()));
}

INSTANTIATE_TEST_SUITE_P(OfAllSizes, Redact, ::testing::Values(60U, 1000U, 30'000U, 900'000U));

TEST_F(Redact, KeepsWhatWasFoundInIt) {
  auto graph = open(path_, in_the_open_schema());
  const auto id = write_letter(graph, 500);
  const auto before = graph.snapshot();
  EXPECT_EQ(quote(before), "Lake Como");
  redact_document(path_, id, "by:anna");
  const auto again = open(path_, to_read());
  const auto after = again.snapshot();
  EXPECT_EQ(after.node_count(), before.node_count());
  EXPECT_EQ(quote(after), "redacted");
  EXPECT_TRUE(after.sources().find(id)->is_redacted);
  EXPECT_EQ(after.sources().find(id)->title, "letter.txt");
  EXPECT_EQ(after.sources().text(id), nullptr);
  EXPECT_EQ(verify(after).false_documents, 0U);
  EXPECT_EQ(graph.commits().back().author, "by:anna");
  EXPECT_EQ(dump(open(path_, to_read()).snapshot()), dump(after));
  EXPECT_EQ(faults(after), "");
}

TEST_F(Redact, HoldsForWhatWasKnownBefore) {
  auto graph = open(path_, in_the_open_schema());
  const auto id = write_letter(graph, 500);
  write_letter(graph, 900, id);
  redact_document(path_, id);
  graph.close();
  const auto again = open(path_, to_read());
  for (const std::uint64_t commit : {1, 2}) {
    const auto then = again.known_at(CommitId{commit});
    EXPECT_EQ(then.sources().text(id), nullptr);
    EXPECT_EQ(quote(then), "redacted");
  }
}

TEST_F(Redact, TwiceIsOnce) {
  auto graph = open(path_, in_the_open_schema());
  const auto id = write_letter(graph, 500);
  redact_document(path_, id);
  const auto commit = graph.snapshot().commit();
  redact_document(path_, id);
  EXPECT_EQ(graph.snapshot().commit(), commit);
  EXPECT_TRUE(check_file(path_).is_sound());
}

TEST_F(Redact, EndsWithTheNextVersion) {
  auto graph = open(path_, in_the_open_schema());
  const auto id = write_letter(graph, 500);
  redact_document(path_, id);
  {
    auto transaction = graph.begin();
    Reading(transaction, "letter.txt", "Lake Como is for everybody", id).node("Lake", "Lake Como");
    transaction.commit();
  }
  EXPECT_EQ(quote(graph.snapshot()), "Lake Como");
  EXPECT_EQ(*open(path_, to_read()).snapshot().sources().text(id), "Lake Como is for everybody");
  EXPECT_TRUE(check_file(path_).is_sound());
  EXPECT_FALSE(says_it_somewhere(folder_));
}

// Whoever reads an older state out of the log keeps it there.
TEST_F(Redact, SaysWhenAReaderIsInTheWay) {
  auto graph = open(path_, in_the_open_schema());
  const auto id = write_letter(graph, 500);
  sqlite3* reader = nullptr;
  ASSERT_EQ(sqlite3_open(path_.c_str(), &reader), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(reader, "BEGIN; SELECT count(*) FROM texts", nullptr, nullptr, nullptr), SQLITE_OK);
  try {
    redact_document(path_, id, "by:anna", std::chrono::milliseconds(50));
    ADD_FAILURE() << "the text cannot have gone";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::busy) << error.text();
  }
  EXPECT_EQ(graph.snapshot().sources().text(id), nullptr);
  sqlite3_close(reader);
  redact_document(path_, id);
  EXPECT_FALSE(says_it_somewhere(folder_));
}

TEST_F(Redact, HoldsForWhatWasRemoved) {
  auto graph = open(path_, in_the_open_schema());
  const auto id = write_letter(graph, 500);
  auto transaction = graph.begin();
  transaction.remove_document(id);
  transaction.commit();
  graph.close();
  EXPECT_TRUE(says_it_somewhere(folder_));
  redact_document(path_, id);
  EXPECT_FALSE(says_it_somewhere(folder_));
  const auto again = open(path_, to_read());
  EXPECT_EQ(again.snapshot().node_count(), 0U);
  EXPECT_EQ(quote(again.known_at(CommitId{1})), "redacted");
  EXPECT_TRUE(check_file(path_).is_sound());
}

TEST_F(Redact, MakesSnapshotFilesAnew) {
  auto graph = open(path_, in_the_open_schema());
  const auto id = write_letter(graph, 500);
  graph.close();
  open(path_, with_snapshots()).close();
  EXPECT_TRUE(fs::exists(path_ + "-snapshot"));
  fs::copy_file(path_ + "-snapshot", folder_ / "kept");
  redact_document(path_, id);
  EXPECT_FALSE(fs::exists(path_ + "-snapshot"));
  fs::copy_file(folder_ / "kept", path_ + "-snapshot");  // as a process may that was writing it
  EXPECT_EQ(quote(open(path_, to_read()).snapshot()), "redacted");
  open(path_, with_snapshots()).close();
  EXPECT_EQ(quote(open(path_, to_read()).snapshot()), "redacted");
}

TEST_F(Redact, RefusesWhatIsNotThere) {
  auto graph = open(path_, in_the_open_schema());
  EXPECT_THROW(redact_document(path_, DocumentId{7}), Error);
  EXPECT_THROW(redact_document(folder_ / "none.pgraph", DocumentId{1}), Error);
}

}  // namespace
}  // namespace policygraph::testing
