#include "reference/aggregates.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "reference/arithmetic.hpp"

namespace policygraph::testing::reference {

using bound::Aggregate;

namespace {

ValueList counted(const bound::BoundAggregate& aggregate, const std::vector<Value>& values) {
  ValueList out;
  for (const auto& value : values) {
    if (value.is_null()) continue;
    const bool is_double = std::any_of(out.begin(), out.end(), [&](const Value& other) { return is_same(value, other); });
    if (!aggregate.is_distinct || !is_double) out.push_back(value);
  }
  return out;
}

__extension__ typedef __int128 Wide;

bool fits(Wide number) { return number >= std::numeric_limits<std::int64_t>::min() && number <= std::numeric_limits<std::int64_t>::max(); }

// Whole numbers at the beginning are added exactly; what follows decides what becomes of their sum.
Value sum(const ValueList& values) {
  Wide whole = 0;
  std::size_t count = 0;
  for (; count < values.size() && values[count].kind() == ValueKind::integer; ++count) whole += values[count].as_integer();
  const bool is_all = count == values.size();
  if (!fits(whole) && is_all) throw Refused("integer overflow");
  if (!fits(whole) && values[count].kind() != ValueKind::floating) throw Unsupported("a sum of large numbers and others");
  Value out = fits(whole) ? Value(static_cast<std::int64_t>(whole)) : Value(static_cast<double>(whole));
  if (!values.empty() && values[0].kind() == ValueKind::duration) out = Value(Duration{});
  for (; count < values.size(); ++count) out = sum_of(out, values[count]);
  return out;
}

Value mean(const ValueList& values) {
  Wide whole = 0;
  const bool is_whole = std::all_of(values.begin(), values.end(), [](const Value& value) { return value.kind() == ValueKind::integer; });
  for (const auto& value : values) whole += is_whole ? value.as_integer() : 0;
  if (is_whole && !fits(whole)) return Value(static_cast<double>(whole) / static_cast<double>(values.size()));
  return shared_out(sum(values), values.size());
}

void sort(ValueList& values) {
  std::stable_sort(values.begin(), values.end(), [](const Value& a, const Value& b) { return ordered(a, b) < 0; });
}

double share_of(const Value& second) {
  if (second.kind() != ValueKind::integer && second.kind() != ValueKind::floating) throw Refused("a percentile is a number");
  const auto share = second.as_double();
  if (!(share >= 0 && share <= 1)) throw Refused("a percentile lies between 0 and 1");
  return share;
}

Value deviation(const ValueList& values, bool is_sample) {
  const auto n = static_cast<double>(values.size());
  if (n < (is_sample ? 2 : 1)) return Value(0.0);
  double mean = 0, squares = 0;
  for (const auto& value : values) mean += value.as_double() / n;
  for (const auto& value : values) squares += std::pow(value.as_double() - mean, 2);
  return Value(std::sqrt(squares / (is_sample ? n - 1 : n)));
}

// The least value at or below which that share of the values lies.
Value percentile(ValueList values, double share) {
  sort(values);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (static_cast<double>(i + 1) >= share * static_cast<double>(values.size())) return values[i];
  }
  return values.back();
}

Value percentile_between(ValueList values, double share) {
  sort(values);
  const auto place = share * static_cast<double>(values.size() - 1);
  const auto low = static_cast<std::size_t>(std::floor(place));
  const auto high = static_cast<std::size_t>(std::ceil(place));
  const auto part = place - std::floor(place);
  return Value(values[low].as_double() + (values[high].as_double() - values[low].as_double()) * part);
}

}  // namespace

Value aggregate_of(const bound::BoundAggregate& aggregate, const std::vector<Value>& all, const Value& second) {
  if (aggregate.money != bound::kNone) throw Unsupported("currencies");
  auto values = counted(aggregate, all);
  switch (aggregate.aggregate) {
    case Aggregate::count:
      return Value(static_cast<std::int64_t>(aggregate.argument == bound::kNone ? all.size() : values.size()));
    case Aggregate::sum: return sum(values);
    case Aggregate::average:
      return values.empty() ? Value() : mean(values);
    case Aggregate::least:
    case Aggregate::greatest:
      sort(values);
      return values.empty() ? Value() : aggregate.aggregate == Aggregate::least ? values.front() : values.back();
    case Aggregate::collect: return Value(std::move(values));
    case Aggregate::deviation:
    case Aggregate::population_deviation: return deviation(values, aggregate.aggregate == Aggregate::deviation);
    case Aggregate::percentile: return values.empty() ? Value() : percentile(values, share_of(second));
    case Aggregate::percentile_between: return values.empty() ? Value() : percentile_between(values, share_of(second));
    case Aggregate::currencies: break;
  }
  throw Unsupported("an aggregate that is not interpreted");
}

}  // namespace policygraph::testing::reference
