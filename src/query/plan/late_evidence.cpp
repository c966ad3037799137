#include <algorithm>

#include "query/plan/plan.hpp"

// Which answers need not gather evidence as they are made: their rows are groups that can be told apart again when they
// are asked for it, whatever plan made them.
namespace policygraph::inline v0::detail::query {
namespace {

bool is_above_groups(const Step& step) {
  switch (step.kind) {
    case StepKind::project:
    case StepKind::filter:
    case StepKind::sort:
    case StepKind::top:
    case StepKind::skip:
    case StepKind::limit:
      return step.lineage == kNone;
    default:
      return false;
  }
}

// Below, rows come again whatever rows there are beside them, and no procedure is called once more.
bool may_run_once_more(const Step& step) {
  switch (step.kind) {
    case StepKind::top:
    case StepKind::skip:
    case StepKind::limit:
    case StepKind::call:
    case StepKind::call_subquery:
    case StepKind::call_once:
    case StepKind::call_writing:
    case StepKind::union_:
      return false;
    default:
      return true;
  }
}

bool has_subquery(const BoundQuery& query, BoundId id) {
  if (id == kNone) return false;
  const auto& e = query.expressions[id];
  return e.kind == BoundKind::subquery ||
         std::ranges::any_of(e.children, [&](BoundId child) { return has_subquery(query, child); });
}

// Sums of floats, and lists, hang on the order of rows, which is not the same in all plans.
bool is_steady(const BoundAggregate& aggregate) {
  return aggregate.aggregate == Aggregate::count || aggregate.aggregate == Aggregate::least ||
         aggregate.aggregate == Aggregate::greatest;
}

// Whether what tells the groups apart is the same in whatever order rows come.
bool are_keys_steady(const Plan& plan, const Step& grouping) {
  const auto& query = plan.query;
  std::vector<bool> reads(query.slots.size());
  for (const auto key : grouping.keys) reads[key] = true;
  for (auto at = grouping.input; at != kNone; at = plan.steps[at].input) {
    const auto& step = plan.steps[at];
    if (step.kind == StepKind::subquery && step.mode == BoundSubquery::Mode::collect && reads[step.slot]) return false;
    for (const auto& assignment : step.assignments) {
      if (!reads[assignment.slot]) continue;
      if (has_subquery(query, assignment.expression)) return false;
      read_slots(query, assignment.expression, reads);
    }
    for (const auto& aggregate : step.aggregates) {
      const bool is_read = reads[aggregate.slot] || (aggregate.money_slot != kNone && reads[aggregate.money_slot]);
      if (is_read && (!is_steady(aggregate) || has_subquery(query, aggregate.argument))) return false;
      if (is_read) read_slots(query, aggregate.argument, reads);
    }
  }
  return true;
}

}  // namespace

bool is_fickle(const BoundExpression& e) {
  return e.kind == BoundKind::call && (e.function->name == "rand" || e.function->name.ends_with("realtime"));
}

StepId grouping_step(const Plan& plan) {
  auto at = plan.root;
  while (at != kNone && is_above_groups(plan.steps[at])) at = plan.steps[at].input;
  if (at == kNone) return kNone;
  const auto kind = plan.steps[at].kind;
  return kind == StepKind::aggregate || kind == StepKind::distinct ? at : kNone;
}

std::optional<LateEvidence> late_evidence(const Plan& plan) {
  const auto id = grouping_step(plan);
  if (id == kNone || std::ranges::any_of(plan.query.expressions, is_fickle)) return std::nullopt;
  const auto& grouping = plan.steps[id];
  std::vector<bool> is_above(plan.steps.size());
  for (auto at = plan.root; at != id; at = plan.steps[at].input) is_above[at] = true;
  for (StepId at = 0; at < plan.steps.size(); ++at) {
    if (!is_above[at] && !may_run_once_more(plan.steps[at])) return std::nullopt;
  }
  if (!are_keys_steady(plan, grouping)) return std::nullopt;
  LateEvidence out;
  out.keys = grouping.keys;
  const auto bound = bound_slots(plan, plan.root);
  for (Slot slot = 0; slot < bound.size(); ++slot) {
    if (bound[slot] && slot != grouping.lineage) out.own.push_back(slot);
  }
  return out;
}

}  // namespace policygraph::inline v0::detail::query
