#include "query/run/number_test.hpp"

#include <algorithm>
#include <limits>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

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

#ifdef __SSE2__
using Four = __m128i;

Four four_of(std::uint32_t number) { return _mm_set1_epi32(static_cast<int>(number)); }

// A bit for each of the numbers: whether hits(four of them) is all ones there.
template <class Hits>
void put_bits(const std::uint32_t* numbers, BlockBits& out, Hits hits) {
  const auto eight = [&](const std::uint32_t* at) {
    const auto four = [](const std::uint32_t* first) { return _mm_loadu_si128(reinterpret_cast<const Four*>(first)); };
    return _mm_packs_epi32(hits(four(at)), hits(four(at + 4)));
  };
  for (auto& word : out) {
    word = 0;
    for (unsigned bit = 0; bit < 64; bit += 16, numbers += 16) {
      const auto found = _mm_movemask_epi8(_mm_packs_epi16(eight(numbers), eight(numbers + 8)));
      word |= static_cast<std::uint64_t>(static_cast<std::uint32_t>(found)) << bit;
    }
  }
}

// Between least and least + width. Numbers below 0 and above are compared as if moved down by half, for there is no comparison without a sign.
template <bool kIsSigned>
void put_between(const std::uint32_t* numbers, std::uint32_t least, std::uint32_t width, BlockBits& out) {
  constexpr std::uint32_t kHalf = 0x80000000U;
  const auto half = four_of(kHalf), most = four_of(width ^ kHalf), from = four_of(least), one = four_of(1), all = four_of(~0U);
  put_bits(numbers, out, [=](Four four) {
    if constexpr (kIsSigned) {
      const auto sign = _mm_sub_epi32(_mm_setzero_si128(), _mm_and_si128(four, one));
      four = _mm_xor_si128(_mm_xor_si128(_mm_srli_epi32(four, 1), sign), half);
    }
    return _mm_xor_si128(_mm_cmpgt_epi32(_mm_xor_si128(_mm_sub_epi32(four, from), half), most), all);
  });
}

void put_no_days(const std::uint32_t* numbers, BlockBits& out) {
  const auto days = four_of(31);
  put_bits(numbers, out, [=](Four four) { return _mm_cmpeq_epi32(_mm_and_si128(four, days), _mm_setzero_si128()); });
}
#else
template <class Holds>
void put_bits(const std::uint32_t* numbers, BlockBits& out, Holds holds) {
  for (auto& word : out) {
    word = 0;
    for (unsigned bit = 0; bit < 64; ++bit) word |= static_cast<std::uint64_t>(holds(*numbers++)) << bit;
  }
}

template <bool kIsSigned>
void put_between(const std::uint32_t* numbers, std::uint32_t least, std::uint32_t width, BlockBits& out) {
  put_bits(numbers, out, [=](std::uint32_t number) {
    if constexpr (kIsSigned) number = static_cast<std::uint32_t>(graph::unzigzag(number)) ^ 0x80000000U;
    return number - least <= width;
  });
}

void put_no_days(const std::uint32_t* numbers, BlockBits& out) {
  put_bits(numbers, out, [](std::uint32_t number) { return !is_number_of_day(number); });
}
#endif

}  // namespace

std::optional<DateBounds> DateBounds::of(const Value& value) {
  if (value.kind() == ValueKind::partial_date && graph::is_plain(value.as_partial_date())) {
    const auto& date = value.as_partial_date();
    if (const auto number = graph::number_of_plain(date); is_number_of_day(number)) return DateBounds{number, number, number};
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

bool NumberTest::ask(const BlockView& view, BlockBits& out) const {
  if (kind_ == ColumnKind::floating) return ask_reals(view, out), true;
  const auto& present = view.block->present;
  const BlockNumbers numbers(view);
  if (is_of_days_) {
    put_no_days(numbers.data(), out);
    for (std::size_t word = 0; word < out.size(); ++word) {
      if ((out[word] & present[word]) != 0) return false;
    }
  }
  if (is_empty_) {
    out.fill(0);
  } else if (is_signed_) {
    put_between<true>(numbers.data(), least_, width_, out);
  } else {
    put_between<false>(numbers.data(), least_, width_, out);
  }
  const auto turn = is_outside_ ? ~std::uint64_t{0} : 0;
  for (std::size_t word = 0; word < out.size(); ++word) out[word] = (out[word] ^ turn) & present[word];
  return true;
}

void NumberTest::ask_reals(const BlockView& view, BlockBits& out) const {
  const auto& reals = *std::get_if<std::vector<double>>(&view.block->values);
  const auto turn = is_wanted_ ? 0 : ~std::uint64_t{0};
  const auto by = [&](auto holds) {
    for (std::size_t word = 0; word < out.size(); ++word) {
      std::uint64_t bits = 0;
      const auto count = view.prefix - std::min<std::size_t>(view.prefix, word * 64);
      for (std::size_t bit = 0; bit < std::min<std::size_t>(count, 64); ++bit) bits |= static_cast<std::uint64_t>(holds(reals[word * 64 + bit], real_)) << bit;
      out[word] = (bits ^ turn) & view.block->present[word];
    }
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
