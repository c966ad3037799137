#include "reference/arithmetic.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "policygraph/base/error.hpp"
#include "policygraph/base/temporal.hpp"

namespace policygraph::testing::reference {

using detail::query::Operation;

namespace {

__extension__ using Wide = __int128;

Value integers(Operation op, std::int64_t a, std::int64_t b) {
  const Wide x = a;
  const Wide y = b;
  if ((op == Operation::divide || op == Operation::modulo) && b == 0) throw Refused("division by zero");
  const Wide wide = op == Operation::add        ? x + y
                    : op == Operation::subtract ? x - y
                    : op == Operation::multiply ? x * y
                    : op == Operation::divide   ? x / y
                                                : x % y;
  if (wide > std::numeric_limits<std::int64_t>::max() || wide < std::numeric_limits<std::int64_t>::min()) throw Refused("integer overflow");
  return Value(static_cast<std::int64_t>(wide));
}

Value floats(Operation op, double a, double b) {
  switch (op) {
    case Operation::add: return Value(a + b);
    case Operation::subtract: return Value(a - b);
    case Operation::multiply: return Value(a * b);
    case Operation::divide: return Value(a / b);
    case Operation::modulo: return Value(std::fmod(a, b));
    default: return Value(std::pow(a, b));
  }
}

// ---- decimals: a coefficient and the digits behind the point, small enough that nothing overflows.

struct Exact {
  Wide coefficient = 0;
  int scale = 0;
};

constexpr int kMostScale = 12;  // beyond it the interpreter does not follow

Wide power_of_ten(int exponent) {
  Wide out = 1;
  for (int i = 0; i < exponent; ++i) out *= 10;
  return out;
}

Exact exact(const Value& v) {
  if (v.kind() == ValueKind::integer) return {v.as_integer(), 0};
  const auto& d = v.as_decimal();
  const bool is_small = d.high() == (static_cast<std::int64_t>(d.low()) < 0 ? -1 : 0);
  if (!is_small || d.scale() > kMostScale) throw Unsupported("a long decimal");
  return {static_cast<std::int64_t>(d.low()), d.scale()};
}

Value decimal(Exact e) {
  if (e.coefficient > std::numeric_limits<std::int64_t>::max() || e.coefficient < std::numeric_limits<std::int64_t>::min()) throw Unsupported("a long decimal");
  const auto low = static_cast<std::int64_t>(e.coefficient);
  return Value(Decimal(low < 0 ? -1 : 0, static_cast<std::uint64_t>(low), static_cast<std::uint8_t>(e.scale)));
}

// As many digits as the quotient gets, half to even, without zeros at the end.
Value quotient(Exact a, Exact b) {
  const int scale = std::min(20, std::max(a.scale, b.scale) + 10);
  Wide dividend = a.coefficient * power_of_ten(std::max(0, scale + b.scale - a.scale));
  Wide divisor = b.coefficient;
  if (divisor < 0) dividend = -dividend, divisor = -divisor;
  const bool is_negative = dividend < 0;
  if (is_negative) dividend = -dividend;
  Exact out{dividend / divisor, scale};
  const Wide rest = dividend % divisor;
  if (2 * rest > divisor || (2 * rest == divisor && out.coefficient % 2 != 0)) ++out.coefficient;
  if (is_negative) out.coefficient = -out.coefficient;
  while (out.scale > 0 && out.coefficient % 10 == 0) out.coefficient /= 10, --out.scale;
  return decimal(out);
}

Value decimals(Operation op, Exact a, Exact b) {
  if (op == Operation::power) throw Refused("a power of decimals");
  if (op == Operation::multiply) return decimal({a.coefficient * b.coefficient, a.scale + b.scale});
  if (b.coefficient == 0 && (op == Operation::divide || op == Operation::modulo)) throw Refused("division by zero");
  if (op == Operation::divide) return quotient(a, b);
  const int scale = std::max(a.scale, b.scale);
  const Wide x = a.coefficient * power_of_ten(scale - a.scale);
  const Wide y = b.coefficient * power_of_ten(scale - b.scale);
  return decimal({op == Operation::add ? x + y : op == Operation::subtract ? x - y : x % y, scale});
}

Value numbers(Operation op, const Value& a, const Value& b) {
  const bool has_decimal = a.kind() == ValueKind::decimal || b.kind() == ValueKind::decimal;
  const bool has_float = a.kind() == ValueKind::floating || b.kind() == ValueKind::floating;
  if (has_decimal && has_float) throw Refused("a decimal beside a float");
  if (has_decimal) return decimals(op, exact(a), exact(b));
  if (!has_float && op != Operation::power) return integers(op, a.as_integer(), b.as_integer());
  return floats(op, a.as_double(), b.as_double());
}

// ---- time

// A point of time moved; null for what is none.
Value moved(const Value& time, const Duration& by, TimeZones& zones) {
  switch (time.kind()) {
    case ValueKind::date: return Value(add(time.as_date(), by));
    case ValueKind::partial_date:
      if (!time.as_partial_date().is_day()) throw Refused("a partial date that is no day");
      return Value(add(time.as_partial_date().earliest(), by));
    case ValueKind::local_time: return Value(add(time.as_local_time(), by));
    case ValueKind::time: return Value(add(time.as_time(), by));
    case ValueKind::local_date_time: return Value(add(time.as_local_date_time(), by));
    case ValueKind::date_time: return Value(add(time.as_date_time(), by, zones));
    default: return {};
  }
}

Value durations(Operation op, const Value& a, const Value& b, TimeZones& zones) {
  const bool is_left = a.kind() == ValueKind::duration;
  const bool is_right = b.kind() == ValueKind::duration;
  Value out;
  if (op == Operation::add) {
    if (is_left && is_right) return Value(a.as_duration() + b.as_duration());
    out = is_left ? moved(b, a.as_duration(), zones) : moved(a, b.as_duration(), zones);
  } else if (op == Operation::subtract && is_right) {
    if (is_left) return Value(a.as_duration() - b.as_duration());
    out = moved(a, -b.as_duration(), zones);
  } else if ((op == Operation::multiply || (op == Operation::divide && is_left)) && is_left != is_right) {
    const auto& duration = is_left ? a.as_duration() : b.as_duration();
    const auto& factor = is_left ? b : a;
    if (!is_numeric(factor)) throw Refused("a duration times what is no number");
    const bool is_times = op == Operation::multiply;
    if (!is_times && factor.as_double() == 0) throw Refused("division by zero");
    if (factor.kind() == ValueKind::integer) {
      return Value(is_times ? scale_whole(duration, factor.as_integer()) : divide_whole(duration, factor.as_integer()));
    }
    if (factor.kind() == ValueKind::decimal) {
      const auto [coefficient, scale] = exact(Value(factor.as_decimal().normalised()));
      const auto above = static_cast<std::int64_t>(coefficient);
      const auto below = static_cast<std::int64_t>(power_of_ten(scale));
      return Value(is_times ? divide_whole(scale_whole(duration, above), below) : divide_whole(scale_whole(duration, below), above));
    }
    return Value(is_times ? scale(duration, factor.as_double()) : divide(duration, factor.as_double()));
  }
  if (out.is_null()) throw Refused("a duration beside what does not go with it");
  return out;
}

std::string text_of(const Value& v) {
  if (v.kind() == ValueKind::string) return v.as_string();
  if (v.kind() == ValueKind::decimal) return v.as_decimal().to_string();
  if (is_numeric(v) || v.kind() == ValueKind::boolean) return v.to_string();
  throw Refused("a text and a " + std::string(kind_name(v.kind())));
}

ValueList items_of(const Value& v) { return v.kind() == ValueKind::list ? v.as_list() : ValueList(1, v); }

template <class Action>
Value refusing(Action action) {
  try {
    return action();
  } catch (const Error& error) {
    throw Refused(error.text());
  }
}

}  // namespace

Value calculated(Operation op, const Value& a, const Value& b, TimeZones& zones) {
  if (a.is_null() || b.is_null()) return {};
  if (is_numeric(a) && is_numeric(b)) return refusing([&] { return numbers(op, a, b); });
  if (op == Operation::add && (a.kind() == ValueKind::list || b.kind() == ValueKind::list)) {
    auto out = items_of(a);
    const auto more = items_of(b);
    out.insert(out.end(), more.begin(), more.end());
    return Value(std::move(out));
  }
  if (op == Operation::add && (a.kind() == ValueKind::string || b.kind() == ValueKind::string)) return Value(text_of(a) + text_of(b));
  if (a.kind() == ValueKind::duration || b.kind() == ValueKind::duration) return refusing([&] { return durations(op, a, b, zones); });
  throw Refused("values that do not go together");
}

Value negated(const Value& value) {
  switch (value.kind()) {
    case ValueKind::integer: return integers(Operation::subtract, 0, value.as_integer());
    case ValueKind::floating: return Value(-value.as_double());
    case ValueKind::decimal: {
      const auto e = exact(value);
      return decimal({-e.coefficient, e.scale});
    }
    case ValueKind::duration: return refusing([&] { return Value(-value.as_duration()); });
    default: throw Refused("- of what is no number");
  }
}

Value sum_of(const Value& a, const Value& b) {
  if (a.kind() == ValueKind::duration && b.kind() == ValueKind::duration) return refusing([&] { return Value(a.as_duration() + b.as_duration()); });
  if (!is_numeric(a) || !is_numeric(b)) throw Refused("sum takes numbers");
  return numbers(Operation::add, a, b);
}

Value shared_out(const Value& sum, std::size_t count) {
  const auto n = static_cast<std::int64_t>(count);
  if (sum.kind() == ValueKind::duration) return refusing([&] { return Value(divide_whole(sum.as_duration(), n)); });
  if (sum.kind() == ValueKind::decimal) return quotient(exact(sum), {n, 0});
  return Value(sum.as_double() / static_cast<double>(n));
}

}  // namespace policygraph::testing::reference
