#pragma once

#include <cstdint>

namespace policygraph::inline v0::detail::base {

// g++ and clang have a 128-bit integer that ISO C++ has not; it stays in this module's sources.
__extension__ typedef unsigned __int128 U128;
__extension__ typedef __int128 I128;

/// An unsigned 256-bit integer: what exact decimal sums, products and quotients need between two 38-digit numbers.
/// Sums and products wrap; the callers keep below 10^77.
struct U256 {
  U128 high = 0;
  U128 low = 0;

  friend constexpr bool operator==(const U256& a, const U256& b) noexcept { return a.high == b.high && a.low == b.low; }
  friend constexpr bool operator<(const U256& a, const U256& b) noexcept {
    return a.high != b.high ? a.high < b.high : a.low < b.low;
  }
};

constexpr U256 add(const U256& a, const U256& b) noexcept {
  const U128 low = a.low + b.low;
  return {a.high + b.high + (low < a.low ? 1U : 0U), low};
}

/// Requires: b <= a.
constexpr U256 subtract(const U256& a, const U256& b) noexcept {
  return {a.high - b.high - (a.low < b.low ? 1U : 0U), a.low - b.low};
}

constexpr U256 twice(const U256& a) noexcept { return {(a.high << 1U) | (a.low >> 127U), a.low << 1U}; }

constexpr U256 multiply(U128 a, U128 b) noexcept {
  constexpr U128 kMask = ~std::uint64_t{0};
  const U128 a0 = a & kMask, a1 = a >> 64U, b0 = b & kMask, b1 = b >> 64U;
  const U128 middle = a1 * b0 + ((a0 * b0) >> 64U);
  const U128 carry = a0 * b1 + (middle & kMask);
  return {a1 * b1 + (middle >> 64U) + (carry >> 64U), (carry << 64U) | ((a0 * b0) & kMask)};
}

/// a / divisor, the rest in `rest`. Requires: 0 < divisor < 2^63.
constexpr U256 divide_small(const U256& a, std::uint64_t divisor, std::uint64_t& rest) noexcept {
  U128 words[4] = {a.high >> 64U, a.high & ~std::uint64_t{0}, a.low >> 64U, a.low & ~std::uint64_t{0}};
  U128 carry = 0;
  for (U128& word : words) {
    const U128 part = (carry << 64U) | word;
    word = part / divisor;
    carry = part % divisor;
  }
  rest = static_cast<std::uint64_t>(carry);
  return {(words[0] << 64U) | words[1], (words[2] << 64U) | words[3]};
}

struct Quotient {
  U256 quotient;
  U256 rest;
};

/// Long division in base 2. Requires: 0 < divisor < 2^255.
constexpr Quotient divide(const U256& a, const U256& divisor) noexcept {
  Quotient out;
  for (unsigned bit = 256; bit-- > 0;) {
    const U128 word = bit >= 128 ? a.high : a.low;
    out.rest = twice(out.rest);
    out.rest.low |= (word >> (bit % 128)) & 1U;
    out.quotient = twice(out.quotient);
    if (out.rest < divisor) continue;
    out.rest = subtract(out.rest, divisor);
    out.quotient.low |= 1U;
  }
  return out;
}

/// 10^exponent. Requires: exponent <= 38.
constexpr U128 power_of_ten(unsigned exponent) noexcept {
  U128 out = 1;
  for (; exponent > 0; --exponent) out *= 10U;
  return out;
}

}  // namespace policygraph::inline v0::detail::base
