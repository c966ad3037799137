#include <algorithm>
#include <utility>

#include "query/run/arithmetic.hpp"
#include "query/run/evaluator.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

Truth text_test(Operation op, const Value& a, const Value& b) {
  if (a.kind() != ValueKind::string || b.kind() != ValueKind::string) return Truth::unknown;
  const auto& text = a.as_string();
  const auto& part = b.as_string();
  if (op == Operation::starts_with) return truth_of(text.starts_with(part));
  if (op == Operation::ends_with) return truth_of(text.ends_with(part));
  return truth_of(text.find(part) != std::string::npos);
}

Truth is_in(const Value& item, const Value& list) {
  if (list.is_null()) return Truth::unknown;
  if (list.kind() != ValueKind::list) refuse_type("IN", "a list", list);
  auto out = Truth::no;
  for (const auto& other : list.as_list()) {
    const auto same = equal(item, other);
    if (same == Truth::yes) return same;
    if (same == Truth::unknown) out = same;
  }
  return out;
}

Truth boolean(const Value& value, Operation op) {
  if (value.is_null()) return Truth::unknown;
  if (value.kind() != ValueKind::boolean) refuse_type(operation_text(op), "a Boolean", value);
  return truth_of(value.as_bool());
}

}  // namespace

Truth Evaluator::compare(const BoundExpression& e, const Value& left, const Value& right) {
  try {
    switch (e.op) {
      case Operation::not_equal: return not_of(equal(left, right));
      case Operation::less: return less(left, right);
      case Operation::less_equal: return less_or_equal(left, right);
      case Operation::greater: return less(right, left);
      case Operation::greater_equal: return less_or_equal(right, left);
      case Operation::in: return is_in(left, right);
      case Operation::starts_with:
      case Operation::ends_with:
      case Operation::contains: return text_test(e.op, left, right);
      case Operation::xor_: {
        const auto a = boolean(left, e.op);
        const auto b = boolean(right, e.op);
        return a == Truth::unknown || b == Truth::unknown ? Truth::unknown : truth_of(a != b);
      }
      default: return equal(left, right);
    }
  } catch (const ValueTrouble& trouble) {
    fail(e, trouble.type, trouble.detail, trouble.text);
  }
}

Value Evaluator::binary(const BoundExpression& e, const Batch& batch, std::uint32_t row) {
  const auto left = value(e.children[0], batch, row);
  const auto right = value(e.children[1], batch, row);
  if (e.op > Operation::power) return value_of(compare(e, left, right));
  if (e.is_money && !left.is_null() && !right.is_null()) refuse_currencies(e, batch, row);
  try {
    return checked(calculate(e.op, left, right, execution_.scope()));
  } catch (const ValueTrouble& trouble) {
    fail(e, trouble.type, trouble.detail, trouble.text);
  } catch (const QueryError&) {
    throw;
  } catch (const Error& error) {
    if (error.code() == ErrorCode::limit) throw;
    fail(e, ErrorType::arithmetic_error, Trouble::numeric_overflow, error.text());
  }
}

Value Evaluator::unary(const BoundExpression& e, const Batch& batch, std::uint32_t row) {
  const auto operand = value(e.children[0], batch, row);
  try {
    switch (e.op) {
      case Operation::is_null: return Value(operand.is_null());
      case Operation::is_not_null: return Value(!operand.is_null());
      case Operation::not_: return value_of(not_of(boolean(operand, e.op)));
      case Operation::negate: return negate(operand);
      default:
        if (!operand.is_null()) negate(operand);
        return operand;
    }
  } catch (const ValueTrouble& trouble) {
    fail(e, trouble.type, trouble.detail, trouble.text);
  }
}

Value Evaluator::call(const BoundExpression& e, const Batch& batch, std::uint32_t row) {
  std::vector<Value> arguments;
  arguments.reserve(e.children.size());
  for (const auto child : e.children) {
    arguments.push_back(value(child, batch, row));
    if (arguments.back().is_null() && !e.function->takes_null) return {};
  }
  try {
    return e.function->body(arguments, execution_.scope());
  } catch (const ValueTrouble& trouble) {
    fail(e, trouble.type, trouble.detail, trouble.text);
  } catch (const QueryError&) {
    throw;
  } catch (const Error& error) {
    if (error.code() == ErrorCode::limit) throw;
    fail(e, ErrorType::argument_error, Trouble::invalid_argument_value, error.text());
  }
}

Value Evaluator::index(const BoundExpression& e, const Batch& batch, std::uint32_t row) {
  const auto base = value(e.children[0], batch, row);
  const auto at = value(e.children[1], batch, row);
  if (base.is_null() || at.is_null()) return {};
  if (base.kind() == ValueKind::list) {
    if (at.kind() != ValueKind::integer) {
      fail(e, ErrorType::type_error, Trouble::list_element_access_by_non_integer, "a list is read by integers, not by " + at.to_string());
    }
    const auto& list = base.as_list();
    const auto size = static_cast<std::int64_t>(list.size());
    const auto place = at.as_integer() < 0 ? at.as_integer() + size : at.as_integer();
    return place >= 0 && place < size ? list[static_cast<std::size_t>(place)] : Value();
  }
  const bool is_keyed = base.kind() == ValueKind::map || base.kind() == ValueKind::node || base.kind() == ValueKind::edge;
  if (!is_keyed) fail(e, ErrorType::type_error, Trouble::invalid_argument_type, "[ ] reads lists, maps, nodes and relationships, not " + base.to_string());
  if (at.kind() != ValueKind::string) {
    fail(e, ErrorType::type_error, Trouble::map_element_access_by_non_string, "a map is read by strings, not by " + at.to_string());
  }
  const auto& snapshot = execution_.snapshot;
  if (base.kind() == ValueKind::map) {
    const auto found = base.as_map().find(at.as_string());
    return found == base.as_map().end() ? Value() : found->second;
  }
  if (base.kind() == ValueKind::node) {
    const auto node = snapshot.find(base.as_node());
    if (!node) fail_deleted(e);
    return snapshot.value(*node, at.as_string());
  }
  const auto edge = snapshot.find(base.as_edge());
  if (!edge) fail_deleted(e);
  return snapshot.value(*edge, at.as_string());
}

Value Evaluator::slice(const BoundExpression& e, const Batch& batch, std::uint32_t row) {
  const auto base = value(e.children[0], batch, row);
  if (base.is_null()) return {};
  if (base.kind() != ValueKind::list) fail(e, ErrorType::type_error, Trouble::invalid_argument_type, "[ .. ] cuts lists, not " + base.to_string());
  const auto size = static_cast<std::int64_t>(base.as_list().size());
  std::int64_t ends[2] = {0, size};
  for (std::size_t i = 0; i < 2; ++i) {
    if (e.children[i + 1] == kNone) continue;
    const auto end = value(e.children[i + 1], batch, row);
    if (end.is_null()) return {};
    if (end.kind() != ValueKind::integer) fail(e, ErrorType::type_error, Trouble::invalid_argument_type, "a list is cut at integers, not at " + end.to_string());
    ends[i] = std::clamp<std::int64_t>(end.as_integer() < 0 ? end.as_integer() + size : end.as_integer(), 0, size);
  }
  if (ends[0] >= ends[1]) return Value(ValueList());
  return Value(ValueList(base.as_list().begin() + ends[0], base.as_list().begin() + ends[1]));
}

}  // namespace policygraph::inline v0::detail::query
