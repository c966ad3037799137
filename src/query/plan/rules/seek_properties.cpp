#include <algorithm>
#include <limits>
#include <span>
#include <utility>

#include "policygraph/graph/column.hpp"
#include "query/plan/plan.hpp"

// WHERE n.number = $number (or IN $numbers) over a scan of n: the nodes are looked up by the value. The filter above stays
// and sees what was found. The value may come from the rows below the scan, and be worked out of what they have:
// UNWIND $rows AS r MATCH (n {number: r.series + '-' + r.number}). Where that fails for a row the seek finds all nodes, and the filter says
// what is wrong, if it is ever asked.
namespace policygraph::inline v0::detail::query {
namespace {

struct Lookup {
  std::uint32_t property = kNone;
  BoundId value = kNone;
  bool is_one_of = false;
  double rows = std::numeric_limits<double>::infinity();  // expected for one value
};

std::uint32_t property_of(const BoundQuery& query, BoundId id, Slot slot) {
  const auto& e = query.expressions[id];
  if (e.kind != BoundKind::property) return kNone;
  const auto& base = query.expressions[e.children[0]];
  return base.kind == BoundKind::slot && base.number == slot ? e.number : kNone;
}

bool is_of(std::span<const Function> subject, const Function* function) {
  return function >= subject.data() && function < subject.data() + subject.size();
}

bool is_indexed(Type type) {
  return type == Type::any || type == Type::boolean || type == Type::integer || type == Type::number || type == Type::string;
}

// What is worked out at once, and for the same arguments is the same.
bool is_quick(const BoundExpression& e) {
  if (e.kind == BoundKind::unary) return e.op == Operation::negate || e.op == Operation::plus;
  if (e.kind == BoundKind::binary) return e.op >= Operation::add && e.op <= Operation::power && !e.is_money;
  if (e.kind != BoundKind::call || e.function->name == "rand") return false;
  return is_of(string_functions(), e.function) || is_of(numeric_functions(), e.function) || is_of(conversion_functions(), e.function);
}

// Whether the rows below the scan say the value, without much work that the filter might never have come to.
bool is_known(const BoundQuery& query, BoundId id, const std::vector<bool>& bound, unsigned depth = 4) {
  const auto& e = query.expressions[id];
  const auto are_known = [&] { return std::ranges::all_of(e.children, [&](BoundId child) { return is_known(query, child, bound, depth - 1); }); };
  switch (e.kind) {
    case BoundKind::literal: return e.value.kind() < ValueKind::partial_date || e.value.kind() == ValueKind::list;  // as far as the index goes
    case BoundKind::parameter: return true;
    case BoundKind::slot: return bound[e.number];
    case BoundKind::list: return depth > 0 && are_known();
    case BoundKind::property: {
      const auto& base = query.expressions[e.children[0]];
      return base.kind == BoundKind::slot && bound[base.number];
    }
    default: return depth > 0 && is_indexed(e.type) && is_quick(e) && are_known();
  }
}

// How many nodes one value is likely to find.
double expected_rows(const Snapshot& snapshot, const std::string& name) {
  const auto property = snapshot.property(name);
  const auto* column = property ? snapshot.node_column(*property) : nullptr;
  if (column == nullptr) return 0;
  const auto values = static_cast<double>(column->value_count());
  const auto strings = static_cast<double>(column->string_count());
  return strings > 0 ? values / strings : values / 10;
}

Lookup lookup_by(const Plan& plan, BoundId predicate, Slot slot, const std::vector<bool>& bound, const Snapshot& snapshot) {
  const auto& query = plan.query;
  const auto& e = query.expressions[predicate];
  Lookup out;
  if (e.kind != BoundKind::binary || (e.op != Operation::equal && e.op != Operation::in)) return out;
  for (std::size_t side = 0; side < (e.op == Operation::in ? 1U : 2U); ++side) {
    const auto property = property_of(query, e.children[side], slot);
    if (property == kNone || !is_known(query, e.children[1 - side], bound)) continue;
    out = {property, e.children[1 - side], e.op == Operation::in, expected_rows(snapshot, query.properties[property])};
    if (out.is_one_of) out.rows *= 10;
    break;
  }
  return out;
}

Lookup best_of(const Plan& plan, const Step& filter, const Step& scan, const std::vector<bool>& bound, const Snapshot& snapshot) {
  Lookup best;
  for (const auto predicate : filter.predicates) {
    auto found = lookup_by(plan, predicate, scan.slot, bound, snapshot);
    if (found.property != kNone && found.rows < best.rows) best = found;
  }
  return best;
}

// Many nodes are found sooner by reading the column through, once.
bool finds_many(const Plan& plan, const Step& scan, double rows, const Snapshot& snapshot) {
  constexpr double kMany = 100, kShare = 16;
  if (plan.steps[scan.input].kind != StepKind::unit || rows < kMany || scan.labels.empty()) return false;
  return rows * kShare > static_cast<double>(snapshot.nodes(plan.query.labels[scan.labels[0]]).size());
}

void seek_below(Plan& plan, const Step& filter, const Snapshot& snapshot) {
  auto at = filter.input;
  while (at != kNone && plan.steps[at].kind == StepKind::filter) at = plan.steps[at].input;
  if (at == kNone || plan.steps[at].kind != StepKind::scan) return;
  const auto bound = bound_slots(plan, plan.steps[at].input);
  const auto best = best_of(plan, filter, plan.steps[at], bound, snapshot);
  if (best.property == kNone || finds_many(plan, plan.steps[at], best.rows, snapshot)) return;
  auto& scan = plan.steps[at];
  scan.kind = StepKind::seek_property;
  scan.property = best.property;
  scan.value = best.value;
  scan.is_one_of = best.is_one_of;
}

}  // namespace

void seek_properties(Plan& plan, const Snapshot& snapshot, Limits& limits) {
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    limits.step(plan.steps[i].kind == StepKind::filter ? plan.steps.size() : 1);
    if (plan.steps[i].kind == StepKind::filter) seek_below(plan, plan.steps[i], snapshot);
  }
}

}  // namespace policygraph::inline v0::detail::query
