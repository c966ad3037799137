#include "query/plan/rules/weights.hpp"

#include <utility>

namespace policygraph::inline v0::detail::query {
namespace {

// count(*), or of a node or an edge that every row has.
bool counts_rows(const Plan& plan, const BoundAggregate& aggregate, const BindsSlot& binds) {
  if (aggregate.aggregate != Aggregate::count || aggregate.is_distinct) return false;
  if (aggregate.argument == kNone) return true;
  const auto& e = plan.query.expressions[aggregate.argument];
  return e.kind == BoundKind::slot && binds(static_cast<Slot>(e.number));
}

// Whether it comes to the same however often a row is there.
bool is_blind(const BoundAggregate& aggregate) {
  if (aggregate.money != kNone || aggregate.second != kNone) return false;
  if (aggregate.aggregate == Aggregate::count) return aggregate.is_distinct;
  return aggregate.aggregate == Aggregate::least || aggregate.aggregate == Aggregate::greatest;
}

}  // namespace

bool may_take_weights(const Plan& plan, const Step& step) {
  if (plan.has_evidence || plan.query.is_write || step.lineage != kNone) return false;
  return step.kind == StepKind::aggregate || (step.kind == StepKind::distinct && step.aggregates.empty());
}

std::optional<std::vector<bool>> read_beside_counts(const Plan& plan, const Step& step, const BindsSlot& binds) {
  std::vector<bool> reads(plan.query.slots.size());
  for (const auto key : step.keys) reads[key] = true;
  for (const auto& aggregate : step.aggregates) {
    if (counts_rows(plan, aggregate, binds)) continue;
    if (!is_blind(aggregate)) return std::nullopt;
    read_slots(plan.query, aggregate.argument, reads);
  }
  return reads;
}

Slot add_weight(Plan& plan) {
  plan.query.slots.push_back({"", Type::integer, false});
  return static_cast<Slot>(plan.query.slots.size() - 1);
}

void sum_weights(Plan& plan, StepId aggregate, Slot weight, const BindsSlot& binds) {
  BoundExpression e;
  e.kind = BoundKind::slot;
  e.type = Type::integer;
  e.number = weight;
  plan.query.expressions.push_back(std::move(e));
  for (auto& asked : plan.steps[aggregate].aggregates) {
    if (!counts_rows(plan, asked, binds)) continue;
    asked.aggregate = Aggregate::sum;
    asked.argument = static_cast<BoundId>(plan.query.expressions.size() - 1);
  }
}

}  // namespace policygraph::inline v0::detail::query
