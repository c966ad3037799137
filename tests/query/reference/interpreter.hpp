#pragma once

#include <compare>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "policygraph/graph/transaction.hpp"
#include "policygraph/query/query.hpp"
#include "reference/expressions.hpp"

// What a bound query answers, worked out in the plainest way: clause by clause, a row a vector of values, every pattern by trying every
// edge, every write at once. It shares the parser and the binder with the engine, and scalar functions (expressions.hpp says which);
// nothing of plan/ and run/.
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
  WriteCounts counts;
  std::size_t most_rows = 0;     // that one clause wrote for
};

constexpr std::size_t kReferenceSteps = 300'000;

// Throws Refused where the query fails, Unsupported for what is not known here or takes more than `budget` small steps.
Answer interpret(const bound::BoundQuery& query, const Snapshot& snapshot, const Parameters& parameters = {}, std::size_t budget = kReferenceSteps);
// Writes into the transaction. Cypher leaves open which row a write takes first: `order` says, and over 2 * most_rows of them each row is
// once the first and once the last; from kMostOrders on each order is a shuffle of its own. What differs from order to order is nothing to
// compare.
constexpr std::uint64_t kMostOrders = 16;
Answer interpret_write(const bound::BoundQuery& query, Transaction& transaction, std::uint64_t order, std::size_t budget = kReferenceSteps);

}  // namespace policygraph::testing::reference
