#include <algorithm>
#include <array>
#include <utility>

#include "query/functions/pieces.hpp"
#include "query/run/arithmetic.hpp"
#include "query/run/evaluator.hpp"
#include "query/run/value_bytes.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

bool holds(std::string_view text, std::string_view part, Limits& limits) {
  if (part.empty() || text.size() <= kPieceItems) return text.find(part) != std::string_view::npos;
  return TextSearch(part, limits).find(text, 0) != std::string_view::npos;
}

Truth text_test(Operation op, const Value& a, const Value& b, Limits& limits) {
  if (a.kind() != ValueKind::string || b.kind() != ValueKind::string) return Truth::unknown;
  const auto& text = a.as_string();
  const auto& part = b.as_string();
  if (op == Operation::starts_with) return truth_of(text.starts_with(part));
  if (op == Operation::ends_with) return truth_of(text.ends_with(part));
  return truth_of(holds(text, part, limits));
}

Truth is_in(const Value& item, const Value& list, Limits& limits) {
  if (list.is_null()) return Truth::unknown;
  if (list.kind() != ValueKind::list) refuse_type("IN", "a list", list);
  auto out = Truth::no;
  for (const auto& other : list.as_list()) {
    limits.step();
    const auto same = equal(item, other, &limits);
    if (same == Truth::yes) return same;
    if (same == Truth::unknown) out = same;
  }
  return out;
}

// Of the query, and not of a value in it.
bool is_end(const Error& error) { return error.code() == ErrorCode::limit || error.code() == ErrorCode::interrupted; }

Truth boolean(const Value& value, Operation op) {
  if (value.is_null()) return Truth::unknown;
  if (value.kind() != ValueKind::boolean) refuse_type(operation_text(op), "a Boolean", value);
  return truth_of(value.as_bool());
}

}  // namespace

Truth Evaluator::compare(const BoundExpression& e, const Value& left, const Value& right) {
  auto* const limits = &execution_.limits;
  try {
    switch (e.op) {
      case Operation::not_equal: return not_of(equal(left, right, limits));
      case Operation::less: return less(left, right, limits);
      case Operation::less_equal: return less_or_equal(left, right, limits);
      case Operation::greater: return less(right, left, limits);
      case Operation::greater_equal: return less_or_equal(right, left, limits);
      case Operation::in: return is_in(left, right, *limits);
      case Operation::starts_with:
      case Operation::ends_with:
      case Operation::contains: return text_test(e.op, left, right, *limits);
      case Operation::xor_: {
        const auto a = boolean(left, e.op);
        const auto b = boolean(right, e.op);
        return a == Truth::unknown || b == Truth::unknown ? Truth::unknown : truth_of(a != b);
      }
      default: return equal(left, right, limits);
    }
  } catch (const ValueTrouble& trouble) {
    fail(e, trouble.type, trouble.detail, trouble.text);
  }
}

// By the list's own look-up, where it is a literal or a parameter.
std::optional<Truth> Evaluator::is_in_constant(const BoundExpression& e, const Value& item, const Value& list) {
  const auto kind = query_.expressions[e.children[1]].kind;
  if ((kind != BoundKind::literal && kind != BoundKind::parameter) || list.kind() != ValueKind::list) return std::nullopt;
  forget_lists();
  return members_.try_emplace(e.children[1], execution_.limits).first->second.holds(item, list.as_list());
}

// x IN range(...) is told by the bounds, and no list is made of what lies between.
std::optional<Truth> Evaluator::is_in_range(const BoundExpression& e, const Value& item, const Batch& batch, std::uint32_t row) {
  const auto& list = query_.expressions[e.children[1]];
  if (list.kind != BoundKind::call || list.function->name != "range" || item.kind() != ValueKind::integer) return std::nullopt;
  std::array<std::int64_t, 3> bounds = {0, 0, 1};
  for (std::size_t i = 0; i < list.children.size(); ++i) {
    const auto bound = value(list.children[i], batch, row);
    if (bound.kind() != ValueKind::integer) return std::nullopt;
    bounds[i] = bound.as_integer();
  }
  const auto [from, to, step] = bounds;
  if (step == 0) return std::nullopt;
  const auto x = item.as_integer();
  if (step > 0 ? x < from || x > to : x > from || x < to) return Truth::no;
  // Unsigned, because the distance may be wider than an integer.
  const auto size = [](std::int64_t less, std::int64_t more) { return static_cast<std::uint64_t>(more) - static_cast<std::uint64_t>(less); };
  return truth_of((step > 0 ? size(from, x) % size(0, step) : size(x, from) % size(step, 0)) == 0);
}

Value Evaluator::binary(const BoundExpression& e, const Batch& batch, std::uint32_t row) {
  Room room(execution_.limits);
  const auto* const there_left = standing(e.children[0], batch, row);
  const auto made_left = there_left != nullptr ? Value() : value(e.children[0], batch, row);
  if (const auto bytes = long_bytes(made_left, execution_.limits); bytes != 0) room.take(bytes);
  if (e.op == Operation::in) {
    if (const auto found = is_in_range(e, there_left != nullptr ? *there_left : made_left, batch, row)) return value_of(*found);
  }
  const auto* const there_right = standing(e.children[1], batch, row);
  const auto made_right = there_right != nullptr ? Value() : value(e.children[1], batch, row);
  if (const auto bytes = long_bytes(made_right, execution_.limits); bytes != 0) room.take(bytes);
  const auto& left = there_left != nullptr ? *there_left : made_left;
  const auto& right = there_right != nullptr ? *there_right : made_right;
  if (e.op == Operation::in) {
    if (const auto found = is_in_constant(e, left, right)) return value_of(*found);
  }
  if (e.op > Operation::power) return value_of(compare(e, left, right));
  if (e.is_money && !left.is_null() && !right.is_null()) refuse_currencies(e, batch, row);
  try {
    return checked(calculate(e.op, left, right, execution_.scope()));
  } catch (const ValueTrouble& trouble) {
    fail(e, trouble.type, trouble.detail, trouble.text);
  } catch (const QueryError&) {
    throw;
  } catch (const Error& error) {
    if (is_end(error)) throw;
    fail(e, ErrorType::arithmetic_error, Trouble::numeric_overflow, error.text());
  }
}

Value Evaluator::unary(const BoundExpression& e, const Batch& batch, std::uint32_t row) {
  Room room(execution_.limits);
  Value made;
  const auto& operand = seen(e.children[0], batch, row, made, room);
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
  Room room(execution_.limits);
  if (e.children.size() == 1) {
    Value made;
    return call_body(e, std::span(&seen(e.children[0], batch, row, made, room), 1));
  }
  std::vector<Value> arguments;
  arguments.reserve(e.children.size());
  for (const auto child : e.children) {
    arguments.push_back(value(child, batch, row));
    room.take(long_bytes(arguments.back(), execution_.limits));
    if (arguments.back().is_null() && !e.function->takes_null) return {};
  }
  return call_body(e, arguments);
}

Value Evaluator::call_body(const BoundExpression& e, std::span<const Value> arguments) {
  if (arguments.size() == 1 && arguments[0].is_null() && !e.function->takes_null) return {};
  try {
    return e.function->body(arguments, execution_.scope());
  } catch (const ValueTrouble& trouble) {
    fail(e, trouble.type, trouble.detail, trouble.text);
  } catch (const QueryError&) {
    throw;
  } catch (const Error& error) {
    if (is_end(error)) throw;
    fail(e, ErrorType::argument_error, Trouble::invalid_argument_value, error.text());
  }
}

Value Evaluator::index(const BoundExpression& e, const Batch& batch, std::uint32_t row) {
  Room room(execution_.limits);
  Value made_base, made_at;
  const auto& base = seen(e.children[0], batch, row, made_base, room);
  const auto& at = seen(e.children[1], batch, row, made_at, room);
  if (base.is_null() || at.is_null()) return {};
  if (base.kind() == ValueKind::list) {
    if (at.kind() != ValueKind::integer) {
      fail(e, ErrorType::type_error, Trouble::list_element_access_by_non_integer, "a list is read by integers, not by " + excerpt(at));
    }
    const auto& list = base.as_list();
    const auto size = static_cast<std::int64_t>(list.size());
    const auto place = at.as_integer() < 0 ? at.as_integer() + size : at.as_integer();
    return place >= 0 && place < size ? list[static_cast<std::size_t>(place)] : Value();
  }
  const bool is_keyed = base.kind() == ValueKind::map || base.kind() == ValueKind::node || base.kind() == ValueKind::edge;
  if (!is_keyed) fail(e, ErrorType::type_error, Trouble::invalid_argument_type, "[ ] reads lists, maps, nodes and relationships, not " + excerpt(base));
  if (at.kind() != ValueKind::string) {
    fail(e, ErrorType::type_error, Trouble::map_element_access_by_non_string, "a map is read by strings, not by " + excerpt(at));
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
  Room room(execution_.limits);
  Value made;
  const auto& base = seen(e.children[0], batch, row, made, room);
  if (base.is_null()) return {};
  if (base.kind() != ValueKind::list) fail(e, ErrorType::type_error, Trouble::invalid_argument_type, "[ .. ] cuts lists, not " + excerpt(base));
  const auto size = static_cast<std::int64_t>(base.as_list().size());
  std::int64_t ends[2] = {0, size};
  for (std::size_t i = 0; i < 2; ++i) {
    if (e.children[i + 1] == kNone) continue;
    const auto end = value(e.children[i + 1], batch, row);
    if (end.is_null()) return {};
    if (end.kind() != ValueKind::integer) fail(e, ErrorType::type_error, Trouble::invalid_argument_type, "a list is cut at integers, not at " + excerpt(end));
    ends[i] = std::clamp<std::int64_t>(end.as_integer() < 0 ? end.as_integer() + size : end.as_integer(), 0, size);
  }
  if (ends[0] >= ends[1]) return Value(ValueList());
  ValueList out;
  append(out, std::span(base.as_list()).subspan(static_cast<std::size_t>(ends[0]), static_cast<std::size_t>(ends[1] - ends[0])), execution_.limits);
  return Value(std::move(out));
}

}  // namespace policygraph::inline v0::detail::query
