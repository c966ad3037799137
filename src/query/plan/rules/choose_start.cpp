#include <utility>

#include "query/plan/plan.hpp"

// Begins each pattern at the node that the fewest rows can be, and goes on along the edge that fans out least.
namespace policygraph::inline v0::detail::query {

void choose_start(Plan& plan, const Snapshot& snapshot, Limits& limits) {
  const auto count = plan.steps.size();
  for (StepId top = 0; top < count; ++top) {
    const auto match = plan.steps[top].match;
    if (match == kNone) continue;
    limits.step(count);
    // Steps of one pattern stand together in the arena, lowest first; `top` goes to the last of them.
    StepId last = top;
    while (last + 1 < count && plan.steps[last + 1].match == match) ++last;
    for (StepId id = top; id <= last; ++id) plan.steps[id].different = {};  // of no step any more, and as long as the pattern
    const auto below = plan.steps[top].input;
    const auto rebuilt = add_pattern(plan, below, match, bound_slots(plan, below), &snapshot, limits);
    for (StepId id = 0; id < count; ++id) {
      if (id >= top && id <= last) continue;
      if (plan.steps[id].input == last) plan.steps[id].input = rebuilt;
      if (plan.steps[id].inner == last) plan.steps[id].inner = rebuilt;
    }
    for (auto& inner : plan.inner) {
      if (inner == last) inner = rebuilt;
    }
    if (plan.root == last) plan.root = rebuilt;
    for (StepId id = top; id <= last; ++id) plan.steps[id].match = kNone;
    top = last;
  }
}

}  // namespace policygraph::inline v0::detail::query
