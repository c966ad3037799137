#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "policygraph/base/decimal.hpp"

namespace policygraph::inline v0::detail::query {

// Where a number between two goes: away from zero, towards it, to the greater, to the less; or to the nearer, and of two as near to the
// one away from zero, towards it, the even one, the greater.
enum class Rounding : std::uint8_t { up, down, ceiling, floor, half_up, half_down, half_even, half_ceiling };

// "HALF_UP"; nothing for a name that is none.
std::optional<Rounding> rounding_of(std::string_view name) noexcept;

// To so many places behind the point. A float is rounded as the shortest text that reads as it, so that 2.675 is midway between 2.67 and
// 2.68; a decimal exactly. NaN and the infinities stay. Requires: places >= 0.
double rounded(double number, std::int64_t places, Rounding rounding);
Decimal rounded(const Decimal& number, std::int64_t places, Rounding rounding);
// To the nearest whole number, and of two as near to the greater.
double rounded(double number) noexcept;

}  // namespace policygraph::inline v0::detail::query
