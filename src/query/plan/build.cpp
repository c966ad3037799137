#include <algorithm>
#include <unordered_set>
#include <utility>

#include "query/plan/plan.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

constexpr std::size_t kMaxSteps = 4'000;

class Builder {
 public:
  Builder(Plan& plan, const QueryOptions& options) : plan_(plan), has_evidence_(options.evidence) {}

  void run() {
    plan_.has_evidence = has_evidence_;
    const auto parts = std::exchange(plan_.query.parts, {});
    for (std::size_t i = 0; i < parts.size(); ++i) {
      auto root = add_part(parts[i], chain(Step(StepKind::unit), kNone));
      if (parts.size() > 1) root = name_columns(parts[i], root, i == 0);
      plan_.root = i == 0 ? root : join(plan_.root, root);
    }
    if (parts.size() == 1) plan_.columns = parts[0].columns;
    if (parts.size() > 1 && !plan_.query.is_union_all) plan_.root = distinct(plan_.root, plan_.columns);
    plan_.query.parts = parts;
    refuse_long();
    note_reads();
  }

 private:
  void refuse_long() const {
    if (plan_.steps.size() <= kMaxSteps) return;
    throw Error(ErrorCode::limit, "the query has more than " + std::to_string(kMaxSteps) + " steps; split it");
  }

  StepId chain(Step step, StepId input) {
    step.input = input;
    return add_step(plan_, std::move(step));
  }

  Slot hidden_slot(Type type) {
    plan_.query.slots.push_back({"", type, false});
    return static_cast<Slot>(plan_.query.slots.size() - 1);
  }

  StepId add_part(const BoundPart& part, StepId input) {
    for (const auto& clause : part.clauses) input = add_clause(clause, input);
    return input;
  }

  StepId add_clause(const BoundClause& clause, StepId input) {
    refuse_long();  // at each clause, since some look back over all that went before
    switch (clause.kind) {
      case ClauseKind::match: return clause.is_optional ? add_optional(clause, input) : add_match(clause, input);
      case ClauseKind::with:
      case ClauseKind::return_: return add_projection(clause, input);
      case ClauseKind::unwind: {
        input = add_subqueries(clause.subqueries, input);
        Step step{StepKind::unwind};
        step.assignments = {clause.unwind};
        return chain(std::move(step), input);
      }
      case ClauseKind::call: return add_call(clause, input);
      case ClauseKind::subquery: return add_call_subquery(clause.subquery, input);
      default: return add_write(clause, input);
    }
  }

  StepId add_call(const BoundClause& clause, StepId input) {
    Step step{StepKind::call};
    step.call = static_cast<std::uint32_t>(plan_.calls.size());
    for (const auto& yield : clause.call.yields) step.slots.push_back(yield.slot);
    plan_.calls.push_back(clause.call);
    return filter(clause.where, chain(std::move(step), add_subqueries(clause.subqueries, input)));
  }

  // The parts of a UNION within put their columns into slots of their own.
  StepId add_call_subquery(const BoundCallSubquery& called, StepId input) {
    Step step{StepKind::call_subquery};
    for (std::size_t i = 0; i < called.parts.size(); ++i) {
      const auto part = plan_.query.subparts[called.parts[i]];
      Step argument{StepKind::argument};
      argument.input = input;
      auto inner = add_part(part, add_step(plan_, argument));
      if (called.parts.size() > 1) inner = rename_columns(part, called.columns, inner);
      step.inner = i == 0 ? inner : join(step.inner, inner);
    }
    if (called.parts.size() > 1 && !called.is_union_all) step.inner = distinct(step.inner, called.columns);
    step.slots = bound_inside(step.inner, input);
    const auto outer = bound_slots(plan_, input);
    for (Slot slot = 0; slot < outer.size(); ++slot) {
      if (outer[slot]) step.kept.push_back(slot);
    }
    return chain(std::move(step), input);
  }

  StepId add_match(const BoundClause& clause, StepId input) {
    plan_.patterns.push_back(clause.pattern);
    const auto match = static_cast<std::uint32_t>(plan_.patterns.size() - 1);
    // A pattern's own predicates may read what a subquery gives, so those come first.
    const bool is_early = !clause.subqueries.empty() && !clause.pattern.predicates.empty();
    input = add_pattern(plan_, input, match, bound_slots(plan_, input), nullptr);
    if (!is_early) input = filter(clause.pattern.predicates, input);
    input = assign(clause.pattern.paths, input);
    input = add_subqueries(clause.subqueries, input);
    if (is_early) input = filter(clause.pattern.predicates, input);
    return filter(clause.where, input);
  }

  StepId add_optional(const BoundClause& clause, StepId input) {
    Step step{StepKind::optional};
    step.ordinal = hidden_slot(Type::any);
    Step argument{StepKind::argument};
    argument.input = input;  // says which slots are bound; rows come from the step around it
    step.inner = add_match(clause, add_step(plan_, argument));
    step.slots = bound_inside(step.inner, input);
    return chain(std::move(step), input);
  }

  // Slots that the inner plan binds beyond those of the rows put in.
  std::vector<Slot> bound_inside(StepId inner, StepId input) const {
    const auto before = bound_slots(plan_, input);
    const auto after = bound_slots(plan_, inner);
    std::vector<Slot> out;
    for (Slot slot = 0; slot < after.size(); ++slot) {
      if (after[slot] && (slot >= before.size() || !before[slot])) out.push_back(slot);
    }
    return out;
  }

  StepId add_subqueries(const std::vector<BoundSubquery>& subqueries, StepId input) {
    for (const auto& subquery : subqueries) {
      const auto part = plan_.query.subparts[subquery.part];
      if (subquery.inner != kNone) {
        add_inner(subquery, part, input);
        continue;
      }
      Step step{StepKind::subquery};
      step.mode = subquery.mode;
      step.slot = subquery.slot;
      step.value = subquery.value;
      step.ordinal = hidden_slot(Type::any);
      step.is_row_by_row = std::any_of(part.clauses.begin(), part.clauses.end(), [](const BoundClause& c) { return c.kind != ClauseKind::match; });
      Step argument{StepKind::argument};
      argument.input = input;
      step.inner = add_part(part, add_step(plan_, argument));
      if (has_evidence_) {
        step.gathered = bound_inside(step.inner, input);
        step.lineage = hidden_slot(Type::any);
      }
      input = chain(std::move(step), input);
    }
    return input;
  }

  // Its plan stands apart; the expression runs it, with the comprehension's variables in slots.
  void add_inner(const BoundSubquery& subquery, const BoundPart& part, StepId input) {
    Step argument{StepKind::argument};
    argument.input = input;
    for (const auto& local : subquery.locals) argument.slots.push_back(local.slot);
    plan_.inner.resize(plan_.query.inner.size(), kNone);
    plan_.inner_gathered.resize(plan_.query.inner.size());
    plan_.inner[subquery.inner] = add_part(part, add_step(plan_, argument));
    plan_.inner_gathered[subquery.inner] = bound_inside(plan_.inner[subquery.inner], input);
  }

  StepId filter(const std::vector<BoundId>& predicates, StepId input) {
    Step plain{StepKind::filter}, inner{StepKind::filter};
    for (const auto id : predicates) (has_evidence_ && has_inner(id) ? inner : plain).predicates.push_back(id);
    if (!plain.predicates.empty()) input = chain(std::move(plain), input);
    if (inner.predicates.empty()) return input;
    inner.lineage = hidden_slot(Type::any);
    return chain(std::move(inner), input);
  }

  // Whether a subquery is worked out with the expression.
  bool has_inner(BoundId id) const {
    if (id == kNone) return false;
    const auto& e = plan_.query.expressions[id];
    return e.kind == BoundKind::subquery || std::ranges::any_of(e.children, [this](BoundId child) { return has_inner(child); });
  }

  StepId assign(const std::vector<Assignment>& assignments, StepId input) {
    if (assignments.empty()) return input;
    Step step{StepKind::project};
    step.assignments = assignments;
    const bool is_inner = std::ranges::any_of(assignments, [this](const Assignment& a) { return has_inner(a.expression); });
    if (has_evidence_ && is_inner) step.lineage = hidden_slot(Type::any);
    return chain(std::move(step), input);
  }

  // RETURN n, n AS m groups by one slot.
  static void add_key(Step& step, Slot slot) {
    if (std::find(step.keys.begin(), step.keys.end(), slot) == step.keys.end()) step.keys.push_back(slot);
  }

  StepId distinct(StepId input, const std::vector<OutputColumn>& columns) {
    Step step{StepKind::distinct};
    for (const auto& column : columns) add_key(step, column.slot);
    if (has_evidence_) step.lineage = hidden_slot(Type::any);
    return chain(std::move(step), input);
  }

  StepId add_projection(const BoundClause& clause, StepId input) {
    const auto& projection = clause.projection;
    input = add_subqueries(clause.subqueries, input);
    input = assign(projection.before, input);
    if (projection.is_aggregating) {
      Step step{StepKind::aggregate};
      for (const auto key : projection.keys) add_key(step, key);
      step.aggregates = projection.aggregates;
      if (has_evidence_) step.lineage = hidden_slot(Type::any);
      input = assign(projection.after, chain(std::move(step), input));
    }
    if (projection.is_distinct) input = distinct(input, projection.columns);
    input = add_subqueries(projection.late_subqueries, input);
    if (!projection.order.empty()) {
      Step step{StepKind::sort};
      step.order = projection.order;
      input = chain(std::move(step), input);
    }
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

  StepId add_write(const BoundClause& clause, StepId input) {
    static constexpr StepKind kKinds[] = {StepKind::create, StepKind::merge, StepKind::set, StepKind::remove, StepKind::delete_};
    input = add_subqueries(clause.subqueries, input);
    if (clause.kind == ClauseKind::create && clause.create.nodes.size() + clause.create.edges.size() > 1 && reads_itself(clause)) {
      return add_pieces(clause, input);
    }
    const auto kind = kKinds[static_cast<std::size_t>(clause.kind) - static_cast<std::size_t>(ClauseKind::create)];
    // CREATE after CREATE is one step: a script of a thousand of them is one pass.
    const bool is_joined = kind == StepKind::create && input == made_by_ && clause.subqueries.empty() && !reads_any(clause, made_);
    plan_.writes.push_back(clause);
    if (is_joined) {
      ++plan_.steps[input].clause_count;
      note_made(clause);
      return input;
    }
    Step step{kind};
    step.clause = static_cast<std::uint32_t>(plan_.writes.size() - 1);
    step.clause_count = 1;
    if (kind == StepKind::merge) {
      Step argument{StepKind::argument};
      argument.input = input;
      auto look = clause;
      look.subqueries.clear();
      step.inner = add_match(look, add_step(plan_, argument));
    }
    const auto id = chain(std::move(step), input);
    if (kind == StepKind::create) {
      made_by_ = id;
      made_.clear();
      note_made(clause);
    }
    return id;
  }

  void note_made(const BoundClause& clause) {
    for (const auto& node : clause.create.nodes) made_.insert(node.slot);
    for (const auto& edge : clause.create.edges) made_.insert(edge.slot);
    for (const auto& path : clause.create.paths) made_.insert(path.slot);
  }

  // Whether properties of what is made are read from these.
  bool reads_any(const BoundClause& clause, const std::unordered_set<Slot>& made) const {
    const auto reads = [&](const auto& part) { return reads_slot(plan_.query, part.properties, made); };
    return std::ranges::any_of(clause.create.nodes, reads) || std::ranges::any_of(clause.create.edges, reads);
  }

  bool reads_itself(const BoundClause& clause) const {
    std::unordered_set<Slot> own;
    for (const auto& node : clause.create.nodes) own.insert(node.slot);
    for (const auto& edge : clause.create.edges) own.insert(edge.slot);
    return reads_any(clause, own);
  }

  // CREATE (a {x: 1}), (b {y: a.x}): one thing after another, each a step.
  StepId add_pieces(const BoundClause& clause, StepId input) {
    const auto add = [&](BoundClause piece) {
      piece.kind = ClauseKind::create;
      piece.span = clause.span;
      input = add_write(piece, input);
    };
    for (const auto& node : clause.create.nodes) {
      BoundClause piece;
      piece.create.nodes = {node};
      add(std::move(piece));
    }
    for (std::size_t i = 0; i < clause.create.edges.size(); ++i) {
      BoundClause piece;
      piece.create.edges = {clause.create.edges[i]};
      if (i + 1 == clause.create.edges.size()) piece.create.paths = clause.create.paths;
      add(std::move(piece));
    }
    return input;
  }

  // The columns of every part of a UNION go to the same slots.
  StepId name_columns(const BoundPart& part, StepId input, bool is_first) {
    for (std::size_t i = 0; is_first && i < part.columns.size(); ++i) {
      plan_.query.slots.push_back({part.columns[i].name, Type::any, false});
      plan_.columns.push_back({part.columns[i].name, static_cast<Slot>(plan_.query.slots.size() - 1)});
    }
    return rename_columns(part, plan_.columns, input);
  }

  StepId rename_columns(const BoundPart& part, const std::vector<OutputColumn>& columns, StepId input) {
    Step step{StepKind::project};
    for (std::size_t i = 0; i < part.columns.size(); ++i) {
      BoundExpression e;
      e.kind = BoundKind::slot;
      e.number = part.columns[i].slot;
      plan_.query.expressions.push_back(std::move(e));
      step.assignments.push_back({columns[i].slot, static_cast<BoundId>(plan_.query.expressions.size() - 1)});
    }
    return chain(std::move(step), input);
  }

  StepId join(StepId left, StepId right) {
    Step step{StepKind::union_};
    step.inner = right;
    return chain(std::move(step), left);
  }

  void note_reads() {
    auto& query = plan_.query;
    plan_.read.resize(query.slots.size());
    for (const auto& e : query.expressions) {
      if (e.kind != BoundKind::property || query.expressions[e.children[0]].kind != BoundKind::slot) continue;
      auto& read = plan_.read[query.expressions[e.children[0]].number];
      if (std::find(read.begin(), read.end(), e.number) == read.end()) read.push_back(e.number);
    }
  }

  StepId made_by_ = kNone;          // the newest CREATE, and what it makes
  std::unordered_set<Slot> made_;
  Plan& plan_;
  bool has_evidence_;
};

}  // namespace

StepId add_step(Plan& plan, Step step) {
  plan.steps.push_back(std::move(step));
  return static_cast<StepId>(plan.steps.size() - 1);
}

Plan make_plan(BoundQuery query, const Snapshot& snapshot, const QueryOptions& options) {
  Plan plan;
  plan.query = std::move(query);
  Builder(plan, options).run();
  if (!options.optimise) return plan;
  for (const auto& rule : rules()) {
    if (std::find(options.rules_off.begin(), options.rules_off.end(), rule.name) == options.rules_off.end()) rule.apply(plan, snapshot);
  }
  return plan;
}

std::vector<Rule> rules() {
  return {{"choose_start", choose_start}, {"push_filters", push_filters}, {"seek_keys", seek_keys}, {"seek_properties", seek_properties},
          {"top_rows", top_rows}};
}

}  // namespace policygraph::inline v0::detail::query
