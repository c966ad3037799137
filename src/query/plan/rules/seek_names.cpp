#include "query/plan/plan.hpp"

// WHERE name_matches(n, $text) over a scan of n: the nodes are found by the words of their names. The filter above stays and sees what
// was found. So it is with `$text IS NULL OR name_matches(n, $text)`, which finds all nodes where there is no text.
namespace policygraph::inline v0::detail::query {
namespace {

struct Lookup {
  BoundId text = kNone;
  bool takes_all_of_null = false;
};

// Whether the rows below the scan say the text.
bool is_known(const BoundExpression& e, const std::vector<bool>& bound) {
  return e.kind == BoundKind::literal || e.kind == BoundKind::parameter || (e.kind == BoundKind::slot && bound[e.number]);
}

Lookup matched_name(const BoundQuery& query, BoundId id, Slot slot, const std::vector<bool>& bound) {
  const auto& e = query.expressions[id];
  if (e.kind != BoundKind::call || e.function->name != "name_matches") return {};
  const auto& node = query.expressions[e.children[0]];
  const bool is_it = node.kind == BoundKind::slot && node.number == slot && is_known(query.expressions[e.children[1]], bound);
  return is_it ? Lookup{e.children[1], false} : Lookup{};
}

bool is_null_test(const BoundQuery& query, BoundId id, BoundId text) {
  const auto& e = query.expressions[id];
  if (e.kind != BoundKind::unary || e.op != Operation::is_null) return false;
  const auto& tested = query.expressions[e.children[0]];
  const auto& wanted = query.expressions[text];
  return tested.kind == BoundKind::parameter && wanted.kind == BoundKind::parameter && tested.number == wanted.number;
}

Lookup lookup_by(const BoundQuery& query, BoundId predicate, Slot slot, const std::vector<bool>& bound) {
  const auto& e = query.expressions[predicate];
  if (e.kind != BoundKind::any_of || e.children.size() != 2) return matched_name(query, predicate, slot, bound);
  for (std::size_t side = 0; side < 2; ++side) {
    const auto found = matched_name(query, e.children[side], slot, bound);
    if (found.text != kNone && is_null_test(query, e.children[1 - side], found.text)) return {found.text, true};
  }
  return {};
}

void seek_below(Plan& plan, const Step& filter) {
  auto at = filter.input;
  while (at != kNone && plan.steps[at].kind == StepKind::filter) at = plan.steps[at].input;
  if (at == kNone || plan.steps[at].kind != StepKind::scan) return;
  auto& scan = plan.steps[at];
  const auto bound = bound_slots(plan, scan.input);
  for (const auto predicate : filter.predicates) {
    const auto found = lookup_by(plan.query, predicate, scan.slot, bound);
    if (found.text == kNone) continue;
    scan.kind = StepKind::seek_name;
    scan.value = found.text;
    scan.takes_all_of_null = found.takes_all_of_null;
    return;
  }
}

}  // namespace

void seek_names(Plan& plan, const Snapshot&, Limits& limits) {
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    limits.step(plan.steps[i].kind == StepKind::filter ? plan.steps.size() : 1);
    if (plan.steps[i].kind == StepKind::filter) seek_below(plan, plan.steps[i]);
  }
}

}  // namespace policygraph::inline v0::detail::query
