#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "policygraph/export.hpp"

namespace policygraph::inline v0 {

/// An exact decimal: coefficient × 10^-scale, with a 128-bit two's-complement coefficient kept in two words (at most 38
/// digits) and a scale of 0 to 38. Money is always this and never a float.
///
/// Comparison and hash are numeric (4.90 equals 4.9); `to_string` keeps the scale as written ("4.90").
/// Sums, differences and products are exact or throw Error(limit); division rounds half to even at the scale asked for.
class POLICYGRAPH_EXPORT Decimal {
 public:
  constexpr Decimal() = default;
  explicit Decimal(std::int64_t value) noexcept;
  Decimal(std::int64_t high, std::uint64_t low,
          std::uint8_t scale);  ///< throws Error(limit) past 38 digits or scale 38

  /// "[+-]digits[.digits][e[+-]digits]"; no blanks, no thousands marks. Throws Error(format) or Error(limit).
  static Decimal parse(std::string_view text);
  static std::optional<Decimal> try_parse(std::string_view text) noexcept;

  std::uint8_t scale() const noexcept { return scale_; }
  std::int64_t high() const noexcept { return high_; }
  std::uint64_t low() const noexcept { return low_; }
  bool is_zero() const noexcept { return high_ == 0 && low_ == 0; }
  bool is_negative() const noexcept { return high_ < 0; }
  bool is_integer() const noexcept;
  /// Without trailing zeros after the point; the canonical form of a stated amount ("4900000", "4.9").
  Decimal normalised() const noexcept;
  /// The same number at that scale; throws Error(limit) when it does not fit, rounds half to even when digits are lost.
  Decimal rescaled(std::uint8_t scale) const;
  std::optional<std::int64_t> to_int64() const noexcept;  ///< empty unless an integer that fits
  double to_double() const noexcept;                      ///< nearest; for display and charts, never for sums
  std::string to_string() const;

  Decimal operator-() const;
  friend POLICYGRAPH_EXPORT Decimal operator+(const Decimal& a, const Decimal& b);
  friend POLICYGRAPH_EXPORT Decimal operator-(const Decimal& a, const Decimal& b);
  friend POLICYGRAPH_EXPORT Decimal operator*(const Decimal& a, const Decimal& b);
  friend POLICYGRAPH_EXPORT Decimal divide(const Decimal& a, const Decimal& b, std::uint8_t scale);  ///< throws Error(run) on zero

  friend POLICYGRAPH_EXPORT std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) noexcept;
  friend POLICYGRAPH_EXPORT bool operator==(const Decimal& a, const Decimal& b) noexcept;
  std::size_t hash() const noexcept;

 private:
  std::int64_t high_ = 0;
  std::uint64_t low_ = 0;
  std::uint8_t scale_ = 0;
};

POLICYGRAPH_EXPORT Decimal divide(const Decimal& a, const Decimal& b, std::uint8_t scale);

}  // namespace policygraph::inline v0
