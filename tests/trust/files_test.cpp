// Files that are not what they should be: each is read as well as it can be or refused with a reason, and the good
// document beside it is in the graph.
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <functional>
#include <iostream>

#include "trust/trust.hpp"

namespace policygraph::testing {
namespace {

namespace fs = std::filesystem;

std::string utf16(std::string_view ascii) {
  std::string bytes;
  for (const char c : ascii) bytes += {c, '\0'};
  return bytes;
}

TEST_F(BadInput, EmptyFile) {
  const TimeBound bound(5);
  write("bad.txt", "");
  write("bad.html", "");
  ingest_beside_good("bad.txt", "warning: the file is empty");
  EXPECT_EQ(text_of("bad.txt"), "");
}

TEST_F(BadInput, OnlyBlanksOrMarks) {
  const TimeBound bound(5);
  write("blanks.txt", " \n\t\r\n \xC2\xA0\n");
  write("mark.txt", "\xEF\xBB\xBF");
  write("mark16.txt", "\xFF\xFE");
  write("page.html", "<!doctype html><html><body></body></html>");
  ingest_beside_good("", "");
}

TEST_F(BadInput, InvalidUtf8) {
  const TimeBound bound(5);
  write("bad.txt", "Указ Президента о чистой воде принят и опубликован в газете.\n\nThe \xFF\xC0\x80\xED\xA0\x80 river; указ опубликован \xE2\x82\n");
  ingest_beside_good("bad.txt", "are not utf-8 and stand as U+FFFD");
  EXPECT_NE(text_of("bad.txt").find("\xEF\xBF\xBD river"), std::string::npos) << text_of("bad.txt");
}

TEST_F(BadInput, NulBytes) {
  const TimeBound bound(5);
  std::string bytes = "Law No. 17 of the river was adopted, as all the people there had hoped.\n";
  bytes[17] = '\0';
  write("bad.txt", bytes);
  ingest_beside_good("bad.txt", "1 NUL characters stand as U+FFFD");
  EXPECT_EQ(text_of("bad.txt").find('\0'), std::string::npos);
}

TEST_F(BadInput, NotTextAtAll) {
  const TimeBound bound(5);
  std::string bytes;
  for (int i = 0; i < 50'000; ++i) bytes += static_cast<char>(i * 7 % 31);
  write("bad.txt", bytes);
  ingest_beside_good("bad.txt", "is not text: ", 1);
  EXPECT_EQ(text_of("bad.txt"), "no such document");
}

TEST_F(BadInput, RandomBytes) {
  const TimeBound bound(5);
  std::string bytes;
  std::uint32_t state = 7;
  for (int i = 0; i < 5'000; ++i) bytes += static_cast<char>((state = state * 1664525U + 1013904223U) >> 24U);
  write("bad.txt", bytes);
  ingest_beside_good("bad.txt", "of it is control bytes", 1);
}

TEST_F(BadInput, Utf16WithoutAMark) {
  const TimeBound bound(5);
  write("bad.txt", utf16("Presidential Decree No. PF-1002 dated October 2, 2020 was adopted. It was long awaited.\n"));
  ingest_beside_good("bad.txt", "no encoding is stated; read as utf-16le");
  EXPECT_EQ(text_of("bad.txt").substr(0, 20), "Presidential Decree ");
}

TEST_F(BadInput, Utf16OfOddLength) {
  const TimeBound bound(5);
  write("bad.txt", utf16("Presidential Decree No. PF-1002 dated October 2, 2020 was adopted.\n") + "x");
  ingest_beside_good("bad.txt", "stand as U+FFFD");
}

TEST_F(BadInput, Windows1251) {
  const TimeBound bound(5);
  // "Указ Президента о чистой воде принят и опубликован."
  write("bad.txt", "\xD3\xEA\xE0\xE7 \xCF\xF0\xE5\xE7\xE8\xE4\xE5\xED\xF2\xE0 \xEE \xF7\xE8\xF1\xF2\xEE\xE9 \xE2\xEE\xE4\xE5 "
                   "\xEF\xF0\xE8\xED\xFF\xF2 \xE8 \xEE\xEF\xF3\xE1\xEB\xE8\xEA\xEE\xE2\xE0\xED.\n");
  ingest_beside_good("bad.txt", "no encoding is stated; read as windows-1251");
  EXPECT_EQ(text_of("bad.txt"), "Указ Президента о чистой воде принят и опубликован.\n");
}

TEST_F(BadInput, DirectoryLoop) {
  const TimeBound bound(5);
  fs::create_directories(folder_ / "a" / "b");
  fs::create_directory_symlink(folder_, folder_ / "a" / "b" / "up");
  fs::create_directory_symlink("self", folder_ / "self");
  fs::create_symlink("gone.txt", folder_ / "dangling.txt");
  const auto result = ingest_beside_good("up", "warning: the link leads back to a folder that was read; it was left out", 2);
  EXPECT_EQ(result.documents, 1U);
  EXPECT_NE(said_of(result, "self").find("left out"), std::string::npos);
  EXPECT_NE(said_of(result, "dangling").find("error: it was left out"), std::string::npos) << said_of(result, "dangling");
}

TEST_F(BadInput, FolderOrPipeThatIsNamedLikeADocument) {
  const TimeBound bound(5);
  fs::create_directories(folder_ / "folder.txt");
  ASSERT_EQ(::mkfifo((folder_ / "pipe.txt").c_str(), 0600), 0);
  ingest_beside_good("pipe.txt", "it is not a regular file and was left out", 1);
}

// Root reads everything, so it puts its rights down for a while.
class Unprivileged {
 public:
  Unprivileged() : is_root_(::geteuid() == 0) {
    if (is_root_ && ::seteuid(65534) != 0) std::abort();
  }
  Unprivileged(const Unprivileged&) = delete;
  Unprivileged& operator=(const Unprivileged&) = delete;
  ~Unprivileged() {
    if (is_root_ && ::seteuid(0) != 0) std::abort();
  }

 private:
  bool is_root_;
};

TEST_F(BadInput, UnreadableFileAndFolder) {
  const TimeBound bound(5);
  fs::permissions(write("bad.txt", "Law No. 17."), fs::perms::none);
  write("closed/inner.txt", "Law No. 18.");
  fs::permissions(folder_ / "closed", fs::perms::none);
  {
    const Unprivileged now;
    const auto result = ingest_beside_good("bad.txt", "error: the file cannot be read and was left out", 2);
    EXPECT_NE(said_of(result, "closed").find("error: the folder "), std::string::npos) << said_of(result, "closed");
    EXPECT_THROW(read_document((folder_ / "bad.txt").string()), Error);
  }
  fs::permissions(folder_ / "closed", fs::perms::owner_all);
}

TEST_F(BadInput, MoreThan256MiB) {
  const TimeBound bound(5);
  fs::resize_file(write("bad.txt", "Law No. 17."), (std::uintmax_t{256} << 20U) + 1);
  ingest_beside_good("bad.txt", "has 268435457 bytes; a document may have at most 268435456", 1);
}

TEST_F(BadInput, TableThatIsNotOne) {
  const TimeBound bound(5);
  write("documents.csv", "file,title\n\"good.txt,never closed\nx,y,z,\xFF\n" + std::string(1'000'000, ','));
  ingest_beside_good("documents.csv", "warning: ");
}

TEST_F(BadInput, MissingPathLeavesTheGraph) {
  ingest_beside_good("", "");
  const auto before = graph_.snapshot().commit();
  try {
    ingest(graph_, {folder_.string(), (folder_ / "none").string()});
    FAIL() << "a missing path was accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::not_found);
    EXPECT_NE(error.text().find("none"), std::string::npos) << error.text();
  }
  EXPECT_EQ(graph_.snapshot().commit(), before);
}

// ---- many bytes of one shape

// Its size in MiB: 20 in daily tests, 200 where there is time (POLICYGRAPH_LINE_MIB).
std::size_t line_mebibytes() {
  const char* wanted = std::getenv("POLICYGRAPH_LINE_MIB");
  if (wanted != nullptr) return std::strtoul(wanted, nullptr, 10);
  return kSlowness == 1 ? 20 : 1;
}

std::string one_line(std::string_view unit, std::size_t bytes) {
  std::string line;
  line.reserve(bytes + unit.size());
  while (line.size() < bytes) line += unit;
  return line;
}

// What a child process needed at most for reading the folder, in bytes; its failure fails the test.
std::size_t peak_of_child(const std::function<bool()>& work) {
  const auto child = ::fork();
  if (child == 0) ::_exit(work() ? 0 : 1);
  int status = 0;
  struct rusage usage {};
  EXPECT_EQ(::wait4(child, &status, 0, &usage), child);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << "status " << status;
  const double seconds = static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec);
  std::cout << "seconds " << seconds << ", peak " << (usage.ru_maxrss >> 10) << " MiB\n";
  EXPECT_LT(seconds, kSlowness * (3.0 + 0.5 * static_cast<double>(line_mebibytes())));
  return static_cast<std::size_t>(usage.ru_maxrss) << 10U;
}

// Whatever the bytes are, 200 MB of them take 3 GB at most: the text a few times, a part of it being read, and the mentions that
// a document may have.
class OneLine : public BadInput {
 protected:
  // `share`: what is as slow as another shape is tried at a part of the size.
  void read(const std::string& name, std::string_view unit, std::size_t share = 1, std::string_view start = {}) {
    const std::size_t bytes = (line_mebibytes() << 20U) / share;
    write(name, std::string(start) + one_line(unit, bytes));
    const auto peak = peak_of_child([this] {
      IngestOptions options;
      options.threads = 1;
      const auto result = ingest(graph_, {folder_.string()}, options);
      return result.failed == 0 && result.documents == 2 && text_of("good.txt") == kGood;
    });
    if (kSlowness == 1) {
      EXPECT_LT(peak, (std::size_t{1400} << 20U) + 8 * share * bytes);
    }
  }
};

TEST_F(OneLine, OfWords) { read("line.txt", "the river and the law of the water "); }
TEST_F(OneLine, WithoutABlank) { read("line.txt", "x"); }
TEST_F(OneLine, OfActs) { read("line.txt", "Decree No. PF-17 dated October 2, 2020 of the Ministry of Water, $5 million; "); }
TEST_F(OneLine, OfSums) { read("line.txt", "$5 million ", 4); }
TEST_F(OneLine, OfPlaces) { read("line.txt", "Tashkent, Samarkand, ", 4); }
TEST_F(OneLine, OfNumberSigns) { read("line.txt", "\u2116 ", 4); }
TEST_F(OneLine, OfApostrophes) { read("line.txt", "'", 4); }
TEST_F(OneLine, OfBrackets) { read("line.txt", "(\"«", 4); }
TEST_F(OneLine, OfAPage) { read("line.html", "<p>the river</p><a href='x'>"); }
TEST_F(OneLine, OfOpenElements) { read("line.html", "<div>law "); }
TEST_F(OneLine, OfARow) { read("line.html", "<td>$5 million</td>", 1, "<table><tr>"); }
TEST_F(OneLine, OfRows) { read("line.html", "<tr><td>law 5</td><td>7</td></tr>", 4, "<table>"); }
TEST_F(OneLine, BrokenManyTimes) { read("lines.txt", "A law.\n", 4); }
TEST_F(OneLine, OfCellsInText) { read("lines.txt", "Road of stone   $5 million   2020\n", 4); }

}  // namespace
}  // namespace policygraph::testing
