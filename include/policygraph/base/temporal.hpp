#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "policygraph/base/partial_date.hpp"

/// Cypher's temporal values (openCypher CIP2015-08-06): plain records; ISO 8601 text both ways. Components, truncation and
/// construction from maps belong to the query functions; calendar arithmetic is here.
namespace policygraph {

/// Date: a Day. Text 2015-07-21, 2015W302, 2015-202, 2015-Q2-60 and their basic forms.
Day parse_day(std::string_view text);
std::string to_string(Day day);

/// Time of day without a zone: nanoseconds since midnight, 0 to 86,399,999,999,999.
struct LocalTime {
  std::int64_t nanoseconds = 0;
  friend constexpr auto operator<=>(LocalTime, LocalTime) = default;
};

/// Time of day with an offset from UTC in seconds. Ordered by instant, then by offset.
struct ZonedTime {
  LocalTime local;
  std::int32_t offset_seconds = 0;
  friend std::strong_ordering operator<=>(const ZonedTime& a, const ZonedTime& b) noexcept;
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
  friend std::strong_ordering operator<=>(const ZonedDateTime& a, const ZonedDateTime& b) noexcept;
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

LocalTime parse_local_time(std::string_view text);
ZonedTime parse_zoned_time(std::string_view text);
LocalDateTime parse_local_date_time(std::string_view text);
/// "2015-06-24T12:50:35.556+0100", "...[Europe/London]"; zone names are looked up in the system's tzdata.
ZonedDateTime parse_zoned_date_time(std::string_view text);
/// "P14DT16H12M", "P5M1.5D", "P2012-02-02T14:37:21.545"; fractions flow down to smaller units.
Duration parse_duration(std::string_view text);

std::string to_string(LocalTime value);
std::string to_string(const ZonedTime& value);
std::string to_string(const LocalDateTime& value);
std::string to_string(const ZonedDateTime& value);
std::string to_string(const Duration& value);

Day add(Day day, const Duration& duration);
LocalTime add(LocalTime time, const Duration& duration) noexcept;
LocalDateTime add(const LocalDateTime& value, const Duration& duration);
ZonedDateTime add(const ZonedDateTime& value, const Duration& duration);
Duration operator+(const Duration& a, const Duration& b);
Duration operator-(const Duration& a);
/// Seconds by the average Gregorian month (30.436875 days), for ordering durations as openCypher does.
double average_seconds(const Duration& duration) noexcept;
/// Scaled, with fractions flowing down (a month counts 30.436875 days).
Duration scale(const Duration& duration, double factor);

}  // namespace policygraph
