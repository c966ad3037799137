#include "policygraph/document/corpus.hpp"

#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace policygraph {
namespace {

namespace fs = std::filesystem;

// A folder of its own for each test, gone afterwards.
class CorpusTest : public ::testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::temp_directory_path() / ("policygraph-corpus-" + std::to_string(::getpid()) + "-" +
                                         ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(root_);
    fs::create_directories(root_ / "b");
  }
  void TearDown() override { fs::remove_all(root_); }

  void write(const std::string& name, const std::string& text) const {
    std::ofstream(root_ / name, std::ios::binary) << text;
  }
  std::string found(const Corpus& corpus) const {
    std::string names;
    for (const auto& entry : corpus.entries)
      names += fs::path(entry.path).lexically_relative(root_).generic_string() + " ";
    return names;
  }

  fs::path root_;
};

TEST_F(CorpusTest, FindsDocumentsInOrder) {
  for (const char* name : {"z.txt", "a.html", "b/c.htm", "b/README.md", "SOURCES.md", "x.png", "documents.csv"})
    write(name, "file\n");
  const auto corpus = find_documents({root_.string(), (root_ / "a.html").string()});
  EXPECT_EQ(found(corpus), "a.html b/c.htm z.txt ");
  EXPECT_TRUE(corpus.diagnostics.empty());
}

TEST_F(CorpusTest, ANamedFileIsTakenAsItIs) {
  write("x.dat", "text");
  EXPECT_EQ(found(find_documents({(root_ / "x.dat").string()})), "x.dat ");
  EXPECT_THROW(find_documents({(root_ / "none").string()}), Error);
}

TEST_F(CorpusTest, LoopsOfLinksEnd) {
  write("b/a.txt", "text");
  fs::create_directory_symlink(root_, root_ / "b" / "up");
  fs::create_symlink(root_ / "self", root_ / "self");
  const auto corpus = find_documents({root_.string()});
  EXPECT_EQ(found(corpus), "b/a.txt ");
  EXPECT_EQ(corpus.diagnostics.size(), 2U);
}

TEST_F(CorpusTest, UnreadableFilesAreDiagnostics) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may read everything";
  write("a.txt", "text");
  fs::permissions(root_ / "a.txt", fs::perms::none);
  const auto corpus = find_documents({root_.string()});
  EXPECT_TRUE(corpus.entries.empty());
  EXPECT_EQ(corpus.diagnostics.size(), 1U);
}

TEST_F(CorpusTest, ReadsTheTableBesideTheFiles) {
  write("a.txt", "A text of the ministry.");
  write("b/c.txt", "Another text.");
  write("d.txt", "A third text.");
  write("documents.csv", "file,publisher,source_tier\na.txt,Ministry,official\nb/c.txt,Agency,igo\ngone.txt,,\n");
  DocumentOptions defaults;
  defaults.tier = SourceTier::media;
  const auto corpus = find_documents({root_.string()}, defaults);
  ASSERT_EQ(corpus.entries.size(), 3U);
  EXPECT_EQ(corpus.entries[0].options.publisher, "Ministry");
  EXPECT_EQ(corpus.entries[1].options.publisher, "Agency");
  EXPECT_EQ(corpus.entries[2].options.tier, SourceTier::media);
  ASSERT_EQ(corpus.diagnostics.size(), 1U);
  EXPECT_NE(corpus.diagnostics[0].text.find("gone.txt"), std::string::npos);
  EXPECT_EQ(read_document(corpus.entries[0].path, corpus.entries[0].options).source().tier, SourceTier::official);
}

TEST_F(CorpusTest, ATableServesFoldersBelow) {
  write("b/c.txt", "Another text.");
  write("documents.csv", "file,publisher\nb/c.txt,Agency\n");
  for (const std::string ending : {"", "/"}) {
    const auto corpus = find_documents({root_.string() + ending});
    ASSERT_EQ(corpus.entries.size(), 1U);
    EXPECT_EQ(corpus.entries[0].options.publisher, "Agency");
    EXPECT_TRUE(corpus.diagnostics.empty());
  }
}

TEST(Corpus, KnowsTheNamesOfDocuments) {
  for (const char* name : {"a.txt", "a/b.HTML", "x.md", "y.text", "z.xhtml", "w.htm"})
    EXPECT_TRUE(is_document_name(name)) << name;
  for (const char* name : {"a.xls", "a", "txt", "README.md", "a/SOURCES.md", "documents.csv", ""})
    EXPECT_FALSE(is_document_name(name)) << name;
}

}  // namespace
}  // namespace policygraph
