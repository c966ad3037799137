#include "query/run/arithmetic.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace policygraph::inline v0::detail::query {
namespace {

bool is_number(const Value& v) {
  return v.kind() == ValueKind::integer || v.kind() == ValueKind::floating || v.kind() == ValueKind::decimal;
}

[[noreturn]] void refuse_kinds(Operation op, const Value& a, const Value& b) {
  refuse("TypeError", "InvalidArgumentType",
         "'" + std::string(operation_text(op)) + "' does not take " + std::string(kind_name(a.kind())) + " and " +
             std::string(kind_name(b.kind())));
}

[[noreturn]] void refuse_overflow() {
  refuse("ArithmeticError", "IntegerOverflow", "the result is beyond 64-bit integers; use decimal('...')");
}

std::int64_t integers(Operation op, std::int64_t a, std::int64_t b) {
  std::int64_t out = 0;
  switch (op) {
    case Operation::add:
      if (__builtin_add_overflow(a, b, &out)) refuse_overflow();
      return out;
    case Operation::subtract:
      if (__builtin_sub_overflow(a, b, &out)) refuse_overflow();
      return out;
    case Operation::multiply:
      if (__builtin_mul_overflow(a, b, &out)) refuse_overflow();
      return out;
    default: break;
  }
  if (b == 0) refuse("ArithmeticError", "DivisionByZero", "division by zero");
  if (b == -1) {
    if (a == std::numeric_limits<std::int64_t>::min() && op == Operation::divide) refuse_overflow();
    return op == Operation::divide ? -a : 0;
  }
  return op == Operation::divide ? a / b : a % b;
}

double floats(Operation op, double a, double b) {
  switch (op) {
    case Operation::add: return a + b;
    case Operation::subtract: return a - b;
    case Operation::multiply: return a * b;
    case Operation::divide: return a / b;
    case Operation::modulo: return std::fmod(a, b);
    default: return std::pow(a, b);
  }
}

Decimal exact(const Value& v) { return v.kind() == ValueKind::decimal ? v.as_decimal() : Decimal(v.as_integer()); }

std::uint8_t quotient_scale(std::uint8_t a, std::uint8_t b) {
  return static_cast<std::uint8_t>(std::min(20, std::max<int>(a, b) + 10));
}

Decimal decimals(Operation op, const Decimal& a, const Decimal& b) {
  switch (op) {
    case Operation::add: return a + b;
    case Operation::subtract: return a - b;
    case Operation::multiply: return a * b;
    default: break;
  }
  if (b.is_zero()) refuse("ArithmeticError", "DivisionByZero", "division by zero");
  if (op == Operation::divide) return divide(a, b, quotient_scale(a.scale(), b.scale())).normalised();
  refuse("TypeError", "InvalidArgumentType", "'" + std::string(operation_text(op)) + "' is not defined for decimals; use toFloat");
}

Value numbers(Operation op, const Value& a, const Value& b) {
  const bool has_decimal = a.kind() == ValueKind::decimal || b.kind() == ValueKind::decimal;
  const bool has_float = a.kind() == ValueKind::floating || b.kind() == ValueKind::floating;
  if (has_decimal && has_float) {
    const auto& inexact = a.kind() == ValueKind::floating ? a : b;
    refuse("TypeError", "InvalidArgumentType",
           "an exact decimal beside the float " + inexact.to_string() + "; write decimal('" + inexact.to_string() + "')");
  }
  if (has_decimal) {
    try {
      return Value(decimals(op, exact(a), exact(b)));
    } catch (const Error& error) {
      refuse("ArithmeticError", "NumericOverflow", error.text());
    }
  }
  if (has_float || op == Operation::power) return Value(floats(op, a.as_double(), b.as_double()));
  return Value(integers(op, a.as_integer(), b.as_integer()));
}

Value add_lists(const Value& a, const Value& b, const FunctionScope& scope) {
  ValueList out;
  const auto size = [](const Value& v) { return v.kind() == ValueKind::list ? v.as_list().size() : 1; };
  check_size((size(a) + size(b)) * sizeof(Value), scope);
  const auto append = [&out](const Value& v) {
    if (v.kind() == ValueKind::list) {
      out.insert(out.end(), v.as_list().begin(), v.as_list().end());
    } else {
      out.push_back(v);
    }
  };
  append(a);
  append(b);
  return Value(std::move(out));
}

bool is_text_part(const Value& v) { return v.kind() == ValueKind::string || is_number(v) || v.kind() == ValueKind::boolean; }

Value add_texts(const Value& a, const Value& b, const FunctionScope& scope) {
  const auto text = [](const Value& v) { return v.kind() == ValueKind::string ? v.as_string() : v.kind() == ValueKind::decimal ? v.as_decimal().to_string() : v.to_string(); };
  auto out = text(a);
  const auto tail = text(b);
  check_size(out.size() + tail.size(), scope);
  out += tail;
  return Value(std::move(out));
}

Value shift(const Value& time, const Duration& by, Operation op, const Value& b) {
  switch (time.kind()) {
    case ValueKind::date: return Value(add(time.as_date(), by));
    case ValueKind::local_time: return Value(add(time.as_local_time(), by));
    case ValueKind::time: return Value(ZonedTime{add(time.as_time().local, by), time.as_time().offset_seconds});
    case ValueKind::local_date_time: return Value(add(time.as_local_date_time(), by));
    case ValueKind::date_time: return Value(add(time.as_date_time(), by));
    default: refuse_kinds(op, time, b);
  }
}

Value times(Operation op, const Value& a, const Value& b) {
  const bool is_left = a.kind() == ValueKind::duration;
  const bool is_right = b.kind() == ValueKind::duration;
  if (op == Operation::add && is_left && is_right) return Value(a.as_duration() + b.as_duration());
  if (op == Operation::subtract && is_left && is_right) return Value(a.as_duration() + -b.as_duration());
  if (op == Operation::add && is_left) return shift(b, a.as_duration(), op, a);
  if (op == Operation::add && is_right) return shift(a, b.as_duration(), op, b);
  if (op == Operation::subtract && is_right) return shift(a, -b.as_duration(), op, b);
  if (op == Operation::multiply && is_left && is_number(b)) return Value(scale(a.as_duration(), b.as_double()));
  if (op == Operation::multiply && is_right && is_number(a)) return Value(scale(b.as_duration(), a.as_double()));
  if (op == Operation::divide && is_left && is_number(b)) return Value(scale(a.as_duration(), 1.0 / b.as_double()));
  refuse_kinds(op, a, b);
}

}  // namespace

Value calculate(Operation op, const Value& a, const Value& b, const FunctionScope& scope) {
  if (a.is_null() || b.is_null()) return {};
  if (is_number(a) && is_number(b)) return numbers(op, a, b);
  if (op == Operation::add && (a.kind() == ValueKind::list || b.kind() == ValueKind::list)) return add_lists(a, b, scope);
  if (op == Operation::add && (a.kind() == ValueKind::string || b.kind() == ValueKind::string) && is_text_part(a) && is_text_part(b)) {
    return add_texts(a, b, scope);
  }
  if (a.kind() == ValueKind::duration || b.kind() == ValueKind::duration) {
    try {
      return times(op, a, b);
    } catch (const Error& error) {
      refuse("ArithmeticError", "NumericOverflow", error.text());
    }
  }
  refuse_kinds(op, a, b);
}

Value negate(const Value& value) {
  switch (value.kind()) {
    case ValueKind::null: return {};
    case ValueKind::integer: return Value(integers(Operation::subtract, 0, value.as_integer()));
    case ValueKind::floating: return Value(-value.as_double());
    case ValueKind::decimal: return Value(-value.as_decimal());
    case ValueKind::duration: return Value(-value.as_duration());
    default: refuse_type("-", "a number", value);
  }
}

Value add_numbers(const Value& a, const Value& b) {
  if (a.kind() == ValueKind::duration && b.kind() == ValueKind::duration) return Value(a.as_duration() + b.as_duration());
  if (!is_number(a) || !is_number(b)) refuse_type("sum", "numbers", is_number(a) ? b : a);
  return numbers(Operation::add, a, b);
}

Value divide_by_count(const Value& sum, std::int64_t count) {
  if (sum.kind() == ValueKind::decimal) return numbers(Operation::divide, sum, Value(count));
  if (sum.kind() == ValueKind::duration) return Value(scale(sum.as_duration(), 1.0 / static_cast<double>(count)));
  return Value(sum.as_double() / static_cast<double>(count));
}

}  // namespace policygraph::inline v0::detail::query
