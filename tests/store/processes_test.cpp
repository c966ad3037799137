#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <functional>
#include <thread>

#include "graph/dump.hpp"
#include "policygraph/base/error.hpp"
#include "policygraph/graph/commit_group.hpp"
#include "policygraph/store/file.hpp"
#include "policygraph/store/open.hpp"
#include "store/folder.hpp"
#include "store/works.hpp"

namespace policygraph::testing {
namespace {

// Another process, which opens what it uses itself; what it throws ends it with 9.
pid_t start(const std::function<int()>& work) {
  const auto child = fork();
  if (child != 0) return child;
  int result = 9;
  try {
    result = work();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
  }
  _exit(result);
}

int result_of(pid_t child) {
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

// A pipe, one byte at a time: who waits for whom.
class Signal {
 public:
  Signal() { EXPECT_EQ(pipe(ends_), 0); }
  ~Signal() {
    ::close(ends_[0]);
    ::close(ends_[1]);
  }
  void give() const { EXPECT_EQ(write(ends_[1], "x", 1), 1); }
  void await() const {
    char byte = 0;
    EXPECT_EQ(read(ends_[0], &byte, 1), 1);
  }

 private:
  int ends_[2] = {-1, -1};
};

TEST(Processes, SeeEachOthersCommits) {
  const Folder folder;
  const auto path = folder / "lakes.pgraph";
  auto graph = open(path, in_the_open_schema());
  write_lake(graph, "Como");
  const auto child = start([&] {
    auto other = open(path);
    if (lakes(other) != 1) return 1;
    write_lake(other, "Ladoga");
    return 0;
  });
  EXPECT_EQ(result_of(child), 0);
  EXPECT_EQ(lakes(graph), 2U);
  write_lake(graph, "Onega");
  EXPECT_EQ(graph.snapshot().commit(), CommitId{3});
}

// SQLite's locks are those of the process that took them.
TEST(Processes, RefuseWhatTheirParentOpened) {
  const Folder folder;
  const auto path = folder / "lakes.pgraph";
  auto graph = open(path, in_the_open_schema());
  write_lake(graph, "Como");
  CommitGroup group(graph);
  auto waiting = group.begin("by:anna");
  waiting.create_node({"Lake"}, {{"name", "Sevan"}});
  waiting.commit();
  const auto refusal = [](const std::function<void()>& act) {
    try {
      act();
    } catch (const Error& error) {
      return error.code() == ErrorCode::closed && error.text().find("forked") != std::string::npos;
    }
    return false;
  };
  const auto child = start([&] {
    if (lakes(graph) != 1) return 1;
    if (!refusal([&] { group.flush(); })) return 2;
    if (!refusal([&] { graph.begin("by:child", std::chrono::milliseconds(10)); })) return 3;
    if (!refusal([&] { static_cast<void>(graph.commits()); })) return 4;
    graph.close();
    return 0;
  });
  EXPECT_EQ(result_of(child), 0);
  group.flush();
  EXPECT_EQ(lakes(graph), 2U);
  EXPECT_EQ(lakes(open(path, to_read())), 2U);
}

// After many in a row, they wait; who is told to be prompt does not.
TEST(Processes, GiveAShareOfTheirTimeToNews) {
  const Folder folder;
  const auto path = folder / "lakes.pgraph";
  auto writer = open(path, in_the_open_schema());
  OpenOptions options;
  options.share_for_news = 1e-6;
  auto thrifty = open(path, options);
  const auto prompt = open(path, to_read());
  std::size_t written = 0;
  while (lakes(thrifty) == written && written < 20'000) {
    write_lake(writer, std::to_string(written++));
    ASSERT_EQ(lakes(prompt), written);
  }
  EXPECT_GT(written, 1U);
  EXPECT_LT(lakes(thrifty), written);
  EXPECT_EQ(thrifty.begin("by:anna").snapshot().node_count(), written);
  options.share_for_news = 0;
  EXPECT_THROW(open(path, options), Error);
}

TEST(Processes, AreNamedWhenTheyWrite) {
  const Folder folder;
  const auto path = folder / "lakes.pgraph";
  auto graph = open(path, in_the_open_schema());
  const Signal begun, over;
  const auto child = start([&] {
    auto other = open(path);
    const auto transaction = other.begin("by:ben");
    begun.give();
    over.await();
    return 0;
  });
  begun.await();
  try {
    graph.begin("by:anna", std::chrono::milliseconds(20));
    ADD_FAILURE() << "two write";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::busy);
    EXPECT_NE(error.text().find("process " + std::to_string(child) + " (store_test) is writing to"), std::string::npos) << error.text();
  }
  over.give();
  EXPECT_EQ(result_of(child), 0);
  write_lake(graph, "Como");
}

TEST(Processes, WaitForTheirTurn) {
  const Folder folder;
  const auto path = folder / "lakes.pgraph";
  open(path, in_the_open_schema()).close();
  std::vector<pid_t> children;
  for (int i = 0; i < 4; ++i) {
    children.push_back(start([&, i] {
      auto graph = open(path);
      for (int n = 0; n < 25; ++n) write_lake(graph, std::to_string(i) + "." + std::to_string(n));
      return 0;
    }));
  }
  for (const auto child : children) EXPECT_EQ(result_of(child), 0);
  const auto graph = open(path, to_read());
  EXPECT_EQ(lakes(graph), 100U);
  EXPECT_EQ(graph.snapshot().commit(), CommitId{100});
  EXPECT_TRUE(check_file(path).is_sound());
}

// As someone without rights: root may write everywhere.
int read_as_nobody(const std::string& path, std::size_t expected) {
  return result_of(start([&] {
    if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0)) return 2;
    const auto graph = open(path, to_read());
    if (lakes(graph) != expected) return 3;
    try {
      open(path);
    } catch (const Error& error) {
      return error.code() == ErrorCode::io ? 0 : 4;
    }
    return 5;
  }));
}

void forbid_writing(const Folder& folder) {
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) chmod(entry.path().c_str(), 0444);
  chmod(folder.path().c_str(), 0555);
}

TEST(Processes, ReadWithoutTheRightToWrite) {
  const Folder folder;
  const auto path = folder / "lakes.pgraph";
  {
    auto graph = open(path, in_the_open_schema());
    write_lake(graph, "Como");
  }
  forbid_writing(folder);
  EXPECT_EQ(read_as_nobody(path, 1), 0);
}

TEST(Processes, ReadWithoutTheRightToWriteBesideAWriter) {
  const Folder folder;
  const auto path = folder / "lakes.pgraph";
  auto graph = open(path, in_the_open_schema());
  write_lake(graph, "Como");
  forbid_writing(folder);
  EXPECT_EQ(read_as_nobody(path, 1), 0);
}

// What a writer left that was killed, copied without the -shm to where nobody may write.
TEST(Processes, ReadALogThatWasLeft) {
  const Folder folder, still;
  const auto path = folder / "lakes.pgraph";
  auto graph = open(path, in_the_open_schema());
  write_lake(graph, "Como");
  for (const auto* ending : {"", "-wal"}) std::filesystem::copy_file(path + ending, (still / "lakes.pgraph") + ending);
  forbid_writing(still);
  EXPECT_EQ(read_as_nobody(still / "lakes.pgraph", 1), 0);
}

// Writes until it is killed, and says after each commit how many there are.
void write_until_killed(const std::string& path, int told) {
  auto graph = open(path);
  for (;;) {
    write_lake(graph, "lake");
    const auto commit = graph.snapshot().commit().value;
    if (write(told, &commit, sizeof commit) != sizeof commit) return;
  }
}

std::uint64_t last_told(int told) {
  std::uint64_t last = 0, next = 0;
  while (read(told, &next, sizeof next) == sizeof next) last = next;
  return last;
}

// A reader is attached all the time. POLICYGRAPH_KILLS asks for more than every build wants to wait for.
TEST(Processes, KilledLoseNothingThatWasCommitted) {
  const Folder folder;
  const auto path = folder / "lakes.pgraph";
  const auto reader = open(path, in_the_open_schema());
  const auto* wanted = std::getenv("POLICYGRAPH_KILLS");
  const int kills = wanted == nullptr ? 25 : std::atoi(wanted);
  std::uint64_t before = 0;
  for (int i = 0; i < kills && !HasFailure(); ++i) {
    int told[2];
    ASSERT_EQ(pipe(told), 0);
    const auto child = start([&] {
      ::close(told[0]);
      write_until_killed(path, told[1]);
      return 0;
    });
    ::close(told[1]);
    std::this_thread::sleep_for(std::chrono::microseconds(15'000 + i * 7919 % 20'000));
    kill(child, SIGKILL);
    result_of(child);
    const auto last = std::max(before, last_told(told[0]));
    ::close(told[0]);
    before = reader.snapshot().commit().value;
    EXPECT_GE(before, last);
    EXPECT_LE(before, last + 1);  // it may have been killed before it could tell
    EXPECT_EQ(lakes(reader), before);
  }
  EXPECT_GT(before, static_cast<std::uint64_t>(kills));
  EXPECT_EQ(dump(open(path, to_read()).snapshot()), dump(reader.snapshot()));
  EXPECT_TRUE(check_file(path).is_sound());
}

}  // namespace
}  // namespace policygraph::testing
