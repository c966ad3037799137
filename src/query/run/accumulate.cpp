#include "query/run/accumulate.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "query/run/arithmetic.hpp"
#include "query/run/value_bytes.hpp"

namespace policygraph::inline v0::detail::query {

bool Accumulator::is_new(const Value& value, Limits& limits) {
  if (!aggregate_->is_distinct) return true;
  const auto hash = group_hash(value, &limits);
  const auto [first, last] = seen_.equal_range(hash);
  for (auto at = first; at != last; ++at) {
    if (same_group(at->second, value, &limits)) return false;
  }
  limits.charge(value_bytes(value, ~std::size_t{0}, &limits) + 32);
  seen_.emplace(hash, value);
  return true;
}

namespace {

std::string_view sum_text(Aggregate aggregate) {
  switch (aggregate) {
    case Aggregate::sum: return "a sum";
    case Aggregate::average: return "a mean";
    case Aggregate::least: return "a least amount";
    case Aggregate::greatest: return "a greatest amount";
    default: return "a measure";
  }
}

}  // namespace

void Accumulator::keep_currencies(const ValueList& list) {
  for (const auto& currency : list) {
    if (std::ranges::find(currencies_, currency) != currencies_.end()) continue;
    currencies_.push_back(currency);
    if (currencies_.size() < 2 || aggregate_->aggregate == Aggregate::collect) continue;
    const auto& name = aggregate_->money_text;
    const auto way_out = aggregate_->is_money_near ? "return " + name + " beside it to group by it" : "take " + name + " along and group by it";
    refuse(ErrorType::argument_error, Trouble::invalid_argument_value,
           std::string(sum_text(aggregate_->aggregate)) + " over the currencies " + currencies_[0].to_string() + " and " + currency.to_string() + "; " + way_out +
               ", or keep one: WHERE " + name + " = " + currencies_[0].to_string());
  }
}

void Accumulator::add(const Value& value, Limits& limits) {
  if (value.is_null() || !is_new(value, limits)) return;
  ++count_;
  switch (aggregate_->aggregate) {
    case Aggregate::count: break;
    case Aggregate::sum:
    case Aggregate::average: add_to_sum(value); break;
    case Aggregate::least:
      if (sum_.is_null() || order(value, sum_, &limits) < 0) sum_ = value;
      break;
    case Aggregate::greatest:
      if (sum_.is_null() || order(value, sum_, &limits) > 0) sum_ = value;
      break;
    case Aggregate::currencies:
      for (const auto& currency : value.as_list()) {
        if (std::ranges::find(items_, currency) == items_.end()) items_.push_back(currency);
      }
      break;
    default:
      limits.charge(value_bytes(value, ~std::size_t{0}, &limits));
      items_.push_back(value);
  }
}

// Whole numbers add up to the same in any order: only what comes out has to be one.
void Accumulator::add_to_sum(const Value& value) {
  if (sum_.is_null()) sum_ = value.kind() == ValueKind::duration ? Value(Duration{}) : Value(0);
  if (value.kind() == ValueKind::integer && !is_wide_ && sum_.kind() == ValueKind::integer) {
    std::int64_t out = 0;
    is_wide_ = __builtin_add_overflow(sum_.as_integer(), value.as_integer(), &out);
    sum_ = is_wide_ ? Value(Decimal(sum_.as_integer())) : Value(out);
    if (!is_wide_) return;
  }
  if (is_wide_ && value.kind() != ValueKind::integer) {
    is_wide_ = false;
    if (value.kind() == ValueKind::floating) sum_ = Value(sum_.as_decimal().to_double());
  }
  sum_ = add_numbers(sum_, value);
}

Value Accumulator::finish(const Value& at, Limits& limits) {
  switch (aggregate_->aggregate) {
    case Aggregate::count: return Value(count_);
    case Aggregate::sum:
      if (sum_.is_null()) return Value(0);
      if (!is_wide_) return sum_;
      if (const auto whole = sum_.as_decimal().to_int64()) return Value(*whole);
      refuse(ErrorType::arithmetic_error, Trouble::integer_overflow, "the sum is beyond 64-bit integers; sum decimal(...) of what is added");
    case Aggregate::average:
      if (is_wide_) return Value(sum_.as_decimal().to_double() / static_cast<double>(count_));
      return count_ == 0 ? Value() : divide_by_count(sum_, count_);
    case Aggregate::least:
    case Aggregate::greatest: return sum_;
    case Aggregate::collect:
    case Aggregate::currencies: return Value(ValueList(std::move(items_)));
    case Aggregate::deviation:
    case Aggregate::population_deviation: return deviation(limits);
    default: return percentile(at, limits);
  }
}

Value Accumulator::deviation(Limits& limits) const {
  const auto n = static_cast<double>(items_.size());
  const bool is_sample = aggregate_->aggregate == Aggregate::deviation;
  if (n == 0 || (is_sample && n < 2)) return Value(0.0);
  double mean = 0;
  limits.step(2 * items_.size());
  for (const auto& item : items_) mean += item.as_double() / n;
  double squares = 0;
  for (const auto& item : items_) squares += (item.as_double() - mean) * (item.as_double() - mean);
  return Value(std::sqrt(squares / (is_sample ? n - 1 : n)));
}

Value Accumulator::percentile(const Value& at, Limits& limits) {
  if (items_.empty()) return {};
  if (at.kind() != ValueKind::integer && at.kind() != ValueKind::floating) refuse_type("percentile", "a number from 0 to 1", at);
  const auto share = at.as_double();
  if (!(share >= 0 && share <= 1)) refuse(ErrorType::argument_error, Trouble::number_out_of_range, "a percentile lies between 0 and 1, not at " + excerpt(at));
  auto& sorted = items_;
  std::sort(sorted.begin(), sorted.end(), [&](const Value& a, const Value& b) {
    limits.step();
    return order(a, b, &limits) < 0;
  });
  const auto last = static_cast<double>(sorted.size() - 1);
  if (aggregate_->aggregate == Aggregate::percentile) {
    const auto place = share == 0 ? 0.0 : std::ceil(share * static_cast<double>(sorted.size())) - 1;
    return sorted[static_cast<std::size_t>(std::clamp(place, 0.0, last))];
  }
  const auto place = share * last;
  const auto low = static_cast<std::size_t>(place);
  const auto high = std::min(low + 1, sorted.size() - 1);
  const auto a = sorted[low].as_double();
  return Value(a + (sorted[high].as_double() - a) * (place - static_cast<double>(low)));
}

}  // namespace policygraph::inline v0::detail::query
