#include <algorithm>
#include <utility>

#include "query/plan/plan.hpp"

// WHERE id(n) = $key over a scan of n: the node is looked up. What was asked holds of the node that is found, and cannot fail: it is
// not asked again, and a filter that asks nothing more goes.
namespace policygraph::inline v0::detail::query {
namespace {

bool is_id_of(const BoundQuery& query, BoundId id, Slot slot) {
  const auto& e = query.expressions[id];
  if (e.kind != BoundKind::call || e.function->name != "id") return false;
  const auto& argument = query.expressions[e.children[0]];
  return argument.kind == BoundKind::slot && argument.number == slot;
}

bool is_constant(const BoundQuery& query, BoundId id) {
  return query.expressions[id].kind == BoundKind::literal || query.expressions[id].kind == BoundKind::parameter;
}

BoundId key_of(const BoundQuery& query, BoundId id, Slot slot) {
  const auto& e = query.expressions[id];
  if (e.kind != BoundKind::binary || e.op != Operation::equal) return kNone;
  for (std::size_t side = 0; side < 2; ++side) {
    if (is_id_of(query, e.children[side], slot) && is_constant(query, e.children[1 - side])) return e.children[1 - side];
  }
  return kNone;
}

// Steps that took rows from `step` take them from where it did.
void pass_by(Plan& plan, StepId step) {
  const auto input = plan.steps[step].input;
  const auto replace = [&](StepId& id) { id = id == step ? input : id; };
  for (auto& other : plan.steps) {
    replace(other.input);
    replace(other.inner);
  }
  for (auto& inner : plan.inner) replace(inner);
  replace(plan.root);
}

void forget(Plan& plan, StepId id, BoundId predicate) {
  auto& filter = plan.steps[id];
  const auto is_noted = [&](const std::vector<BoundId>& among) { return std::ranges::find(among, predicate) != among.end(); };
  if (is_noted(filter.early) || is_noted(filter.late)) return;
  std::erase(filter.predicates, predicate);
  if (filter.predicates.empty() && filter.late.empty() && filter.lineage == kNone) pass_by(plan, id);
}

void seek_below(Plan& plan, StepId id) {
  const auto& filter = plan.steps[id];
  for (auto at = filter.input; at != kNone; at = plan.steps[at].input) {
    auto& step = plan.steps[at];
    if (step.kind == StepKind::filter) continue;
    if (step.kind != StepKind::scan) return;
    for (const auto predicate : filter.predicates) {
      const auto key = key_of(plan.query, predicate, step.slot);
      if (key == kNone) continue;
      step.kind = StepKind::seek;
      step.value = key;
      forget(plan, id, predicate);
      return;
    }
    return;
  }
}

}  // namespace

void seek_keys(Plan& plan, const Snapshot&, Limits& limits) {
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    limits.step(plan.steps[i].kind == StepKind::filter ? plan.steps.size() : 1);
    if (plan.steps[i].kind == StepKind::filter) seek_below(plan, static_cast<StepId>(i));
  }
}

}  // namespace policygraph::inline v0::detail::query
