// Forks in the midst of a writer's work: the child uses the parent's snapshot and files of its own, and the parent goes on.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <thread>

#include "graph/dump.hpp"
#include "policygraph/base/error.hpp"
#include "policygraph/store/file.hpp"
#include "policygraph/store/open.hpp"
#include "store/folder.hpp"
#include "store/works.hpp"
#include "support/slowness.hpp"

namespace policygraph::testing {
namespace {

// 0: all was well; 14 + 128: it waited for ever.
int result_in_child(const std::function<int()>& work) {
  const auto child = fork();
  if (child == 0) {
    alarm(20);
    int result = 99;
    try {
      result = work();
    } catch (const std::exception& error) {
      std::fprintf(stderr, "%s\n", error.what());
    }
    _exit(result);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

bool refuses(const std::function<void()>& act) {
  try {
    act();
  } catch (const Error& error) {
    return error.code() == ErrorCode::closed && error.text().find("forked") != std::string::npos;
  }
  return false;
}

// Commits lakes, with a text each, until it goes.
class Writer {
 public:
  explicit Writer(Graph graph) : graph_(std::move(graph)), thread_([this] { write(); }) {}
  ~Writer() { finish(); }
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  std::size_t finish() {
    is_over_ = true;
    if (thread_.joinable()) thread_.join();
    return written_;
  }
  void await(std::size_t commits) const {
    while (written_ < commits) std::this_thread::yield();
  }

 private:
  void write() {
    while (!is_over_) {
      auto transaction = graph_.begin("by:anna", std::chrono::minutes(1));
      const auto name = std::to_string(written_ * 7919);
      Reading reading(transaction, name, "Lake " + name + " is deep");
      reading.property(reading.node("Lake", name), "name", name, name);
      transaction.commit();
      ++written_;
      std::this_thread::sleep_for(std::chrono::milliseconds(1));  // so that children have a turn
    }
  }
  Graph graph_;
  std::atomic<bool> is_over_ = false;
  std::atomic<std::size_t> written_ = 0;
  std::thread thread_;
};

// What a child may do with what its parent opened, and what not.
int use_of_the_parents(Graph& graph) {
  const auto snapshot = graph.snapshot();
  if (snapshot.nodes("Lake").size() + snapshot.nodes("River").size() != snapshot.node_count()) return 1;
  if (snapshot.node_count() > 0 && snapshot.find_nodes("Lake", "name", "0").size() != 1) return 2;
  if (!refuses([&] { graph.begin("by:child"); })) return 3;
  if (!refuses([&] { static_cast<void>(graph.commits()); })) return 4;
  if (snapshot.node_count() > 0 && !refuses([&] { static_cast<void>(snapshot.sources().text(DocumentId{1})); })) return 5;
  graph.close();
  return 0;
}

int use_of_its_own(const std::string& path, bool writes, std::size_t at_least) {
  auto own = open(path, to_read());
  if (lakes(own) < at_least) return 6;
  if (own.snapshot().sources().text(DocumentId{1})->find("deep") == std::string::npos) return 7;
  own.close();
  if (!writes) return 0;
  auto writing = open(path);
  auto transaction = writing.begin("by:child", std::chrono::minutes(1));
  transaction.create_node({"River"}, {{"name", "Adda"}});
  transaction.commit();
  return 0;
}

TEST(Forks, InTheMidstOfCommitsHarmNobody) {
  if (kSlowness > 1) GTEST_SKIP() << "the allocators of sanitizers have locks that a fork may leave taken";
  constexpr int kForks = 200;
  const Folder folder;
  const auto path = folder / "lakes.pgraph";
  auto graph = open(path, in_the_open_schema());
  Writer writer(graph);
  writer.await(1);
  int rivers = 0;
  for (int i = 0; i < kForks && !HasFailure(); ++i) {
    const bool writes = i % 20 == 0;
    const auto known = lakes(graph);
    rivers += writes ? 1 : 0;
    EXPECT_EQ(result_in_child([&] {
                const auto result = use_of_the_parents(graph);
                return result != 0 || i % 4 != 0 ? result : use_of_its_own(path, writes, known);
              }),
              0)
        << "fork " << i;
  }
  const auto written = writer.finish();
  const auto state = dump(graph.snapshot());
  EXPECT_EQ(lakes(graph), written);
  EXPECT_EQ(graph.snapshot().nodes("River").size(), static_cast<std::size_t>(rivers));
  graph.close();
  EXPECT_EQ(dump(open(path, to_read()).snapshot()), state);
  EXPECT_TRUE(check_file(path).is_sound());
}

// What a child opened is its own: SQLite must not take the parent's locks for the child's.
TEST(Forks, LeaveTheChildALogWhenTheParentCloses) {
  const Folder folder;
  const auto path = folder / "lakes.pgraph";
  auto graph = open(path, in_the_open_schema());
  write_lake(graph, "Como");
  int opened[2], closed[2];
  ASSERT_EQ(pipe(opened), 0);
  ASSERT_EQ(pipe(closed), 0);
  std::thread parent([&] {
    char byte = 0;
    if (read(opened[0], &byte, 1) == 1) graph.close();
    EXPECT_EQ(write(closed[1], "x", 1), 1);
  });
  EXPECT_EQ(result_in_child([&] {
              auto own = open(path);
              char byte = 0;
              if (lakes(own) != 1 || write(opened[1], "x", 1) != 1 || read(closed[0], &byte, 1) != 1) return 1;
              write_lake(own, "Onega");
              return lakes(own) == 2 ? 0 : 2;  // and ends without closing it
            }),
            0);
  parent.join();
  EXPECT_EQ(lakes(open(path, to_read())), 2U);
  EXPECT_TRUE(check_file(path).is_sound());
}

TEST(Forks, OfForksHaveFilesOfTheirOwn) {
  const Folder folder;
  const auto path = folder / "lakes.pgraph";
  auto graph = open(path, in_the_open_schema());
  write_lake(graph, "Como");
  EXPECT_EQ(result_in_child([&] {
              auto own = open(path);
              write_lake(own, "Onega");
              return result_in_child([&] {
                if (!refuses([&] { own.begin(); }) || !refuses([&] { graph.begin(); })) return 1;
                auto last = open(path);
                write_lake(last, "Ladoga");
                return lakes(last) == 3 ? 0 : 2;
              });
            }),
            0);
  EXPECT_EQ(lakes(graph), 3U);
}

// A graph in memory is copied with its process, and may be written to; its parent's is another one.
TEST(Forks, OfAGraphInMemoryAreCopies) {
  auto graph = open_in_memory(Schema::open());
  write_lake(graph, "Como");
  EXPECT_EQ(result_in_child([&] {
              write_lake(graph, "Onega");
              return lakes(graph) == 2 ? 0 : 1;
            }),
            0);
  EXPECT_EQ(lakes(graph), 1U);
}

}  // namespace
}  // namespace policygraph::testing
