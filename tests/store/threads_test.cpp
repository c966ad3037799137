// Threads that share a graph in a file: readers, a writer, and the thread on which closing takes the log in. For TSan above all.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "graph/records.hpp"
#include "policygraph/store/file.hpp"
#include "policygraph/store/open.hpp"
#include "store/folder.hpp"
#include "store/works.hpp"

namespace policygraph::testing {
namespace {

// Reads nodes, values, edges and texts of whatever is newest, until it is told that all is over.
class Reader {
 public:
  Reader(Graph graph, const std::atomic<bool>& is_over) : graph_(std::move(graph)), thread_([this, &is_over] { read(is_over); }) {}
  ~Reader() { thread_.join(); }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

 private:
  void read(const std::atomic<bool>& is_over) {
    std::size_t most = 0;
    do {
      const auto snapshot = graph_.snapshot();
      const auto lakes = snapshot.nodes("Lake");
      EXPECT_GE(lakes.size(), most);
      most = lakes.size();
      for (const auto row : lakes) {
        ASSERT_NE(snapshot.value(row, "name").kind(), ValueKind::null);
        ASSERT_LE(snapshot.out_degree(row), 100U);
      }
      if (snapshot.find_nodes("Lake", "name", "Como").size() == 1) {
        ASSERT_NE(snapshot.sources().text(DocumentId{1}), nullptr);
      }
    } while (!is_over);
  }
  Graph graph_;
  std::thread thread_;
};

void write_news(Graph& graph, const std::string& name) {
  auto transaction = graph.begin("by:anna", std::chrono::minutes(1));
  Reading reading(transaction, name, "Lake " + name + " is deep");
  reading.property(reading.node("Lake", name), "name", name, name);
  transaction.commit();
}

TEST(Threads, ReadBesideOneThatWrites) {
  const Folder folder;
  auto graph = open(folder / "lakes.pgraph", in_the_open_schema());
  write_news(graph, "Como");
  std::atomic<bool> is_over = false;
  {
    const Reader one(graph, is_over), other(open(folder / "lakes.pgraph", to_read()), is_over);
    for (int i = 0; i < 30; ++i) write_news(graph, std::to_string(i));
    is_over = true;
  }
  EXPECT_EQ(lakes(graph), 31U);
}

// What is mapped is compared with its digests by whoever is first to need it.
TEST(Threads, ReadWhatWasLeftByOneThatClosed) {
  const Folder folder;
  const auto path = folder / "lakes.pgraph";
  auto options = with_snapshots();
  options.schema = Schema::open();
  std::size_t expected = 0;
  for (int round = 0; round < 3; ++round) {
    auto graph = open(path, options);
    std::atomic<bool> is_over = false;
    {
      const Reader one(graph, is_over), other(graph, is_over), third(open(path, to_read()), is_over);
      if (round == 0) write_news(graph, "Como");
      write_waters(graph, 300);
      write_news(graph, std::to_string(round) + " more");
      is_over = true;
    }
    expected = lakes(graph);
    graph.close();  // the log is taken in on a thread, while the snapshot file is written
    EXPECT_TRUE(std::filesystem::exists(path + "-snapshot"));
  }
  EXPECT_EQ(lakes(open(path, to_read())), expected);
  EXPECT_TRUE(check_file(path).is_sound());
}

}  // namespace
}  // namespace policygraph::testing
