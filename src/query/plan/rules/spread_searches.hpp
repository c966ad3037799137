#pragma once

#include "query/plan/plan.hpp"

namespace policygraph::inline v0::detail::query {

void spread_searches(Plan& plan, const Snapshot& snapshot, Limits& limits);

}  // namespace policygraph::inline v0::detail::query
