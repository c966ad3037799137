#include "policygraph/pipeline/ingest.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <tuple>

namespace policygraph {
namespace {

namespace fs = std::filesystem;

class Ingest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("policygraph-ingest-" + std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string write(const std::string& name, std::string_view text) {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return (folder_ / name).string();
  }
  void write_several() {
    for (int i = 1; i <= 12; ++i)
      write("d" + std::to_string(i) + ".txt", "Presidential Decree No. PF-" + std::to_string(1000 + i) + " dated October " +
                                                  std::to_string(i) + ", 2020 was adopted.\n\nIt was long awaited.\n");
  }

  fs::path folder_;
};

std::vector<std::string> facts(const Graph& graph) {
  const auto snapshot = graph.snapshot();
  std::vector<std::string> all;
  for (const auto& assertion : snapshot.assertions())
    all.push_back(std::to_string(assertion.id.value) + assertion.name + assertion.value.to_string() + snapshot.cite(assertion.evidence.front()).quote);
  return all;
}

TEST_F(Ingest, ThreadsDoNotChangeTheGraph) {
  write_several();
  std::vector<std::vector<std::string>> seen;
  for (const unsigned threads : {1U, 2U, 7U}) {
    auto graph = open_in_memory();
    IngestOptions options;
    options.threads = threads;
    EXPECT_EQ(ingest(graph, {folder_.string()}, options).documents, 12U);
    seen.push_back(facts(graph));
  }
  EXPECT_FALSE(seen[0].empty());
  EXPECT_EQ(seen[0], seen[1]);
  EXPECT_EQ(seen[0], seen[2]);
}

TEST_F(Ingest, OrderOfPathsDoesNotChangeTheGraph) {
  const auto a = write("a.txt", "Presidential Decree No. PF-1001 dated October 1, 2020.");
  const auto b = write("b.txt", "Presidential Decree No. PF-1002 dated October 2, 2020.");
  auto one = open_in_memory();
  auto two = open_in_memory();
  ingest(one, {a, b});
  ingest(two, {b, a});
  EXPECT_EQ(facts(one), facts(two));
}

TEST_F(Ingest, TroubleWithOneDocumentIsADiagnostic) {
  write("good.txt", "Presidential Decree No. PF-1001 dated October 1, 2020.");
  write("empty.txt", "");
  auto graph = open_in_memory();
  IngestOptions options;
  options.document.max_bytes = 1000;
  write("large.txt", std::string(2000, 'x'));
  const auto result = ingest(graph, {folder_.string()}, options);
  EXPECT_EQ(result.failed, 1U);
  EXPECT_GE(result.diagnostics.size(), 2U);
  EXPECT_EQ(graph.snapshot().nodes("Document").size(), 1U);
}

TEST_F(Ingest, UnchangedDocumentsAreLeftAlone) {
  write_several();
  auto graph = open_in_memory();
  ingest(graph, {folder_.string()});
  const auto commit = graph.snapshot().commit();
  const auto again = ingest(graph, {folder_.string()});
  EXPECT_EQ(again.unchanged, 12U);
  EXPECT_EQ(graph.snapshot().commit(), commit);
}

TEST_F(Ingest, StopChangesNothing) {
  write_several();
  auto graph = open_in_memory();
  std::stop_source source;
  IngestOptions options;
  options.threads = 1;
  options.stop = source.get_token();
  options.progress = [&](const IngestProgress& progress) {
    if (progress.documents_done == 3) source.request_stop();
  };
  try {
    ingest(graph, {folder_.string()}, options);
    FAIL() << "was not stopped";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::interrupted);
  }
  EXPECT_EQ(graph.snapshot().node_count(), 0U);
}

TEST_F(Ingest, ProgressCountsEveryDocument) {
  write_several();
  auto graph = open_in_memory();
  std::size_t calls = 0;
  IngestOptions options;
  options.progress = [&](const IngestProgress& progress) {
    EXPECT_EQ(progress.documents_done, ++calls);
    EXPECT_EQ(progress.documents_total, 12U);
  };
  ingest(graph, {folder_.string()}, options);
  EXPECT_EQ(calls, 12U);
}

class Trams : public Recognizer {
 public:
  std::string name() const override { return "trams/1"; }
  void recognise(const DocumentView& view, Extraction& out) const override {
    const auto at = view.text().find("Tram 9");
    if (at == std::string_view::npos) return;
    ExtractedMention mention;
    mention.span = {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + 6)};
    mention.label = "Programme";
    mention.properties.push_back({"name", "Tram 9", mention.span, "", 0.9F});
    mention.properties.push_back({"kind", "project", mention.span, "", 0.9F});
    out.mentions.push_back(mention);
    mention.label = "Tramway";
    out.mentions.push_back(mention);
  }
};

TEST_F(Ingest, ProposalsOfOnesOwnPassTheSameValidation) {
  write("a.txt", "The city will build Tram 9 next year.");
  auto graph = open_in_memory();
  IngestOptions options;
  options.recognizers.push_back(std::make_shared<Trams>());
  const auto result = ingest(graph, {folder_.string()}, options);
  const auto snapshot = graph.snapshot();
  ASSERT_EQ(snapshot.find_name("Programme", "tram 9").size(), 1U);
  const auto row = snapshot.find_name("Programme", "tram 9").front();
  EXPECT_EQ(snapshot.evidence(snapshot.evidence(row).front()).extractor, "trams/1");
  ASSERT_FALSE(result.diagnostics.empty());
  EXPECT_NE(result.diagnostics.front().text.find("Tramway"), std::string::npos);
}

/// Counts the documents that are extracted.
class Counting : public Recognizer {
 public:
  std::string name() const override { return "counting/1"; }
  void recognise(const DocumentView&, Extraction&) const override { ++count; }
  mutable std::atomic<int> count = 0;
};

TEST_F(Ingest, WhatIsKnownIsNotExtractedAgain) {
  write_several();
  auto graph = open_in_memory();
  auto counting = std::make_shared<Counting>();
  IngestOptions options;
  options.recognizers.push_back(counting);
  ingest(graph, {folder_.string()}, options);
  EXPECT_EQ(counting->count, 12);
  write("d3.txt", "Presidential Decree No. PF-2000 dated May 3, 2021.");
  const auto again = ingest(graph, {folder_.string()}, options);
  EXPECT_EQ(counting->count, 13);
  EXPECT_EQ(again.replaced, 1U);
  EXPECT_EQ(again.unchanged, 11U);
}

/// Stops in the middle of the second document.
class Stopping : public Recognizer {
 public:
  explicit Stopping(std::stop_source source) : source_(std::move(source)) {}
  std::string name() const override { return "stopping/1"; }
  void recognise(const DocumentView&, Extraction&) const override {
    if (++count_ == 2) source_.request_stop();
  }

 private:
  mutable std::stop_source source_;
  mutable std::atomic<int> count_ = 0;
};

TEST_F(Ingest, StopWhileExtractingChangesNothing) {
  write_several();
  for (const unsigned threads : {1U, 3U}) {
    auto graph = open_in_memory();
    std::stop_source source;
    IngestOptions options;
    options.threads = threads;
    options.stop = source.get_token();
    options.recognizers.push_back(std::make_shared<Stopping>(source));
    EXPECT_THROW(ingest(graph, {folder_.string()}, options), Error);
    EXPECT_EQ(graph.snapshot().node_count(), 0U);
    options.stop = {};
    EXPECT_EQ(ingest(graph, {folder_.string()}, options).documents, 12U);  // the writer's place is free again
  }
}

TEST_F(Ingest, SaysWhichDocumentWasNotReadToItsEnd) {
  write_several();
  const auto path = write("long.txt", "Law No. 1 of May 5, 2020.\n\nLaw No. 2 of May 6, 2020.\n\nLaw No. 3 of May 7, 2020.\n");
  auto graph = open_in_memory();
  IngestOptions options;
  options.max_mentions = 4;
  const auto result = ingest(graph, {folder_.string()}, options);
  EXPECT_EQ(result.documents, 13U);
  EXPECT_EQ(result.failed, 0U);
  ASSERT_EQ(result.diagnostics.size(), 1U);
  EXPECT_EQ(result.diagnostics.front().document, path);
  EXPECT_EQ(result.diagnostics.front().code, ErrorCode::limit);
  EXPECT_EQ(result.diagnostics.front().span->end, fs::file_size(path));
  auto whole = open_in_memory();
  options.max_mentions = 0;
  EXPECT_TRUE(ingest(whole, {folder_.string()}, options).diagnostics.empty());
  EXPECT_GT(whole.snapshot().node_count(), graph.snapshot().node_count());
}

// In any order, without the keys that they have.
std::vector<std::string> statements(const Graph& graph) {
  const auto snapshot = graph.snapshot();
  std::vector<std::string> all;
  for (const auto& assertion : snapshot.assertions()) {
    const auto cited = snapshot.cite(assertion.evidence.front());
    all.push_back(assertion.name + assertion.value.to_string() + cited.quote + cited.uri);
  }
  std::ranges::sort(all);
  return all;
}

TEST_F(Ingest, StepsHoldWhatOneCommitHolds) {
  write_several();
  auto whole = open_in_memory();
  ingest(whole, {folder_.string()});
  for (const auto& [documents, bytes, commits] : {std::tuple(5U, 0U, 3U), {0U, 1U, 12U}, {4U, 100'000U, 3U}, {100U, 0U, 1U}}) {
    auto graph = open_in_memory();
    IngestOptions options;
    options.documents_per_commit = documents;
    options.bytes_per_commit = bytes;
    std::size_t done = 0, before = 0;
    options.progress = [&](const IngestProgress& progress) {
      EXPECT_EQ(progress.documents_done, ++done);
      EXPECT_EQ(progress.documents_total, 12U);
      before = progress.commits;
    };
    EXPECT_EQ(ingest(graph, {folder_.string()}, options).documents, 12U);
    EXPECT_EQ(before + 1, commits);
    EXPECT_EQ(statements(graph), statements(whole));
    EXPECT_EQ(graph.snapshot().runs().size(), commits);
    EXPECT_EQ(graph.snapshot().node_count(), whole.snapshot().node_count());
    EXPECT_EQ(ingest(graph, {folder_.string()}).unchanged, 12U);
  }
}

TEST_F(Ingest, StoppedBetweenStepsItGoesOn) {
  write_several();
  auto graph = open_in_memory();
  std::stop_source stop;
  IngestOptions options;
  options.threads = 1;
  options.documents_per_commit = 5;
  options.stop = stop.get_token();
  options.progress = [&](const IngestProgress& progress) {
    if (progress.commits == 1) stop.request_stop();
  };
  EXPECT_THROW(ingest(graph, {folder_.string()}, options), Error);
  EXPECT_EQ(graph.snapshot().sources().documents().size(), 5U);
  options.stop = {};
  const auto rest = ingest(graph, {folder_.string()}, options);
  EXPECT_EQ(rest.unchanged, 5U);
  EXPECT_EQ(rest.documents, 7U);
}

// The second has an address of its own, also where the first was known before.
TEST_F(Ingest, TwoTextsUnderOneAddressStayTwo) {
  for (const std::string name : {"a", "b"})
    write(name + ".html", "<html><head><link rel=\"canonical\" href=\"https://lex.uz/1\"><title>" + name + "</title></head><body><p>Presidential Decree No. PF-100" +
                              std::to_string(name.size() + name.front() % 3) + " dated October 1, 2020.</p></body></html>");
  auto graph = open_in_memory();
  EXPECT_EQ(ingest(graph, {folder_.string()}).documents, 2U);
  const auto before = facts(graph);
  for (const std::size_t step : {0U, 1U}) {
    IngestOptions options;
    options.documents_per_commit = step;
    const auto again = ingest(graph, {folder_.string()}, options);
    EXPECT_EQ(again.replaced, 0U) << step;
  }
  EXPECT_EQ(facts(graph), before);
}

TEST_F(Ingest, MissingPathIsAnError) {
  auto graph = open_in_memory();
  EXPECT_THROW(ingest(graph, {(folder_ / "none").string()}), Error);
}

}  // namespace
}  // namespace policygraph
