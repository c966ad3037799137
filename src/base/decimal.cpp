#include "policygraph/base/decimal.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

#include "base/decimal_text.hpp"
#include "base/wide.hpp"
#include "policygraph/base/error.hpp"

namespace policygraph::inline v0 {
namespace {

using detail::base::I128;
using detail::base::power_of_ten;
using detail::base::U128;
using detail::base::U256;
namespace wide = detail::base;

constexpr unsigned kMaxScale = 38;
constexpr U128 kLimit = power_of_ten(38);  // the first coefficient with too many digits

[[noreturn]] void too_long() {
  throw Error(ErrorCode::limit, "a decimal has at most 38 digits, and at most 38 after the point");
}

I128 coefficient(const Decimal& d) noexcept {
  return static_cast<I128>((static_cast<U128>(static_cast<std::uint64_t>(d.high())) << 64U) | d.low());
}

U128 magnitude(const Decimal& d) noexcept {
  const I128 value = coefficient(d);
  return value < 0 ? U128{0} - static_cast<U128>(value) : static_cast<U128>(value);
}

Decimal make(bool negative, U128 size, unsigned scale) {
  const U128 bits = negative ? U128{0} - size : size;
  return {static_cast<std::int64_t>(static_cast<std::uint64_t>(bits >> 64U)), static_cast<std::uint64_t>(bits),
          static_cast<std::uint8_t>(scale)};
}

// Drops zeros behind the point until the number fits; one that has none to drop is past the limit.
Decimal fit(bool negative, U256 size, unsigned scale) {
  while (size.high != 0 || size.low >= kLimit || scale > kMaxScale) {
    std::uint64_t rest = 0;
    const U256 shorter = wide::divide_small(size, 10, rest);
    if (scale == 0 || rest != 0) too_long();
    size = shorter;
    --scale;
  }
  return make(negative, size.low, scale);
}

// The magnitude with `digits` more zeros.
U256 widened(U128 size, unsigned digits) noexcept { return wide::multiply(size, power_of_ten(digits)); }

U256 at_scale(const Decimal& d, unsigned scale) noexcept { return widened(magnitude(d), scale - d.scale()); }

// Half to even: whether `rest` of `divisor` carries one into a quotient.
bool rounds_up(const U256& rest, const U256& divisor, bool odd) noexcept {
  const U256 doubled = wide::twice(rest);
  return divisor < doubled || (doubled == divisor && odd);
}

Decimal rounded(bool negative, wide::Quotient q, const U256& divisor, unsigned scale) {
  if (rounds_up(q.rest, divisor, (q.quotient.low & 1U) != 0)) q.quotient = wide::add(q.quotient, {0, 1});
  if (q.quotient.high != 0 || q.quotient.low >= kLimit) too_long();
  return make(negative, q.quotient.low, scale);
}

// The next decimal digit of a quotient by subtraction: at most nine.
void next_digit(wide::Quotient& q, const U256& divisor) {
  const auto tenfold = [](const U256& n) {
    return wide::add(wide::twice(n), wide::twice(wide::twice(wide::twice(n))));
  };
  q.quotient = tenfold(q.quotient);
  q.rest = tenfold(q.rest);
  while (!(q.rest < divisor)) {
    q.rest = wide::subtract(q.rest, divisor);
    q.quotient = wide::add(q.quotient, {0, 1});
  }
  if (q.quotient.high != 0 || q.quotient.low >= kLimit) too_long();
}

}  // namespace

Decimal::Decimal(std::int64_t value) noexcept : high_(value < 0 ? -1 : 0), low_(static_cast<std::uint64_t>(value)) {}

Decimal::Decimal(std::int64_t high, std::uint64_t low, std::uint8_t scale) : high_(high), low_(low), scale_(scale) {
  if (scale > kMaxScale || magnitude(*this) >= kLimit) too_long();
}

bool Decimal::is_integer() const noexcept { return magnitude(*this) % power_of_ten(scale_) == 0; }

Decimal Decimal::normalised() const noexcept {
  if (scale_ == 0) return *this;
  U128 size = magnitude(*this);
  unsigned scale = scale_;
  for (; scale > 0 && size % 10U == 0; --scale) size /= 10U;
  return make(is_negative(), size, scale);
}

Decimal Decimal::rescaled(std::uint8_t scale) const {
  if (scale > kMaxScale) too_long();
  if (scale < scale_) {
    const U256 divisor{0, power_of_ten(scale_ - scale)};
    return rounded(is_negative(), wide::divide({0, magnitude(*this)}, divisor), divisor, scale);
  }
  const U256 size = at_scale(*this, scale);
  if (size.high != 0 || size.low >= kLimit) too_long();
  return make(is_negative(), size.low, scale);
}

std::optional<std::int64_t> Decimal::to_int64() const noexcept {
  if (!is_integer()) return std::nullopt;
  const I128 value = coefficient(*this) / static_cast<I128>(power_of_ten(scale_));
  if (value < std::numeric_limits<std::int64_t>::min() || value > std::numeric_limits<std::int64_t>::max())
    return std::nullopt;
  return static_cast<std::int64_t>(value);
}

double Decimal::to_double() const noexcept {
  detail::base::DecimalText text;  // reading the digits back is what rounds correctly
  const std::string_view digits = text.write(is_negative(), magnitude(*this), scale_);
  double out = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), out);
  return out;
}

std::string Decimal::to_string() const {
  detail::base::DecimalText text;
  return std::string(text.write(is_negative(), magnitude(*this), scale_));
}

Decimal Decimal::operator-() const { return make(!is_negative(), magnitude(*this), scale_); }

Decimal operator+(const Decimal& a, const Decimal& b) {
  const unsigned scale = std::max(a.scale(), b.scale());
  const U256 x = at_scale(a, scale);
  const U256 y = at_scale(b, scale);
  if (a.is_negative() == b.is_negative()) return fit(a.is_negative(), wide::add(x, y), scale);
  return x < y ? fit(b.is_negative(), wide::subtract(y, x), scale) : fit(a.is_negative(), wide::subtract(x, y), scale);
}

Decimal operator-(const Decimal& a, const Decimal& b) { return a + -b; }

Decimal operator*(const Decimal& a, const Decimal& b) {
  return fit(a.is_negative() != b.is_negative(), wide::multiply(magnitude(a), magnitude(b)),
             unsigned{a.scale()} + b.scale());
}

Decimal divide(const Decimal& a, const Decimal& b, std::uint8_t scale) {
  if (b.is_zero()) throw Error(ErrorCode::run, "division by zero");
  if (scale > kMaxScale) too_long();
  const bool negative = a.is_negative() != b.is_negative();
  const int more = int{scale} + b.scale() - a.scale();  // digits the quotient of the coefficients still lacks
  const U256 divisor = more < 0 ? widened(magnitude(b), static_cast<unsigned>(-more)) : U256{0, magnitude(b)};
  wide::Quotient q = wide::divide({0, magnitude(a)}, divisor);
  for (int i = 0; i < more; ++i) next_digit(q, divisor);
  return rounded(negative, q, divisor, scale);
}

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) noexcept {
  if (a.is_negative() != b.is_negative())
    return a.is_negative() ? std::strong_ordering::less : std::strong_ordering::greater;
  const unsigned scale = std::max(a.scale(), b.scale());
  constexpr unsigned kNarrow = 19;  // zeros that a coefficient of 64 bits may take within 128
  if (a.high() == 0 && b.high() == 0 && scale - std::min(a.scale(), b.scale()) <= kNarrow) {  // as most are
    const U128 left = a.low() * power_of_ten(scale - a.scale()), right = b.low() * power_of_ten(scale - b.scale());
    return left == right ? std::strong_ordering::equal : left < right ? std::strong_ordering::less : std::strong_ordering::greater;
  }
  const U256 x = at_scale(a, scale);
  const U256 y = at_scale(b, scale);
  if (x == y) return std::strong_ordering::equal;
  return (x < y) != a.is_negative() ? std::strong_ordering::less : std::strong_ordering::greater;
}

bool operator==(const Decimal& a, const Decimal& b) noexcept { return (a <=> b) == std::strong_ordering::equal; }

std::size_t Decimal::hash() const noexcept {
  const Decimal plain = normalised();
  std::uint64_t mix = plain.low_ ^ (static_cast<std::uint64_t>(plain.high_) * 0x9E3779B97F4A7C15U) ^
                      (std::uint64_t{plain.scale_} << 56U);
  mix = (mix ^ (mix >> 30U)) * 0xBF58476D1CE4E5B9U;
  mix = (mix ^ (mix >> 27U)) * 0x94D049BB133111EBU;
  return static_cast<std::size_t>(mix ^ (mix >> 31U));
}

}  // namespace policygraph::inline v0
