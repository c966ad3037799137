#pragma once

#include <cstdint>
#include <vector>

#include "query/run/batch.hpp"

namespace policygraph::inline v0::detail::query {

// Sums, differences and products of columns of whole numbers, a loop each. False for anything else: where one of the values is null or of
// another kind, or too large, it is worked out row by row, which says what is wrong.
bool add_up_integers(const BoundQuery& query, BoundId id, const Batch& batch, std::vector<std::int64_t>& out);

}  // namespace policygraph::inline v0::detail::query
