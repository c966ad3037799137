#include "policygraph/model/value.hpp"

#include <algorithm>
#include <cmath>
#include <compare>
#include <functional>

// Equality, order and hash: one walk each, with a stack of its own, because values nest as deep as a query makes them.
namespace policygraph::inline v0 {
namespace {

using Order = std::strong_ordering;

// NaN is the greatest and equal to itself; -0.0 equals 0.0.
Order order_of(double a, double b) noexcept {
  if (std::isnan(a) || std::isnan(b)) return std::isnan(a) <=> std::isnan(b);
  if (a == b) return Order::equal;
  return a < b ? Order::less : Order::greater;
}

Order order_of(const Duration& a, const Duration& b) noexcept {
  const auto order = order_of(average_seconds(a), average_seconds(b));
  if (order != Order::equal) return order;
  if (a.months != b.months) return a.months <=> b.months;
  if (a.days != b.days) return a.days <=> b.days;
  if (a.seconds != b.seconds) return a.seconds <=> b.seconds;
  return a.nanoseconds <=> b.nanoseconds;
}

Order order_of(const Path& a, const Path& b) noexcept {
  const auto order =
      std::lexicographical_compare_three_way(a.nodes.begin(), a.nodes.end(), b.nodes.begin(), b.nodes.end());
  if (order != Order::equal) return order;
  return std::lexicographical_compare_three_way(a.edges.begin(), a.edges.end(), b.edges.begin(), b.edges.end());
}

Order order_of(std::string_view a, std::string_view b) noexcept { return a.compare(b) <=> 0; }

// Values of one kind that is neither list nor map.
Order order_of_single(const Value& a, const Value& b) noexcept {
  switch (a.kind()) {
    case ValueKind::boolean:
      return a.as_bool() <=> b.as_bool();
    case ValueKind::integer:
      return a.as_integer() <=> b.as_integer();
    case ValueKind::decimal:
      return a.as_decimal() <=> b.as_decimal();
    case ValueKind::floating:
      return order_of(a.as_double(), b.as_double());
    case ValueKind::string:
      return order_of(std::string_view(a.as_string()), b.as_string());
    case ValueKind::partial_date:
      return order(a.as_partial_date(), b.as_partial_date());
    case ValueKind::date:
      return a.as_date() <=> b.as_date();
    case ValueKind::local_time:
      return a.as_local_time() <=> b.as_local_time();
    case ValueKind::time:
      return a.as_time() <=> b.as_time();
    case ValueKind::local_date_time:
      return a.as_local_date_time() <=> b.as_local_date_time();
    case ValueKind::date_time:
      return a.as_date_time() <=> b.as_date_time();
    case ValueKind::duration:
      return order_of(a.as_duration(), b.as_duration());
    case ValueKind::node:
      return a.as_node() <=> b.as_node();
    case ValueKind::edge:
      return a.as_edge() <=> b.as_edge();
    case ValueKind::path:
      return order_of(a.as_path(), b.as_path());
    default:
      return Order::equal;
  }
}

// Two lists or two maps that are being compared, and how far.
struct Pair {
  const Value* a;
  const Value* b;
  std::size_t index = 0;
  ValueMap::const_iterator entry_a;
  ValueMap::const_iterator entry_b;
};

bool is_nesting(const Value& value) noexcept {
  return value.kind() == ValueKind::list || value.kind() == ValueKind::map;
}

bool is_shared(const Value& a, const Value& b) noexcept {
  return a.kind() == ValueKind::list ? &a.as_list() == &b.as_list() : &a.as_map() == &b.as_map();
}

class Comparison {
 public:
  Order run(const Value& a, const Value& b) {
    auto order = visit(a, b);
    while (order == Order::equal && !open_.empty()) order = step();
    return order;
  }

 private:
  Order visit(const Value& a, const Value& b) {
    if (a.kind() != b.kind()) return a.kind() <=> b.kind();
    if (!is_nesting(a)) return order_of_single(a, b);
    if (is_shared(a, b)) return Order::equal;
    open_.push_back({&a, &b, 0, {}, {}});
    if (a.kind() != ValueKind::map) return Order::equal;
    open_.back().entry_a = a.as_map().begin();
    open_.back().entry_b = b.as_map().begin();
    return Order::equal;
  }

  // The next pair of elements of the innermost lists or maps; past the end of one of them, the longer one is the
  // greater.
  Order step() {
    auto& inner = open_.back();
    const bool is_list = inner.a->kind() == ValueKind::list;
    const auto size_a = is_list ? inner.a->as_list().size() : inner.a->as_map().size();
    const auto size_b = is_list ? inner.b->as_list().size() : inner.b->as_map().size();
    if (inner.index == size_a || inner.index == size_b) {
      open_.pop_back();
      return size_a <=> size_b;
    }
    const auto index = inner.index++;
    if (is_list) return visit(inner.a->as_list()[index], inner.b->as_list()[index]);
    const auto& [key_a, value_a] = *inner.entry_a++;
    const auto& [key_b, value_b] = *inner.entry_b++;
    if (key_a != key_b) return order_of(std::string_view(key_a), key_b);
    return visit(value_a, value_b);
  }

  std::vector<Pair> open_;
};

Order order_of_values(const Value& a, const Value& b) {
  if (a.kind() != b.kind()) return a.kind() <=> b.kind();
  return is_nesting(a) ? Comparison().run(a, b) : order_of_single(a, b);
}

std::size_t mix(std::size_t seed, std::size_t more) noexcept {
  auto mixed = static_cast<std::uint64_t>(seed) * 0x9E3779B97F4A7C15ULL + static_cast<std::uint64_t>(more) + 1;
  mixed = (mixed ^ (mixed >> 32U)) * 0xD6E8FEB86659FD93ULL;
  return static_cast<std::size_t>(mixed ^ (mixed >> 32U));
}

template <class... Parts>
std::size_t mixed(Parts... parts) noexcept {
  std::size_t seed = sizeof...(parts);
  ((seed = mix(seed, static_cast<std::size_t>(parts))), ...);
  return seed;
}

std::size_t hash_of(double value) noexcept {
  if (std::isnan(value)) return 1;
  return std::hash<double>{}(value == 0 ? 0.0 : value);
}

std::size_t hash_of(const PartialDate::Point& point) noexcept {
  return mixed(point.year, point.month, point.day, static_cast<int>(point.precision),
               static_cast<int>(point.qualifier));
}

std::size_t hash_of(const PartialDate& date) noexcept {
  return mixed(hash_of(date.from()), date.is_interval() ? hash_of(date.to()) : 0U, date.is_interval());
}

std::size_t hash_of(const ZonedDateTime& value) noexcept {
  return mixed(value.local.day.days, value.local.time.nanoseconds, value.offset_seconds,
               std::hash<std::string>{}(value.zone));
}

std::size_t hash_of(const Path& path) noexcept {
  auto seed = path.nodes.size();
  for (auto node : path.nodes) seed = mix(seed, node.value);
  for (auto edge : path.edges) seed = mix(seed, edge.value);
  return seed;
}

std::size_t hash_of_single(const Value& value) noexcept {
  switch (value.kind()) {
    case ValueKind::boolean:
      return value.as_bool() ? 1 : 2;
    case ValueKind::integer:
      return static_cast<std::size_t>(value.as_integer());
    case ValueKind::decimal:
      return value.as_decimal().hash();
    case ValueKind::floating:
      return hash_of(value.as_double());
    case ValueKind::string:
      return std::hash<std::string>{}(value.as_string());
    case ValueKind::partial_date:
      return hash_of(value.as_partial_date());
    case ValueKind::date:
      return static_cast<std::size_t>(value.as_date().days);
    case ValueKind::local_time:
      return static_cast<std::size_t>(value.as_local_time().nanoseconds);
    case ValueKind::time:
      return mixed(value.as_time().local.nanoseconds, value.as_time().offset_seconds);
    case ValueKind::local_date_time:
      return mixed(value.as_local_date_time().day.days, value.as_local_date_time().time.nanoseconds);
    case ValueKind::date_time:
      return hash_of(value.as_date_time());
    case ValueKind::duration: {
      const auto& duration = value.as_duration();
      return mixed(duration.months, duration.days, duration.seconds, duration.nanoseconds);
    }
    case ValueKind::node:
      return static_cast<std::size_t>(value.as_node().value);
    case ValueKind::edge:
      return static_cast<std::size_t>(value.as_edge().value);
    case ValueKind::path:
      return hash_of(value.as_path());
    default:
      return 0;
  }
}

// Sizes before contents, so that [[1], 2] and [[1, 2]] differ.
std::size_t hash_of_nested(const Value& value) {
  std::size_t seed = 0;
  std::vector<const Value*> open = {&value};
  while (!open.empty()) {
    const auto& inner = *open.back();
    open.pop_back();
    seed = mix(seed, static_cast<std::size_t>(inner.kind()));
    if (inner.kind() == ValueKind::list) {
      seed = mix(seed, inner.as_list().size());
      for (const auto& element : inner.as_list()) open.push_back(&element);
    } else if (inner.kind() == ValueKind::map) {
      seed = mix(seed, inner.as_map().size());
      for (const auto& [key, element] : inner.as_map()) {
        seed = mix(seed, std::hash<std::string>{}(key));
        open.push_back(&element);
      }
    } else {
      seed = mix(seed, hash_of_single(inner));
    }
  }
  return seed;
}

}  // namespace

std::size_t Value::hash() const noexcept {
  return is_nesting(*this) ? hash_of_nested(*this) : mix(hash_of_single(*this), static_cast<std::size_t>(kind()));
}

// A decimal equals another of its value; whatever the order calls equal is equal.
bool operator==(const Value& a, const Value& b) noexcept {
  return order_of_values(a, b) == std::strong_ordering::equal;
}

bool ordered_before(const Value& a, const Value& b) noexcept {
  return order_of_values(a, b) == std::strong_ordering::less;
}

}  // namespace policygraph::inline v0
