#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace policygraph::inline v0::detail::base {

/// One change of the year in a POSIX TZ rule.
struct YearlyChange {
  enum class Kind : std::uint8_t { month_week_day, julian, zero_based };
  Kind kind = Kind::month_week_day;
  int month = 0;
  int week = 0;              // 5: the last
  int day = 0;               // of the week from Sunday 0, or of the year
  std::int32_t time = 7200;  // seconds after local midnight, -167 h to 167 h

  /// Local seconds since 1970 at which it comes in that year, by the clock that was shown before it.
  std::int64_t local_seconds(int year) const noexcept;
  friend bool operator==(const YearlyChange&, const YearlyChange&) = default;
};

/// What the footer of a TZif file says of all times after its last transition.
struct PosixRule {
  std::int32_t standard = 0;  // seconds east of UTC
  std::int32_t summer = 0;
  bool has_summer = false;
  YearlyChange start;
  YearlyChange end;

  std::int32_t offset_at(std::int64_t unix_seconds) const noexcept;
  friend bool operator==(const PosixRule&, const PosixRule&) = default;
};

/// The text between the newlines of a footer, for instance "CET-1CEST,M3.5.0,M10.5.0/3"; nothing when it is not a rule.
std::optional<PosixRule> parse_posix_rule(std::string_view text) noexcept;

}  // namespace policygraph::inline v0::detail::base
