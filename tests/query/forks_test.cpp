// Plans of queries are kept beside a snapshot, and other threads look for them and put them there at the moment of a fork: the child answers.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <thread>

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

}  // namespace
}  // namespace policygraph::testing
