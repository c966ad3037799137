#include "base/decimal_beside_float.hpp"

#include <cmath>
#include <cstdint>

#include "base/wide.hpp"

namespace policygraph::inline v0::detail::base {
namespace {

// Of a decimal whose nearest float is `b`, beside `b` itself, neither negative: c / 10^scale beside m * 2^e, as whole numbers. Being so
// near, each stays below 2^256: 38 digits and a scale of 38 are 2^127 each, a mantissa is 2^53.
std::strong_ordering compare_near(const Decimal& a, double b) noexcept {
  int exponent = 0;
  const auto mantissa = static_cast<std::uint64_t>(std::ldexp(std::frexp(b, &exponent), 53));
  exponent -= 53;
  U256 x{0, (static_cast<U128>(static_cast<std::uint64_t>(a.high())) << 64U) | a.low()};
  U256 y = multiply(mantissa, power_of_ten(a.scale()));
  for (; exponent < 0; ++exponent) x = twice(x);
  for (; exponent > 0; --exponent) y = twice(y);
  return x < y ? std::strong_ordering::less : x == y ? std::strong_ordering::equal : std::strong_ordering::greater;
}

}  // namespace

std::partial_ordering compare_exactly(const Decimal& a, double b) noexcept {
  const auto nearest = a.to_double();
  if (nearest != b || b == 0) return nearest <=> b;
  return b > 0 ? compare_near(a, b) : 0 <=> compare_near(-a, -b);
}

}  // namespace policygraph::inline v0::detail::base
