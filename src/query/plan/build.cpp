#include <algorithm>
#include <utility>

#include "query/plan/builder.hpp"
#include "query/plan/rules/spread_searches.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

constexpr std::size_t kMaxSteps = 4'000;

}  // namespace

void Builder::run() {
  plan_.has_evidence = has_evidence_;
  const auto parts = std::exchange(plan_.query.parts, {});
  for (std::size_t i = 0; i < parts.size(); ++i) {
    auto root = add_part(parts[i], chain(Step(StepKind::unit), kNone));
    if (parts.size() > 1) root = name_columns(parts[i], root, i == 0);
    plan_.root = i == 0 ? root : join(plan_.root, root);
  }
  if (parts.size() == 1) plan_.columns = parts[0].columns;
  if (parts.size() > 1 && !plan_.query.is_union_all) plan_.root = distinct(plan_.root, plan_.columns, {});
  plan_.query.parts = parts;
  refuse_long();
  note_reads();
}

void Builder::refuse_long() const {
  if (plan_.steps.size() <= kMaxSteps) return;
  throw Error(ErrorCode::limit, "the query has more than " + std::to_string(kMaxSteps) + " steps; split it");
}

StepId Builder::chain(Step step, StepId input) {
  step.input = input;
  return add_step(plan_, std::move(step));
}

Slot Builder::hidden_slot(Type type) {
  plan_.query.slots.push_back({"", type, false});
  return static_cast<Slot>(plan_.query.slots.size() - 1);
}

StepId Builder::add_part(const BoundPart& part, StepId input) {
  for (const auto& clause : part.clauses) input = add_clause(clause, input);
  return input;
}

StepId Builder::add_clause(const BoundClause& clause, StepId input) {
  refuse_long();  // at each clause, since some look back over all that went before
  limits_.step(plan_.steps.size() + plan_.query.slots.size());
  switch (clause.kind) {
    case ClauseKind::match: return clause.is_optional ? add_optional(clause, input) : add_match(clause, input);
    case ClauseKind::with:
    case ClauseKind::return_: return add_projection(clause, input);
    case ClauseKind::unwind: return add_unwind(clause, input);
    case ClauseKind::call: return add_call(clause, input);
    case ClauseKind::subquery: return add_call_subquery(clause.subquery, input);
    default: return add_write(clause, input);
  }
}

StepId Builder::add_unwind(const BoundClause& clause, StepId input) {
  input = add_subqueries(clause.subqueries, input);
  if (clause.unwind_money.slot != kNone) input = assign({clause.unwind_money}, input);
  Step step{StepKind::unwind};
  step.assignments = {clause.unwind};
  input = worked_out(step.assignments[0].expression, input);
  return chain(std::move(step), input);
}

StepId Builder::add_call(const BoundClause& clause, StepId input) {
  input = add_subqueries(clause.subqueries, input);
  auto call = clause.call;
  for (auto& argument : call.arguments) input = worked_out(argument, input);
  Step step{StepKind::call};
  step.call = static_cast<std::uint32_t>(plan_.calls.size());
  for (const auto& yield : call.yields) step.slots.push_back(yield.slot);
  plan_.calls.push_back(std::move(call));
  if (has_evidence_) step.lineage = hidden_slot(Type::any);
  return filter(clause.where, add_subqueries(clause.projection.late_subqueries, chain(std::move(step), input)));
}

StepId Builder::filter(const std::vector<BoundId>& predicates, StepId input) {
  Step plain{StepKind::filter}, inner{StepKind::filter};
  for (const auto id : predicates) (has_evidence_ && has_inner(id) ? inner : plain).predicates.push_back(id);
  if (!plain.predicates.empty()) input = chain(std::move(plain), input);
  if (inner.predicates.empty()) return input;
  inner.lineage = hidden_slot(Type::any);
  return chain(std::move(inner), input);
}

// Whether a subquery is worked out with the expression.
bool Builder::has_inner(BoundId id) const {
  if (id == kNone) return false;
  const auto& e = plan_.query.expressions[id];
  return e.kind == BoundKind::subquery || std::ranges::any_of(e.children, [this](BoundId child) { return has_inner(child); });
}

StepId Builder::assign(const std::vector<Assignment>& assignments, StepId input) {
  if (assignments.empty()) return input;
  Step step{StepKind::project};
  step.assignments = assignments;
  const bool is_inner = std::ranges::any_of(assignments, [this](const Assignment& a) { return has_inner(a.expression); });
  if (has_evidence_ && is_inner) step.lineage = hidden_slot(Type::any);
  return chain(std::move(step), input);
}

// What a step works out by itself has no place for the evidence that subqueries within find; before it, it has.
StepId Builder::worked_out(BoundId& expression, StepId input) {
  if (!has_evidence_ || !has_inner(expression)) return input;
  const auto& before = plan_.query.expressions[expression];
  BoundExpression slot;
  slot.kind = BoundKind::slot;
  slot.type = before.type;
  slot.span = before.span;
  slot.number = hidden_slot(before.type);
  input = assign({{slot.number, expression}}, input);
  plan_.query.expressions.push_back(std::move(slot));
  expression = static_cast<BoundId>(plan_.query.expressions.size() - 1);
  return input;
}

void Builder::note_reads() {
  auto& query = plan_.query;
  plan_.read.resize(query.slots.size());
  for (const auto& e : query.expressions) {
    if (e.kind != BoundKind::property || query.expressions[e.children[0]].kind != BoundKind::slot) continue;
    auto& read = plan_.read[query.expressions[e.children[0]].number];
    if (std::find(read.begin(), read.end(), e.number) == read.end()) read.push_back(e.number);
  }
}

StepId add_step(Plan& plan, Step step) {
  plan.steps.push_back(std::move(step));
  return static_cast<StepId>(plan.steps.size() - 1);
}

Plan make_plan(BoundQuery query, const Snapshot& snapshot, const QueryOptions& options) {
  Limits limits(options);
  return make_plan(std::move(query), snapshot, options, limits);
}

namespace {

bool is_on(const QueryOptions& options, std::string_view rule) {
  return options.optimise && std::ranges::find(options.rules_off, rule) == options.rules_off.end();
}

bool groups_rows(const BoundQuery& query) {
  const auto groups = [](const BoundClause& clause) {
    return clause.projection.is_aggregating || clause.projection.is_distinct;
  };
  return !query.is_write && query.parts.size() == 1 && std::ranges::any_of(query.parts[0].clauses, groups);
}

Plan built(BoundQuery query, bool has_evidence, Limits& limits) {
  Plan plan;
  plan.query = std::move(query);
  Builder(plan, has_evidence, limits).run();
  return plan;
}

// As bound. Where rows of the answer are groups, the plan is the one without evidence, which does not make a row for
// each that is counted.
Plan built(BoundQuery query, const QueryOptions& options, Limits& limits) {
  if (!options.evidence || !is_on(options, "late_evidence") || !groups_rows(query))
    return built(std::move(query), options.evidence, limits);
  auto with = built(query, true, limits);
  auto late = late_evidence(with);
  if (!late) return with;
  auto out = built(std::move(query), false, limits);
  out.late = std::move(late);
  return out;
}

}  // namespace

Plan make_plan(BoundQuery query, const Snapshot& snapshot, const QueryOptions& options, Limits& limits) {
  auto plan = built(std::move(query), options, limits);
  for (const auto& rule : rules()) {
    if (is_on(options, rule.name)) rule.apply(plan, snapshot, limits);
  }
  return plan;
}

std::vector<Rule> rules() {
  return {{"fold_constants", fold_constants}, {"choose_start", choose_start}, {"push_filters", push_filters}, {"seek_keys", seek_keys},
          {"seek_properties", seek_properties}, {"seek_names", seek_names}, {"spread_searches", spread_searches}, {"top_rows", top_rows},
          {"reach_ends", reach_ends}, {"weigh_triangles", weigh_triangles}, {"weigh_hops", weigh_hops}};
}

}  // namespace policygraph::inline v0::detail::query
