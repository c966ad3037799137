#include <algorithm>
#include <utility>

#include "query/plan/plan.hpp"

// Each predicate goes down to the lowest step that has all it reads. There it also meets rows that it would never have met above; where it
// may fail for one of them, it lets that row pass, and is asked again where it stood.
namespace policygraph::inline v0::detail::query {
namespace {

bool may_pass(const Plan& plan, const Step& step, const std::vector<bool>& reads) {
  switch (step.kind) {
    case StepKind::scan:
    case StepKind::seek:
    case StepKind::seek_property:
    case StepKind::seek_name:
    case StepKind::expand:
    case StepKind::expand_into:
    case StepKind::expand_path:
    case StepKind::shortest_path:
    case StepKind::filter:
    case StepKind::project:
    case StepKind::subquery:
    case StepKind::unwind: return !binds_any(plan, step, reads);
    default: return false;
  }
}

// The step above which the predicate can stand at the lowest; `from` when it cannot go down.
StepId lowest(const Plan& plan, StepId from, const std::vector<bool>& reads) {
  auto at = from;
  while (may_pass(plan, plan.steps[at], reads)) at = plan.steps[at].input;
  return at;
}

void push(Plan& plan, StepId filter, Limits& limits) {
  if (plan.steps[filter].lineage != kNone) return;  // it gathers evidence where it stands
  auto predicates = std::exchange(plan.steps[filter].predicates, {});
  for (const auto predicate : predicates) {
    limits.step(plan.steps.size() + plan.query.slots.size());
    std::vector<bool> reads(plan.query.slots.size());
    read_slots(plan.query, predicate, reads);
    const auto input = plan.steps[filter].input;
    const auto place = lowest(plan, input, reads);
    if (place == input) {
      plan.steps[filter].predicates.push_back(predicate);
      continue;
    }
    Step step;
    step.kind = StepKind::filter;
    step.predicates = {predicate};
    if (may_fail(plan.query, predicate)) {
      step.early = {predicate};
      plan.steps[filter].late.push_back(predicate);
    }
    step.input = place;
    const auto added = add_step(plan, std::move(step));
    // Only this chain takes the predicate: walk it down to where the new filter goes.
    for (auto at = input; at != kNone; at = plan.steps[at].input) {
      if (plan.steps[at].input != place || at == added) continue;
      plan.steps[at].input = added;
      break;
    }
  }
}

bool is_empty(const Step& step) { return step.kind == StepKind::filter && step.predicates.empty() && step.late.empty(); }

void drop_empty_filters(Plan& plan) {
  const auto skip = [&plan](StepId& id) {
    while (id != kNone && is_empty(plan.steps[id])) id = plan.steps[id].input;
  };
  for (auto& step : plan.steps) {
    skip(step.input);
    skip(step.inner);
  }
  for (auto& inner : plan.inner) skip(inner);
  skip(plan.root);
}

// Neighbouring filters become one; their predicates keep their order.
void join_filters(Plan& plan, Limits& limits) {
  for (auto& step : plan.steps) {
    while (step.kind == StepKind::filter && step.input != kNone && plan.steps[step.input].kind == StepKind::filter) {
      const auto below = plan.steps[step.input];
      limits.step(step.predicates.size() + below.predicates.size() + 1);
      if (step.lineage != kNone || below.lineage != kNone) break;
      step.predicates.insert(step.predicates.begin(), below.predicates.begin(), below.predicates.end());
      step.early.insert(step.early.begin(), below.early.begin(), below.early.end());
      step.late.insert(step.late.begin(), below.late.begin(), below.late.end());
      step.input = below.input;
    }
  }
}

}  // namespace

void push_filters(Plan& plan, const Snapshot&, Limits& limits) {
  const auto count = plan.steps.size();
  for (StepId id = 0; id < count; ++id) {
    if (plan.steps[id].kind == StepKind::filter) push(plan, id, limits);
  }
  drop_empty_filters(plan);
  join_filters(plan, limits);
}

}  // namespace policygraph::inline v0::detail::query
