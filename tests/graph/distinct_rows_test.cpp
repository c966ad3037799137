#include "graph/distinct_rows.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace policygraph::detail::graph {
namespace {

TEST(DistinctRows, EqualASetWhetherFewOrMany) {
  std::mt19937 random(11);
  for (const std::uint32_t limit : {1U, 63U, 64U, 65U, 1000U, 100'000U}) {
    for (const std::size_t count : {0U, 1U, 5U, 700U, 3000U}) {
      std::vector<std::uint32_t> rows;
      std::set<std::uint32_t> expected;
      for (std::size_t i = 0; i < count; ++i) {
        rows.push_back(i % 5 == 4 ? kNone : static_cast<std::uint32_t>(random() % limit));
        if (rows.back() != kNone) expected.insert(rows.back());
      }
      EXPECT_EQ(distinct_rows(rows, limit), std::vector(expected.begin(), expected.end())) << count << " below " << limit;
    }
  }
}

}  // namespace
}  // namespace policygraph::detail::graph
