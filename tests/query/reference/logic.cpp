#include "reference/logic.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace policygraph::testing::reference {
namespace {

bool is_nan(const Value& v) { return v.kind() == ValueKind::floating && std::isnan(v.as_double()); }

// -1, 0, 1; empty beside NaN. An integer and a float meet as long doubles, whose 64 bits of mantissa hold both exactly.
std::optional<int> compare_numbers(const Value& a, const Value& b) {
  static_assert(std::numeric_limits<long double>::digits >= 64);
  if (is_nan(a) || is_nan(b)) return std::nullopt;
  const bool has_decimal = a.kind() == ValueKind::decimal || b.kind() == ValueKind::decimal;
  if (has_decimal) {
    if (a.kind() == ValueKind::floating || b.kind() == ValueKind::floating) throw Refused("a decimal beside a float");
    const auto exact = [](const Value& v) { return v.kind() == ValueKind::decimal ? v.as_decimal() : Decimal(v.as_integer()); };
    const auto x = exact(a);
    const auto y = exact(b);
    return x < y ? -1 : y < x ? 1 : 0;
  }
  const auto wide = [](const Value& v) {
    return v.kind() == ValueKind::integer ? static_cast<long double>(v.as_integer()) : static_cast<long double>(v.as_double());
  };
  return wide(a) < wide(b) ? -1 : wide(a) > wide(b) ? 1 : 0;
}

void refuse_unknown_kinds(const Value& v) {
  switch (v.kind()) {
    case ValueKind::partial_date:
    case ValueKind::time:
    case ValueKind::local_time:
    case ValueKind::date_time:
    case ValueKind::local_date_time:
    case ValueKind::duration: throw Unsupported("comparison of " + std::string(kind_name(v.kind())));
    default: return;
  }
}

int sign(int value) { return value < 0 ? -1 : value > 0 ? 1 : 0; }

// Of two values of one kind that has an order by itself.
int compare_alike(const Value& a, const Value& b) {
  switch (a.kind()) {
    case ValueKind::boolean: return static_cast<int>(a.as_bool()) - static_cast<int>(b.as_bool());
    case ValueKind::string: return sign(a.as_string().compare(b.as_string()));
    case ValueKind::date: return a.as_date() < b.as_date() ? -1 : b.as_date() < a.as_date() ? 1 : 0;
    case ValueKind::node: return a.as_node() < b.as_node() ? -1 : b.as_node() < a.as_node() ? 1 : 0;
    case ValueKind::edge: return a.as_edge() < b.as_edge() ? -1 : b.as_edge() < a.as_edge() ? 1 : 0;
    default: throw Unsupported("order of " + std::string(kind_name(a.kind())));
  }
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
  refuse_unknown_kinds(a);
  refuse_unknown_kinds(b);
  if (a.kind() != b.kind()) return std::nullopt;
  if (a.kind() != ValueKind::boolean && a.kind() != ValueKind::string && a.kind() != ValueKind::date) return std::nullopt;
  const auto order = compare_alike(a, b);
  return order < 0 || (or_equal && order == 0);
}

// From the lowest to the highest in ORDER BY ... ASC.
int rank(const Value& v) {
  refuse_unknown_kinds(v);
  switch (v.kind()) {
    case ValueKind::map: return 1;
    case ValueKind::node: return 2;
    case ValueKind::edge: return 3;
    case ValueKind::list: return 4;
    case ValueKind::path: return 5;
    case ValueKind::date: return 6;
    case ValueKind::string: return 7;
    case ValueKind::boolean: return 8;
    case ValueKind::null: return 11;
    default: return is_nan(v) ? 10 : 9;
  }
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
  refuse_unknown_kinds(a);
  return compare_alike(a, b) == 0;
}

Logic is_less(const Value& a, const Value& b) { return compared(a, b, false); }
Logic is_at_most(const Value& a, const Value& b) { return compared(a, b, true); }

int ordered(const Value& a, const Value& b) {
  if (rank(a) != rank(b)) return sign(rank(a) - rank(b));
  if (a.is_null() || is_nan(a)) return 0;
  if (is_numeric(a)) return *compare_numbers(a, b);
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

// Two values are one group when nothing in the order tells them apart.
bool is_same(const Value& a, const Value& b) { return ordered(a, b) == 0; }

}  // namespace policygraph::testing::reference
