#include "query/run/unread.hpp"

#include <algorithm>

namespace policygraph::inline v0::detail::query {
namespace {

constexpr std::size_t kMostSteps = 32;

void note(const std::vector<Slot>& slots, std::vector<bool>& reads) {
  for (const auto slot : slots) reads[slot] = true;
}
void note_read(const BoundQuery& query, const std::vector<BoundId>& expressions, std::vector<bool>& reads) {
  for (const auto id : expressions) read_slots(query, id, reads);
}

// False where what it reads is not plain to see.
bool note_reads(const BoundQuery& query, const Step& step, std::vector<bool>& reads) {
  switch (step.kind) {
    case StepKind::filter:
      for (const auto* asked : {&step.predicates, &step.early, &step.late}) note_read(query, *asked, reads);
      return true;
    case StepKind::project:
      for (const auto& assignment : step.assignments) read_slots(query, assignment.expression, reads);
      return true;
    case StepKind::expand:
      reads[step.from] = true;
      note(step.different, reads);
      return true;
    case StepKind::sort:
    case StepKind::top:
      for (const auto& key : step.order) read_slots(query, key.expression, reads);
      return true;
    case StepKind::skip:
    case StepKind::limit: return true;
    default: return false;
  }
}

}  // namespace

std::vector<Slot> unread_above(const Plan& plan, const Step& step) {
  if (plan.has_evidence || plan.query.is_write || !plan.inner.empty()) return {};
  std::vector<bool> reads(plan.query.slots.size());
  for (const auto& column : plan.columns) {
    if (column.slot != kNone) reads[column.slot] = true;
  }
  auto at = plan.root;
  for (std::size_t count = 0; at != kNone && &plan.steps[at] != &step; at = plan.steps[at].input) {
    if (++count > kMostSteps || !note_reads(plan.query, plan.steps[at], reads)) return {};
  }
  if (at == kNone) return {};
  std::vector<Slot> out;
  const auto bound = bound_slots(plan, step.input);
  for (Slot slot = 0; slot < bound.size(); ++slot) {
    if (bound[slot] && !reads[slot]) out.push_back(slot);
  }
  return out;
}

}  // namespace policygraph::inline v0::detail::query
