#include "query/plan/plan.hpp"

// LIMIT over a sort: only the first rows are kept while sorting.
namespace policygraph::inline v0::detail::query {

void top_rows(Plan& plan, const Snapshot&, Limits&) {
  for (auto& limit : plan.steps) {
    if (limit.kind != StepKind::limit) continue;
    const auto* below = &plan.steps[limit.input];
    BoundId skip = kNone;
    if (below->kind == StepKind::skip) {
      skip = below->skip;
      below = &plan.steps[below->input];
    }
    if (below->kind != StepKind::sort) continue;
    limit.kind = StepKind::top;
    limit.order = below->order;
    limit.skip = skip;
    limit.input = below->input;
  }
}

}  // namespace policygraph::inline v0::detail::query
