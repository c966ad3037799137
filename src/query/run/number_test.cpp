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

constexpr std::size_t kWords = policygraph::Column::kBlockRows / 64;

#ifdef __SSE2__
using Four = __m128i;

Four four_of(std::uint32_t number) { return _mm_set1_epi32(static_cast<int>(number)); }

// A bit for each of the numbers: whether hits(four of them) is all ones there.
template <class Hits>
void put_bits(const std::uint32_t* numbers, std::span<std::uint64_t> out, Hits hits) {
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
void put_between(const std::uint32_t* numbers, std::uint32_t least, std::uint32_t width, std::span<std::uint64_t> out) {
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

// Of so many numbers, four at a time.
bool are_days(const std::uint32_t* numbers, std::size_t count) {
  const auto days = four_of(31);
  auto odd = _mm_setzero_si128();
  for (std::size_t i = 0; i < count; i += 4) {
    const auto four = _mm_loadu_si128(reinterpret_cast<const Four*>(numbers + i));
    odd = _mm_or_si128(odd, _mm_cmpeq_epi32(_mm_and_si128(four, days), _mm_setzero_si128()));
  }
  return _mm_movemask_epi8(odd) == 0;
}

using Two = __m128d;

// A bit for each of the numbers, the words being zero so far: whether holds(two of them) is all ones there.
template <class Holds>
void put_reals(std::span<const double> reals, std::span<std::uint64_t> out, Holds holds) {
  const auto found = [&](Two two) { return static_cast<std::uint64_t>(static_cast<unsigned>(_mm_movemask_pd(holds(two)))); };
  std::size_t i = 0;
  for (; i + 64 <= reals.size(); i += 64) {
    std::uint64_t bits = 0;
    for (unsigned bit = 0; bit < 64; bit += 2) bits |= found(_mm_loadu_pd(reals.data() + i + bit)) << bit;
    out[i / 64] = bits;
  }
  for (; i < reals.size(); ++i) out[i / 64] |= (found(_mm_set1_pd(reals[i])) & 1U) << (i % 64);
}

// A NaN is unequal to all, and neither less nor greater.
void put_compared(std::span<const double> reals, Operation op, double real, std::span<std::uint64_t> out) {
  const auto bound = _mm_set1_pd(real);
  switch (op) {
    case Operation::equal: return put_reals(reals, out, [=](Two two) { return _mm_cmpeq_pd(two, bound); });
    case Operation::not_equal: return put_reals(reals, out, [=](Two two) { return _mm_cmpneq_pd(two, bound); });
    case Operation::less: return put_reals(reals, out, [=](Two two) { return _mm_cmplt_pd(two, bound); });
    case Operation::less_equal: return put_reals(reals, out, [=](Two two) { return _mm_cmple_pd(two, bound); });
    case Operation::greater: return put_reals(reals, out, [=](Two two) { return _mm_cmpgt_pd(two, bound); });
    default: return put_reals(reals, out, [=](Two two) { return _mm_cmpge_pd(two, bound); });
  }
}
#else
template <class Holds>
void put_bits(const std::uint32_t* numbers, std::span<std::uint64_t> out, Holds holds) {
  for (auto& word : out) {
    word = 0;
    for (unsigned bit = 0; bit < 64; ++bit) word |= static_cast<std::uint64_t>(holds(*numbers++)) << bit;
  }
}

template <bool kIsSigned>
void put_between(const std::uint32_t* numbers, std::uint32_t least, std::uint32_t width, std::span<std::uint64_t> out) {
  put_bits(numbers, out, [=](std::uint32_t number) {
    if constexpr (kIsSigned) number = static_cast<std::uint32_t>(graph::unzigzag(number)) ^ 0x80000000U;
    return number - least <= width;
  });
}

template <class Holds>
void put_reals(std::span<const double> reals, std::span<std::uint64_t> out, Holds holds) {
  for (std::size_t i = 0; i < reals.size(); ++i) out[i / 64] |= static_cast<std::uint64_t>(holds(reals[i])) << (i % 64);
}

void put_compared(std::span<const double> reals, Operation op, double real, std::span<std::uint64_t> out) {
  switch (op) {
    case Operation::equal: return put_reals(reals, out, [=](double a) { return a == real; });
    case Operation::not_equal: return put_reals(reals, out, [=](double a) { return !(a == real); });
    case Operation::less: return put_reals(reals, out, [=](double a) { return a < real; });
    case Operation::less_equal: return put_reals(reals, out, [=](double a) { return a <= real; });
    case Operation::greater: return put_reals(reals, out, [=](double a) { return a > real; });
    default: return put_reals(reals, out, [=](double a) { return a >= real; });
  }
}

bool are_days(const std::uint32_t* numbers, std::size_t count) { return std::all_of(numbers, numbers + count, is_number_of_day); }
#endif

// The lowest bits, in order, to where `places` has one.
std::uint64_t deposited(std::uint64_t bits, std::uint64_t places) {
  if ((places & (places + 1)) == 0) return bits & places;
  std::uint64_t out = 0;
  for (; places != 0; places &= places - 1, bits >>= 1U) out |= places & (~places + 1) & (~(bits & 1U) + 1);
  return out;
}

// From bits of the values that there are to bits of rows.
void spread(const std::array<std::uint64_t, kWords + 1>& by_place, const policygraph::Column::Data::Block& block, BlockBits& out) {
  for (std::size_t word = 0; word < out.size(); ++word) {
    const auto first = std::size_t{block.before[word]}, shift = first % 64;
    const auto* const from = by_place.data() + first / 64;
    out[word] = deposited((from[0] >> shift) | ((from[1] << 1U) << (63 - shift)), block.present[word]);
  }
}

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
  // Asked of the values that there are; behind them come some that hold for days.
  std::array<std::uint32_t, policygraph::Column::kBlockRows> numbers;
  const auto count = view.numbers->size(), end = (count + 63) / 64 * 64;
  view.numbers->read(0, count, numbers.data());
  std::fill(numbers.begin() + static_cast<std::ptrdiff_t>(count), numbers.begin() + static_cast<std::ptrdiff_t>(end), 1U);
  if (is_of_days_ && !are_days(numbers.data(), end)) return false;
  std::array<std::uint64_t, kWords + 1> by_place{};
  const auto words = std::span(by_place).first(end / 64);
  if (is_signed_ && !is_empty_) put_between<true>(numbers.data(), least_, width_, words);
  if (!is_signed_ && !is_empty_) put_between<false>(numbers.data(), least_, width_, words);
  const auto turn = is_outside_ ? ~std::uint64_t{0} : 0;
  for (auto& word : by_place) word ^= turn;
  spread(by_place, *view.block, out);
  return true;
}

void NumberTest::ask_reals(const BlockView& view, BlockBits& out) const {
  const auto& reals = *std::get_if<std::vector<double>>(&view.block->values);
  std::array<std::uint64_t, kWords + 1> by_place{};
  put_compared(reals, op_, real_, by_place);
  const auto turn = is_wanted_ ? 0 : ~std::uint64_t{0};
  for (auto& word : by_place) word ^= turn;
  spread(by_place, *view.block, out);
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
