#pragma once

#include <string_view>

#include "policygraph/query/query.hpp"

namespace policygraph::cli {

/// The rows on standard output as "table", "json" or "csv"; notifications on standard error, with their
/// place in the query's text where there is one.
void print_rows(const Rows& rows, std::string_view format, bool cites, std::string_view query_text = {});
/// Flushes standard output; throws Error(io) when it did not take all (a full disk).
void finish_output();

}  // namespace policygraph::cli
