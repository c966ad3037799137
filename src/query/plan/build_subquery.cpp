#include <algorithm>
#include <utility>

#include "query/plan/builder.hpp"

// EXISTS { }, COUNT { }, pattern comprehensions, and CALL { }.
namespace policygraph::inline v0::detail::query {

// Slots that the inner plan binds beyond those of the rows put in.
std::vector<Slot> Builder::bound_inside(StepId inner, StepId input) const {
  const auto before = bound_slots(plan_, input);
  const auto after = bound_slots(plan_, inner);
  std::vector<Slot> out;
  for (Slot slot = 0; slot < after.size(); ++slot) {
    if (after[slot] && (slot >= before.size() || !before[slot])) out.push_back(slot);
  }
  return out;
}

StepId Builder::add_subqueries(const std::vector<BoundSubquery>& subqueries, StepId input) {
  for (const auto& subquery : subqueries) {
    if (subquery.inner == kNone) {
      input = add_subquery(subquery, input);
    } else {
      add_inner(subquery, input);
    }
  }
  return input;
}

StepId Builder::add_subquery(const BoundSubquery& subquery, StepId input) {
  const auto part = plan_.query.subparts[subquery.part];
  Step step{StepKind::subquery};
  step.mode = subquery.mode;
  step.slot = subquery.slot;
  step.value = subquery.value;
  step.money = subquery.money;
  if (subquery.money_slot != kNone) step.slots = {subquery.money_slot};
  step.ordinal = hidden_slot(Type::any);
  step.is_row_by_row = std::any_of(part.clauses.begin(), part.clauses.end(), [](const BoundClause& c) { return c.kind != ClauseKind::match; });
  Step argument{StepKind::argument};
  argument.input = input;
  step.inner = worked_out(step.value, add_part(part, add_step(plan_, argument)));
  if (has_evidence_) {
    step.gathered = bound_inside(step.inner, input);
    step.lineage = hidden_slot(Type::any);
  }
  return chain(std::move(step), input);
}

// Its plan stands apart; the expression runs it, with the comprehension's variables in slots.
void Builder::add_inner(const BoundSubquery& subquery, StepId input) {
  const auto part = plan_.query.subparts[subquery.part];
  const auto number = subquery.inner;
  Step argument{StepKind::argument};
  argument.input = input;
  for (const auto& local : subquery.locals) argument.slots.push_back(local.slot);
  plan_.inner.resize(plan_.query.inner.size(), kNone);
  plan_.inner_gathered.resize(plan_.query.inner.size());
  plan_.inner[number] = worked_out(plan_.query.inner[number].value, add_part(part, add_step(plan_, argument)));
  plan_.inner_gathered[number] = bound_inside(plan_.inner[number], input);
}

StepId Builder::add_call_subquery(const BoundCallSubquery& called, StepId input) {
  Step step{called.is_writing ? StepKind::call_writing : called.is_once ? StepKind::call_once : StepKind::call_subquery};
  step.is_unit = called.is_unit;
  step.inner = add_called_parts(called, input);
  if (!called.is_unit) step.slots = bound_inside(step.inner, input);
  const auto outer = bound_slots(plan_, input);
  for (Slot slot = 0; slot < outer.size(); ++slot) {
    if (outer[slot]) step.kept.push_back(slot);
  }
  return chain(std::move(step), input);
}

// The parts of a UNION within put their columns into slots of their own.
StepId Builder::add_called_parts(const BoundCallSubquery& called, StepId input) {
  StepId out = kNone;
  for (std::size_t i = 0; i < called.parts.size(); ++i) {
    const auto part = plan_.query.subparts[called.parts[i]];
    Step argument{StepKind::argument};
    argument.input = input;
    auto inner = add_part(part, add_step(plan_, argument));
    if (called.parts.size() > 1) inner = rename_columns(part, called.columns, inner);
    out = i == 0 ? inner : join(out, inner);
  }
  const bool is_distinct = called.parts.size() > 1 && !called.is_union_all && !called.is_unit;
  return is_distinct ? distinct(out, std::span(called.columns).first(called.column_count), called.money) : out;
}

}  // namespace policygraph::inline v0::detail::query
