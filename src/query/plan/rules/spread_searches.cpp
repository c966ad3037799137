#include "query/plan/rules/spread_searches.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

// shortestPath from one node to many, each of which would be searched for by itself: one search by breadth comes to all of them. The scan
// of the ends goes; what was asked of them is asked first in the search's inner plan. Only where the conditions on the path are such
// that the first path found to each end will do, and do not hang on the end.
namespace policygraph::inline v0::detail::query {
namespace {

bool is_upper(const BoundQuery& query, const LengthBound& bound) {
  const bool is_below = bound.op == Operation::less || bound.op == Operation::less_equal;
  const auto& value = query.expressions[bound.value];
  return is_below && value.kind == BoundKind::literal && value.value.kind() == ValueKind::integer;
}

bool asks_alike_of_all_ends(const BoundQuery& query, const Step& search, Slot end) {
  const auto reads_end = [&](const PathTest& test) { return reads_slot(query, test.quantifier, {end}); };
  return search.is_sure && search.least <= 1 && std::ranges::none_of(search.tests, reads_end) &&
         std::ranges::all_of(search.bounds, [&](const LengthBound& bound) { return is_upper(query, bound); });
}

// Two searches that meet walk some root of the edges; one that spreads walks all of them.
bool is_worth_it(const Plan& plan, const Step& scan, const Snapshot& snapshot) {
  const auto ends = scan.labels.empty() ? snapshot.node_count() : snapshot.nodes(plan.query.labels[scan.labels[0]]).size();
  return static_cast<double>(ends) > std::sqrt(static_cast<double>(snapshot.edge_count())) / 2;
}

// Above `below`: that the node has the scan's label.
StepId add_label_filter(Plan& plan, const Step& scan, StepId below) {
  auto& expressions = plan.query.expressions;
  BoundExpression node;
  node.kind = BoundKind::slot;
  node.type = Type::node;
  node.number = scan.slot;
  expressions.push_back(std::move(node));
  BoundExpression has;
  has.kind = BoundKind::has_labels;
  has.type = Type::boolean;
  has.names = scan.labels;
  has.children = {static_cast<BoundId>(expressions.size() - 1)};
  expressions.push_back(std::move(has));
  Step filter{StepKind::filter};
  filter.predicates = {static_cast<BoundId>(expressions.size() - 1)};
  filter.input = below;
  return add_step(plan, std::move(filter));
}

void turn_round(Step& search) {
  std::swap(search.from, search.to);
  search.is_reversed = true;
  if (search.direction != Direction::both) search.direction = search.direction == Direction::out ? Direction::in : Direction::out;
}

void spread(Plan& plan, StepId id, const Snapshot& snapshot) {
  const auto top = plan.steps[id].input;
  auto bottom = kNone;
  auto at = top;
  for (; plan.steps[at].kind == StepKind::filter && plan.steps[at].lineage == kNone; at = plan.steps[at].input) bottom = at;
  const auto scan = plan.steps[at];
  const auto& known = plan.steps[id];
  const bool is_end = scan.kind == StepKind::scan && known.from != known.to && (scan.slot == known.to || scan.slot == known.from);
  if (!is_end || !asks_alike_of_all_ends(plan.query, known, scan.slot) || !is_worth_it(plan, scan, snapshot)) return;
  auto first = known.inner;
  while (plan.steps[plan.steps[first].input].kind != StepKind::argument) first = plan.steps[first].input;
  const auto argument = plan.steps[first].input;
  const auto base = scan.labels.empty() ? argument : add_label_filter(plan, scan, argument);
  plan.steps[first].input = bottom == kNone ? base : top;
  if (bottom != kNone) plan.steps[bottom].input = base;
  plan.steps[argument].input = scan.input;
  plan.steps[argument].slots.push_back(scan.slot);
  auto& search = plan.steps[id];
  if (scan.slot == search.from) turn_round(search);
  search.is_known_end = false;
  search.slot = search.to;
  search.input = scan.input;
}

}  // namespace

void spread_searches(Plan& plan, const Snapshot& snapshot, Limits& limits) {
  const auto count = plan.steps.size();
  for (StepId id = 0; id < count; ++id) {
    limits.step();
    const auto& step = plan.steps[id];
    if (step.kind == StepKind::shortest_path && step.inner != kNone) spread(plan, id, snapshot);
  }
}

}  // namespace policygraph::inline v0::detail::query
