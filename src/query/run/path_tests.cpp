#include "query/run/path_tests.hpp"

#include <algorithm>
#include <limits>

namespace policygraph::inline v0::detail::query {

PathTests::PathTests(Execution& execution, const Step& step) : execution_(execution), step_(step), evaluator_(execution) {
  for (const auto& test : step.tests) (test.is_of_nodes ? has_node_tests_ : has_edge_tests_) = true;
  reads_row_ = reads_row();
}

// Else what is known of a node holds for every row.
bool PathTests::reads_row() const {
  const auto& query = execution_.plan.query;
  return std::ranges::any_of(step_.tests, [&](const PathTest& test) {
    std::vector<bool> slots(query.slots.size());
    read_slots(query, query.expressions[test.quantifier].children[1], slots);
    return std::ranges::find(slots, true) != slots.end();
  });
}

void PathTests::begin(const Batch& batch, std::uint32_t row) {
  batch_ = &batch;
  row_ = row;
  if (!reads_row_ && moves_ == execution_.moves) return;
  moves_ = execution_.moves;
  nodes_.clear();
  edges_.clear();
}

bool PathTests::admits(NodeRow node) {
  if (!has_node_tests_) return true;
  const auto [at, is_new] = nodes_.try_emplace(node.value, true);
  if (is_new) at->second = holds(true, Value(execution_.snapshot.key(node)));
  return at->second;
}

bool PathTests::admits(EdgeRow edge) {
  if (!has_edge_tests_) return true;
  const auto [at, is_new] = edges_.try_emplace(edge.value, true);
  if (is_new) at->second = holds(false, Value(execution_.snapshot.key(edge)));
  return at->second;
}

bool PathTests::holds(bool is_of_nodes, const Value& item) {
  return std::ranges::all_of(step_.tests, [&](const PathTest& test) {
    if (test.is_of_nodes != is_of_nodes) return true;
    try {
      return evaluator_.truth_of_item(test.quantifier, item, *batch_, row_) == (test.is_none ? Truth::no : Truth::yes);
    } catch (const QueryError&) {
      return true;
    }
  });
}

std::optional<PathTests::Lengths> PathTests::lengths() {
  Lengths out{step_.least, step_.most.value_or(std::numeric_limits<std::uint32_t>::max()), step_.is_sure};
  for (const auto& bound : step_.bounds) {
    try {
      const auto wanted = evaluator_.value(bound.value, *batch_, row_);
      const bool is_number = wanted.kind() == ValueKind::floating || wanted.kind() == ValueKind::decimal;
      if (is_number) out.is_sure = false;
      if (!is_number && (wanted.kind() != ValueKind::integer || !narrow(bound, wanted.as_integer(), out))) return std::nullopt;
    } catch (const QueryError&) {
      out.is_sure = false;
    }
  }
  return out.least <= out.most ? std::optional(out) : std::nullopt;
}

// The bound is on length + more.
bool PathTests::narrow(const LengthBound& bound, std::int64_t wanted, Lengths& out) const {
  constexpr std::int64_t kFar = std::numeric_limits<std::uint32_t>::max();
  const auto value = std::clamp(wanted, std::int64_t{-2}, kFar + 2) - bound.more;
  const bool is_below = bound.op == Operation::less || bound.op == Operation::less_equal || bound.op == Operation::equal;
  const bool is_above = bound.op == Operation::greater || bound.op == Operation::greater_equal || bound.op == Operation::equal;
  const auto most = std::min<std::int64_t>(out.most, !is_below ? kFar : bound.op == Operation::less ? value - 1 : value);
  const auto least = std::max<std::int64_t>(out.least, !is_above ? 0 : bound.op == Operation::greater ? value + 1 : value);
  if (least > most) return false;
  out.most = static_cast<std::uint32_t>(most);
  out.least = static_cast<std::uint32_t>(least);
  return true;
}

}  // namespace policygraph::inline v0::detail::query
