#include "document/warc.hpp"

#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <numeric>
#include <set>

#include "blocks_text.hpp"
#include "policygraph/document/corpus.hpp"
#include "written_files.hpp"

namespace policygraph {
namespace {

namespace fs = std::filesystem;
namespace inner = detail::document;
using testing::gzipped;

std::string record(const std::string& type, const std::string& uri, const std::string& block, const std::string& more = "") {
  return "WARC/1.0\r\nWARC-Type: " + type + "\r\nWARC-Target-URI: " + uri + "\r\n" + more + "Content-Length: " + std::to_string(block.size()) + "\r\n\r\n" + block + "\r\n\r\n";
}

std::string answer(const std::string& body, const std::string& fields = "Content-Type: text/html; charset=utf-8\r\n", const std::string& status = "200 OK") {
  return "HTTP/1.1 " + status + "\r\n" + fields + "\r\n" + body;
}

std::vector<std::string> crawl() {
  return {record("warcinfo", "", "software: x\r\n"),
          record("request", "https://a.example/1", "GET / HTTP/1.1\r\n\r\n"),
          record("response", "https://a.example/1", answer("<h1>Old</h1>")),
          record("response", "https://a.example/lost", answer("<p>no</p>", "Content-Type: text/html\r\n", "404 Not Found")),
          record("response", "https://a.example/p.png", answer("PNG", "Content-Type: image/png\r\n")),
          record("response", "https://a.example/2", answer("4\r\n<p>o\r\n5\r\nne</p>\r\n0\r\n\r\n", "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n")),
          record("response", "https://a.example/1", answer(gzipped("<link rel=canonical href=https://a.example/other><h1>New</h1>"), "Content-Type: text/html\r\nContent-Encoding: gzip\r\n")),
          record("resource", "https://a.example/3", "plain words", "Content-Type: text/plain\r\n")};
}

class Warc : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("policygraph_warc_" + std::to_string(::getpid()));
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }
  std::string write(const std::string& name, const std::string& bytes) const {
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
    return (folder_ / name).generic_string();
  }
  static std::string told(const Corpus& corpus) {
    std::set<std::string> lines;
    for (const auto& entry : corpus.entries) {
      const auto document = read_document(entry.path, entry.options);
      lines.insert(document.source().uri + " " + document.file_type() + ": " + std::string(document.text()) + "\n");
    }
    return std::accumulate(lines.begin(), lines.end(), std::string());
  }
  fs::path folder_;
};

const std::string kTold = "https://a.example/1 html: New\nhttps://a.example/2 html: one\nhttps://a.example/3 text: plain words\n";

TEST_F(Warc, GivesADocumentForEachPage) {
  std::string plain, packed;
  for (const auto& one : crawl()) {
    plain += one;
    packed += gzipped(one);
  }
  write("a.warc", plain);
  const auto corpus = find_documents({folder_.generic_string()});
  EXPECT_EQ(corpus.entries.size(), 3U);
  ASSERT_EQ(corpus.diagnostics.size(), 1U);
  EXPECT_EQ(corpus.diagnostics[0].severity, Severity::note);
  EXPECT_EQ(told(corpus), kTold);
  fs::remove(folder_ / "a.warc");
  write("a.warc.gz", packed);
  EXPECT_EQ(told(find_documents({folder_.generic_string()})), kTold);
}

TEST_F(Warc, SaysWhatIsCutOffOrPackedAsOne) {
  const auto records = crawl();
  const auto cut = find_documents({write("cut.warc", records[2] + records[7].substr(0, 80))});
  EXPECT_EQ(cut.entries.size(), 1U);
  ASSERT_EQ(cut.diagnostics.size(), 1U);
  EXPECT_EQ(cut.diagnostics[0].text, "no whole record stands at byte " + std::to_string(records[2].size()) + "; what follows was not read");
  const auto whole = find_documents({write("whole.warc.gz", gzipped(records[2] + records[7]))});
  ASSERT_EQ(whole.diagnostics.size(), 1U);
  EXPECT_EQ(whole.diagnostics[0].text, "records are packed as one (unpack the file: gunzip) at byte 0; what follows was not read");
}

TEST_F(Warc, GoesOnBehindARecordThatIsNotWhole) {
  auto wrong = crawl()[2];
  wrong.replace(wrong.find("Content-Length: ") + 16, 1, "9999");
  const auto corpus = find_documents({write("wrong.warc", crawl()[7] + wrong + crawl()[5])});
  EXPECT_EQ(told(corpus), "https://a.example/2 html: one\nhttps://a.example/3 text: plain words\n");
  ASSERT_EQ(corpus.diagnostics.size(), 1U);
  const auto begins = crawl()[7].size();
  EXPECT_EQ(corpus.diagnostics[0].text, "no whole record stands at byte " + std::to_string(begins) + "; reading goes on at byte " + std::to_string(begins + wrong.size()));
  const auto packed = find_documents({write("wrong.warc.gz", gzipped(crawl()[7]) + "torn" + gzipped(crawl()[5]))});
  EXPECT_EQ(packed.entries.size(), 2U);
  EXPECT_EQ(packed.diagnostics.size(), 1U);
}

TEST_F(Warc, OfOneAddressTheOneSavedLastCounts) {
  const auto saved = [](const std::string& day, const std::string& body) { return record("response", "https://a.example/1", answer(body), "WARC-Date: 2024-05-" + day + "T00:00:00Z\r\n"); };
  EXPECT_EQ(told(find_documents({write("a.warc", saved("07", "new") + saved("03", "old"))})), "https://a.example/1 html: new\n");
  EXPECT_EQ(told(find_documents({write("b.warc", saved("03", "old") + saved("07", "new"))})), "https://a.example/1 html: new\n");
}

TEST_F(Warc, SaysWhichPagesAreNotRead) {
  const auto corpus = find_documents({write("a.warc", crawl()[3] + record("response", "https://a.example/br", answer("?", "Content-Type: text/html\r\nContent-Encoding: br\r\n")))});
  EXPECT_TRUE(corpus.entries.empty());
  ASSERT_EQ(corpus.diagnostics.size(), 2U);
  EXPECT_NE(corpus.diagnostics[0].text.find("the page 'https://a.example/br' is packed as 'br', which is not read"), std::string::npos) << corpus.diagnostics[0].text;
  EXPECT_EQ(corpus.diagnostics[1].text, "answers that are no page: 1 of status 404");
}

TEST_F(Warc, AnArchiveIsNoDocumentAndAWrongPlaceNoPage) {
  const auto path = write("a.warc", crawl()[2]);
  EXPECT_THROW(read_document(path), Error);
  EXPECT_THROW(read_document(path + "#5"), Error);
  EXPECT_THROW(read_document(path + "#999999999999"), Error);
  DocumentOptions small;
  small.max_bytes = 5;
  EXPECT_THROW(read_document(path + "#0", small), Error);
  EXPECT_EQ(read_document(path + "#0").source().title, "Old");
  EXPECT_FALSE(inner::warc_place("a.warc#x") || inner::warc_place("a.txt#1") || inner::warc_place("a.warc#"));
}

TEST_F(Warc, WhatASavedPageBringsAlongIsNoDocument) {
  write("Decree.html", "<h1>Decree</h1>");
  fs::create_directories(folder_ / "Decree_files");
  fs::create_directories(folder_ / "other_files");
  write("Decree_files/frame.html", "<p>an advertisement</p>");
  write("other_files/own.html", "<p>ours</p>");
  EXPECT_EQ(find_documents({folder_.generic_string()}).entries.size(), 2U);
}

}  // namespace
}  // namespace policygraph
