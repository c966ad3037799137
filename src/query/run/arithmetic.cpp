#include "query/run/arithmetic.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "query/functions/pieces.hpp"
#include "query/functions/temporal_parts.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

bool is_number(const Value& v) {
  return v.kind() == ValueKind::integer || v.kind() == ValueKind::floating || v.kind() == ValueKind::decimal;
}

bool is_point_of_time(const Value& v) { return v.kind() >= ValueKind::partial_date && v.kind() < ValueKind::duration; }

[[noreturn]] void refuse_kinds(Operation op, const Value& a, const Value& b) {
  const bool is_distance = op == Operation::subtract && is_point_of_time(a) && is_point_of_time(b);
  refuse(ErrorType::type_error, Trouble::invalid_argument_type,
         "'" + std::string(operation_text(op)) + "' does not take " + std::string(kind_name(a.kind())) + " and " +
             std::string(kind_name(b.kind())) + (is_distance ? "; use duration.between" : ""));
}

[[noreturn]] void refuse_overflow() {
  refuse(ErrorType::arithmetic_error, Trouble::integer_overflow, "the result is beyond 64-bit integers; use decimal('...')");
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
  if (b == 0) refuse(ErrorType::arithmetic_error, Trouble::division_by_zero, "division by zero");
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

// Of the sign of `a`; exact.
Decimal remainder(const Decimal& a, const Decimal& b) {
  const auto rest = a - b * divide(a, b, 0);
  if (rest.is_zero() || rest.is_negative() == a.is_negative()) return rest;
  return rest.is_negative() == b.is_negative() ? rest - b : rest + b;
}

Decimal decimals(Operation op, const Decimal& a, const Decimal& b) {
  switch (op) {
    case Operation::add: return a + b;
    case Operation::subtract: return a - b;
    case Operation::multiply: return a * b;
    default: break;
  }
  if (b.is_zero()) refuse(ErrorType::arithmetic_error, Trouble::division_by_zero, "division by zero");
  if (op == Operation::divide) return divide(a, b, quotient_scale(a.scale(), b.scale())).normalised();
  if (op == Operation::modulo) return remainder(a, b);
  refuse(ErrorType::type_error, Trouble::invalid_argument_type, "'" + std::string(operation_text(op)) + "' is not defined for decimals; use toFloat");
}

Value numbers(Operation op, const Value& a, const Value& b) {
  const bool has_decimal = a.kind() == ValueKind::decimal || b.kind() == ValueKind::decimal;
  const bool has_float = a.kind() == ValueKind::floating || b.kind() == ValueKind::floating;
  if (has_decimal && has_float) {
    const auto& inexact = a.kind() == ValueKind::floating ? a : b;
    refuse(ErrorType::type_error, Trouble::invalid_argument_type,
           "an exact decimal beside the float " + inexact.to_string() + "; write decimal('" + inexact.to_string() + "')");
  }
  if (has_decimal) {
    try {
      return Value(decimals(op, exact(a), exact(b)));
    } catch (const Error& error) {
      refuse(ErrorType::arithmetic_error, Trouble::numeric_overflow, error.text());
    }
  }
  if (has_float || op == Operation::power) return Value(floats(op, a.as_double(), b.as_double()));
  return Value(integers(op, a.as_integer(), b.as_integer()));
}

Value add_lists(const Value& a, const Value& b, const FunctionScope& scope) {
  const auto items = [](const Value& v) { return v.kind() == ValueKind::list ? std::span<const Value>(v.as_list()) : std::span(&v, 1); };
  ValueList out;
  const auto size = items(a).size() + items(b).size();
  scope.limits.check(size * sizeof(Value));
  out.reserve(size);
  append(out, items(a), scope.limits);
  append(out, items(b), scope.limits);
  return Value(std::move(out));
}

bool is_text_part(const Value& v) { return v.kind() == ValueKind::string || is_number(v) || v.kind() == ValueKind::boolean; }

Value add_texts(const Value& a, const Value& b, const FunctionScope& scope) {
  const auto size = [](const Value& v) { return v.kind() == ValueKind::string ? v.as_string().size() : 40; };
  std::string out;
  scope.limits.check(size(a) + size(b));
  out.reserve(size(a) + size(b));
  const auto add = [&](const Value& v) {
    if (v.kind() == ValueKind::string) return append(out, v.as_string(), scope.limits);
    out += v.kind() == ValueKind::decimal ? v.as_decimal().to_string() : v.to_string();
  };
  add(a);
  add(b);
  return Value(std::move(out));
}

// Null for a value that a duration does not move.
Value shifted(const Value& time, const Duration& by, const FunctionScope& scope) {
  switch (time.kind()) {
    case ValueKind::date: return Value(add(time.as_date(), by));
    case ValueKind::partial_date: return Value(add(*parts_of(time).day, by));
    case ValueKind::local_time: return Value(add(time.as_local_time(), by));
    case ValueKind::time: return Value(add(time.as_time(), by));
    case ValueKind::local_date_time: return Value(add(time.as_local_date_time(), by));
    case ValueKind::date_time: return Value(add(time.as_date_time(), by, scope.zones));
    default: return {};
  }
}

// A decimal as a whole number over a power of ten, where both are integers.
std::optional<std::pair<std::int64_t, std::int64_t>> ratio_of(const Decimal& decimal) {
  const auto plain = decimal.normalised();
  if (plain.scale() > 18) return std::nullopt;
  std::int64_t below = 1;
  for (int i = 0; i < plain.scale(); ++i) below *= 10;
  const auto above = (plain * Decimal(below)).normalised().to_int64();
  if (!above) return std::nullopt;
  return std::pair(*above, below);
}

Value times(const Duration& duration, const Value& factor) {
  if (factor.kind() == ValueKind::integer) return Value(scale_whole(duration, factor.as_integer()));
  if (factor.kind() == ValueKind::decimal) {
    if (const auto ratio = ratio_of(factor.as_decimal())) return Value(divide_whole(scale_whole(duration, ratio->first), ratio->second));
  }
  return Value(scale(duration, factor.as_double()));
}

Value shared_out(const Duration& duration, const Value& divisor) {
  if (divisor.as_double() == 0) refuse(ErrorType::arithmetic_error, Trouble::division_by_zero, "division by zero");
  if (divisor.kind() == ValueKind::integer) return Value(divide_whole(duration, divisor.as_integer()));
  if (divisor.kind() == ValueKind::decimal) {
    if (const auto ratio = ratio_of(divisor.as_decimal())) return Value(divide_whole(scale_whole(duration, ratio->second), ratio->first));
  }
  return Value(divide(duration, divisor.as_double()));
}

Value with_duration(Operation op, const Value& a, const Value& b, const FunctionScope& scope) {
  const bool is_left = a.kind() == ValueKind::duration;
  const bool is_right = b.kind() == ValueKind::duration;
  if (op == Operation::add && is_left && is_right) return Value(a.as_duration() + b.as_duration());
  if (op == Operation::subtract && is_left && is_right) return Value(a.as_duration() - b.as_duration());
  Value moved;
  if (op == Operation::add && is_left) moved = shifted(b, a.as_duration(), scope);
  if (op == Operation::add && is_right) moved = shifted(a, b.as_duration(), scope);
  if (op == Operation::subtract && is_right) moved = shifted(a, -b.as_duration(), scope);
  if (!moved.is_null()) return moved;
  if (op == Operation::multiply && is_left && is_number(b)) return times(a.as_duration(), b);
  if (op == Operation::multiply && is_right && is_number(a)) return times(b.as_duration(), a);
  if (op == Operation::divide && is_left && is_number(b)) return shared_out(a.as_duration(), b);
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
      return with_duration(op, a, b, scope);
    } catch (const Error& error) {
      refuse(ErrorType::arithmetic_error, Trouble::numeric_overflow, error.text());
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
  if (sum.kind() == ValueKind::duration) return Value(divide_whole(sum.as_duration(), count));
  return Value(sum.as_double() / static_cast<double>(count));
}

}  // namespace policygraph::inline v0::detail::query
