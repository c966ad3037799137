#pragma once

#include <cstddef>

#include "query/run/execution.hpp"

namespace policygraph::inline v0::detail::query {

// How many rows the plan gives at most, where that is told by how many nodes and edges there are: of a scan, or of one hop from its nodes.
// 0: it is not.
std::size_t row_bound(const Execution& execution);

}  // namespace policygraph::inline v0::detail::query
