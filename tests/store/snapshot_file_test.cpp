#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <thread>

#include "graph/dump.hpp"
#include "graph/player.hpp"
#include "policygraph/graph/commit_group.hpp"
#include "policygraph/store/file.hpp"
#include "policygraph/store/open.hpp"
#include "store/access.hpp"
#include "store/file_journal.hpp"
#include "store/folder.hpp"
#include "store/works.hpp"

namespace policygraph::testing {
namespace {

namespace fs = std::filesystem;
using detail::store::FileJournal;

std::string snapshot_of(const std::string& path) { return detail::store::snapshot_path(path); }
bool opens_with_it(const std::string& path) { return FileJournal(path, nullptr, 1).image() != nullptr; }

// What is not derived: records, documents, quotes.
std::string records(const Snapshot& snapshot) {
  std::string text;
  for (const auto& claim : snapshot.assertions()) {
    text += std::to_string(claim.id.value) + claim.name + claim.value.to_string() + claim.valid_from.to_string() + std::to_string(claim.confidence);
    for (const auto id : claim.evidence) text += snapshot.cite(id).quote + snapshot.cite(id).title + snapshot.cite(id).extractor;
    text += "\n";
  }
  for (const auto& mention : snapshot.mentions()) text += std::to_string(mention.key.value) + mention.type + mention.surface + "\n";
  for (const auto* judgement : snapshot.judgements()) text += std::to_string(judgement->id.value) + judgement->by + judgement->reason + "\n";
  for (const auto* finding : snapshot.findings()) text += finding->code + finding->explanation + std::to_string(finding->nodes.size()) + "\n";
  for (const auto* run : snapshot.runs()) text += run->program + run->options + "\n";
  for (const auto& document : snapshot.sources().documents()) text += document.uri + document.sha256 + "\n";
  return text;
}

std::string all(const Snapshot& snapshot) { return dump(snapshot) + records(snapshot) + faults(snapshot); }

// Opened without a snapshot file: all commits are replayed.
std::string replayed(const std::string& path) {
  auto options = to_read();
  options.snapshot_from = ~std::uint64_t{0};
  fs::remove(snapshot_of(path));
  return all(open(path, options).snapshot());
}

// A file with a snapshot beside it.
std::string made(const Folder& folder, const std::function<void(Graph&)>& write) {
  const auto path = folder / "waters.pgraph";
  auto graph = open(path, in_the_open_schema());
  write(graph);
  graph.close();
  EXPECT_FALSE(fs::exists(snapshot_of(path)));
  open(path, with_snapshots()).close();
  EXPECT_TRUE(opens_with_it(path));
  return path;
}

TEST(SnapshotFile, IsTheGraphThatIsReplayed) {
  for (const bool is_large : {false, true}) {
    const Folder folder;
    const auto path = made(folder, [&](Graph& graph) {
      write_all_kinds(graph);
      if (is_large) write_waters(graph, 3000);
    });
    const auto graph = open(path, with_snapshots(true));
    const auto opened = all(graph.snapshot());
    EXPECT_EQ(twin_dump(graph.snapshot()), dump(graph.snapshot()));
    EXPECT_EQ(opened, replayed(path));
  }
}

// Whoever wrote the graph leaves it; what came in small commits after it is read on top.
TEST(SnapshotFile, IsLeftByTheWriterThatCloses) {
  const Folder folder;
  const auto path = folder / "waters.pgraph";
  auto options = with_snapshots();
  options.schema = Schema::open();
  auto graph = open(path, options);
  write_waters(graph, 3000);
  write_lake(graph, "Garda");
  const auto written = all(graph.snapshot());
  EXPECT_FALSE(fs::exists(snapshot_of(path)));
  graph.close();
  ASSERT_TRUE(opens_with_it(path));
  EXPECT_EQ(all(open(path, with_snapshots(true)).snapshot()), written);
  EXPECT_EQ(replayed(path), written);
}

// What is derived anew, for much was written, still rests on records that lie in the file it opened with.
TEST(SnapshotFile, IsLeftByAWriterThatOpenedFromOne) {
  const Folder folder;
  const auto path = made(folder, [&](Graph& graph) { write_waters(graph, 3000); });
  auto graph = open(path, with_snapshots());
  write_waters(graph, 9000);
  const auto written = all(graph.snapshot());
  graph.close();
  EXPECT_EQ(all(open(path, with_snapshots(true)).snapshot()), written);
  EXPECT_EQ(replayed(path), written);
}

TEST(SnapshotFile, IsLeftAsItIsWhereItFits) {
  const Folder folder;
  const auto path = made(folder, [&](Graph& graph) { write_waters(graph, 3000); });
  const auto before = fs::last_write_time(snapshot_of(path));
  auto graph = open(path, with_snapshots());
  write_lake(graph, "Garda");
  graph.close();
  EXPECT_EQ(fs::last_write_time(snapshot_of(path)), before);
}

TEST(SnapshotFile, IsNotMadeOfSmallGraphs) {
  const Folder folder;
  const auto path = folder / "lakes.pgraph";
  auto graph = open(path, in_the_open_schema());
  write_all_kinds(graph);
  graph.close();
  open(path).close();
  EXPECT_FALSE(fs::exists(snapshot_of(path)));
}

TEST(SnapshotFile, IsReadableByThoseWhoMayReadTheGraph) {
  const Folder folder;
  const auto path = folder / "lakes.pgraph";
  auto graph = open(path, in_the_open_schema());
  write_all_kinds(graph);
  chmod(path.c_str(), 0640);
  graph.close();
  open(path, with_snapshots()).close();
  EXPECT_EQ(fs::status(snapshot_of(path)).permissions(), fs::perms::owner_read | fs::perms::group_read);
  EXPECT_FALSE(fs::exists(snapshot_of(path) + "-unfinished"));
}

// Every kind of write on top of a mapped snapshot, each state against its twin.
TEST(SnapshotFile, IsWrittenOnTopOf) {
  const Folder folder;
  std::size_t states = 0;
  for (std::uint32_t seed = 0; seed < 60 && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const auto path = folder / (std::to_string(seed) + ".pgraph");
    const auto journal = [&] { return std::make_shared<FileJournal>(path, detail::store::create(path, Schema::open()), 1); };
    const auto first = journal();
    Player(seed, Schema::open(), first).play(6);
    first->close();
    const auto second = journal();
    if (second->image() == nullptr) continue;  // nothing was committed
    Player player(1000 + seed, Schema::open(), second);
    player.play(6);
    states += player.states();
    EXPECT_TRUE(check_file(path).is_sound());
    second->close();
  }
  EXPECT_GT(states, 150U);
}

TEST(SnapshotFile, MayBeOlderThanTheGraph) {
  const Folder folder;
  const auto path = made(folder, [](Graph& graph) { write_waters(graph, 100); });
  const auto before = fs::last_write_time(snapshot_of(path));
  auto graph = open(path, with_snapshots());
  for (int i = 0; i < 20; ++i) write_lake(graph, "Lake " + std::to_string(i * 7919));
  write_all_kinds(graph);
  const auto written = all(graph.snapshot());
  graph.close();
  EXPECT_EQ(all(open(path, with_snapshots()).snapshot()), written);
  EXPECT_EQ(fs::last_write_time(snapshot_of(path)), before);
  EXPECT_EQ(replayed(path), written);
}

TEST(SnapshotFile, IsWrittenAnewWhenMuchHasCome) {
  const Folder folder;
  const auto path = made(folder, write_all_kinds);
  auto graph = open(path, with_snapshots());
  const auto before = fs::last_write_time(snapshot_of(path));
  for (int i = 0; i < 300; ++i) write_lake(graph, std::to_string(i));
  const auto written = all(graph.snapshot());
  graph.close();
  EXPECT_NE(fs::last_write_time(snapshot_of(path)), before);
  EXPECT_TRUE(opens_with_it(path));
  EXPECT_EQ(all(open(path, with_snapshots(true)).snapshot()), written);
  EXPECT_EQ(replayed(path), written);
}

// Deriving all of a large graph takes so long that beside a writer without a pause it would never be done.
TEST(SnapshotFile, IsUsedBesideAWriterUntilVeryMuchHasCome) {
  const Folder folder;
  const auto path = made(folder, write_all_kinds);
  auto graph = open(path, in_the_open_schema());
  const auto write = [&](int count) {
    CommitGroup group(graph);
    for (int i = 0; i < count; ++i) {
      auto transaction = group.begin("by:anna");
      transaction.add_finding({"NOTE", Severity::note, "again", {}, {}});
      transaction.commit();
    }
    group.flush();
  };
  write(8000);
  EXPECT_TRUE(opens_with_it(path));
  write(400);
  EXPECT_FALSE(opens_with_it(path));
}

// Whoever only read leaves that to a writer.
TEST(SnapshotFile, IsNotWrittenAnewByReaders) {
  const Folder folder;
  const auto path = made(folder, write_all_kinds);
  const auto reader = open(path, with_snapshots());
  auto writer = open(path, in_the_open_schema());
  for (int i = 0; i < 300; ++i) write_lake(writer, std::to_string(i));
  const auto written = all(writer.snapshot());
  EXPECT_EQ(all(reader.snapshot()), written);
  const auto before = fs::last_write_time(snapshot_of(path));
  auto closed = reader;
  closed.close();
  EXPECT_EQ(fs::last_write_time(snapshot_of(path)), before);
}

TEST(SnapshotFile, OfAnotherGraphIsNotTaken) {
  const Folder folder, other;
  const auto path = made(folder, write_all_kinds);
  const auto others = made(other, [](Graph& graph) {
    write_all_kinds(graph);
    write_lake(graph, "Sevan");
  });
  fs::copy_file(snapshot_of(others), snapshot_of(path), fs::copy_options::overwrite_existing);
  EXPECT_FALSE(opens_with_it(path));
  const auto opened = all(open(path, with_snapshots()).snapshot());
  EXPECT_EQ(opened, replayed(path));
}

TEST(SnapshotFile, OutlivesItsNameAndTheGraph) {
  const Folder folder;
  const auto path = made(folder, [](Graph& graph) { write_waters(graph, 3000); });
  auto graph = open(path, with_snapshots());
  const auto held = graph.snapshot();
  graph.close();
  fs::remove(snapshot_of(path));
  EXPECT_EQ(dump(held), dump(open(path).snapshot()));
}

TEST(SnapshotFile, IsLookedAtByManyThreadsAtOnce) {
  const Folder folder;
  const auto path = made(folder, [](Graph& graph) { write_waters(graph, 3000); });
  const auto expected = replayed(path);
  open(path, with_snapshots()).close();
  const auto snapshot = open(path, with_snapshots(true)).snapshot();
  std::vector<std::string> seen(4);
  {
    std::vector<std::jthread> threads;
    for (auto& text : seen) threads.emplace_back([&text, snapshot] { text = all(snapshot); });
  }
  for (const auto& text : seen) EXPECT_EQ(text, expected);
}

int result_of(const std::function<int()>& work) {
  const auto child = fork();
  if (child == 0) {
    int result = 9;
    try {
      result = work();
    } catch (const std::exception& error) {
      std::fprintf(stderr, "%s\n", error.what());
    }
    _exit(result);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(SnapshotFile, IsUsedWhereNobodyMayWrite) {
  for (const bool is_there : {true, false}) {
    const Folder folder;
    const auto path = made(folder, write_all_kinds);
    const auto expected = all(open(path, with_snapshots(true)).snapshot());
    if (!is_there) fs::remove(snapshot_of(path));
    for (const auto& entry : fs::directory_iterator(folder.path())) chmod(entry.path().c_str(), 0444);
    chmod(folder.path().c_str(), 0555);
    const auto as_nobody = [&] {
      if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0)) return 2;
      if (opens_with_it(path) != is_there) return 3;
      if (all(open(path, with_snapshots(true)).snapshot()) != expected) return 4;
      return fs::exists(snapshot_of(path)) == is_there ? 0 : 5;
    };
    EXPECT_EQ(result_of(as_nobody), 0);
  }
}

// One has it mapped while others write, and replace it.
TEST(SnapshotFile, IsReplacedBesideItsReaders) {
  const Folder folder;
  const auto path = made(folder, [](Graph& graph) { write_waters(graph, 3000); });
  const auto reader = open(path, with_snapshots(true));
  const auto held = reader.snapshot();
  const auto write_and_replace = [&] {
    auto graph = open(path, with_snapshots());
    for (int i = 0; i < 300; ++i) write_lake(graph, std::to_string(i));
    const auto inode = [&] {
      struct stat facts {};
      stat(snapshot_of(path).c_str(), &facts);
      return facts.st_ino;
    };
    const auto before = inode();
    graph.close();
    return inode() != before && opens_with_it(path) ? 0 : 1;
  };
  EXPECT_EQ(result_of(write_and_replace), 0);
  const auto fresh = all(open(path, with_snapshots(true)).snapshot());
  EXPECT_EQ(all(reader.snapshot()), fresh);
  EXPECT_EQ(held.node_count(), 3000U);
  EXPECT_EQ(twin_dump(held), dump(held));
}

// Killed at any moment they leave at most a file under the other name, which the next one takes over.
TEST(SnapshotFile, LeftUnfinishedIsFinishedByTheNext) {
  const Folder folder;
  const auto path = made(folder, write_all_kinds);
  fs::remove(snapshot_of(path));
  std::ofstream(snapshot_of(path) + "-unfinished") << std::string(100'000, 'x');
  open(path, with_snapshots()).close();
  EXPECT_TRUE(opens_with_it(path));
  EXPECT_FALSE(fs::exists(snapshot_of(path) + "-unfinished"));
  EXPECT_EQ(all(open(path, with_snapshots(true)).snapshot()), replayed(path));
}

}  // namespace
}  // namespace policygraph::testing
