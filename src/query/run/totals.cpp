#include "query/run/totals.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "query/run/arithmetic.hpp"
#include "query/run/block_numbers.hpp"
#include "query/run/column_cursor.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

constexpr std::uint32_t kNoNumber = ~std::uint32_t{0};
constexpr std::size_t kFewGroups = 64;

bool is_sum(Aggregate a) { return a == Aggregate::sum || a == Aggregate::average; }
bool is_extreme(Aggregate a) { return a == Aggregate::least || a == Aggregate::greatest; }

bool has_numbers(const BoundAggregate& aggregate) {
  return !aggregate.is_distinct && (aggregate.aggregate == Aggregate::count || is_sum(aggregate.aggregate) || is_extreme(aggregate.aggregate));
}

// More places behind the point; false past 64 bits.
bool widen(std::int64_t& digits, unsigned places) {
  for (; places > 0; --places) {
    if (__builtin_mul_overflow(digits, std::int64_t{10}, &digits)) return false;
  }
  return true;
}

}  // namespace

Totals::Totals(Execution& execution, const BoundAggregate& aggregate, Evaluator& evaluator)
    : execution_(execution), aggregate_(aggregate), evaluator_(evaluator), is_fast_(has_numbers(aggregate)) {}

std::size_t Totals::bytes_a_group() const noexcept {
  if (!is_fast_) return sizeof(Accumulator);
  return sizeof(std::int64_t) + sizeof(Number) + (aggregate_.money != kNone ? sizeof(Value) + sizeof(std::uint32_t) : 0);
}

void Totals::resize(std::uint32_t groups) {
  if (!is_fast_) {
    while (all_slow_.size() < groups) all_slow_.emplace_back(aggregate_);
    return;
  }
  counts_.resize(groups);
  if (aggregate_.aggregate != Aggregate::count) numbers_.resize(groups);
  if (aggregate_.money == kNone) return;
  currency_.resize(groups);
  currency_number_.resize(groups, kNoNumber);
}

void Totals::add(const Batch& rows, std::span<const std::uint32_t> group_of) {
  if (aggregate_.argument == kNone) return count_rows(group_of);
  Vector made;
  const auto& values = evaluator_.seen_column(aggregate_.argument, rows, made);
  if (aggregate_.money != kNone) keep_currencies(rows, group_of, values);
  if (is_fast_ && values.kind == VectorKind::property) return add_property(values, group_of);
  if (is_fast_ && values.kind == VectorKind::whole) return add_wholes(values.wholes, group_of);
  const bool is_element = values.kind == VectorKind::node || values.kind == VectorKind::edge;
  const bool counts_all = is_element && aggregate_.aggregate == Aggregate::count && std::ranges::find(values.rows, kNoRow) == values.rows.end();
  if (is_fast_ && counts_all) return count_rows(group_of);
  add_values(values, group_of);
}

void Totals::count_rows(std::span<const std::uint32_t> group_of) {
  if (is_fast_ && counts_.size() == 1) {
    counts_[0] += static_cast<std::int64_t>(group_of.size());
  } else if (is_fast_ && counts_.size() <= kFewGroups && group_of.size() >= kFewGroups) {
    count_few(group_of);
  } else if (is_fast_) {
    for (const auto group : group_of) ++counts_[group];
  } else {
    for (const auto group : group_of) all_slow_[group].count_row();
  }
}

// Four counts of each, for one that goes up waits until it has gone up before.
void Totals::count_few(std::span<const std::uint32_t> group_of) {
  std::array<std::array<std::uint32_t, kFewGroups>, 4> counts{};
  std::size_t row = 0;
  for (; row + 4 <= group_of.size(); row += 4) {
    for (std::size_t i = 0; i < 4; ++i) ++counts[i][group_of[row + i]];
  }
  for (; row < group_of.size(); ++row) ++counts[0][group_of[row]];
  for (std::size_t group = 0; group < counts_.size(); ++group) {
    counts_[group] += std::int64_t{counts[0][group]} + counts[1][group] + counts[2][group] + counts[3][group];
  }
}

void Totals::add_values(const Vector& values, std::span<const std::uint32_t> group_of) {
  for (std::uint32_t row = 0; row < group_of.size(); ++row) {
    if (values.is_null(row)) continue;
    if (is_fast_ && aggregate_.aggregate == Aggregate::count) {
      ++counts_[group_of[row]];
    } else if (values.kind == VectorKind::value) {
      add_value(group_of[row], values.values[row]);
    } else {
      add_value(group_of[row], values.at(row, execution_.snapshot));
    }
  }
}

void Totals::add_wholes(const std::vector<std::int64_t>& values, std::span<const std::uint32_t> group_of) {
  if (aggregate_.aggregate == Aggregate::count) return count_rows(group_of);
  if (counts_.size() == 1 && add_all(values)) return;
  for (std::size_t row = 0; row < values.size(); ++row) {
    if (!add_alike(group_of[row], values[row], 0, State::whole)) add_number(group_of[row], {values[row], 0, State::whole});
  }
}

// To the sum of the only group, unless it becomes too large on the way.
bool Totals::add_all(const std::vector<std::int64_t>& values) {
  auto& kept = numbers_[0];
  if (kept.state != State::whole || !is_sum(aggregate_.aggregate)) return false;
  std::int64_t sum = kept.digits;
  bool is_cut = false;
  for (const auto value : values) is_cut |= __builtin_add_overflow(sum, value, &sum);
  if (is_cut) return false;
  kept.digits = sum;
  counts_[0] += static_cast<std::int64_t>(values.size());
  return true;
}

// To a sum of numbers of the same kind and places, and none too large; false where it is something else.
[[gnu::always_inline]] inline bool Totals::add_alike(std::uint32_t group, std::int64_t digits, std::uint8_t scale, State state) {
  auto& kept = numbers_[group];
  std::int64_t sum = 0;
  if (is_extreme(aggregate_.aggregate)) return false;
  if (kept.state == State::none) kept = {0, scale, state};
  if (kept.state != state || kept.scale != scale) return false;
  if (__builtin_add_overflow(kept.digits, digits, &sum)) return false;
  kept.digits = sum;
  ++counts_[group];
  return true;
}

void Totals::add_property(const Vector& values, std::span<const std::uint32_t> group_of) {
  ColumnCursor cell(*values.source, execution_.views_of(*values.source, group_of.size()));
  const auto row_at = [&](std::size_t i) { return values.rows[i]; };
  if (!lie_in_blocks(group_of.size(), row_at)) return add_cells(values, group_of, 0, group_of.size(), cell);
  visit_blocks(cell, group_of.size(), row_at, [&](std::size_t first, std::size_t end, const BlockView& view) {
    if (end - first < BlockNumbers::kManyRows || !add_block(view, values, group_of, first, end)) add_cells(values, group_of, first, end, cell);
  });
}

// Sums of many rows of a block of numbers of one kind.
bool Totals::add_block(const BlockView& view, const Vector& values, std::span<const std::uint32_t> group_of, std::size_t first, std::size_t end) {
  const bool is_number = view.kind == ColumnKind::integer || view.kind == ColumnKind::decimal;
  if (view.numbers == nullptr || !is_number || !is_sum(aggregate_.aggregate)) return false;
  const BlockNumbers numbers(view);
  const auto scale = view.kind == ColumnKind::decimal ? view.scale : std::uint8_t{0};
  const auto state = view.kind == ColumnKind::decimal ? State::decimal : State::whole;
  for (auto row = first; row < end; ++row) {
    const auto slot = values.rows[row] % policygraph::Column::kBlockRows;
    if (!numbers.is_full() && !numbers.has(slot)) continue;
    const std::int64_t digits = graph::unzigzag(numbers[slot]);
    if (!add_alike(group_of[row], digits, scale, state)) add_number(group_of[row], {digits, scale, state});
  }
  return true;
}

void Totals::add_cells(const Vector& values, std::span<const std::uint32_t> group_of, std::size_t first, std::size_t end, ColumnCursor& cell) {
  const bool is_count = aggregate_.aggregate == Aggregate::count;
  for (auto row = first; row < end; ++row) {
    const auto at = values.rows[row];
    if (at == kNoRow || !cell.find(at)) continue;
    const auto group = group_of[row];
    if (is_count) {
      ++counts_[group];
    } else if (cell.kind() == ColumnKind::integer) {
      add_number(group, {cell.integer(), 0, State::whole});
    } else if (cell.kind() == ColumnKind::decimal && cell.is_packed()) {
      const auto digits = cell.small();
      if (!add_alike(group, digits, cell.scale(), State::decimal)) add_number(group, {digits, cell.scale(), State::decimal});
    } else if (cell.kind() == ColumnKind::partial_date && cell.is_packed() && (cell.packed() & 31U) != 0) {
      add_number(group, {cell.packed(), 0, State::day});
    } else {
      add_value(group, cell.value());
    }
  }
}

void Totals::add_value(std::uint32_t group, const Value& value) {
  if (!is_fast_) return all_slow_[group].add(value, execution_.limits);
  if (value.kind() == ValueKind::integer) return add_number(group, {value.as_integer(), 0, State::whole});
  if (value.kind() == ValueKind::decimal) {
    const auto& decimal = value.as_decimal();
    const auto low = static_cast<std::int64_t>(decimal.low());
    if (decimal.high() == (low < 0 ? -1 : 0)) return add_number(group, {low, decimal.scale(), State::decimal});
  }
  slow(group).add(value, execution_.limits);
}

void Totals::add_number(std::uint32_t group, Number number) {
  auto& kept = numbers_[group];
  if (kept.state == State::slow) return slow_.at(group).add(value_of(number), execution_.limits);
  if (is_extreme(aggregate_.aggregate)) {
    if (kept.state != State::none && (kept.state != number.state || kept.scale != number.scale)) return slow(group).add(value_of(number), execution_.limits);
    add_extreme(group, number);
  } else if (number.state == State::day || !add_sum(kept, number)) {
    return slow(group).add(value_of(number), execution_.limits);
  }
  ++counts_[group];
}

bool Totals::merge(const Totals& other, std::span<const std::uint32_t> group_of) {
  for (std::uint32_t group = 0; group < group_of.size(); ++group) {
    const auto into = group_of[group];
    const auto before = counts_[into];
    if (aggregate_.aggregate != Aggregate::count && other.numbers_[group].state != State::none) add_number(into, other.numbers_[group]);
    counts_[into] = before + other.counts_[group];
  }
  return slow_.empty();
}

void Totals::add_extreme(std::uint32_t group, Number number) {
  auto& kept = numbers_[group];
  const bool is_better = aggregate_.aggregate == Aggregate::least ? number.digits < kept.digits : number.digits > kept.digits;
  if (kept.state == State::none || is_better) kept = number;
}

// As adding Values does it: whole numbers stay so, and a sum has the most places of what is in it. False past 64 bits, `sum` being as it was.
bool Totals::add_sum(Number& sum, Number number) const {
  auto next = sum;
  const auto scale = std::max(next.scale, number.scale);
  if (!widen(next.digits, unsigned{scale} - next.scale) || !widen(number.digits, unsigned{scale} - number.scale)) return false;
  if (__builtin_add_overflow(next.digits, number.digits, &next.digits)) return false;
  next.scale = scale;
  if (next.state != State::decimal) next.state = number.state;
  sum = next;
  return true;
}

Value Totals::value_of(const Number& number) const {
  switch (number.state) {
    case State::whole: return Value(number.digits);
    case State::decimal: return Value(Decimal(number.digits < 0 ? -1 : 0, static_cast<std::uint64_t>(number.digits), number.scale));
    case State::day: return Value(graph::plain_date(static_cast<std::uint32_t>(number.digits)));
    default: return {};
  }
}

Accumulator& Totals::slow(std::uint32_t group) {
  auto& kept = numbers_[group];
  const auto [found, is_new] = slow_.try_emplace(group, aggregate_);
  if (!is_new) return found->second;
  execution_.limits.charge(sizeof(Accumulator) + 48);
  found->second.start(counts_[group], value_of(kept));
  kept.state = State::slow;
  return found->second;
}

Value Totals::finish(std::uint32_t group, const Value& percentile) {
  if (!is_fast_) return all_slow_[group].finish(percentile, execution_.limits);
  if (aggregate_.aggregate == Aggregate::count) return Value(counts_[group]);
  const auto& kept = numbers_[group];
  if (kept.state == State::slow) return slow_.at(group).finish(percentile, execution_.limits);
  if (aggregate_.aggregate == Aggregate::sum) return kept.state == State::none ? Value(0) : value_of(kept);
  if (aggregate_.aggregate == Aggregate::average) return counts_[group] == 0 ? Value() : divide_by_count(value_of(kept), counts_[group]);
  return value_of(kept);
}

bool Totals::finish_wholes(std::span<const std::uint32_t> groups, std::vector<std::int64_t>& out) const {
  const bool is_count = aggregate_.aggregate == Aggregate::count;
  if (!is_fast_ || (!is_count && aggregate_.aggregate != Aggregate::sum)) return false;
  out.clear();
  for (const auto group : groups) {
    if (!is_count && numbers_[group].state != State::none && numbers_[group].state != State::whole) return false;
    out.push_back(is_count ? counts_[group] : numbers_[group].digits);
  }
  return true;
}

Value Totals::currencies(std::uint32_t group) {
  if (!is_fast_) return all_slow_[group].currencies();
  return currency_.empty() || currency_[group].is_null() ? Value(ValueList()) : Value(ValueList{currency_[group]});
}

void Totals::keep_currencies(const Batch& rows, std::span<const std::uint32_t> group_of, const Vector& values) {
  if (is_fast_ && keep_currencies_by_column(rows, group_of, values)) return;
  for (std::uint32_t row = 0; row < group_of.size(); ++row) {
    if (values.is_null(row)) continue;
    evaluator_.currencies(aggregate_.money, rows, row, found_);
    if (!is_fast_) {
      all_slow_[group_of[row]].keep_currencies(found_);
    } else {
      for (const auto& currency : found_) keep_currency(group_of[row], currency);
    }
  }
}

// Amounts that are a property of a node or a relationship, whose currency stands beside: numbers of texts are compared.
bool Totals::keep_currencies_by_column(const Batch& rows, std::span<const std::uint32_t> group_of, const Vector& values) {
  const auto from = evaluator_.currency_rows(aggregate_.money, rows);
  if (!from) return false;
  if (from->column == nullptr) return true;
  ColumnCursor cell(*from->column, execution_.views_of(*from->column, group_of.size()));
  for (std::uint32_t row = 0; row < group_of.size(); ++row) {
    if (values.is_null(row) || !cell.find(from->rows[row])) continue;
    const auto group = group_of[row];
    const bool is_text = cell.kind() == ColumnKind::string;
    if (is_text && currency_number_[group] == cell.packed()) continue;
    keep_currency(group, cell.value());
    if (is_text) currency_number_[group] = cell.packed();
  }
  return true;
}

// A second currency is refused, by who knows how to say it.
void Totals::keep_currency(std::uint32_t group, const Value& currency) {
  auto& kept = currency_[group];
  if (kept == currency) return;
  if (kept.is_null()) {
    kept = currency;
    return;
  }
  Accumulator refused(aggregate_);
  refused.keep_currencies({kept, currency});
}

}  // namespace policygraph::inline v0::detail::query
