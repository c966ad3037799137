#include <algorithm>
#include <vector>

#include "query/plan/plan.hpp"

// Hops and paths of which only the ends are read: their relationships are not listed. And where it is all the same how often an end is come to
// (DISTINCT, EXISTS, min), each is come to once, by breadth, instead of over every trail. Off with evidence, which rests on the trails.
namespace policygraph::inline v0::detail::query {
namespace {

void note(const std::vector<Slot>& slots, std::vector<bool>& out) {
  for (const auto slot : slots) out[slot] = true;
}

// Slots that something reads, beside the steps of the pattern itself.
std::vector<bool> slots_read(const Plan& plan, Limits& limits) {
  std::vector<bool> out(plan.query.slots.size());
  for (const auto& e : plan.query.expressions) {
    if (e.kind == BoundKind::slot) out[e.number] = true;
    for (std::size_t i = 1; e.kind == BoundKind::currencies && i < e.names.size(); i += 2) out[e.names[i]] = true;
  }
  for (const auto& step : plan.steps) {
    for (const auto* slots : {&step.different, &step.keys, &step.slots, &step.kept, &step.gathered}) note(*slots, out);
  }
  for (const auto* parts : {&plan.query.parts, &plan.query.subparts}) {
    for (const auto& part : *parts) {
      for (const auto& column : part.columns) {
        if (column.slot != kNone) out[column.slot] = true;
      }
    }
  }
  for (const auto& inner : plan.query.inner) note(inner.reads, out);
  limits.step(plan.query.expressions.size() + plan.steps.size());
  return out;
}

// Whether it comes to the same however often a row is there.
bool is_blind(const Step& step) {
  if (step.kind == StepKind::subquery) return step.mode == BoundSubquery::Mode::exists;
  if (step.kind == StepKind::distinct) return step.aggregates.empty();
  return step.kind == StepKind::aggregate && std::ranges::all_of(step.aggregates, [](const BoundAggregate& a) {
           const bool is_count = a.aggregate == Aggregate::count;
           const bool is_end = a.aggregate == Aggregate::least || a.aggregate == Aggregate::greatest;
           return a.money == kNone && (is_end || (is_count && a.is_distinct));
         });
}

bool is_row_by_row(StepKind kind) {
  return kind == StepKind::project || kind == StepKind::filter || kind == StepKind::expand || kind == StepKind::expand_into ||
         kind == StepKind::expand_path || kind == StepKind::shortest_path || kind == StepKind::unwind;
}

// By breadth the least way to each end is found, which is one only if no longer one is wanted.
bool may_reach(const Step& step) { return step.kind == StepKind::expand_path && step.lists_nothing && step.least <= 1 && step.different.empty(); }

void reach_below(Plan& plan, const Step& blind, Limits& limits) {
  auto at = blind.kind == StepKind::subquery ? blind.inner : blind.input;
  for (; at != kNone && is_row_by_row(plan.steps[at].kind); at = plan.steps[at].input) {
    limits.step();
    auto& step = plan.steps[at];
    if (!may_reach(step)) continue;
    step.kind = StepKind::shortest_path;
    step.search = PathPattern::Search::shortest;
  }
}

}  // namespace

void reach_ends(Plan& plan, const Snapshot&, Limits& limits) {
  const auto walks = [](const Step& step) {
    return step.kind == StepKind::expand || step.kind == StepKind::expand_path || step.kind == StepKind::shortest_path;
  };
  if (plan.has_evidence || plan.query.is_write || std::ranges::none_of(plan.steps, walks)) return;
  const auto reads = slots_read(plan, limits);
  for (auto& step : plan.steps) step.lists_nothing = walks(step) && step.inner == kNone && !reads[step.edge];
  for (const auto& step : plan.steps) {
    if (is_blind(step)) reach_below(plan, step, limits);
  }
}

}  // namespace policygraph::inline v0::detail::query
