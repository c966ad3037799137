// The grammar of a decimal number: [+-]digits[.digits][e[+-]digits].
#include "policygraph/base/decimal.hpp"

#include <algorithm>
#include <utility>

#include "base/cursor.hpp"
#include "base/wide.hpp"
#include "policygraph/base/error.hpp"

namespace policygraph::inline v0 {
namespace {

using detail::base::Cursor;
using detail::base::U128;

constexpr int kMaxDigits = 38;
constexpr std::int64_t kFarExponent =
    1'000'000'000'000;  // beyond any text length, so that sums of exponents stay exact

/// coefficient × 10^exponent with no zero at the coefficient's end, and the digits written behind the point.
struct Scanned {
  bool negative = false;
  U128 coefficient = 0;
  int digits = 0;             // of the coefficient
  std::int64_t zeros = 0;     // read after its last non-zero digit
  std::int64_t behind = 0;    // digits behind the point
  std::int64_t exponent = 0;  // as written after the e
};

// False when a 39th significant digit comes.
bool take_digit(Scanned& number, unsigned digit) noexcept {
  if (digit == 0) {
    if (number.digits != 0) ++number.zeros;
    return true;
  }
  if (number.digits + number.zeros + 1 > kMaxDigits) return false;
  for (; number.zeros > 0; --number.zeros, ++number.digits) number.coefficient *= 10U;
  number.coefficient = number.coefficient * 10U + digit;
  ++number.digits;
  return true;
}

std::int64_t take_digits(Cursor& in, Scanned& number) {
  const std::size_t start = in.offset();
  if (!in.at_digit()) in.fail("a digit is wanted here");
  while (in.at_digit() && !in.failed()) {
    if (!take_digit(number, static_cast<unsigned>(in.peek() - '0')))
      in.fail("a decimal has at most 38 digits", ErrorCode::limit);
    else
      in.skip();
  }
  return static_cast<std::int64_t>(in.offset() - start);
}

void take_exponent(Cursor& in, Scanned& number) {
  const bool negative = in.take('-');
  if (!negative) in.take('+');
  if (!in.at_digit()) in.fail("a digit of the exponent is wanted here");
  std::int64_t exponent = 0;
  for (; in.at_digit(); in.skip()) exponent = std::min(exponent * 10 + (in.peek() - '0'), kFarExponent);
  number.exponent = negative ? -exponent : exponent;
}

Scanned scan(Cursor& in) {
  Scanned number;
  number.negative = in.take('-');
  if (!number.negative) in.take('+');
  take_digits(in, number);
  if (!in.failed() && in.take('.')) number.behind = take_digits(in, number);
  if (!in.failed() && (in.take('e') || in.take('E'))) take_exponent(in, number);
  if (!in.failed() && !in.at_end())
    in.fail("a decimal number ends here: digits, one point, an exponent and nothing else");
  return number;
}

// As many digits behind the point as were written, where 38 digits allow; fewer where only zeros are lost.
std::optional<Decimal> build(const Scanned& number) noexcept {
  const auto written = std::clamp<std::int64_t>(number.behind - number.exponent, 0, kMaxDigits);
  if (number.digits == 0) return Decimal(0, 0, static_cast<std::uint8_t>(written));
  const std::int64_t exponent = number.exponent - number.behind + number.zeros;
  const std::int64_t room = kMaxDigits - number.digits;  // zeros that still fit
  const std::int64_t scale = std::min(written, room - exponent);
  if (scale < 0 || scale + exponent < 0) return std::nullopt;
  U128 size = number.coefficient * detail::base::power_of_ten(static_cast<unsigned>(scale + exponent));
  if (number.negative) size = U128{0} - size;
  return Decimal(static_cast<std::int64_t>(static_cast<std::uint64_t>(size >> 64U)), static_cast<std::uint64_t>(size),
                 static_cast<std::uint8_t>(scale));
}

std::optional<Decimal> parse_quietly(Cursor& in) noexcept {
  const Scanned number = scan(in);
  if (in.failed()) return std::nullopt;
  auto built = build(number);
  if (!built) in.fail_at(0, "a decimal has at most 38 digits, and at most 38 after the point", ErrorCode::limit);
  return built;
}

}  // namespace

Decimal Decimal::parse(std::string_view text) {
  Cursor in(text);
  const auto parsed = parse_quietly(in);
  if (!parsed) in.raise("a decimal number");
  return *parsed;
}

std::optional<Decimal> Decimal::try_parse(std::string_view text) noexcept {
  Cursor in(text);
  return parse_quietly(in);
}

}  // namespace policygraph::inline v0
