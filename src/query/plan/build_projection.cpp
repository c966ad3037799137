#include <algorithm>
#include <utility>

#include "query/plan/builder.hpp"

// WITH and RETURN, and the columns of a UNION.
namespace policygraph::inline v0::detail::query {
namespace {

// RETURN n, n AS m groups by one slot.
void add_key(Step& step, Slot slot) {
  if (std::find(step.keys.begin(), step.keys.end(), slot) == step.keys.end()) step.keys.push_back(slot);
}

}  // namespace

StepId Builder::add_projection(const BoundClause& clause, StepId input) {
  const auto& projection = clause.projection;
  input = add_subqueries(clause.subqueries, input);
  input = assign(projection.before, input);
  if (projection.is_aggregating) input = assign(projection.after, add_aggregate(projection, input));
  if (projection.is_distinct) input = distinct(input, projection.columns, projection.distinct_money);
  if (!projection.recalled.empty()) {
    Step step{StepKind::recall};
    step.slots = projection.recalled;
    input = chain(std::move(step), input);
  }
  input = add_subqueries(projection.late_subqueries, input);
  if (!projection.order.empty()) input = add_sort(projection.order, input);
  if (projection.skip != kNone) {
    Step step{StepKind::skip};
    step.skip = projection.skip;
    input = chain(std::move(step), input);
  }
  if (projection.limit != kNone) {
    Step step{StepKind::limit};
    step.limit = projection.limit;
    input = chain(std::move(step), input);
  }
  return filter(clause.where, input);
}

StepId Builder::add_aggregate(const BoundProjection& projection, StepId input) {
  Step step{StepKind::aggregate};
  for (const auto key : projection.keys) add_key(step, key);
  step.aggregates = projection.aggregates;
  for (auto& aggregate : step.aggregates) {
    input = worked_out(aggregate.argument, input);
    input = worked_out(aggregate.second, input);
  }
  if (has_evidence_) step.lineage = hidden_slot(Type::any);
  return chain(std::move(step), input);
}

StepId Builder::add_sort(const std::vector<BoundSort>& order, StepId input) {
  Step step{StepKind::sort};
  step.order = order;
  for (auto& key : step.order) input = worked_out(key.expression, input);
  return chain(std::move(step), input);
}

StepId Builder::distinct(StepId input, std::span<const OutputColumn> columns, const std::vector<BoundAggregate>& money) {
  Step step{StepKind::distinct};
  for (const auto& column : columns) add_key(step, column.slot);
  step.aggregates = money;
  if (has_evidence_) step.lineage = hidden_slot(Type::any);
  return chain(std::move(step), input);
}

// The columns of every part of a UNION go to the same slots.
StepId Builder::name_columns(const BoundPart& part, StepId input, bool is_first) {
  for (std::size_t i = 0; is_first && i < part.columns.size(); ++i) {
    plan_.query.slots.push_back({part.columns[i].name, Type::any, false});
    plan_.columns.push_back({part.columns[i].name, static_cast<Slot>(plan_.query.slots.size() - 1)});
  }
  return rename_columns(part, plan_.columns, input);
}

StepId Builder::rename_columns(const BoundPart& part, const std::vector<OutputColumn>& columns, StepId input) {
  Step step{StepKind::project};
  for (std::size_t i = 0; i < part.columns.size(); ++i) {
    BoundExpression e;  // null where the part has nothing for that column
    if (part.columns[i].slot != kNone) e.kind = BoundKind::slot;
    e.number = part.columns[i].slot;
    plan_.query.expressions.push_back(std::move(e));
    step.assignments.push_back({columns[i].slot, static_cast<BoundId>(plan_.query.expressions.size() - 1)});
  }
  return chain(std::move(step), input);
}

StepId Builder::join(StepId left, StepId right) {
  Step step{StepKind::union_};
  step.inner = right;
  return chain(std::move(step), left);
}

}  // namespace policygraph::inline v0::detail::query
