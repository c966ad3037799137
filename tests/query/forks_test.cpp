// Plans of queries are kept beside a snapshot, and other threads look for them and put them there at the moment of a fork: the child answers.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <stop_token>
#include <thread>

#include "policygraph/base/error.hpp"
#include "policygraph/query/query.hpp"
#include "support/slowness.hpp"

namespace policygraph::testing {
namespace {

template <class Work>
int status_of_child(Work work) {
  const auto child = fork();
  if (child == 0) {
    alarm(20);  // it waited for ever
    _exit(work() ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return status;
}

TEST(QueryForks, InTheMidstOfQueriesAnswer) {
  if (kSlowness > 1) GTEST_SKIP() << "the allocators of sanitizers have locks that a fork may leave taken";
  auto graph = open_in_memory(Schema::open());
  query(graph, "UNWIND range(1, 20) AS i CREATE (:Decree {number: 'PF-' + toString(i)})");
  const auto snapshot = graph.snapshot();
  const auto answers = [&](int number) { return query(snapshot, "MATCH (d:Decree) RETURN count(*) + " + std::to_string(number)).size() == 1; };
  EXPECT_TRUE(answers(0));
  std::atomic<bool> is_over = false;
  std::vector<std::thread> threads;
  for (int which = 0; which < 3; ++which) threads.emplace_back([&, which] { for (int i = which; !is_over; i += 3) answers(i % 900); });
  for (int i = 0; i < 100; ++i) EXPECT_EQ(status_of_child([&] { return answers(i); }), 0) << i;
  is_over = true;
  for (auto& thread : threads) thread.join();
}

// A run with evidence over four million pairs, which many threads ask for of one answer.
struct Gathering {
  Gathering() {
    query(graph, "UNWIND range(0, 1999) AS i CREATE (:A {k: i})");
    query(graph, "MATCH (a:A) UNWIND range(0, 59) AS j MATCH (b:A {k: (a.k * 7 + j * j * 13) % 1999}) CREATE (a)-[:R]->(b)");
  }
  Rows rows() const { return query(graph.snapshot(), "MATCH (a:A)-[:R]->(b:A)-[:R]->(c:A) RETURN a.k % 3 AS k, count(*) AS n"); }
  Graph graph = open_in_memory(Schema::open());
};

TEST(QueryForks, InTheMidstOfGatheringEvidence) {
  if (kSlowness > 1) GTEST_SKIP() << "the allocators of sanitizers have locks that a fork may leave taken";
  const Gathering made;
  const auto rows = made.rows();
  std::stop_source stop;
  std::thread other([&] {
    QueryOptions bounds;
    bounds.stop = stop.get_token();
    EXPECT_THROW(rows.gather_evidence(0, rows.size(), bounds), Error);
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(30));
  QueryOptions soon;
  soon.timeout = std::chrono::milliseconds(50);
  const auto gives_up = [&] {
    try {
      rows.gather_evidence(0, 1, soon);
    } catch (const Error& error) {
      return error.code() == ErrorCode::limit;
    }
    return false;
  };
  EXPECT_EQ(status_of_child(gives_up), 0);
  EXPECT_TRUE(gives_up());  // and here no thread waits for the other
  stop.request_stop();
  other.join();
}

}  // namespace
}  // namespace policygraph::testing
