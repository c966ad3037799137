#include "query/run/row_bound.hpp"

#include "query/run/edge_walk.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

std::size_t edges_of(const Execution& execution, const Step& hop) {
  std::size_t out = 0;
  for (const auto type : edge_types(hop.types, execution)) out += execution.snapshot.edge_count(type);
  return hop.direction == Direction::both ? 2 * out : out;
}

bool takes_no_more(StepKind kind) { return kind == StepKind::filter || kind == StepKind::project; }

}  // namespace

std::size_t row_bound(const Execution& execution) {
  const auto& steps = execution.plan.steps;
  const Step* hop = nullptr;
  auto at = execution.plan.root;
  for (; takes_no_more(steps[at].kind) || (steps[at].kind == StepKind::expand && hop == nullptr); at = steps[at].input) {
    if (steps[at].kind == StepKind::expand) hop = &steps[at];
  }
  const auto& scan = steps[at];
  if (scan.kind != StepKind::scan || steps[scan.input].kind != StepKind::unit) return 0;
  if (hop != nullptr) return edges_of(execution, *hop);
  if (scan.labels.empty()) return execution.snapshot.node_count();
  const auto label = execution.names->labels[scan.labels[0]];
  return label ? execution.snapshot.nodes(*label).size() : 0;
}

}  // namespace policygraph::inline v0::detail::query
