// Crashes: SQLite's writes are recorded while workloads run; then disks are made as they may be found after a crash
// at every boundary, with what was not synced kept, dropped, in part or torn, and each is opened and checked.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <functional>

#include "graph/dump.hpp"
#include "policygraph/base/error.hpp"
#include "policygraph/graph/commit_group.hpp"
#include "policygraph/store/file.hpp"
#include "policygraph/store/open.hpp"
#include "store/folder.hpp"
#include "store/recording_vfs.hpp"
#include "store/works.hpp"

namespace policygraph::testing {
namespace {

// A workload under way: every commit is told, with the state it left.
class Stage {
 public:
  explicit Stage(std::string path) : path_(std::move(path)) { states_.push_back(dump(open_in_memory(Schema::open()).snapshot())); }

  Graph open_it() { return open(path_, in_the_open_schema()); }
  // However small the graph, a snapshot file is written.
  Graph open_with_snapshot() { return open(path_, with_snapshots()); }
  void commit(Graph& graph, const std::function<void(Transaction&)>& write) {
    auto transaction = graph.begin("by:anna");
    write(transaction);
    transaction.commit();
    told(graph);
  }
  // A group of commits, which last two by two: those between are never seen.
  void commit_in_group(Graph& graph, int count, const std::function<void(Transaction&)>& write) {
    CommitGroup group(graph, {2, std::chrono::hours(1), std::chrono::seconds(5)});
    for (int i = 1; i <= count; ++i) {
      auto transaction = group.begin("by:anna");
      write(transaction);
      transaction.commit();
      if (i == count) group.flush();
      if (group.waiting() > 0) states_.push_back("never seen");
      else told(graph);
    }
  }
  void redact(Graph& graph, DocumentId document) {
    redact_document(path_, document, "by:anna");
    told(graph);
  }
  const std::vector<std::string>& states() const { return states_; }
  const std::vector<FileEvent>& events() const { return recording_.events(); }

 private:
  void told(const Graph& graph) {
    states_.push_back(dump(graph.snapshot()));
    recording_.tell(states_.size() - 1);
  }

  std::string path_;
  Recording recording_;
  std::vector<std::string> states_;
};

using Workload = std::function<void(Stage&)>;

void lake(Transaction& transaction, const std::string& name) { transaction.create_node({"Lake"}, {{"name", name}}); }

void read_text(Transaction& transaction, std::size_t size, DocumentId old = {}) {
  std::string text = "Lake Como ";
  while (text.size() < size) text += "and water " + std::to_string(text.size()) + " ";
  Reading reading(transaction, "news.txt", text, old);
  reading.node("Lake", "Como");
}

std::vector<std::pair<std::string, Workload>> workloads() {
  const auto lakes = [](Stage& stage, int count) {
    auto graph = stage.open_it();
    for (int i = 0; i < count; ++i) stage.commit(graph, [&](Transaction& t) { lake(t, std::to_string(i)); });
  };
  return {
      {"making the file", [](Stage& stage) { stage.open_it(); }},
      {"small commits", [=](Stage& stage) { lakes(stage, 6); }},
      {"never closed in time", [](Stage& stage) {
         auto graph = stage.open_it();
         stage.commit(graph, [](Transaction& t) { lake(t, "Como"); });
       }},
      {"opened and closed", [=](Stage& stage) {
         for (int i = 0; i < 4; ++i) {
           auto graph = stage.open_it();
           stage.commit(graph, [&](Transaction& t) { lake(t, std::to_string(i)); });
         }
       }},
      {"a large commit", [](Stage& stage) {
         auto graph = stage.open_it();
         for (int round = 0; round < 2; ++round) {
           stage.commit(graph, [](Transaction& t) {
             for (int i = 0; i < 300; ++i) lake(t, std::to_string(i * 7919));
           });
         }
       }},
      {"long texts", [](Stage& stage) {
         auto graph = stage.open_it();
         for (int i = 1; i < 4; ++i) stage.commit(graph, [&](Transaction& t) { read_text(t, static_cast<std::size_t>(i) * 40'000); });
       }},
      {"a log that is taken in", [](Stage& stage) {
         auto graph = stage.open_it();
         for (int i = 0; i < 12; ++i) stage.commit(graph, [](Transaction& t) { read_text(t, 500'000); });
       }},
      {"documents replaced", [](Stage& stage) {
         auto graph = stage.open_it();
         stage.commit(graph, [](Transaction& t) { read_text(t, 2000); });
         for (std::size_t i = 1; i < 4; ++i) stage.commit(graph, [&](Transaction& t) { read_text(t, 2000 + 5000 * i, DocumentId{1}); });
       }},
      {"documents removed", [](Stage& stage) {
         auto graph = stage.open_it();
         stage.commit(graph, [](Transaction& t) { read_text(t, 9000); });
         stage.commit(graph, [](Transaction& t) { t.remove_document(DocumentId{1}); });
         stage.commit(graph, [](Transaction& t) { lake(t, "Onega"); });
       }},
      {"merged and parted", [](Stage& stage) {
         auto graph = stage.open_it();
         NodeKey a, b;
         JudgementId merged;
         stage.commit(graph, [&](Transaction& t) {
           a = t.create_node({"Lake"}, {{"name", "Como"}});
           b = t.create_node({"Lake"}, {{"name", "Lario"}});
         });
         stage.commit(graph, [&](Transaction& t) { merged = t.merge(a, b, "two names"); });
         stage.commit(graph, [&](Transaction& t) { t.withdraw(merged); });
         stage.commit(graph, [&](Transaction& t) { t.delete_node(b); });
       }},
      {"rolled back between", [](Stage& stage) {
         auto graph = stage.open_it();
         for (int i = 0; i < 4; ++i) {
           auto transaction = graph.begin("by:ben");
           lake(transaction, "never");
           transaction.rollback();
           stage.commit(graph, [&](Transaction& t) { lake(t, std::to_string(i)); });
         }
       }},
      {"snapshot files written", [](Stage& stage) {
         {
           auto graph = stage.open_it();
           stage.commit(graph, [](Transaction& t) { read_text(t, 9000); });
           stage.commit(graph, [](Transaction& t) { for (int i = 0; i < 900; ++i) lake(t, std::to_string(i * 7919)); });
         }
         for (int i = 0; i < 3; ++i) {
           auto graph = stage.open_with_snapshot();
           stage.commit(graph, [&](Transaction& t) { for (int n = 0; n < 300; ++n) lake(t, std::to_string(i * n)); });
         }
       }},
      {"closed with a snapshot file", [](Stage& stage) {
         stage.open_it();
         for (int round = 0; round < 2; ++round) {
           auto graph = stage.open_with_snapshot();
           stage.commit(graph, [&](Transaction& t) { for (int n = 0; n < 300; ++n) lake(t, std::to_string(round * 1000 + n)); });
           graph.compact();
           graph.close();  // writes what is compact, while a thread takes the log in
         }
       }},
      {"a text redacted", [](Stage& stage) {
         auto graph = stage.open_it();
         stage.commit(graph, [](Transaction& t) { read_text(t, 9000); });
         stage.commit(graph, [](Transaction& t) { lake(t, "Onega"); });
         stage.redact(graph, DocumentId{1});
         stage.commit(graph, [](Transaction& t) { lake(t, "Ladoga"); });
       }},
      {"commits in groups", [](Stage& stage) {
         auto graph = stage.open_it();
         stage.commit(graph, [](Transaction& t) { lake(t, "Onega"); });
         stage.commit_in_group(graph, 7, [](Transaction& t) { lake(t, "Como"); });
         stage.commit_in_group(graph, 4, [](Transaction& t) { read_text(t, 30'000); });
         stage.commit(graph, [](Transaction& t) { lake(t, "Ladoga"); });
       }},
      {"two handles by turns", [](Stage& stage) {
         auto one = stage.open_it(), other = stage.open_it();
         for (int i = 0; i < 3; ++i) {
           stage.commit(one, [&](Transaction& t) { lake(t, "one"); });
           stage.commit(other, [&](Transaction& t) { lake(t, "other"); });
         }
       }},
  };
}

struct Tally {
  std::size_t images = 0, lost = 0, wrong = 0;
};

class Images {
 public:
  Images(const std::vector<std::string>& states, Tally& tally) : states_(states), tally_(tally) {}

  void look(const std::map<std::string, std::string>& files, std::uint64_t told) {
    const Folder folder;
    for (const auto& [name, bytes] : files) std::ofstream(folder / name, std::ios::binary) << bytes;
    ++tally_.images;
    try {
      const auto graph = open(folder / "lakes.pgraph", in_the_open_schema());
      const auto commit = graph.snapshot().commit().value;
      if (commit < told) ++tally_.lost;
      if (commit >= states_.size() || dump(graph.snapshot()) != states_[commit] || !check_file(folder / "lakes.pgraph").is_sound()) ++tally_.wrong;
    } catch (const Error& error) {
      last_error_ = error.text();
      ++tally_.wrong;
    }
  }
  const std::string& last_error() const { return last_error_; }

 private:
  const std::vector<std::string>& states_;
  Tally& tally_;
  std::string last_error_;
};

// `count` images of one workload, spread over all boundaries.
Tally crash(const Workload& workload, std::size_t count, bool has_syncs) {
  const Folder folder;
  std::vector<FileEvent> events;
  std::vector<std::string> states;
  {
    Stage stage(folder / "lakes.pgraph");
    workload(stage);
    events = stage.events();
    states = stage.states();
  }
  const Recording quick(false);
  Tally tally;
  Images images(states, tally);
  Disk disk;
  std::size_t made = 0;
  for (std::size_t i = 0; i < events.size(); ++i) {
    disk.apply(events[i], has_syncs);
    for (; made * events.size() < (i + 1) * count; ++made) {
      const auto seed = static_cast<std::uint32_t>(made);
      images.look(disk.image(static_cast<Disk::Loss>(made % Disk::kLosses), seed), events[i].told);
    }
  }
  EXPECT_EQ(images.last_error(), has_syncs ? "" : images.last_error());
  return tally;
}

std::size_t images_wanted() {
  const auto* wanted = std::getenv("POLICYGRAPH_CRASHES");
  return wanted == nullptr ? 500 : std::stoul(wanted);
}

TEST(Crash, LosesNothingAndShowsNothingHalf) {
  const auto all = workloads();
  ASSERT_GE(all.size(), 12U);
  std::size_t images = 0;
  for (const auto& [name, workload] : all) {
    const auto tally = crash(workload, images_wanted() / all.size() + 1, true);
    EXPECT_EQ(tally.lost, 0U) << name;
    EXPECT_EQ(tally.wrong, 0U) << name;
    images += tally.images;
  }
  EXPECT_GE(images, images_wanted());
}

Workload workload_of(std::string_view name) {
  for (const auto& [each, workload] : workloads())
    if (each == name) return workload;
  return {};
}

std::vector<FileEvent> events_of(std::string_view name) {
  const Folder folder;
  Stage stage(folder / "lakes.pgraph");
  workload_of(name)(stage);
  return stage.events();
}

TEST(Crash, IsTriedWhileSnapshotFilesAreWritten) {
  const auto events = events_of("snapshot files written");
  const auto count = [&](FileEvent::Kind kind) {
    return std::ranges::count_if(events, [&](const FileEvent& event) { return event.kind == kind && event.file == "lakes.pgraph-snapshot-unfinished"; });
  };
  EXPECT_GT(count(FileEvent::Kind::write), 2);
  EXPECT_EQ(count(FileEvent::Kind::sync), 0);  // its digests tell what a crash kept from the disk
  EXPECT_GT(count(FileEvent::Kind::rename), 0);
}

// Closing takes the log in on a thread while it writes the snapshot file: the images above are of that too.
TEST(Crash, IsTriedWhileAThreadTakesTheLogIn) {
  const auto events = events_of("closed with a snapshot file");
  const auto aside = std::ranges::count_if(events, [](const FileEvent& event) { return event.is_aside && event.file == "lakes.pgraph"; });
  EXPECT_GT(aside, 2);
  EXPECT_TRUE(std::ranges::all_of(events, [](const FileEvent& event) { return !event.is_aside || !event.file.ends_with("-unfinished"); }));
}

// It is not synced: a crash may leave it with its length and without its pages.
TEST(Crash, LeavesSnapshotFilesInPartThatAreNotUsed) {
  const Folder folder;
  std::vector<FileEvent> events;
  std::vector<std::string> states;
  {
    Stage stage(folder / "lakes.pgraph");
    workload_of("snapshot files written")(stage);
    events = stage.events();
    states = stage.states();
  }
  const Recording quick(false);
  Tally tally;
  Images images(states, tally);
  Disk disk;
  for (const auto& event : events) {
    disk.apply(event);
    if (event.kind != FileEvent::Kind::rename) continue;
    std::string whole;
    for (std::uint32_t seed = 0; seed < 8; ++seed) {
      const auto files = disk.image(Disk::Loss::nothing, seed);
      const auto found = files.find("lakes.pgraph-snapshot");
      if (found != files.end()) whole = found->second;
    }
    for (std::uint32_t seed = 0; seed < 48; ++seed) {
      const auto files = disk.image(seed % 2 == 0 ? Disk::Loss::zeroed : Disk::Loss::some, seed);
      const auto found = files.find("lakes.pgraph-snapshot");
      if (found != files.end() && found->second.size() == whole.size() && found->second != whole) images.look(files, event.told);
    }
  }
  EXPECT_GT(tally.images, 8U);
  EXPECT_EQ(tally.lost + tally.wrong, 0U) << images.last_error();
}

// Were syncs not waited for, the same images would show losses: the check can fail.
TEST(Crash, IsNoticedWhereSyncsAreIgnored) {
  const auto all = workloads();
  const auto tally = crash(all[1].second, 60, false);
  EXPECT_GT(tally.lost + tally.wrong, 5U);
}

}  // namespace
}  // namespace policygraph::testing
