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

// How a value may differ between plans, which meet rows in different orders.
enum class Drift : std::uint8_t {
  none,
  alike,  // an equal one: 1 or 1.0, whichever was met first
  any,    // a list in another order, a sum of floats rounded otherwise, another of the shortest paths
};

bool is_told_by_equality(Type type) {
  return type == Type::boolean || type == Type::integer || type == Type::string || type == Type::node || type == Type::edge;
}

bool compares(Operation op) {
  return (op >= Operation::equal && op <= Operation::greater_equal) || op == Operation::is_null || op == Operation::is_not_null;
}

// What the values of slots are, and whether the same groups come of all plans.
class Drifts {
 public:
  Drifts(const Plan& plan, const std::vector<bool>& is_above) : plan_(plan), is_above_(is_above), of_slot_(plan.query.slots.size()) {
    do {
      is_changed_ = false;
      for_each_step([this](const Step& step) { follow(step); });
    } while (is_changed_);
  }

  bool are_groups_steady(StepId grouping) const {
    bool out = true;
    for_each_step([&](const Step& step) { out = out && are_rows_steady(step); });
    for (const auto& pattern : plan_.patterns) out = out && are_steady(pattern.predicates);
    return out && std::ranges::none_of(plan_.steps[grouping].keys, [this](Slot key) { return of_slot_[key] == Drift::any; });
  }

 private:
  template <class Visit>
  void for_each_step(Visit visit) const {
    for (StepId at = 0; at < plan_.steps.size(); ++at) {
      if (!is_above_[at]) visit(plan_.steps[at]);
    }
  }

  void raise(Slot slot, Drift to) {
    if (slot == kNone || of_slot_[slot] >= to) return;
    of_slot_[slot] = to;
    is_changed_ = true;
  }

  void follow(const Step& step) {
    for (const auto& assignment : step.assignments) raise(assignment.slot, drift(assignment.expression));
    for (const auto& aggregate : step.aggregates) follow(aggregate);
    if (step.kind == StepKind::aggregate || step.kind == StepKind::distinct) {
      for (const auto key : step.keys) raise(key, of_any(key));
    }
    if (step.kind == StepKind::subquery && step.mode == BoundSubquery::Mode::collect) {
      raise(step.slot, Drift::any);
      for (const auto slot : step.slots) raise(slot, Drift::any);
    }
    if (step.kind == StepKind::shortest_path && step.search == PathPattern::Search::shortest) raise(step.edge, Drift::any);
  }

  void follow(const BoundAggregate& aggregate) {
    const auto argument = aggregate.argument == kNone ? Drift::none : drift(aggregate.argument);
    const bool is_extreme = aggregate.aggregate == Aggregate::least || aggregate.aggregate == Aggregate::greatest;
    auto out = Drift::any;
    if (aggregate.aggregate == Aggregate::count) out = argument == Drift::any ? Drift::any : Drift::none;
    if (is_extreme) out = std::max(argument, of_any(aggregate.slot));
    raise(aggregate.slot, out);
    raise(aggregate.money_slot, out);
  }

  // One of several that are equal.
  Drift of_any(Slot slot) const { return is_told_by_equality(plan_.query.slots[slot].type) ? Drift::none : Drift::alike; }

  Drift drift(BoundId id) const {
    const auto& e = plan_.query.expressions[id];
    if (e.kind == BoundKind::slot) return of_slot_[e.number];
    if (e.kind == BoundKind::subquery) return Drift::any;
    for (std::size_t i = 1; e.kind == BoundKind::currencies && i < e.names.size(); i += 2) {
      if (of_slot_[e.names[i]] != Drift::none) return Drift::any;
    }
    const auto most = compares(e.op) ? Drift::alike : Drift::none;
    const bool is_steady = std::ranges::all_of(e.children, [&](BoundId child) { return child == kNone || drift(child) <= most; });
    return is_steady ? Drift::none : Drift::any;
  }

  bool is_steady(BoundId id) const { return id == kNone || drift(id) == Drift::none; }
  bool are_steady(const std::vector<BoundId>& all) const {
    return std::ranges::all_of(all, [this](BoundId id) { return is_steady(id); });
  }

  // Whether it lets the same rows through, and as many.
  bool are_rows_steady(const Step& step) const {
    const auto is_any = [this](Slot key) { return of_slot_[key] == Drift::any; };
    const bool is_list = step.kind == StepKind::unwind;
    if (is_list && !is_slot(step.assignments[0].expression) && !is_steady(step.assignments[0].expression)) return false;
    const bool is_grouping = step.kind == StepKind::aggregate || step.kind == StepKind::distinct;
    if (is_grouping && std::ranges::any_of(step.keys, is_any)) return false;
    const auto& bounds = step.bounds;
    return are_steady(step.predicates) && is_steady(step.value) &&
           std::ranges::all_of(bounds, [this](const LengthBound& bound) { return is_steady(bound.value); });
  }

  bool is_slot(BoundId id) const { return plan_.query.expressions[id].kind == BoundKind::slot; }

  const Plan& plan_;
  const std::vector<bool>& is_above_;
  std::vector<Drift> of_slot_;
  bool is_changed_ = false;
};

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
  if (!Drifts(plan, is_above).are_groups_steady(id)) return std::nullopt;
  LateEvidence out;
  out.keys = grouping.keys;
  const auto bound = bound_slots(plan, plan.root);
  for (Slot slot = 0; slot < bound.size(); ++slot) {
    if (bound[slot] && slot != grouping.lineage) out.own.push_back(slot);
  }
  return out;
}

}  // namespace policygraph::inline v0::detail::query
