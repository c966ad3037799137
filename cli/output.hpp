#pragma once

#include <chrono>
#include <string_view>

#include "policygraph/query/query.hpp"

namespace policygraph::cli {

/// The rows on standard output as "table", "json" or "csv"; notifications on standard error, with their
/// place in the query's text where there is one.
void print_rows(const Rows& rows, std::string_view format, bool cites, std::string_view query_text = {});
/// The evidence of the rows, before it is printed, in what is left of the time of `options` since `start`.
void gather_evidence(const Rows& rows, const QueryOptions& options, std::chrono::steady_clock::time_point start);
/// Flushes standard output; throws Error(io) when it did not take all (a full disk).
void finish_output();

}  // namespace policygraph::cli
