#pragma once

#include <string>

#include "policygraph/graph/snapshot.hpp"

namespace policygraph::inline v0::detail::exchange {

/// A value as a reader wants it in a cell: text without quotes, a node or an edge as its caption, null as "".
std::string shown(const Value& value, const Snapshot& snapshot);

}  // namespace policygraph::inline v0::detail::exchange
