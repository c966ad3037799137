// Snapshot files that are not what was written: whatever is wrong with one, the graph reads as the database has it.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>

#include "graph/dump.hpp"
#include "policygraph/graph/commit_group.hpp"
#include "policygraph/store/file.hpp"
#include "policygraph/store/open.hpp"
#include "store/file_journal.hpp"
#include "store/folder.hpp"
#include "store/snapshot_bytes.hpp"
#include "store/works.hpp"

namespace policygraph::testing {
namespace {

namespace fs = std::filesystem;
namespace graph = detail::graph;

class SnapshotDamage : public ::testing::Test {
 protected:
  SnapshotDamage() : path_(folder_ / "waters.pgraph"), beside_(detail::store::snapshot_path(path_)) {}

  // Of what was replayed, or left by who wrote it.
  void make(int lakes, bool is_of_writer = false) {
    auto options = is_of_writer ? with_snapshots() : in_the_open_schema();
    options.schema = Schema::open();
    auto graph = open(path_, options);
    write_all_kinds(graph);
    if (is_of_writer) write_in_parts(graph);
    write_waters(graph, lakes);
    if (is_of_writer) {
      write_lake(graph, "Bodensee");
      write_in_parts(graph);
      graph.compact();
      write_lake(graph, "Garda");
    }
    expected_ = dump(graph.snapshot());
    graph.close();
    if (!is_of_writer) open(path_, with_snapshots()).close();
    std::ifstream in(beside_, std::ios::binary);
    bytes_.assign(std::istreambuf_iterator<char>(in), {});
    ASSERT_GT(bytes_.size(), detail::store::kSnapshotHeaderSize);
  }
  // Commits in more parts than one, in groups, and strings that come to nothing.
  static void write_in_parts(Graph& graph) {
    auto transaction = graph.begin("by:anna");
    const auto first = transaction.create_node({"Lake"}, {{"name", "Thun"}});
    const auto seen = transaction.snapshot().node_count();
    const auto second = transaction.create_node({"Lake"}, {{"name", "Brienz"}, {"lakes", static_cast<std::int64_t>(seen)}});
    transaction.snapshot();
    transaction.create_edge(first, "NEAR", second);
    transaction.commit();
    graph.begin("by:anna").create_node({"Sea"}, {{"name", "Atlantis"}});
    CommitGroup group(graph);
    for (const auto* name : {"Zug", "Zell", "Zeller"}) {
      auto one = group.begin("by:anna");
      one.create_node({"Lake"}, {{"name", name}});
      one.commit();
    }
    group.flush();
  }
  // As a reader who may not put another in its place.
  bool reads_right(const std::string& bytes) {
    fs::remove(beside_);
    std::ofstream(beside_, std::ios::binary) << bytes;
    auto options = to_read();
    return dump(open(path_, options).snapshot()) == expected_;
  }

  void damage_each_byte(bool is_of_writer);

  const Folder folder_;
  const std::string path_, beside_;
  std::string expected_, bytes_;
};

// Every byte with POLICYGRAPH_FLIPS=1.
TEST_F(SnapshotDamage, OfAnyByteIsPutRight) { damage_each_byte(false); }
TEST_F(SnapshotDamage, OfAnyByteThatAWriterLeftIsPutRight) { damage_each_byte(true); }

void SnapshotDamage::damage_each_byte(bool is_of_writer) {
  make(40, is_of_writer);
  const auto* all = std::getenv("POLICYGRAPH_FLIPS");
  const auto step = all != nullptr ? std::stoul(all) : std::max<std::size_t>(1, bytes_.size() / 1500);
  for (std::size_t at = 0; at < bytes_.size() && !HasFailure(); at += at < 250 ? 1 : step) {
    if (at >= 250 && at < detail::store::kSnapshotHeaderSize) continue;  // nothing lies there
    for (const char flip : {'\x01', '\x80', '\xFF'}) {
      auto damaged = bytes_;
      damaged[at] = static_cast<char>(damaged[at] ^ flip);
      EXPECT_TRUE(reads_right(damaged)) << at;
      if (all == nullptr && at % 5 != 0) break;
    }
  }
}

TEST_F(SnapshotDamage, OfManyChunksIsPutRightAtOnce) {
  make(3000);
  std::mt19937 random(3);
  for (int round = 0; round < 12 && !HasFailure(); ++round) {
    auto damaged = bytes_;
    for (int edit = 0; edit < 1 + round * round; ++edit) damaged[random() % damaged.size()] = static_cast<char>(random());
    EXPECT_TRUE(reads_right(damaged));
  }
}

TEST_F(SnapshotDamage, OfWhatAWriterLeftIsPutRight) {
  make(3000, true);
  const auto header = detail::store::read_header(bytes_);
  ASSERT_TRUE(header && header->header.is_of_writer);
  EXPECT_GT(header->retelling_size, 0U);
  EXPECT_LT(header->retelling_size, bytes_.size() / 50);
  EXPECT_TRUE(reads_right(bytes_));
  EXPECT_TRUE(fs::exists(beside_));
  std::mt19937 random(4);
  for (int round = 0; round < 40 && !HasFailure(); ++round) {
    auto damaged = bytes_;
    for (int edit = 0; edit < 1 + round; ++edit) damaged[random() % damaged.size()] ^= static_cast<char>(1 + random() % 255);
    EXPECT_TRUE(reads_right(damaged));
  }
}

// All that is derived anew is what was there.
TEST_F(SnapshotDamage, OfEveryChunkIsPutRight) {
  make(3000, true);
  const auto header = detail::store::read_header(bytes_);
  ASSERT_TRUE(header);
  auto damaged = bytes_;
  for (auto at = detail::store::kSnapshotHeaderSize; at < header->head_place(); at += graph::Image::kChunk) damaged[at] ^= 1;
  fs::remove(beside_);
  std::ofstream(beside_, std::ios::binary) << damaged;
  const auto image = detail::store::FileJournal(path_, nullptr, 1).image();
  ASSERT_NE(image, nullptr);
  image->need(image->arrays());
  EXPECT_TRUE(std::ranges::equal(image->arrays(), bytes_.substr(detail::store::kSnapshotHeaderSize, image->arrays().size())));
}

// What a system leaves after a crash that did not write what it said it had: pages that are missing, or zeros.
TEST_F(SnapshotDamage, OfWholePagesIsPutRight) {
  make(3000);
  for (std::size_t size = 0; size < bytes_.size(); size += 1 + bytes_.size() / 40) EXPECT_TRUE(reads_right(bytes_.substr(0, size)));
  EXPECT_TRUE(reads_right(bytes_ + "x"));
  for (std::size_t at = 0; at < bytes_.size(); at += 4096 * (1 + bytes_.size() / 4096 / 40)) {
    auto damaged = bytes_;
    damaged.replace(at, std::min<std::size_t>(4096, bytes_.size() - at), std::min<std::size_t>(4096, bytes_.size() - at), '\0');
    EXPECT_TRUE(reads_right(damaged));
  }
}

TEST_F(SnapshotDamage, MeansThatItIsMadeAnew) {
  make(3000);
  auto damaged = bytes_;
  damaged[detail::store::kSnapshotHeaderSize + 100'000] ^= 1;
  EXPECT_TRUE(reads_right(damaged));
  EXPECT_FALSE(fs::exists(beside_));
  open(path_, with_snapshots()).close();
  std::ifstream in(beside_, std::ios::binary);
  EXPECT_GT(std::string(std::istreambuf_iterator<char>(in), {}).size(), bytes_.size() / 2);
}

// The file with its digests made anew, as on that machine.
std::string resealed(std::string bytes, const std::string& machine) {
  using namespace detail::store;  // NOLINT: what it is made of
  auto parts = *read_header(bytes);
  const SnapshotSeal seal(parts.header.hash_key, machine);
  ChunkDigests chunks(seal);
  chunks.add(std::string_view(bytes).substr(kSnapshotHeaderSize, parts.arrays_size));
  const auto digests = chunks.finish();
  bytes.replace(parts.chunks_place(), digests.size(), digests);
  parts.head_digest = seal.of(std::string_view(bytes).substr(parts.head_place(), parts.head_size + parts.retelling_size));
  parts.chunks_digest = seal.of(digests);
  return bytes.replace(0, kSnapshotHeaderSize, header_bytes(parts, machine));
}

// With digests that are right for what it says, of a machine that is another; 10,000 with POLICYGRAPH_FORGERIES=10000.
TEST_F(SnapshotDamage, ByOneWhoForgesDigestsIsNotRead) {
  make(40);
  const auto image_of = [&](const std::string& bytes) {
    fs::remove(beside_);
    std::ofstream(beside_, std::ios::binary) << bytes;
    return detail::store::FileJournal(path_, nullptr, 1).image();
  };
  EXPECT_NE(image_of(resealed(bytes_, detail::store::this_machine())), nullptr);  // it does make right ones
  EXPECT_EQ(image_of(resealed(bytes_, "another machine")), nullptr);
  const auto* wanted = std::getenv("POLICYGRAPH_FORGERIES");
  const auto rounds = wanted == nullptr ? 300 : std::stoul(wanted);
  std::mt19937 random(5);
  for (std::size_t round = 0; round < rounds && !HasFailure(); ++round) {
    auto forged = bytes_;
    const auto end = detail::store::read_header(bytes_)->chunks_place();
    for (auto edits = 1 + random() % 8; edits > 0; --edits)
      forged[detail::store::kSnapshotHeaderSize + random() % (end - detail::store::kSnapshotHeaderSize)] = static_cast<char>(random());
    EXPECT_EQ(image_of(resealed(std::move(forged), round % 2 == 0 ? "a machine" : "another machine")), nullptr);
  }
  EXPECT_EQ(dump(open(path_, to_read()).snapshot()), expected_);
}

// Whoever may put files beside a graph of somebody else's may not say what is in it.
TEST_F(SnapshotDamage, ByAnotherUserIsNotRead) {
  if (geteuid() != 0) GTEST_SKIP() << "needs root";
  make(40);
  fs::remove(beside_);
  std::ofstream(beside_, std::ios::binary) << bytes_;
  ASSERT_EQ(chown(beside_.c_str(), 65534, 65534), 0);
  EXPECT_EQ(detail::store::FileJournal(path_, nullptr, 1).image(), nullptr);
  EXPECT_EQ(dump(open(path_, to_read()).snapshot()), expected_);
  ASSERT_EQ(chown(path_.c_str(), 65534, 65534), 0);
  EXPECT_NE(detail::store::FileJournal(path_, nullptr, 1).image(), nullptr);
}

TEST_F(SnapshotDamage, IsNoHarmWhereItIsNoFile) {
  make(40);
  fs::remove(beside_);
  fs::create_directory(beside_);
  EXPECT_EQ(dump(open(path_, with_snapshots()).snapshot()), expected_);
  fs::remove(beside_);
  fs::create_symlink("/dev/zero", beside_);
  EXPECT_EQ(dump(open(path_, with_snapshots()).snapshot()), expected_);
}

// The bytes that `check` compares are those that opening does not.
TEST_F(SnapshotDamage, IsFoundByCheck) {
  make(3000);
  EXPECT_TRUE(check_file(path_).is_sound());
  auto damaged = bytes_;
  damaged[detail::store::kSnapshotHeaderSize + 100'000] ^= 1;
  fs::remove(beside_);
  std::ofstream(beside_, std::ios::binary) << damaged;
  const auto report = check_file(path_);
  ASSERT_EQ(report.problems.size(), 1U);
  EXPECT_NE(report.problems.front().text.find("waters.pgraph-snapshot' is damaged"), std::string::npos);
}

}  // namespace
}  // namespace policygraph::testing
