#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "graph/dump.hpp"
#include "graph/records.hpp"
#include "policygraph/base/error.hpp"

namespace policygraph::testing {
namespace {

// Each commit adds a pair of nodes joined by an edge, so any whole state has twice as many nodes as edges.
void write_pairs(Graph graph, int commits) {
  for (int i = 0; i < commits; ++i) {
    auto transaction = graph.begin("ingest");
    Reading reading(transaction, "pair " + std::to_string(i) + ".txt", "one river and its delta");
    const auto river = reading.node("River", "river");
    const auto delta = reading.node("Delta", "delta");
    reading.property(river, "name", "River " + std::to_string(i), "river");
    reading.edge(river, "ENDS_IN", delta, "its delta");
    transaction.commit();
  }
}

// Reads all that a snapshot has, twice; a later commit must not show.
void read_whole(const Snapshot& snapshot) {
  EXPECT_EQ(snapshot.node_count(), 2 * snapshot.edge_count());
  const auto first = dump(snapshot);
  for (const auto row : snapshot.nodes()) {
    EXPECT_FALSE(snapshot.caption(row).empty());
    EXPECT_FALSE(snapshot.cite(snapshot.evidence(row).front()).quote.empty());
  }
  if (snapshot.node_count() > 0) {
    EXPECT_EQ(snapshot.find_name("River", "river 0").size(), 1U);
  }
  EXPECT_EQ(dump(snapshot), first);
}

TEST(Threads, ReadersBesideAWriterSeeWholeStates) {
  auto graph = open_in_memory(Schema::open());
  std::atomic<bool> is_done = false;
  std::vector<std::thread> readers;
  for (int i = 0; i < 3; ++i) {
    readers.emplace_back([&graph, &is_done] {
      std::uint64_t last = 0;
      for (bool is_last = false; !is_last;) {
        is_last = is_done;
        const auto snapshot = graph.snapshot();
        EXPECT_GE(snapshot.commit().value, last);
        last = snapshot.commit().value;
        read_whole(snapshot);
      }
      EXPECT_EQ(last, 40U);
    });
  }
  write_pairs(graph, 40);
  is_done = true;
  for (auto& reader : readers) reader.join();
}

TEST(Threads, WritersTakeTurns) {
  auto graph = open_in_memory(Schema::open());
  std::vector<std::thread> writers;
  for (int i = 0; i < 4; ++i) {
    writers.emplace_back([graph]() mutable {
      for (int k = 0; k < 10; ++k) {
        auto transaction = graph.begin("by:anna", std::chrono::seconds(60));
        const auto rows = transaction.snapshot();
        if (rows.node_count() == 0) {
          transaction.create_node({"Counter"}, {{"n", 1}});
        } else {
          transaction.set_property(rows.key(NodeRow{0}), "n", rows.value(NodeRow{0}, "n").as_integer() + 1);
        }
        transaction.commit();
      }
    });
  }
  for (auto& writer : writers) writer.join();
  EXPECT_EQ(graph.snapshot().value(NodeRow{0}, "n"), Value(40));
}

TEST(Threads, ATransactionMayGoOnInAnotherThread) {
  auto graph = open_in_memory(Schema::open());
  auto transaction = graph.begin();
  std::thread([moved = std::move(transaction)]() mutable {
    moved.create_node({"Lake"});
    moved.commit();
  }).join();
  EXPECT_EQ(graph.snapshot().node_count(), 1U);
  EXPECT_NO_THROW(graph.begin("by:anna", std::chrono::milliseconds(0)));
}

TEST(Threads, ReadersShareTheFirstCitation) {
  auto graph = open_in_memory(Schema::open());
  write_pairs(graph, 3);
  const auto snapshot = graph.snapshot();
  std::vector<std::thread> readers;
  for (int i = 0; i < 4; ++i) readers.emplace_back([snapshot] { read_whole(snapshot); });
  for (auto& reader : readers) reader.join();
}

}  // namespace
}  // namespace policygraph::testing
