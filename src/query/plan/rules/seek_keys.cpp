#include <utility>

#include "query/plan/plan.hpp"

// WHERE id(n) = $key over a scan of n: the node is looked up. The filter above stays; it now sees one row.
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

void seek_below(Plan& plan, const Step& filter) {
  for (auto at = filter.input; at != kNone; at = plan.steps[at].input) {
    auto& step = plan.steps[at];
    if (step.kind == StepKind::filter) continue;
    if (step.kind != StepKind::scan) return;
    for (const auto predicate : filter.predicates) {
      const auto key = key_of(plan.query, predicate, step.slot);
      if (key == kNone) continue;
      step.kind = StepKind::seek;
      step.value = key;
      return;
    }
    return;
  }
}

}  // namespace

void seek_keys(Plan& plan, const Snapshot&, Limits& limits) {
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    limits.step(plan.steps[i].kind == StepKind::filter ? plan.steps.size() : 1);
    if (plan.steps[i].kind == StepKind::filter) seek_below(plan, plan.steps[i]);
  }
}

}  // namespace policygraph::inline v0::detail::query
