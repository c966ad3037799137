#include "query/run/compare.hpp"

#include <cmath>
#include <functional>
#include <optional>
#include <string_view>
#include <tuple>

#include "base/decimal_beside_float.hpp"
#include "query/functions/function.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

bool is_number(const Value& v) {
  return v.kind() == ValueKind::integer || v.kind() == ValueKind::floating || v.kind() == ValueKind::decimal;
}
bool is_day(const Value& v) { return v.kind() == ValueKind::date || v.kind() == ValueKind::partial_date; }
bool is_nan(const Value& v) { return v.kind() == ValueKind::floating && std::isnan(v.as_double()); }

// An integer beside a float, exactly: floats beyond 2^63 are beyond every integer.
std::partial_ordering compare_mixed(std::int64_t a, double b) {
  if (std::isnan(b)) return std::partial_ordering::unordered;
  if (b >= 9223372036854775808.0) return std::partial_ordering::less;
  if (b < -9223372036854775808.0) return std::partial_ordering::greater;
  const auto whole = static_cast<std::int64_t>(b);
  if (a != whole) return a <=> whole;
  return 0.0 <=> (b - static_cast<double>(whole));
}

std::partial_ordering reversed(std::partial_ordering o) { return 0 <=> o; }

std::partial_ordering compare_numbers(const Value& a, const Value& b) {
  if (a.kind() == ValueKind::integer && b.kind() == ValueKind::integer) return a.as_integer() <=> b.as_integer();
  if (a.kind() == ValueKind::integer && b.kind() == ValueKind::floating) return compare_mixed(a.as_integer(), b.as_double());
  if (a.kind() == ValueKind::floating && b.kind() == ValueKind::integer) return reversed(compare_mixed(b.as_integer(), a.as_double()));
  if (a.kind() == ValueKind::decimal && b.kind() == ValueKind::decimal) return a.as_decimal() <=> b.as_decimal();
  if (a.kind() == ValueKind::decimal && b.kind() == ValueKind::integer) return a.as_decimal() <=> Decimal(b.as_integer());
  if (a.kind() == ValueKind::integer && b.kind() == ValueKind::decimal) return Decimal(a.as_integer()) <=> b.as_decimal();
  if (a.kind() == ValueKind::decimal) return base::compare_exactly(a.as_decimal(), b.as_double());
  if (b.kind() == ValueKind::decimal) return reversed(base::compare_exactly(b.as_decimal(), a.as_double()));
  return a.as_double() <=> b.as_double();
}

void refuse_mixed_money(const Value& a, const Value& b) {
  const bool is_mixed = (a.kind() == ValueKind::decimal && b.kind() == ValueKind::floating) ||
                        (a.kind() == ValueKind::floating && b.kind() == ValueKind::decimal);
  if (!is_mixed) return;
  const auto& inexact = a.kind() == ValueKind::floating ? a : b;
  refuse(ErrorType::type_error, Trouble::invalid_argument_type,
         "an exact decimal beside the float " + inexact.to_string() + "; write decimal('" + inexact.to_string() + "')");
}

PartialDate partial(const Value& v) {
  if (v.kind() == ValueKind::partial_date) return v.as_partial_date();
  const auto day = year_month_day(v.as_date());
  return PartialDate::day(day.year, day.month, day.day);
}

bool is_ordinary_day(const Value& v) {
  return v.kind() == ValueKind::partial_date || (v.as_date() >= kFirstDay && v.as_date() <= kLastDay);
}

void step(Limits* limits) {
  if (limits != nullptr) limits->step();
}

Truth equal_lists(const ValueList& a, const ValueList& b, Limits* limits) {
  if (a.size() != b.size()) return Truth::no;
  auto out = Truth::yes;
  for (std::size_t i = 0; i < a.size(); ++i) {
    step(limits);
    const auto item = equal(a[i], b[i], limits);
    if (item == Truth::no) return item;
    if (item == Truth::unknown) out = item;
  }
  return out;
}

Truth equal_maps(const ValueMap& a, const ValueMap& b, Limits* limits) {
  if (a.size() != b.size()) return Truth::no;
  auto out = Truth::yes;
  for (auto x = a.begin(), y = b.begin(); x != a.end(); ++x, ++y) {
    step(limits);
    if (x->first != y->first) return Truth::no;
    const auto item = equal(x->second, y->second, limits);
    if (item == Truth::no) return item;
    if (item == Truth::unknown) out = item;
  }
  return out;
}

std::partial_ordering compare_same(const Value& a, const Value& b) {
  switch (a.kind()) {
    case ValueKind::boolean: return a.as_bool() <=> b.as_bool();
    case ValueKind::string: return a.as_string().compare(b.as_string()) <=> 0;
    case ValueKind::date: return a.as_date() <=> b.as_date();
    case ValueKind::local_time: return a.as_local_time() <=> b.as_local_time();
    case ValueKind::time: return a.as_time() <=> b.as_time();
    case ValueKind::local_date_time: return a.as_local_date_time() <=> b.as_local_date_time();
    case ValueKind::date_time: return a.as_date_time() <=> b.as_date_time();
    case ValueKind::node: return a.as_node() <=> b.as_node();
    case ValueKind::edge: return a.as_edge() <=> b.as_edge();
    default: return std::partial_ordering::unordered;
  }
}

// Lists compare item by item; a null decides nothing.
Truth less_lists(const ValueList& a, const ValueList& b, bool or_equal, Limits* limits) {
  for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
    step(limits);
    const auto same = equal(a[i], b[i], limits);
    if (same == Truth::unknown) return same;
    if (same == Truth::no) return less(a[i], b[i], limits);
  }
  return truth_of(a.size() < b.size() || (or_equal && a.size() == b.size()));
}

Truth less_dates(const Value& a, const Value& b, bool or_equal) {
  if (!is_ordinary_day(a) || !is_ordinary_day(b)) return Truth::unknown;
  const auto x = partial(a);
  const auto y = partial(b);
  if (certainly_before(x, y) || (or_equal && x.latest() <= y.earliest())) return Truth::yes;
  if (or_equal && x == y) return Truth::yes;
  const bool is_possible = or_equal ? x.earliest() <= y.latest() : possibly_before(x, y);
  return is_possible ? Truth::unknown : Truth::no;
}

Truth less_by(const Value& a, const Value& b, bool or_equal, Limits* limits) {
  if (a.is_null() || b.is_null()) return Truth::unknown;
  auto result = std::partial_ordering::unordered;
  if (is_number(a) && is_number(b)) {
    refuse_mixed_money(a, b);
    if (is_nan(a) || is_nan(b)) return Truth::no;
    result = compare_numbers(a, b);
  } else if (a.kind() == ValueKind::list && b.kind() == ValueKind::list) {
    return less_lists(a.as_list(), b.as_list(), or_equal, limits);
  } else if (is_day(a) && is_day(b) && a.kind() != ValueKind::date) {
    return less_dates(a, b, or_equal);
  } else if (is_day(a) && is_day(b) && b.kind() != ValueKind::date) {
    return less_dates(a, b, or_equal);
  } else if (a.kind() == b.kind() && a.kind() != ValueKind::node && a.kind() != ValueKind::edge) {
    result = compare_same(a, b);
  }
  if (result == std::partial_ordering::unordered) return Truth::unknown;
  return truth_of(result < 0 || (or_equal && result == 0));
}

int rank(const Value& v) {
  switch (v.kind()) {
    case ValueKind::map: return 0;
    case ValueKind::node: return 1;
    case ValueKind::edge: return 2;
    case ValueKind::list: return 3;
    case ValueKind::path: return 4;
    case ValueKind::date_time: return 5;
    case ValueKind::local_date_time: return 6;
    case ValueKind::date:
    case ValueKind::partial_date: return 7;
    case ValueKind::time: return 8;
    case ValueKind::local_time: return 9;
    case ValueKind::duration: return 10;
    case ValueKind::string: return 11;
    case ValueKind::boolean: return 12;
    case ValueKind::null: return 15;
    default: return is_nan(v) ? 14 : 13;
  }
}

std::weak_ordering order_lists(const ValueList& a, const ValueList& b, Limits* limits) {
  for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
    step(limits);
    if (const auto item = order(a[i], b[i], limits); item != 0) return item;
  }
  return a.size() <=> b.size();
}

std::weak_ordering order_maps(const ValueMap& a, const ValueMap& b, Limits* limits) {
  for (auto x = a.begin(), y = b.begin(); x != a.end() && y != b.end(); ++x, ++y) {
    step(limits);
    if (const auto key = x->first.compare(y->first); key != 0) return key <=> 0;
    if (const auto item = order(x->second, y->second, limits); item != 0) return item;
  }
  return a.size() <=> b.size();
}

std::weak_ordering order_paths(const Path& a, const Path& b) {
  for (std::size_t i = 0; i < a.nodes.size() && i < b.nodes.size(); ++i) {
    if (a.nodes[i] != b.nodes[i]) return a.nodes[i] <=> b.nodes[i];
    if (i < a.edges.size() && i < b.edges.size() && a.edges[i] != b.edges[i]) return a.edges[i] <=> b.edges[i];
  }
  return a.nodes.size() <=> b.nodes.size();
}

std::weak_ordering order_days(const Value& a, const Value& b) {
  if (a.kind() == ValueKind::date && b.kind() == ValueKind::date) return a.as_date() <=> b.as_date();
  const auto ends = [](const Value& v) {
    return v.kind() == ValueKind::date ? std::pair(v.as_date(), v.as_date())
                                       : std::pair(v.as_partial_date().earliest(), v.as_partial_date().latest());
  };
  if (const auto o = ends(a) <=> ends(b); o != 0) return o;
  if (a.kind() != b.kind()) return a.kind() <=> b.kind();
  return policygraph::order(a.as_partial_date(), b.as_partial_date());
}

std::weak_ordering weak(std::partial_ordering o) {
  return o < 0 ? std::weak_ordering::less : o > 0 ? std::weak_ordering::greater : std::weak_ordering::equivalent;
}

// By length; those of one length stay apart, so that sorting is stable from run to run.
std::weak_ordering order_durations(const Duration& a, const Duration& b) {
  if (const auto length = weak(average_seconds(a) <=> average_seconds(b)); length != 0) return length;
  return std::tie(a.months, a.days, a.seconds, a.nanoseconds) <=> std::tie(b.months, b.days, b.seconds, b.nanoseconds);
}

std::optional<std::int64_t> as_whole(const Value& v) {
  if (v.kind() == ValueKind::integer) return v.as_integer();
  if (v.kind() == ValueKind::decimal) return v.as_decimal().to_int64();
  const auto d = v.as_double();
  if (!(d >= -9223372036854775808.0 && d < 9223372036854775808.0) || d != std::floor(d)) return std::nullopt;
  return static_cast<std::int64_t>(d);
}

bool same_numbers(const Value& a, const Value& b) {
  const auto x = as_whole(a);
  const auto y = as_whole(b);
  if (x || y) return x == y;
  if (a.kind() != b.kind()) return false;
  if (a.kind() == ValueKind::decimal) return a.as_decimal() == b.as_decimal();
  return (is_nan(a) && is_nan(b)) || a.as_double() == b.as_double();
}

bool same_items(const ValueList& a, const ValueList& b, Limits* limits) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    step(limits);
    if (!same_group(a[i], b[i], limits)) return false;
  }
  return true;
}

bool same_maps(const ValueMap& a, const ValueMap& b, Limits* limits) {
  if (a.size() != b.size()) return false;
  for (auto x = a.begin(), y = b.begin(); x != a.end(); ++x, ++y) {
    step(limits);
    if (x->first != y->first || !same_group(x->second, y->second, limits)) return false;
  }
  return true;
}

std::size_t mix(std::size_t seed, std::size_t value) { return (seed ^ value) * 0x9E3779B97F4A7C15ULL + (seed >> 29); }

}  // namespace

Truth equal(const Value& a, const Value& b, Limits* limits) {
  if (a.is_null() || b.is_null()) return Truth::unknown;
  if (is_number(a) && is_number(b)) {
    refuse_mixed_money(a, b);
    return truth_of(compare_numbers(a, b) == 0);
  }
  if (is_day(a) && is_day(b) && a.kind() != b.kind()) return truth_of(is_ordinary_day(a) && is_ordinary_day(b) && partial(a) == partial(b));
  if (a.kind() != b.kind()) return Truth::no;
  if (a.kind() == ValueKind::list) return equal_lists(a.as_list(), b.as_list(), limits);
  if (a.kind() == ValueKind::map) return equal_maps(a.as_map(), b.as_map(), limits);
  return truth_of(a == b);
}

Truth less(const Value& a, const Value& b, Limits* limits) { return less_by(a, b, false, limits); }
Truth less_or_equal(const Value& a, const Value& b, Limits* limits) { return less_by(a, b, true, limits); }

std::weak_ordering order(const Value& a, const Value& b, Limits* limits) {
  const int left = rank(a);
  const int right = rank(b);
  if (left != right) return left <=> right;
  switch (left) {
    case 0: return order_maps(a.as_map(), b.as_map(), limits);
    case 3: return order_lists(a.as_list(), b.as_list(), limits);
    case 4: return order_paths(a.as_path(), b.as_path());
    case 7: return order_days(a, b);
    case 10: return order_durations(a.as_duration(), b.as_duration());
    case 13: return weak(compare_numbers(a, b));
    case 14:
    case 15: return std::weak_ordering::equivalent;
    default: return weak(compare_same(a, b));
  }
}

bool same_group(const Value& a, const Value& b, Limits* limits) {
  if (is_number(a) && is_number(b)) return same_numbers(a, b);
  if (is_day(a) && is_day(b) && a.kind() != b.kind()) return equal(a, b) == Truth::yes;
  if (a.kind() != b.kind()) return false;
  if (a.kind() == ValueKind::list) return same_items(a.as_list(), b.as_list(), limits);
  if (a.kind() == ValueKind::map) return same_maps(a.as_map(), b.as_map(), limits);
  return a == b;
}

std::size_t group_hash(const Value& value, Limits* limits) {
  if (is_number(value)) {
    if (const auto whole = as_whole(value)) return mix(1, std::hash<std::int64_t>{}(*whole));
    if (is_nan(value)) return 2;
    return value.kind() == ValueKind::decimal ? mix(3, value.as_decimal().hash()) : mix(4, std::hash<double>{}(value.as_double()));
  }
  if (value.kind() == ValueKind::partial_date && value.as_partial_date().is_day()) return Value(value.as_partial_date().earliest()).hash();
  if (value.kind() == ValueKind::list) {
    std::size_t seed = 5;
    for (const auto& item : value.as_list()) {
      step(limits);
      seed = mix(seed, group_hash(item, limits));
    }
    return seed;
  }
  if (value.kind() == ValueKind::map) {
    std::size_t seed = 6;
    for (const auto& [key, item] : value.as_map()) {
      step(limits);
      seed = mix(mix(seed, std::hash<std::string_view>{}(key)), group_hash(item, limits));
    }
    return seed;
  }
  return value.hash();
}

}  // namespace policygraph::inline v0::detail::query
