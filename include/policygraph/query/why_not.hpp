#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "policygraph/export.hpp"
#include "policygraph/query/query.hpp"

namespace policygraph::inline v0 {

/// Why an answer lacks a row that one expected.
struct WhyNot {
  bool is_there = false;        ///< the answer has such a row, and nothing was lost
  std::string lost_at;          ///< the clause or the condition, as written, that let no fitting row through; empty: none did
  Place place;                  ///< of it
  std::size_t rows_before = 0;  ///< how many fitting rows came to it
  std::string text;             ///< a sentence: "no row fits after 'f.amount > 100'; 3 did before it"
};

/// Follows the rows that fit `expected` (values by column or variable name) through a reading query, clause by clause,
/// relationship by relationship and condition by condition, and says where the last of them was lost. What a clause makes (an aggregate, the items of
/// UNWIND) is asked of the rows behind that clause only. Runs the query once for each of them.
///
///     const auto answer = policygraph::why_not(graph.snapshot(), "MATCH (d:Decree)-[:FUNDS]->(p) WHERE p.amount > 5 "
///                                              "RETURN d.number AS number", {{"number", "PF-6079"}});
///     std::cout << answer.text;   // no row fits after 'p.amount > 5'; 1 did before it
///
/// Throws QueryError as `query` does, Error(not_found) for a name that is no column and no variable of the query, and
/// Error(invalid_argument) for a query that writes or joins parts by UNION.
POLICYGRAPH_EXPORT WhyNot why_not(const Snapshot& snapshot, std::string_view text, const Parameters& expected,
                                  const Parameters& parameters = {}, const QueryOptions& options = {});

}  // namespace policygraph::inline v0
