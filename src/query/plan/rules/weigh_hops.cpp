#include <algorithm>
#include <utility>

#include "query/plan/rules/hop_tree.hpp"
#include "query/plan/rules/weights.hpp"

// Counts below hops: where an aggregate asks of hops only how many there are, no row is made for each. The rest of the row gets a weight,
// and count(*) becomes the sum of the weights (a factorised count; Olteanu and Závodný, "Size bounds for factorised representations of
// query results", 2015). Off with evidence, which wants every row.
namespace policygraph::inline v0::detail::query {
namespace {

// The one node of which each row below the weights is another; none where rows may be alike.
Slot only_node(const Plan& plan, StepId below) {
  while (plan.steps[below].kind == StepKind::filter) below = plan.steps[below].input;
  const auto& scan = plan.steps[below];
  const bool is_scan = scan.kind == StepKind::scan || scan.kind == StepKind::seek;
  return is_scan && plan.steps[scan.input].kind == StepKind::unit ? scan.slot : kNone;
}

bool is_node_or_key(const Plan& plan, BoundId id, Slot node) {
  const auto* e = &plan.query.expressions[id];
  if (e->kind == BoundKind::call && e->function->name == "id") e = &plan.query.expressions[e->children[0]];
  return e->kind == BoundKind::slot && e->number == node;
}

// Whether one of the keys tells the nodes apart.
bool tells_apart(const Plan& plan, const Step& aggregate, StepId weigh, Slot node) {
  std::vector<Slot> telling{node};
  for (auto at = aggregate.input; at != weigh; at = plan.steps[at].input) {
    const auto& step = plan.steps[at];
    if (step.kind != StepKind::project && step.kind != StepKind::filter) return false;
    for (const auto& assignment : step.assignments) {
      if (is_node_or_key(plan, assignment.expression, node)) telling.push_back(assignment.slot);
    }
  }
  return std::ranges::any_of(aggregate.keys, [&](Slot key) { return std::ranges::find(telling, key) != telling.end(); });
}

// Every row is a group of its own: its weight is the count.
void drop_grouping(Plan& plan, StepId id, StepId weigh) {
  const auto& aggregate = plan.steps[id];
  const auto node = only_node(plan, plan.steps[weigh].input);
  const auto is_sum = [](const BoundAggregate& a) { return a.aggregate == Aggregate::sum; };
  if (node == kNone || aggregate.kind != StepKind::aggregate || !std::ranges::all_of(aggregate.aggregates, is_sum)) return;
  if (!tells_apart(plan, aggregate, weigh, node)) return;
  Step project{StepKind::project};
  project.input = aggregate.input;
  for (const auto& sum : aggregate.aggregates) project.assignments.push_back({sum.slot, sum.argument});
  plan.steps[id] = std::move(project);
}

void weigh_below(Plan& plan, StepId id, Limits& limits) {
  HopTree tree(plan, plan.steps[id].input, limits);
  const auto binds = [&tree](Slot slot) { return tree.binds(slot); };
  const auto reads = read_beside_counts(plan, plan.steps[id], binds);
  if (!reads || !tree.take(*reads)) return;
  const auto weight = add_weight(plan);
  const auto weigh = tree.put(weight, id);
  sum_weights(plan, id, weight, binds);
  drop_grouping(plan, id, weigh);
}

}  // namespace

void weigh_hops(Plan& plan, const Snapshot&, Limits& limits) {
  const auto count = plan.steps.size();
  for (StepId id = 0; id < count; ++id) {
    limits.step();
    if (may_take_weights(plan, plan.steps[id])) weigh_below(plan, id, limits);
  }
}

}  // namespace policygraph::inline v0::detail::query
