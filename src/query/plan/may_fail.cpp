#include <algorithm>

#include "query/plan/plan.hpp"
#include "query/syntax/comparison.hpp"

// Which predicates cannot fail, whatever the row: comparisons of properties with texts, integers and Booleans, and what is made of such.
// All others may: for a value of another kind than wanted, or an exact decimal beside a float.
namespace policygraph::inline v0::detail::query {
namespace {

bool is_element(const BoundQuery& query, BoundId id) {
  const auto& e = query.expressions[id];
  return e.kind == BoundKind::slot && (e.type == Type::node || e.type == Type::edge);
}

// Something with a value for every row. What a query deletes has none.
bool is_certain(const BoundQuery& query, BoundId id) {
  const auto& e = query.expressions[id];
  switch (e.kind) {
    case BoundKind::literal:
    case BoundKind::parameter:
    case BoundKind::slot: return true;
    case BoundKind::property: return !query.is_write && is_element(query, e.children[0]);
    case BoundKind::call: return e.function->name == "id" && is_element(query, e.children[0]);
    default: return false;
  }
}

bool is_plain(Type type) { return type == Type::boolean || type == Type::integer || type == Type::string || type == Type::node || type == Type::edge; }

bool is_text_test(Operation op) { return op == Operation::starts_with || op == Operation::ends_with || op == Operation::contains; }

bool is_plain(ValueKind kind) { return kind == ValueKind::boolean || kind == ValueKind::integer || kind == ValueKind::string; }

bool is_plain_list(const BoundQuery& query, BoundId id) {
  const auto& e = query.expressions[id];
  if (e.kind == BoundKind::literal && e.value.kind() == ValueKind::list) {
    return std::ranges::all_of(e.value.as_list(), [](const Value& item) { return is_plain(item.kind()); });
  }
  return e.kind == BoundKind::list && std::ranges::all_of(e.children, [&](BoundId item) {
           return query.expressions[item].kind == BoundKind::literal && is_plain(query.expressions[item].type);
         });
}

bool may_binary_fail(const BoundQuery& query, const BoundExpression& e) {
  if (!is_certain(query, e.children[0])) return true;
  if (e.op == Operation::in) return !is_plain_list(query, e.children[1]);
  if (!is_certain(query, e.children[1])) return true;
  if (is_text_test(e.op)) return false;
  const bool is_safe = is_plain(query.expressions[e.children[0]].type) || is_plain(query.expressions[e.children[1]].type);
  return !is_comparison(e.op) || !is_safe;
}

// name_matches(n, 'text'): whether it fails hangs on the text alone, and not on the row.
bool is_name_test(const BoundQuery& query, const BoundExpression& e) {
  if (e.function->name != "name_matches" || query.is_write || !is_element(query, e.children[0])) return false;
  const auto kind = query.expressions[e.children[1]].kind;
  return kind == BoundKind::literal || kind == BoundKind::parameter;
}

}  // namespace

bool may_fail(const BoundQuery& query, BoundId predicate) {
  const auto& e = query.expressions[predicate];
  switch (e.kind) {
    case BoundKind::literal:
    case BoundKind::slot: return e.type != Type::boolean;
    case BoundKind::has_labels: return query.is_write || !is_element(query, e.children[0]);
    case BoundKind::all_of:
    case BoundKind::any_of: return std::ranges::any_of(e.children, [&](BoundId child) { return may_fail(query, child); });
    case BoundKind::unary:
      if (e.op == Operation::not_) return may_fail(query, e.children[0]);
      return (e.op != Operation::is_null && e.op != Operation::is_not_null) || !is_certain(query, e.children[0]);
    case BoundKind::binary: return may_binary_fail(query, e);
    case BoundKind::call: return !is_name_test(query, e);
    default: return true;
  }
}

}  // namespace policygraph::inline v0::detail::query
