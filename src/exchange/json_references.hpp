#pragma once

#include <string_view>
#include <vector>

#include "exchange/json_tables.hpp"

namespace policygraph::inline v0::detail::exchange {

/// What the readable view of a file with claims says of nodes, against the rest of the file: a claim's subject that is no node, or not
/// that of its mention, and an edge between nodes that are not there. Claims are read by their mentions, so nothing of it is lost; who
/// wrote it so most likely meant another. The first hundred.
std::vector<Diagnostic> stray_references(const JsonTables& tables, std::string_view name);

}  // namespace policygraph::inline v0::detail::exchange
