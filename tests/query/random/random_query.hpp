#pragma once

#include <string>
#include <vector>

#include "random/random.hpp"

namespace policygraph::testing {

struct RandomQuery {
  std::string text;
  std::vector<bool> is_bag;     // columns whose lists have no order
  bool is_ordered = false;      // ORDER BY over all columns: rows come in one order
  bool has_one_lineage = true;  // no LIMIT or shortestPath, which may choose among equal rows
  bool is_write = false;
};

// A valid reading query over the names of random_graph: patterns with parallel edges, loops, variable and zero length, OPTIONAL MATCH,
// WHERE over nulls, chains of WITH, aggregation, DISTINCT, ORDER BY, SKIP, LIMIT, UNWIND, UNION, EXISTS, COUNT, comprehensions, CALL { },
// CALL of procedures; decimals, dates, partial dates, date-times and durations with their arithmetic.
// What Cypher leaves open is not asked: lists of unordered rows are taken as bags only, and LIMIT cuts what is fully ordered.
RandomQuery random_query(Random& random);
// One that counts over chains, trees and circles of hops.
RandomQuery random_count(Random& random);
// One that writes: CREATE, MERGE, SET, REMOVE, DELETE and CALL { } with such, over what a pattern finds.
RandomQuery random_write(Random& random);

}  // namespace policygraph::testing
