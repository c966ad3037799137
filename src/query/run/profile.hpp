#pragma once

#include <vector>

#include "query/rows_data.hpp"
#include "query/run/execution.hpp"

namespace policygraph::inline v0::detail::query {

// The answer of EXPLAIN, and with a profile of PROFILE: a row for each line of the plan. Rests on nothing.
void answer_with_plan(const Plan& plan, const std::vector<StepProfile>* profile, Rows::Data& out);

}  // namespace policygraph::inline v0::detail::query
