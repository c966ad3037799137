#pragma once

#include <memory>
#include <vector>

#include "query/run/operator.hpp"

namespace policygraph::inline v0::detail::query {

// What each of the groups rests on that have these keys, by row of `groups`; null: nothing. The rows below `grouping`
// come once more, in the order in which they are gathered when that is done at once; those of other groups are dropped
// as soon as they can be told.
std::vector<std::shared_ptr<const LineageSet>> gather_evidence(Execution& execution, const Step& grouping,
                                                               const Batch& groups);

}  // namespace policygraph::inline v0::detail::query
