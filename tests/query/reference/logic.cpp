#include "reference/logic.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <string>
#include <tuple>
#include <utility>

#include "policygraph/base/temporal.hpp"

namespace policygraph::testing::reference {
namespace {

bool is_nan(const Value& v) { return v.kind() == ValueKind::floating && std::isnan(v.as_double()); }

// -1, 0, 1; empty beside NaN. An integer and a float meet as long doubles, whose 64 bits of mantissa hold both exactly.
std::optional<int> compare_numbers(const Value& a, const Value& b) {
  static_assert(std::numeric_limits<long double>::digits >= 64);
  const bool has_decimal = a.kind() == ValueKind::decimal || b.kind() == ValueKind::decimal;
  if (has_decimal) {
    if (a.kind() == ValueKind::floating || b.kind() == ValueKind::floating) throw Refused("a decimal beside a float");  // NaN too
    const auto exact = [](const Value& v) { return v.kind() == ValueKind::decimal ? v.as_decimal() : Decimal(v.as_integer()); };
    const auto x = exact(a);
    const auto y = exact(b);
    return x < y ? -1 : y < x ? 1 : 0;
  }
  if (is_nan(a) || is_nan(b)) return std::nullopt;
  const auto wide = [](const Value& v) {
    return v.kind() == ValueKind::integer ? static_cast<long double>(v.as_integer()) : static_cast<long double>(v.as_double());
  };
  return wide(a) < wide(b) ? -1 : wide(a) > wide(b) ? 1 : 0;
}

int sign(int value) { return value < 0 ? -1 : value > 0 ? 1 : 0; }

int sign(std::strong_ordering o) { return o < 0 ? -1 : o > 0 ? 1 : 0; }

// Of two values of one kind that has an order by itself.
int compare_alike(const Value& a, const Value& b) {
  switch (a.kind()) {
    case ValueKind::boolean: return static_cast<int>(a.as_bool()) - static_cast<int>(b.as_bool());
    case ValueKind::string: return sign(a.as_string().compare(b.as_string()));
    case ValueKind::date: return sign(a.as_date() <=> b.as_date());
    case ValueKind::local_time: return sign(a.as_local_time() <=> b.as_local_time());
    case ValueKind::time: return sign(a.as_time() <=> b.as_time());
    case ValueKind::local_date_time: return sign(a.as_local_date_time() <=> b.as_local_date_time());
    case ValueKind::date_time: return sign(a.as_date_time() <=> b.as_date_time());
    case ValueKind::node: return a.as_node() < b.as_node() ? -1 : b.as_node() < a.as_node() ? 1 : 0;
    case ValueKind::edge: return a.as_edge() < b.as_edge() ? -1 : b.as_edge() < a.as_edge() ? 1 : 0;
    default: throw Unsupported("order of " + std::string(kind_name(a.kind())));
  }
}

bool is_day(const Value& v) { return v.kind() == ValueKind::date || v.kind() == ValueKind::partial_date; }

// The first and the last day it may be.
std::pair<Day, Day> days_of(const Value& v) {
  if (v.kind() == ValueKind::date) return {v.as_date(), v.as_date()};
  return {v.as_partial_date().earliest(), v.as_partial_date().latest()};
}

// Whether they say the same: a date is the partial date of that day.
bool says_same(const Value& a, const Value& b) {
  if (a.kind() == b.kind()) return a == b;
  const auto& partial = a.kind() == ValueKind::partial_date ? a : b;
  const auto day = year_month_day((a.kind() == ValueKind::date ? a : b).as_date());
  return partial.as_partial_date() == PartialDate::day(day.year, day.month, day.day);
}

// True when it holds whichever days they are, false when it holds for none.
Logic is_day_before(const Value& a, const Value& b, bool or_equal) {
  const auto [first_a, last_a] = days_of(a);
  const auto [first_b, last_b] = days_of(b);
  if (last_a < first_b || (or_equal && (last_a == first_b || says_same(a, b)))) return true;
  if (first_a < last_b || (or_equal && first_a == last_b)) return std::nullopt;
  return false;
}

bool has_order(ValueKind kind) {
  return kind == ValueKind::boolean || kind == ValueKind::string || (kind >= ValueKind::date && kind < ValueKind::duration);
}

Logic compared(const Value& a, const Value& b, bool or_equal) {
  if (a.is_null() || b.is_null()) return std::nullopt;
  if (is_numeric(a) && is_numeric(b)) {
    const auto order = compare_numbers(a, b);
    return order && (*order < 0 || (or_equal && *order == 0));
  }
  if (a.kind() == ValueKind::list && b.kind() == ValueKind::list) {
    const auto& x = a.as_list();
    const auto& y = b.as_list();
    for (std::size_t i = 0; i < std::min(x.size(), y.size()); ++i) {
      const auto same = is_equal(x[i], y[i]);
      if (!same) return std::nullopt;
      if (!*same) return compared(x[i], y[i], false);
    }
    return x.size() < y.size() || (or_equal && x.size() == y.size());
  }
  if (is_day(a) && is_day(b) && (a.kind() == ValueKind::partial_date || b.kind() == ValueKind::partial_date)) return is_day_before(a, b, or_equal);
  if (a.kind() != b.kind() || !has_order(a.kind())) return std::nullopt;
  const auto order = compare_alike(a, b);
  return order < 0 || (or_equal && order == 0);
}

// From the lowest to the highest in ORDER BY ... ASC.
int rank(const Value& v) {
  switch (v.kind()) {
    case ValueKind::map: return 1;
    case ValueKind::node: return 2;
    case ValueKind::edge: return 3;
    case ValueKind::list: return 4;
    case ValueKind::path: return 5;
    case ValueKind::date_time: return 6;
    case ValueKind::local_date_time: return 7;
    case ValueKind::date:
    case ValueKind::partial_date: return 8;
    case ValueKind::time: return 9;
    case ValueKind::local_time: return 10;
    case ValueKind::duration: return 11;
    case ValueKind::string: return 12;
    case ValueKind::boolean: return 13;
    case ValueKind::null: return 16;
    default: return is_nan(v) ? 15 : 14;
  }
}

int ordered_days(const Value& a, const Value& b) {
  if (days_of(a) != days_of(b)) return days_of(a) < days_of(b) ? -1 : 1;
  if (a.kind() != b.kind()) return a.kind() == ValueKind::partial_date ? -1 : 1;
  return a.kind() == ValueKind::date ? 0 : sign(policygraph::order(a.as_partial_date(), b.as_partial_date()));
}

int ordered_durations(const Duration& a, const Duration& b) {
  const auto x = average_seconds(a), y = average_seconds(b);
  if (x != y) return x < y ? -1 : 1;
  return sign(std::tie(a.months, a.days, a.seconds, a.nanoseconds) <=> std::tie(b.months, b.days, b.seconds, b.nanoseconds));
}

// A positive number's digits before the point without leading zeros, and those behind it without trailing ones.
std::pair<std::string, std::string> digits_of(const std::string& text) {
  const auto point = std::min(text.find('.'), text.size());
  auto whole = text.substr(0, point), part = text.substr(std::min(point + 1, text.size()));
  whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size()));
  part.erase(part.find_last_not_of('0') + 1);
  return {whole, part};
}

// A decimal beside a float, by all the digits of both; adding 0.0 makes one zero of two.
int compare_digits(const Decimal& a, double b) {
  if (std::isinf(b) || a.is_negative() != (b < 0)) return std::isinf(b) ? (b < 0 ? 1 : -1) : (a.is_negative() ? -1 : a.is_zero() && b == 0 ? 0 : 1);
  if (a.is_negative()) return -compare_digits(-a, -b);
  std::string text(1'500, '\0');
  text.resize(static_cast<std::size_t>(std::snprintf(text.data(), text.size(), "%.1100f", b + 0.0)));
  const auto x = digits_of(a.to_string()), y = digits_of(text);
  if (x.first.size() != y.first.size()) return x.first.size() < y.first.size() ? -1 : 1;
  return sign(x <=> y);
}

// Here a decimal may stand beside a float.
int ordered_numbers(const Value& a, const Value& b) {
  const bool is_mixed = (a.kind() == ValueKind::decimal && b.kind() == ValueKind::floating) || (a.kind() == ValueKind::floating && b.kind() == ValueKind::decimal);
  if (!is_mixed) return *compare_numbers(a, b);
  return a.kind() == ValueKind::decimal ? compare_digits(a.as_decimal(), b.as_double()) : -compare_digits(b.as_decimal(), a.as_double());
}

ValueList flattened(const Path& path) {
  ValueList out;
  for (std::size_t i = 0; i < path.nodes.size(); ++i) {
    out.emplace_back(path.nodes[i]);
    if (i < path.edges.size()) out.emplace_back(path.edges[i]);
  }
  return out;
}

ValueList flattened(const ValueMap& map) {
  ValueList out;
  for (const auto& [key, value] : map) {
    out.emplace_back(key);
    out.push_back(value);
  }
  return out;
}

}  // namespace

bool is_numeric(const Value& v) {
  return v.kind() == ValueKind::integer || v.kind() == ValueKind::floating || v.kind() == ValueKind::decimal;
}

Value to_value(Logic logic) { return logic ? Value(*logic) : Value(); }

Logic negation(Logic a) { return a ? Logic(!*a) : a; }

Logic conjunction(Logic a, Logic b) {
  if ((a && !*a) || (b && !*b)) return false;
  return a && b ? Logic(true) : std::nullopt;
}

Logic disjunction(Logic a, Logic b) { return negation(conjunction(negation(a), negation(b))); }

Logic is_equal(const Value& a, const Value& b) {
  if (a.is_null() || b.is_null()) return std::nullopt;
  if (is_numeric(a) && is_numeric(b)) return compare_numbers(a, b) == 0;
  if (is_day(a) && is_day(b)) return says_same(a, b);
  if (a.kind() != b.kind()) return false;
  if (a.kind() == ValueKind::list) {
    if (a.as_list().size() != b.as_list().size()) return false;
    Logic all = true;
    for (std::size_t i = 0; i < a.as_list().size(); ++i) all = conjunction(all, is_equal(a.as_list()[i], b.as_list()[i]));
    return all;
  }
  if (a.kind() == ValueKind::map) {
    Logic all = a.as_map().size() == b.as_map().size();
    for (const auto& [key, value] : a.as_map()) {
      const auto other = b.as_map().find(key);
      all = conjunction(all, other == b.as_map().end() ? Logic(false) : is_equal(value, other->second));
    }
    return all;
  }
  if (a.kind() == ValueKind::path) return a.as_path().nodes == b.as_path().nodes && a.as_path().edges == b.as_path().edges;
  if (a.kind() == ValueKind::partial_date || a.kind() == ValueKind::duration) return a == b;
  return compare_alike(a, b) == 0;
}

Logic is_less(const Value& a, const Value& b) { return compared(a, b, false); }
Logic is_at_most(const Value& a, const Value& b) { return compared(a, b, true); }

int ordered(const Value& a, const Value& b) {
  if (rank(a) != rank(b)) return sign(rank(a) - rank(b));
  if (a.is_null() || is_nan(a)) return 0;
  if (is_numeric(a)) return ordered_numbers(a, b);
  if (is_day(a)) return ordered_days(a, b);
  if (a.kind() == ValueKind::duration) return ordered_durations(a.as_duration(), b.as_duration());
  const auto lists = [](const ValueList& x, const ValueList& y) {
    for (std::size_t i = 0; i < std::min(x.size(), y.size()); ++i) {
      if (const auto item = ordered(x[i], y[i]); item != 0) return item;
    }
    return x.size() < y.size() ? -1 : x.size() > y.size() ? 1 : 0;
  };
  if (a.kind() == ValueKind::list) return lists(a.as_list(), b.as_list());
  if (a.kind() == ValueKind::path) return lists(flattened(a.as_path()), flattened(b.as_path()));
  if (a.kind() == ValueKind::map) return lists(flattened(a.as_map()), flattened(b.as_map()));
  return sign(compare_alike(a, b));
}

// Two values are one group when nothing in the order tells them apart, but for a decimal and a float that are no whole number, and a
// date and the partial date of its day, which are one.
bool is_same(const Value& a, const Value& b) {
  const auto all_same = [](const ValueList& x, const ValueList& y) {
    return x.size() == y.size() && std::equal(x.begin(), x.end(), y.begin(), [](const Value& p, const Value& q) { return is_same(p, q); });
  };
  if (a.kind() == ValueKind::list && b.kind() == ValueKind::list) return all_same(a.as_list(), b.as_list());
  if (a.kind() == ValueKind::map && b.kind() == ValueKind::map) return all_same(flattened(a.as_map()), flattened(b.as_map()));
  if (is_day(a) && is_day(b)) return says_same(a, b);
  const bool is_apart = is_numeric(a) && is_numeric(b) && a.kind() != b.kind() && a.as_double() != std::floor(a.as_double());
  return !is_apart && ordered(a, b) == 0;
}

}  // namespace policygraph::testing::reference
