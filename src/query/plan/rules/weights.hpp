#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "query/plan/plan.hpp"

namespace policygraph::inline v0::detail::query {

// Whether no row is without a node or an edge in a slot.
using BindsSlot = std::function<bool(Slot)>;

// Whether a step groups rows, and need not see each of them.
bool may_take_weights(const Plan& plan, const Step& step);
// What it reads of its rows, but for counts of them; none where it asks something that a weight cannot stand for.
std::optional<std::vector<bool>> read_beside_counts(const Plan& plan, const Step& step, const BindsSlot& binds);
// A slot for the weight of a row; counts of rows become sums of it.
Slot add_weight(Plan& plan);
void sum_weights(Plan& plan, StepId aggregate, Slot weight, const BindsSlot& binds);

}  // namespace policygraph::inline v0::detail::query
