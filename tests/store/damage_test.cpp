#include <gtest/gtest.h>
#include <sys/resource.h>

#include <cstdlib>
#include <ctime>
#include <fstream>
#include <random>
#include <sstream>

#include "graph/dump.hpp"
#include "policygraph/base/error.hpp"
#include "policygraph/graph/verify.hpp"
#include "policygraph/store/file.hpp"
#include "policygraph/store/open.hpp"
#include "store/folder.hpp"
#include "store/works.hpp"
#include "support/slowness.hpp"

namespace policygraph::testing {
namespace {

std::string bytes_of(const std::string& path) {
  std::ostringstream bytes;
  bytes << std::ifstream(path, std::ios::binary).rdbuf();
  return bytes.str();
}

void write_bytes(const std::string& path, const std::string& bytes) {
  for (const auto* ending : {"-wal", "-shm", "-journal"}) std::filesystem::remove(path + ending);
  std::ofstream(path, std::ios::binary) << bytes;
}

struct Whole {
  std::string bytes, graph, texts;
};

std::string texts_of(const Snapshot& snapshot) {
  std::string all;
  for (const auto& document : snapshot.sources().documents()) {
    if (const auto text = snapshot.sources().text(document.id)) all += *text + "\n";
  }
  return all;
}

Whole whole_file(const Folder& folder) {
  Whole whole;
  const auto path = folder / "whole.pgraph";
  {
    OpenOptions options;
    options.schema = Schema::open();
    auto graph = open(path, options);
    write_all_kinds(graph);
    std::string text = "Lake Onega ";
    while (text.size() < 24'000) text += "and water " + std::to_string(text.size()) + " ";
    auto transaction = graph.begin("ingest");
    Reading(transaction, "long.txt", text).node("Lake", "Lake Onega");
    transaction.commit();
    whole.graph = dump(graph.snapshot());
    whole.texts = texts_of(graph.snapshot());
  }
  whole.bytes = bytes_of(path);
  return whole;
}

std::size_t wanted(const char* name, std::size_t usual) {
  const auto* text = std::getenv(name);
  return text == nullptr ? usual : std::stoul(text);
}

std::size_t peak_memory() {
  struct rusage usage {};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::size_t>(usage.ru_maxrss) * 1024;
}

// A damaged file gives a typed error, or what is right; never something else, nor slowly, nor at the cost of much memory.
struct Verdict {
  std::size_t refused = 0, right = 0;
  const std::size_t memory = peak_memory();

  ~Verdict() { EXPECT_LT(peak_memory() - memory, (std::size_t{64} << 20U) * kSlowness); }
  void look(const std::string& path, const Whole& whole) {
    const auto start = std::clock();
    judge(path, whole);
    EXPECT_LT(static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC, 1.0 * kSlowness);
  }
  // What `check` calls sound opens and is right; it may find more than is read here.
  void judge(const std::string& path, const Whole& whole) {
    const auto refused_before = refused;
    read(path, whole);
    if ((right + refused) % 8 != 0) return;
    try {
      EXPECT_TRUE(refused == refused_before || !check_file(path).is_sound());
    } catch (const Error&) {
    }
  }
  void read(const std::string& path, const Whole& whole) {
    OpenOptions options;
    options.read_only = true;
    try {
      const auto graph = open(path, options);
      EXPECT_EQ(dump(graph.snapshot()), whole.graph);
      EXPECT_EQ(texts_of(graph.snapshot()), whole.texts);
      ++right;
    } catch (const Error&) {
      ++refused;
    }
  }
};

// A byte in 211, three ways each; all of them with POLICYGRAPH_FLIPS=1.
TEST(Damage, OfOneByteIsNoticedOrHarmless) {
  const Folder folder;
  const auto whole = whole_file(folder);
  const auto path = folder / "damaged.pgraph";
  const auto step = wanted("POLICYGRAPH_FLIPS", 211);
  EXPECT_GE(whole.bytes.size(), 65'536U);
  Verdict verdict;
  auto bytes = whole.bytes;
  for (std::size_t at = 0; at < bytes.size() && !HasFailure(); at += step) {
    SCOPED_TRACE("byte " + std::to_string(at));
    for (const char flip : {'\x01', '\x80', '\xFF'}) {
      bytes[at] = static_cast<char>(whole.bytes[at] ^ flip);
      write_bytes(path, bytes);
      verdict.look(path, whole);
    }
    bytes[at] = whole.bytes[at];
  }
  EXPECT_GT(verdict.refused, verdict.right / 20);
  EXPECT_GT(verdict.right, 0U);
}

// So many with POLICYGRAPH_EDITS.
TEST(Damage, OfManyBytesIsNoticedOrHarmless) {
  const Folder folder;
  const auto whole = whole_file(folder);
  const auto path = folder / "damaged.pgraph";
  std::mt19937 random(6);
  Verdict verdict;
  const auto rounds = wanted("POLICYGRAPH_EDITS", 400);
  for (std::size_t i = 0; i < rounds && !HasFailure(); ++i) {
    SCOPED_TRACE(i);
    auto bytes = whole.bytes;
    for (auto edits = 1 + random() % 6; edits > 0; --edits) {
      const auto at = random() % bytes.size(), from = random() % bytes.size();
      const auto size = std::min<std::size_t>({1 + random() % 64, bytes.size() - at, bytes.size() - from});
      if (random() % 3 == 0) bytes.replace(at, size, bytes.substr(from, size));
      else bytes[at] = static_cast<char>(random());
    }
    if (random() % 10 == 0) bytes.resize(random() % bytes.size());
    write_bytes(path, bytes);
    verdict.look(path, whole);
  }
  EXPECT_GT(verdict.refused, 50U);
}

}  // namespace
}  // namespace policygraph::testing
