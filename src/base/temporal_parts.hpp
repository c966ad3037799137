#pragma once

#include <cstdint>
#include <string>

#include "base/cursor.hpp"
#include "base/wide.hpp"
#include "policygraph/base/temporal.hpp"

namespace policygraph::inline v0::detail::base {

inline constexpr std::int64_t kNanosPerSecond = 1'000'000'000;
inline constexpr std::int64_t kSecondsPerDay = 86400;
inline constexpr std::int64_t kNanosPerDay = kSecondsPerDay * kNanosPerSecond;

template <class Int>
constexpr Int floor_div(Int a, Int b) noexcept {
  return a / b - (a % b < 0 ? 1 : 0);
}

template <class Int>
constexpr Int floor_mod(Int a, Int b) noexcept {
  return a % b + (a % b < 0 ? b : 0);
}

/// At least `width` digits; for numbers that are not negative.
void put_digits(std::string& out, std::int64_t number, std::size_t width);
/// ".142" for 142,000,000: a fraction of a second without trailing zeros; nothing for 0.
void put_fraction(std::string& out, std::int64_t nanoseconds);

/// The digits of a fraction of a second behind the point or comma; at most nine.
std::int64_t scan_nanoseconds(Cursor& in) noexcept;

/// Throws Error(run) past the years of Day.
Day checked_day(I128 days);
/// Since 1970-01-01T00:00 by its own clock.
I128 nanoseconds_of(const LocalDateTime& value) noexcept;
/// Since 1970-01-01T00:00Z.
I128 instant(const ZonedDateTime& value) noexcept;
LocalDateTime from_nanoseconds(I128 nanoseconds);
/// The same day some months later, or the last day of that month. Throws Error(run) past the years of Day.
Day plus_months(Day day, std::int64_t months);

[[noreturn]] void out_of_range(const char* what);

}  // namespace policygraph::inline v0::detail::base
