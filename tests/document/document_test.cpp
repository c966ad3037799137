#include "policygraph/document/document.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "blocks_text.hpp"
#include "policygraph/base/sha256.hpp"
#include "support/repository.hpp"

namespace policygraph {
namespace {

using testing::read;

TEST(Document, FindsBlocksAndOutline) {
  const auto document = read("<h1>Top</h1><h2>Old</h2><p>a<h2>New</h2><h3>Sub</h3><p>b", "a.html");
  const auto at = static_cast<std::uint32_t>(document.text().size() - 1);
  ASSERT_NE(document.block_at(at), nullptr);
  EXPECT_EQ(document.cut(document.block_at(at)->span), "b");
  std::string outline;
  for (const auto* heading : document.outline_at(at)) outline += std::string(document.cut(heading->span)) + "/";
  EXPECT_EQ(outline, "Top/New/Sub/");
  EXPECT_EQ(document.block_at(at - 1), nullptr);
  EXPECT_EQ(document.block_at(at + 100), nullptr);
}

TEST(Document, CutRefusesWhatIsOutside) {
  const auto document = read("abc", "a.txt");
  EXPECT_EQ(document.cut({0, 3}), "abc");
  EXPECT_THROW(document.cut({0, 4}), Error);
  EXPECT_THROW(document.cut({2, 1}), Error);
}

TEST(Document, DigestIsOfTheNormalisedText) { EXPECT_EQ(read("a\r\nb", "a.txt").source().sha256, sha256_hex("a\nb")); }

TEST(Document, TypeComesFromTheNameThenTheContent) {
  EXPECT_EQ(read("<!DOCTYPE html><p>a", "page").file_type(), "html");
  EXPECT_EQ(read("<!DOCTYPE html><p>a", "https://example.org/x?y=z").file_type(), "html");
  EXPECT_EQ(read("<p>a", "a.TXT").file_type(), "text");
  EXPECT_EQ(read("a", "folder.html/a").file_type(), "text");
}

TEST(Document, PathIsTheUriWhereNoneIsKnown) {
  EXPECT_EQ(read("a", "x/a.txt").source().uri, "x/a.txt");
  DocumentOptions options;
  options.uri = "https://www.undp.org/a";
  EXPECT_EQ(read("a", "x/a.txt", options).source().uri, "https://www.undp.org/a");
  EXPECT_EQ(read("a", "x/a.txt", options).source().tier, SourceTier::igo);
}

TEST(Document, ReadingRefusesWhatIsNoFile) {
  const auto code_of = [](const std::string& path) {
    try {
      read_document(path);
    } catch (const Error& error) {
      return code_name(error.code());
    }
    return std::string_view("none");
  };
  EXPECT_EQ(code_of("no such file.txt"), "io");
  EXPECT_EQ(code_of(std::filesystem::temp_directory_path().string()), "io");
  EXPECT_EQ(code_of("/dev/null"), "io");
}

TEST(Document, ZonesHaveNames) {
  EXPECT_EQ(zone_name(Zone::body), "body");
  EXPECT_EQ(zone_name(Zone::furniture), "furniture");
}

// The real documents, where they are: every block lies in the text, in order, and goes back to bytes of the file.
TEST(Document, ReadsTheSeeds) {
  const auto shared = testing::shared_folder();
  if (!shared) GTEST_SKIP() << "the folder of shared material is not there";
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(*shared / "seeds")) {
    const auto document = read_document(entry.path().string());
    EXPECT_EQ(document.source().language, "en") << entry.path();
    EXPECT_TRUE(document.diagnostics().empty()) << entry.path();
    EXPECT_GE(document.blocks().size(), 7U) << entry.path();
    const auto body = std::count_if(document.blocks().begin(), document.blocks().end(),
                                    [](const Block& block) { return block.zone == Zone::body; });
    EXPECT_GE(body, 7) << entry.path();
    ++count;
  }
  EXPECT_EQ(count, 5U);
}

}  // namespace
}  // namespace policygraph
