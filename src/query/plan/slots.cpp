#include <algorithm>

#include "query/plan/plan.hpp"

// Which slots a step binds and which an expression reads.

namespace policygraph::inline v0::detail::query {
namespace {

template <class Set>
void note_binding(const Plan& plan, const Step& step, Set set) {
  for (const auto slot : {step.slot, step.edge, step.lineage}) {
    if (slot != kNone) set(slot);
  }
  for (const auto slot : step.slots) set(slot);
  for (const auto& assignment : step.assignments) set(assignment.slot);
  for (const auto key : step.keys) set(key);
  for (const auto& aggregate : step.aggregates) {
    set(aggregate.slot);
    if (aggregate.money_slot != kNone) set(aggregate.money_slot);
  }
  for (std::uint32_t i = 0; i < step.clause_count; ++i) {
    const auto& create = plan.writes[step.clause + i].create;
    for (const auto& node : create.nodes) set(node.slot);
    for (const auto& edge : create.edges) set(edge.slot);
    for (const auto& path : create.paths) set(path.slot);
  }
}

}  // namespace

bool binds_any(const Plan& plan, const Step& step, const std::vector<bool>& slots) {
  bool is_any = false;
  note_binding(plan, step, [&](Slot slot) { is_any = is_any || (slot < slots.size() && slots[slot]); });
  return is_any;
}

// Rows of a union are those of either plan, each with what it bound itself.
std::vector<bool> bound_slots(const Plan& plan, StepId id) {
  std::vector<bool> out(plan.query.slots.size());
  const auto set = [&out](Slot slot) { out[slot] = true; };
  std::vector<bool> is_seen(plan.steps.size());
  for (std::vector<StepId> ahead{id}; !ahead.empty();) {
    const auto at = ahead.back();
    ahead.pop_back();
    if (at == kNone || is_seen[at]) continue;
    is_seen[at] = true;
    const auto& step = plan.steps[at];
    note_binding(plan, step, set);
    if (step.kind == StepKind::union_) ahead.push_back(step.inner);
    const bool is_wall = step.kind == StepKind::aggregate || step.kind == StepKind::distinct;
    if (!is_wall) ahead.push_back(step.input);
  }
  return out;
}

void read_slots(const BoundQuery& query, BoundId expression, std::vector<bool>& out) {
  if (expression == kNone) return;
  const auto& e = query.expressions[expression];
  if (e.kind == BoundKind::slot) out[e.number] = true;
  if (e.kind == BoundKind::subquery) out.assign(out.size(), true);  // it may read any
  for (std::size_t i = 1; e.kind == BoundKind::currencies && i < e.names.size(); i += 2) out[e.names[i]] = true;
  for (const auto child : e.children) read_slots(query, child, out);
}

// As deep as the expression, which is bounded.
namespace {

bool add_read(const BoundQuery& query, BoundId expression, std::size_t most, std::vector<Slot>& out) {
  if (expression == kNone) return true;
  const auto& e = query.expressions[expression];
  if (e.kind == BoundKind::subquery) return false;  // it may read any
  if (e.kind == BoundKind::slot) out.push_back(static_cast<Slot>(e.number));
  for (std::size_t i = 1; e.kind == BoundKind::currencies && i < e.names.size(); i += 2) out.push_back(e.names[i]);
  return out.size() <= most && std::ranges::all_of(e.children, [&](BoundId child) { return add_read(query, child, most, out); });
}

}  // namespace

std::optional<std::vector<Slot>> few_read_slots(const BoundQuery& query, BoundId expression, std::size_t most) {
  std::vector<Slot> out;
  if (!add_read(query, expression, most, out)) return std::nullopt;
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

bool reads_slot(const BoundQuery& query, BoundId expression, const std::unordered_set<Slot>& slots) {
  if (expression == kNone || slots.empty()) return false;
  const auto& e = query.expressions[expression];
  if (e.kind == BoundKind::subquery) return true;  // it may read any
  if (e.kind == BoundKind::slot) return slots.contains(static_cast<Slot>(e.number));
  return std::ranges::any_of(e.children, [&](BoundId child) { return reads_slot(query, child, slots); });
}

}  // namespace policygraph::inline v0::detail::query
