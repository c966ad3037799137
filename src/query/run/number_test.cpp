#include "query/run/number_test.hpp"

#include <algorithm>
#include <limits>

namespace policygraph::inline v0::detail::query {
namespace {

std::uint32_t number_of(Day day) {
  const auto d = year_month_day(day);
  return (static_cast<std::uint32_t>(d.year) << 9) | (static_cast<std::uint32_t>(d.month) << 5) | static_cast<std::uint32_t>(d.day);
}

// What holds where the other does not.
Operation negated(Operation op) {
  switch (op) {
    case Operation::equal: return Operation::not_equal;
    case Operation::not_equal: return Operation::equal;
    case Operation::less: return Operation::greater_equal;
    case Operation::less_equal: return Operation::greater;
    case Operation::greater: return Operation::less_equal;
    default: return Operation::less;
  }
}

bool is_equality(Operation op) { return op == Operation::equal || op == Operation::not_equal; }

// Of the days that a date may mean, the one that decides.
std::uint32_t deciding_day(Operation op, const DateBounds& bounds, Truth wanted) {
  const bool is_below = op == Operation::less || op == Operation::less_equal;
  return is_below == (wanted == Truth::yes) ? bounds.first : bounds.last;
}

}  // namespace

std::optional<DateBounds> DateBounds::of(const Value& value) {
  if (value.kind() == ValueKind::partial_date && graph::is_plain(value.as_partial_date())) {
    const auto& date = value.as_partial_date();
    return DateBounds{graph::number_of_plain(date), number_of(date.earliest()), number_of(date.latest())};
  }
  if (value.kind() != ValueKind::date || value.as_date() < kFirstDay || value.as_date() > kLastDay) return std::nullopt;
  const auto number = number_of(value.as_date());
  return DateBounds{number, number, number};
}

Truth DateBounds::compare(Operation op, std::uint32_t day) const {
  const auto decide = [](bool is_certain, bool is_possible) { return is_certain ? Truth::yes : is_possible ? Truth::unknown : Truth::no; };
  switch (op) {
    case Operation::less: return decide(day < first, day < last);
    case Operation::less_equal: return decide(day <= first, day <= last);
    case Operation::greater: return decide(last < day, first < day);
    default: return decide(last <= day, first <= day);
  }
}

std::optional<NumberTest> NumberTest::of(Operation op, const Value& constant, const policygraph::Column& column, Truth wanted) {
  NumberTest out;
  const auto asked = wanted == Truth::yes ? op : negated(op);
  if (constant.kind() == ValueKind::string && is_equality(op)) {
    out.kind_ = ColumnKind::string;
    const auto number = column.find_string(constant.as_string());
    out.set(asked, number.value_or(0), false);
    out.is_empty_ = !number;
    return out;
  }
  if (constant.kind() == ValueKind::integer) {
    out.kind_ = ColumnKind::integer;
    out.set(asked, constant.as_integer(), true);
    return out;
  }
  if (constant.kind() == ValueKind::decimal && graph::is_small(constant.as_decimal())) {
    out.kind_ = ColumnKind::decimal;
    out.has_scale_ = true;
    out.scale_ = constant.as_decimal().scale();
    out.set(asked, static_cast<std::int64_t>(constant.as_decimal().low()), true);
    return out;
  }
  if (constant.kind() == ValueKind::floating) {
    out.kind_ = ColumnKind::floating;
    out.op_ = op;
    out.is_wanted_ = wanted == Truth::yes;
    out.real_ = constant.as_double();
    return out;
  }
  const auto bounds = DateBounds::of(constant);
  if (!bounds) return std::nullopt;
  out.kind_ = ColumnKind::partial_date;
  out.is_of_days_ = !is_equality(op);
  out.set(asked, is_equality(op) ? bounds->number : deciding_day(op, *bounds, wanted), false);
  return out;
}

// Signed numbers are moved up so that the least of them is 0.
void NumberTest::set(Operation op, std::int64_t bound, bool is_signed) {
  constexpr std::int64_t kBelow = -1, kAbove = std::int64_t{1} << 32;
  constexpr std::int64_t kHalf = std::int64_t{1} << 31;
  is_signed_ = is_signed;
  if (is_signed) bound = std::clamp(bound, -kHalf - 1, kHalf) + kHalf;
  std::int64_t least = kBelow, greatest = kAbove;
  switch (op) {
    case Operation::equal:
    case Operation::not_equal: least = greatest = bound; break;
    case Operation::less: greatest = bound - 1; break;
    case Operation::less_equal: greatest = bound; break;
    case Operation::greater: least = bound + 1; break;
    default: least = bound; break;
  }
  least = std::max<std::int64_t>(least, 0);
  greatest = std::min(greatest, kAbove - 1);
  is_outside_ = op == Operation::not_equal;
  is_empty_ = least > greatest;
  if (is_empty_) return;
  least_ = static_cast<std::uint32_t>(least);
  width_ = static_cast<std::uint32_t>(greatest - least);
}

std::optional<std::size_t> NumberTest::keep(const BlockView& view, std::span<const std::uint32_t> rows, std::span<std::uint32_t> selection, std::size_t first,
                                            std::size_t end, std::size_t kept) const {
  if (kind_ == ColumnKind::floating) return keep_reals(view, rows, selection, first, end, kept);
  const BlockNumbers numbers(view);
  if (is_signed_) return keep_some<true, false>(numbers, rows, selection, first, end, kept);
  if (!is_of_days_) return keep_some<false, false>(numbers, rows, selection, first, end, kept);
  const std::vector<std::uint32_t> before(selection.begin() + static_cast<std::ptrdiff_t>(first), selection.begin() + static_cast<std::ptrdiff_t>(end));
  const auto out = keep_some<false, true>(numbers, rows, selection, first, end, kept);
  if (!out) std::ranges::copy(before, selection.begin() + static_cast<std::ptrdiff_t>(first));
  return out;
}

std::size_t NumberTest::keep_reals(const BlockView& view, std::span<const std::uint32_t> rows, std::span<std::uint32_t> selection, std::size_t first,
                                   std::size_t end, std::size_t kept) const {
  const auto& reals = *std::get_if<std::vector<double>>(&view.block->values);
  const auto by = [&](auto holds) {
    for (auto i = first; i < end; ++i) {
      const auto row = selection[i];
      const auto slot = rows[row] % policygraph::Column::kBlockRows;
      const bool is_there = slot < view.prefix;
      selection[kept] = row;
      kept += static_cast<std::size_t>(is_there & (holds(reals[is_there ? slot : 0], real_) == is_wanted_));
    }
    return kept;
  };
  switch (op_) {
    case Operation::equal: return by([](double a, double b) { return a == b; });
    case Operation::not_equal: return by([](double a, double b) { return !(a == b); });
    case Operation::less: return by([](double a, double b) { return a < b; });
    case Operation::less_equal: return by([](double a, double b) { return a <= b; });
    case Operation::greater: return by([](double a, double b) { return a > b; });
    default: return by([](double a, double b) { return a >= b; });
  }
}

// Without a branch for each row: every row is put down, and the next one over it unless it holds.
template <bool kIsSigned, bool kIsOfDays>
std::optional<std::size_t> NumberTest::keep_some(const BlockNumbers& numbers, std::span<const std::uint32_t> rows, std::span<std::uint32_t> selection,
                                                 std::size_t first, std::size_t end, std::size_t kept) const {
  const auto least = least_, width = width_;
  const bool is_outside = is_outside_, is_some = !is_empty_, is_full = numbers.is_full();
  bool is_odd = false;
  for (auto i = first; i < end; ++i) {
    const auto row = selection[i];
    const auto slot = rows[row] % policygraph::Column::kBlockRows;
    const bool is_there = is_full || numbers.has(slot);
    auto number = numbers[slot];
    if constexpr (kIsOfDays) is_odd |= is_there & !is_number_of_day(number);
    if constexpr (kIsSigned) number = static_cast<std::uint32_t>(graph::unzigzag(number)) ^ 0x80000000U;
    const bool is_inside = is_some & (number - least <= width);
    selection[kept] = row;
    kept += static_cast<std::size_t>(is_there & (is_inside != is_outside));
  }
  return is_odd ? std::nullopt : std::optional(kept);
}

}  // namespace policygraph::inline v0::detail::query
