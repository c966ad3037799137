#pragma once

#include <compare>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "reference/expressions.hpp"

// What a bound query answers, worked out in the plainest way: clause by clause, a row a vector of values, every pattern by trying every
// edge. It shares the parser and the binder with the engine, and scalar functions (expressions.hpp says which); nothing of plan/, and of
// run/ only temporal arithmetic.
namespace policygraph::testing::reference {

// One thing a row rests on: that a node or an edge is there, or the value of one of its properties.
struct Ground {
  bool is_edge = false;
  std::uint64_t key = 0;
  std::string property;  // empty: that it is there
  friend auto operator<=>(const Ground&, const Ground&) = default;
};
using Grounds = std::set<Ground>;

struct Answer {
  std::vector<std::string> columns;
  std::vector<Values> rows;
  std::vector<Grounds> grounds;  // one a row
};

// Throws Refused where the query fails, Unsupported for what is not known here or takes more than `budget` small steps.
Answer interpret(const bound::BoundQuery& query, const Snapshot& snapshot, const Parameters& parameters = {},
                 std::size_t budget = 2'000'000);

}  // namespace policygraph::testing::reference
