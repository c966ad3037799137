#pragma once

#include <vector>

#include "query/plan/plan.hpp"

namespace policygraph::inline v0::detail::query {

// What rows below a step hold that no step above it reads, nor the answer: it need not be carried on. None where that is not plain to
// see: with evidence, which rests on all of a row, in writes, under steps that have plans of their own, and in long plans.
std::vector<Slot> unread_above(const Plan& plan, const Step& step);

}  // namespace policygraph::inline v0::detail::query
