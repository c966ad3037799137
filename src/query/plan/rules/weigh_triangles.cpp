#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "query/plan/rules/weights.hpp"

// Triangles of which only the count is asked for: sorted lists of neighbours are met with each other, and no row is made for an edge
// (Ngo, Ré and Rudra, "Skew strikes back", 2013). Off with evidence, which wants every row.
namespace policygraph::inline v0::detail::query {
namespace {

// Three steps that walk from a node to a second and a third and close the circle, and what is asked between them.
struct Triangle {
  StepId top = kNone;                      // the step that takes from the highest of them
  StepId close = kNone, second = kNone, first = kNone;
  std::vector<StepId> filters;             // the highest first
};

bool has_one_list(const Step& step) { return step.types.size() == 1 && step.direction != Direction::both; }

std::optional<Triangle> find_triangle(const Plan& plan, StepId aggregate) {
  Triangle out;
  auto at = plan.steps[out.top = aggregate].input;
  for (; plan.steps[at].kind == StepKind::project && plan.steps[at].lineage == kNone; at = plan.steps[at].input) out.top = at;
  std::array<StepId*, 3> places = {&out.close, &out.second, &out.first};
  for (std::size_t found = 0; found < places.size(); at = plan.steps[at].input) {
    const auto& step = plan.steps[at];
    const bool is_filter = step.kind == StepKind::filter && step.lineage == kNone && step.early.empty() && step.late.empty();
    if (is_filter) out.filters.push_back(at);
    if (is_filter) continue;
    if (step.kind != (found == 0 ? StepKind::expand_into : StepKind::expand) || !has_one_list(step)) return std::nullopt;
    *places[found++] = at;
  }
  const auto& close = plan.steps[out.close];
  const auto& second = plan.steps[out.second];
  const auto& first = plan.steps[out.first];
  if (first.from == first.slot || (second.from != first.from && second.from != first.slot)) return std::nullopt;
  const auto other = second.from == first.from ? first.slot : first.from;
  const bool is_closed = (close.from == second.slot && close.to == other) || (close.to == second.slot && close.from == other);
  return is_closed ? std::optional(out) : std::nullopt;
}

CountedHop hop_of(const Step& step, Slot from, Slot to) {
  CountedHop out;
  out.from = from;
  out.slot = to;
  out.edge = step.edge;
  out.types = step.types;
  out.different = step.different;
  const bool is_turned = step.from != from;
  out.direction = !is_turned ? step.direction : step.direction == Direction::out ? Direction::in : Direction::out;
  return out;
}

Step weigh_step(const Plan& plan, const Triangle& triangle, Slot weight) {
  const auto& close = plan.steps[triangle.close];
  const auto& second = plan.steps[triangle.second];
  const auto& first = plan.steps[triangle.first];
  const bool is_fork = second.from == first.from;
  Step out{StepKind::weigh_triangles};
  out.slot = weight;
  out.from = first.from;
  out.hops = {hop_of(first, first.from, first.slot), hop_of(is_fork ? close : second, first.slot, second.slot),
              hop_of(is_fork ? second : close, first.from, second.slot)};
  out.input = first.input;
  return out;
}

bool is_one_of(Slot slot, const std::vector<CountedHop>& hops, Slot CountedHop::*which) {
  return std::ranges::find(hops, slot, which) != hops.end();
}

// What is asked of the two nodes goes into the step; false where it cannot.
bool take_predicates(const Plan& plan, const Triangle& triangle, Step& weigh, std::vector<BoundId>& rest) {
  for (auto filter = triangle.filters.rbegin(); filter != triangle.filters.rend(); ++filter) {
    for (const auto id : plan.steps[*filter].predicates) {
      const auto reads = few_read_slots(plan.query, id, 4);
      if (!reads || may_fail(plan.query, id)) return false;
      const auto is_end = [&](Slot slot) { return is_one_of(slot, weigh.hops, &CountedHop::slot); };
      const auto is_other = [&](Slot slot) { return !is_end(slot) && slot != weigh.from; };
      const bool is_asked_here = std::ranges::any_of(*reads, is_end);
      const auto is_edge = [&](Slot slot) { return is_one_of(slot, weigh.hops, &CountedHop::edge); };
      if (std::ranges::any_of(*reads, is_edge) || (is_asked_here && std::ranges::any_of(*reads, is_other))) return false;
      (is_asked_here ? weigh.predicates : rest).push_back(id);
    }
  }
  return true;
}

bool reads_what_goes(const Plan& plan, StepId aggregate, const Triangle& triangle, std::vector<bool> reads, const Step& weigh) {
  for (auto at = aggregate; at != triangle.top;) {
    at = plan.steps[at].input;
    for (const auto& assignment : plan.steps[at].assignments) read_slots(plan.query, assignment.expression, reads);
  }
  return std::ranges::any_of(weigh.hops, [&](const CountedHop& hop) { return reads[hop.slot] || reads[hop.edge]; });
}

bool differs_from_others(const Step& weigh) {
  return std::ranges::any_of(weigh.hops, [&](const CountedHop& hop) {
    return !std::ranges::all_of(hop.different, [&](Slot edge) { return is_one_of(edge, weigh.hops, &CountedHop::edge); });
  });
}

void weigh_below(Plan& plan, StepId id) {
  const auto triangle = find_triangle(plan, id);
  if (!triangle) return;
  auto weigh = weigh_step(plan, *triangle, kNone);
  const BindsSlot binds = [&weigh](Slot slot) {
    return slot == weigh.from || is_one_of(slot, weigh.hops, &CountedHop::slot) || is_one_of(slot, weigh.hops, &CountedHop::edge);
  };
  const auto reads = read_beside_counts(plan, plan.steps[id], binds);
  Step rest{StepKind::filter};
  if (!reads || reads_what_goes(plan, id, *triangle, *reads, weigh) || differs_from_others(weigh)) return;
  if (!take_predicates(plan, *triangle, weigh, rest.predicates)) return;
  const auto slot = weigh.slot = add_weight(plan);
  auto below = add_step(plan, weigh);
  if (!rest.predicates.empty()) {
    rest.input = below;
    below = add_step(plan, std::move(rest));
  }
  plan.steps[triangle->top].input = below;
  sum_weights(plan, id, slot, binds);
}

}  // namespace

void weigh_triangles(Plan& plan, const Snapshot&, Limits& limits) {
  const auto count = plan.steps.size();
  for (StepId id = 0; id < count; ++id) {
    limits.step();
    if (may_take_weights(plan, plan.steps[id])) weigh_below(plan, id);
  }
}

}  // namespace policygraph::inline v0::detail::query
