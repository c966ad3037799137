// Readers beside a writer, over the whole way: documents come in, while others query, cite, follow and write out.
#include <atomic>
#include <memory>
#include <sstream>
#include <thread>
#include <vector>

#include "policygraph/exchange/json.hpp"
#include "policygraph/graph/verify.hpp"
#include "policygraph/query/query.hpp"
#include "trust/trust.hpp"

namespace policygraph::testing {
namespace {

class Readers : public BadInput {
 protected:
  void write_decree(int number) const {
    const auto n = std::to_string(number);
    write("d" + n + ".txt", "Presidential Decree No. PF-" + n + " dated October 1, 2020 was adopted.\n\nIt amends the Law No. ZRU-" + n + ".\n");
  }
};

// All that a reader does with one snapshot; the same again gives the same.
void read_whole(const Snapshot& snapshot) {
  const auto rows = query(snapshot, "MATCH (d:Decree) OPTIONAL MATCH (d)-[r]->(x) RETURN d.number AS number, count(r) AS c ORDER BY number");
  std::string said;
  for (const auto& row : rows) {
    said += row["number"].to_string();
    for (const auto& citation : row.evidence()) said += citation.quote;
  }
  std::string again;
  for (const auto& row : query(snapshot, "MATCH (d:Decree) OPTIONAL MATCH (d)-[r]->(x) RETURN d.number AS number, count(r) AS c ORDER BY number")) {
    again += row["number"].to_string();
    for (const auto& citation : row.evidence()) again += citation.quote;
  }
  EXPECT_EQ(said, again);
  EXPECT_EQ(snapshot.nodes("Person").size(), 1U);
}

TEST_F(Readers, BesideIngestion) {
  static constexpr int kRounds = kSlowness == 1 ? 20 : 6;
  std::atomic<bool> is_done = false;
  query(graph_, "CREATE (:Person {name: 'Ann Example'})");
  std::vector<std::jthread> readers;
  const auto stop = [&is_done](const int*) { is_done = true; };
  const std::unique_ptr<const int, decltype(stop)> at_end(&kRounds, stop);  // before the threads are joined, whatever happens
  for (int i = 0; i < 2; ++i) {
    readers.emplace_back([this, &is_done] {
      std::uint64_t last = 0;
      for (bool is_last = false; !is_last;) {
        is_last = is_done;
        const auto snapshot = graph_.snapshot();
        EXPECT_GE(snapshot.commit().value, last);
        last = snapshot.commit().value;
        read_whole(snapshot);
      }
    });
  }
  readers.emplace_back([this, &is_done] {
    while (!is_done) {
      const auto snapshot = graph_.snapshot();
      EXPECT_EQ(to_json(snapshot), to_json(snapshot));
      EXPECT_EQ(verify(snapshot).false_quotes, 0U);
    }
  });
  for (int i = 0; i < kRounds; ++i) {
    write_decree(1000 + i);
    IngestOptions options;
    options.threads = 2;
    ingest(graph_, {folder_.string()}, options);
    query(graph_, "MATCH (p:Person) SET p.name = $name", {{"name", "Ann Example " + std::to_string(i)}});
  }
  is_done = true;
  for (auto& reader : readers) reader.join();
  EXPECT_GE(graph_.snapshot().nodes("Decree").size(), static_cast<std::size_t>(kRounds));
}

TEST_F(Readers, OfOnePreparedQuery) {
  for (int i = 0; i < 5; ++i) write_decree(1000 + i);
  ingest(graph_, {folder_.string()});
  const auto prepared = prepare(graph_.snapshot(), "MATCH (d:Decree {number: $n}) RETURN d.number");
  std::vector<std::jthread> readers;
  for (int t = 0; t < 3; ++t) {
    readers.emplace_back([&prepared] {
      for (int i = 0; i < 30; ++i) {
        const auto rows = prepared.run({{"n", "PF-" + std::to_string(1000 + i % 5)}});
        ASSERT_EQ(rows.size(), 1U);
        EXPECT_FALSE(rows[0].evidence().empty());
      }
    });
  }
  for (auto& reader : readers) reader.join();
}

TEST_F(Readers, OneExtractorForAllThreads) {
  for (int i = 0; i < 12; ++i) write_decree(1000 + i);
  IngestOptions options;
  options.threads = 4;
  EXPECT_EQ(ingest(graph_, {folder_.string()}, options).documents, 13U);
}

}  // namespace
}  // namespace policygraph::testing
