#pragma once

#include <string_view>

#include "exchange/json_tables.hpp"
#include "policygraph/exchange/json.hpp"
#include "policygraph/graph/graph.hpp"

namespace policygraph::inline v0::detail::exchange {

/// Writes tables into a graph in one commit. Throws JsonFault (dangling ids, quotes outside their text) or Error(schema) with the
/// place of the record; the graph is then as it was.
ReadJsonResult load_tables(Graph& graph, const JsonTables& tables, std::string_view name, base::Steps& steps);

}  // namespace policygraph::inline v0::detail::exchange
