// The system refuses: the n-th of its calls fails, for every n of a workload, once or from then on. Every refusal is a typed
// error, what was committed stays, no file is left open, and once the system works again so does the graph.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <cstdlib>
#include <filesystem>
#include <functional>
#include <optional>

#include "graph/dump.hpp"
#include "policygraph/base/error.hpp"
#include "policygraph/graph/commit_group.hpp"
#include "policygraph/store/file.hpp"
#include "policygraph/store/open.hpp"
#include "store/failing_calls.hpp"
#include "store/folder.hpp"
#include "store/works.hpp"

namespace policygraph::testing {
namespace {

std::string words(std::size_t size) {
  std::string text = "Lake Como ";
  while (text.size() < size) text += "and water " + std::to_string(text.size()) + " ";
  return text;
}

// One workload in steps, each of which may be tried again. `states` of a run without faults say what is right.
class Work {
 public:
  explicit Work(const Folder& folder) : path_(folder / "lakes.pgraph"), copy_(folder / "copy.pgraph") {}

  std::vector<std::function<void()>> steps() {
    const auto lake = [this](std::uint64_t number) {
      return [this, number] { commit(number, [](Transaction& t) { t.create_node({"Lake"}, {{"name", "Onega"}}); }); };
    };
    const auto news = [this](std::uint64_t number, std::size_t size, DocumentId old) {
      return [=, this] { commit(number, [&](Transaction& t) { Reading(t, "news.txt", words(size), old).node("Lake", "Como"); }); };
    };
    return {
        [this] { open_it(); },  lake(1),
        news(2, 9000, {}),      [this] { look(); },
        news(3, 15'000, DocumentId{2}),
        [this] { copy_it(); },  [this] { check(path_); },
        [this] { close_it(); }, [this] { open_it(); },
        [this] { look(); },     lake(4),
        [this] { other_reads(); },
        lake(5),                [this] { commit_in_group(8); },
        // What is compact is written at closing, while a thread takes the log in.
        [this] { graph_->compact(); },
        [this] { close_it(); },
    };
  }
  // The states that commits left, from that of no commit.
  const std::vector<std::string>& states() const { return states_; }
  std::uint64_t told() const { return told_; }
  const std::string& path() const { return path_; }
  void close_it() {
    if (graph_) graph_->close();
    graph_.reset();
  }

 private:
  void open_it() {
    auto options = with_snapshots();
    options.schema = Schema::open();
    graph_.emplace(open(path_, options));
  }
  // The second time it may be there already: whoever committed could not be told, or what came after failed.
  void commit(std::uint64_t number, const std::function<void(Transaction&)>& write) {
    if (graph_->snapshot().commit().value < number) {
      auto transaction = graph_->begin("by:anna");
      write(transaction);
      transaction.commit();
      told_ = number;
    }
    EXPECT_EQ(graph_->snapshot().commit().value, number);
    states_.push_back(dump(graph_->snapshot()));
  }
  // Three commits up to that one, which last together: the first two are never seen.
  void commit_in_group(std::uint64_t last) {
    if (graph_->snapshot().commit().value < last) {
      CommitGroup group(*graph_, {1000, std::chrono::hours(1), std::chrono::seconds(5)});
      for (int i = 0; i < 3; ++i) {
        auto transaction = group.begin("by:anna");
        transaction.create_node({"Lake"}, {{"name", "Como"}});
        transaction.commit();
      }
      EXPECT_EQ(graph_->snapshot().commit().value, last - 3);
      group.flush();
      told_ = last;
    }
    EXPECT_EQ(graph_->snapshot().commit().value, last);
    states_.insert(states_.end(), 2, "never seen");
    states_.push_back(dump(graph_->snapshot()));
  }
  void copy_it() {
    if (!std::filesystem::exists(copy_)) backup_file(path_, copy_);
    check(copy_);
  }
  // What cannot be read is a problem that it tells.
  static void check(const std::string& path) {
    const auto report = check_file(path);
    if (!report.is_sound()) throw Error(report.problems.front().code, report.problems.front().text);
  }
  void look() {
    const auto snapshot = graph_->snapshot();
    EXPECT_EQ(dump(snapshot), states_.back());
    EXPECT_GT(snapshot.sources().text(DocumentId{2})->size(), 8000U);
  }
  void other_reads() { EXPECT_EQ(dump(open(path_, to_read()).snapshot()), states_.back()); }

  std::string path_, copy_;
  std::optional<Graph> graph_;
  std::uint64_t told_ = 0;
  std::vector<std::string> states_ = {dump(open_in_memory(Schema::open()).snapshot())};
};

std::vector<std::string> states_without_faults(Trouble trouble, std::size_t& calls) {
  const Folder folder;
  Work work(folder);
  const FailingCalls system(folder.path(), trouble, ~std::size_t{0}, false);
  for (const auto& step : work.steps()) step();
  calls = system.count();
  EXPECT_GT(system.count_aside(), 0U);  // by the thread on which closing takes the log in
  return work.states();
}

// The step is done, or gave a typed error; another try is the caller's.
bool is_done(const std::function<void()>& step) {
  try {
    step();
    return true;
  } catch (const Error& error) {
    EXPECT_EQ(code_name(error.code()), code_name(ErrorCode::io)) << error.text();
  } catch (const std::bad_alloc&) {
  }
  return false;
}

// What is on the disk after all went wrong: all that was committed, or a commit or a group of three more, which could not be told.
void expect_intact(const Work& work, const std::vector<std::string>& states) {
  const auto graph = open(work.path(), in_the_open_schema());
  const auto commit = graph.snapshot().commit().value;
  EXPECT_GE(commit, work.told());
  EXPECT_LE(commit, work.told() + 3);
  EXPECT_EQ(dump(graph.snapshot()), states.at(commit));
  EXPECT_TRUE(check_file(work.path()).is_sound());
}

void run_with(Trouble trouble, std::size_t at, bool for_good, const std::vector<std::string>& states) {
  const Folder folder;
  Work work(folder);
  FailingCalls system(folder.path(), trouble, at, for_good);
  for (const auto& step : work.steps()) {
    if (is_done(step)) continue;
    if (for_good) break;
    EXPECT_TRUE(is_done(step)) << "not even the second time";
  }
  EXPECT_TRUE(system.has_failed());
  EXPECT_TRUE(is_done([&] { work.close_it(); }));
  EXPECT_EQ(system.open_files(), 0U);
  system.relent();
  expect_intact(work, states);
}

// Every n with POLICYGRAPH_FAULTS=1; one in so many otherwise.
void run_all(Trouble trouble, bool for_good) {
  const auto* wanted = std::getenv("POLICYGRAPH_FAULTS");
  const std::size_t step = wanted == nullptr ? 13 : std::stoul(wanted);
  std::size_t calls = 0;
  const auto states = states_without_faults(trouble, calls);
  ASSERT_GT(calls, 8U);
  const auto held = sqlite3_memory_used();
  for (std::size_t at = 0; at < calls && !::testing::Test::HasFailure(); at += step) {
    SCOPED_TRACE("call " + std::to_string(at) + " of " + std::to_string(calls));
    run_with(trouble, at, for_good, states);
  }
  EXPECT_EQ(sqlite3_memory_used(), held);
}

TEST(Faults, OfReadingAndWritingOnce) { run_all(Trouble::io, false); }
TEST(Faults, OfReadingAndWritingForGood) { run_all(Trouble::io, true); }
TEST(Faults, OfAFullDiskOnce) { run_all(Trouble::full, false); }
TEST(Faults, OfAFullDiskForGood) { run_all(Trouble::full, true); }
TEST(Faults, OfSyncsOnce) { run_all(Trouble::sync, false); }
TEST(Faults, OfSyncsForGood) { run_all(Trouble::sync, true); }
TEST(Faults, OfWritesCutShortOnce) { run_all(Trouble::short_write, false); }
TEST(Faults, OfWritesCutShortForGood) { run_all(Trouble::short_write, true); }
TEST(Faults, OfInterruptions) { run_all(Trouble::interrupted, false); }

}  // namespace
}  // namespace policygraph::testing
