#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "policygraph/base/partial_date.hpp"
#include "policygraph/export.hpp"

/// Cypher's temporal values (openCypher CIP2015-08-06): plain records; ISO 8601 text both ways. Components, truncation
/// and construction from maps belong to the query functions; calendar arithmetic is here.
///
/// Every parse function reads the whole text, in linear time, and throws Error(format) with the column of the fault; a
/// zone that is not in tzdata is Error(not_found). Arithmetic that leaves the range of a type throws Error(run).
///
///     const auto start = parse_local_date_time("2015-07-21T21:40");
///     to_string(add(start, parse_duration("P1M0.5D")));   // "2015-08-22T09:40"
namespace policygraph::inline v0 {

/// Date: a Day. Text 2015-07-21, 2015-W30-2, 2015-202, 2015-Q2-60, the shorter ones (2015-07, 2015), their basic forms
/// (20150721, 2015W302, 2015202), and years of up to nine digits with a sign (+12015-07-21).
POLICYGRAPH_EXPORT Day parse_day(std::string_view text);
POLICYGRAPH_EXPORT std::string to_string(Day day);

/// An ISO 8601 week date; weeks begin on Monday (1), and the first one holds the year's first Thursday.
struct YearWeekDay {
  int year = 0;
  int week = 0;
  int day = 0;
  friend constexpr auto operator<=>(const YearWeekDay&, const YearWeekDay&) = default;
};
POLICYGRAPH_EXPORT YearWeekDay year_week_day(Day day) noexcept;
POLICYGRAPH_EXPORT int day_of_year(Day day) noexcept;     ///< 1 to 366
POLICYGRAPH_EXPORT int day_of_quarter(Day day) noexcept;  ///< 1 to 92
/// Require that the day exists; throw Error(invalid_argument) otherwise.
POLICYGRAPH_EXPORT Day make_week_day(int week_year, int week, int day);
POLICYGRAPH_EXPORT Day make_ordinal_day(int year, int day_of_year);
POLICYGRAPH_EXPORT Day make_quarter_day(int year, int quarter, int day_of_quarter);

/// Time of day without a zone: nanoseconds since midnight, 0 to 86,399,999,999,999.
struct LocalTime {
  std::int64_t nanoseconds = 0;
  friend constexpr auto operator<=>(LocalTime, LocalTime) = default;
};

/// Time of day with an offset from UTC in seconds. Ordered by instant, then by offset.
struct ZonedTime {
  LocalTime local;
  std::int32_t offset_seconds = 0;
  friend POLICYGRAPH_EXPORT std::strong_ordering operator<=>(const ZonedTime& a, const ZonedTime& b) noexcept;
  friend constexpr bool operator==(const ZonedTime&, const ZonedTime&) = default;
};

struct LocalDateTime {
  Day day;
  LocalTime time;
  friend constexpr auto operator<=>(const LocalDateTime&, const LocalDateTime&) = default;
};

/// An instant with its offset and, when it was given by name, its zone ("Europe/Stockholm"). Ordered by instant, then
/// offset, then zone.
struct ZonedDateTime {
  LocalDateTime local;
  std::int32_t offset_seconds = 0;
  std::string zone;  ///< empty: an offset only
  friend POLICYGRAPH_EXPORT std::strong_ordering operator<=>(const ZonedDateTime& a, const ZonedDateTime& b) noexcept;
  friend bool operator==(const ZonedDateTime&, const ZonedDateTime&) = default;
};

/// Months, days, seconds and nanoseconds, which do not convert into one another. 0 <= nanoseconds < 10^9.
struct Duration {
  std::int64_t months = 0;
  std::int64_t days = 0;
  std::int64_t seconds = 0;
  std::int32_t nanoseconds = 0;
  friend constexpr bool operator==(const Duration&, const Duration&) = default;
};

/// "21:40:32.142", "214032.142", "21:40", "2140", "21"; at most nine digits of a second.
POLICYGRAPH_EXPORT LocalTime parse_local_time(std::string_view text);
/// A local time and an offset: "Z", "+01:00", "-0130", "+02", "+00:53:28"; none means UTC.
POLICYGRAPH_EXPORT ZonedTime parse_zoned_time(std::string_view text);
/// A date, and a time behind a T; a date alone is its midnight.
POLICYGRAPH_EXPORT LocalDateTime parse_local_date_time(std::string_view text);
/// "2015-06-24T12:50:35.556+0100", "...[Europe/London]"; zone names are looked up in the system's tzdata. An offset
/// beside a zone must be one the zone has then; neither means UTC. A local time that a zone skips moves on by what it
/// skips.
POLICYGRAPH_EXPORT ZonedDateTime parse_zoned_date_time(std::string_view text);
/// "P14DT16H12M", "P5M1.5D", "P2012-02-02T14:37:21.545"; fractions flow down to smaller units.
POLICYGRAPH_EXPORT Duration parse_duration(std::string_view text);
/// "Z", "+01:00", "-0130", "+00:53:28": seconds east of UTC, at most 18 hours.
POLICYGRAPH_EXPORT std::int32_t parse_utc_offset(std::string_view text);
POLICYGRAPH_EXPORT std::string utc_offset_text(std::int32_t seconds);

POLICYGRAPH_EXPORT std::string to_string(LocalTime value);
POLICYGRAPH_EXPORT std::string to_string(const ZonedTime& value);
POLICYGRAPH_EXPORT std::string to_string(const LocalDateTime& value);
POLICYGRAPH_EXPORT std::string to_string(const ZonedDateTime& value);
POLICYGRAPH_EXPORT std::string to_string(const Duration& value);

/// Months first (a day past the end of a month becomes its last), then days, then time. A date takes the whole days of
/// the time and drops the rest; a time takes the time alone, round the clock.
POLICYGRAPH_EXPORT Day add(Day day, const Duration& duration);
POLICYGRAPH_EXPORT LocalTime add(LocalTime time, const Duration& duration) noexcept;
POLICYGRAPH_EXPORT ZonedTime add(const ZonedTime& time, const Duration& duration) noexcept;
POLICYGRAPH_EXPORT LocalDateTime add(const LocalDateTime& value, const Duration& duration);
POLICYGRAPH_EXPORT ZonedDateTime add(const ZonedDateTime& value, const Duration& duration);
POLICYGRAPH_EXPORT Duration operator+(const Duration& a, const Duration& b);
POLICYGRAPH_EXPORT Duration operator-(const Duration& a, const Duration& b);
POLICYGRAPH_EXPORT Duration operator-(const Duration& a);
/// Whole months, then whole days, then time, all of one sign, that lead from `from` to `to`.
POLICYGRAPH_EXPORT Duration between(const LocalDateTime& from, const LocalDateTime& to);
/// The whole months (days) alone, towards zero; and the time between two instants as seconds and nanoseconds.
POLICYGRAPH_EXPORT std::int64_t months_between(const LocalDateTime& from, const LocalDateTime& to) noexcept;
POLICYGRAPH_EXPORT std::int64_t days_between(const LocalDateTime& from, const LocalDateTime& to) noexcept;
POLICYGRAPH_EXPORT Duration seconds_between(const ZonedDateTime& from, const ZonedDateTime& to) noexcept;
/// Seconds by the average Gregorian month (30.436875 days), for ordering durations as openCypher does.
POLICYGRAPH_EXPORT double average_seconds(const Duration& duration) noexcept;
/// Amounts that need not be whole; `flow_down` sends fractions on to smaller units (a month counts 30.436875 days, a
/// day 24 hours). Nanoseconds are cut, not rounded. Throws Error(run) for what is not finite or out of range.
struct DurationParts {
  double months = 0;
  double days = 0;
  double seconds = 0;
  double nanoseconds = 0;
};
POLICYGRAPH_EXPORT Duration flow_down(const DurationParts& parts);
/// With an exact part beside them.
POLICYGRAPH_EXPORT Duration flow_down(const Duration& whole, const DurationParts& parts);
/// Multiplied or divided, with fractions flowing down; by a whole number, exactly.
POLICYGRAPH_EXPORT Duration scale(const Duration& duration, double factor);
POLICYGRAPH_EXPORT Duration scale_whole(const Duration& duration, std::int64_t factor);
POLICYGRAPH_EXPORT Duration divide(const Duration& duration, double divisor);
POLICYGRAPH_EXPORT Duration divide_whole(const Duration& duration, std::int64_t divisor);

/// Seconds since 1970-01-01T00:00Z, the nanoseconds of `value` left aside; an offset of 0 for local values.
POLICYGRAPH_EXPORT std::int64_t unix_seconds(const LocalDateTime& value) noexcept;
POLICYGRAPH_EXPORT std::int64_t unix_seconds(const ZonedDateTime& value) noexcept;
/// The local time `seconds` after 1970-01-01T00:00, and `nanoseconds` (0 to 999,999,999) more. Throws Error(run) past
/// the years of Day.
POLICYGRAPH_EXPORT LocalDateTime local_from_seconds(std::int64_t seconds, std::int32_t nanoseconds);

}  // namespace policygraph::inline v0
