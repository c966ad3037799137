// The parts of temporal values: d.year, t.offsetMinutes, duration.minutesOfHour.
#include <utility>

#include "query/functions/temporal_parts.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

std::optional<Value> day_part(Day day, std::string_view part) {
  const auto date = year_month_day(day);
  if (part == "year") return Value(date.year);
  if (part == "quarter") return Value((date.month - 1) / 3 + 1);
  if (part == "month") return Value(date.month);
  if (part == "week") return Value(year_week_day(day).week);
  if (part == "weekYear") return Value(year_week_day(day).year);
  if (part == "day") return Value(date.day);
  if (part == "ordinalDay") return Value(day_of_year(day));
  if (part == "dayOfWeek" || part == "weekDay") return Value(year_week_day(day).day);
  if (part == "dayOfQuarter") return Value(day_of_quarter(day));
  return std::nullopt;
}

std::optional<Value> clock_part(LocalTime time, std::string_view part) {
  const auto seconds = time.nanoseconds / kSecond;
  const auto fraction = time.nanoseconds % kSecond;
  if (part == "hour") return Value(seconds / 3600);
  if (part == "minute") return Value(seconds / 60 % 60);
  if (part == "second") return Value(seconds % 60);
  if (part == "millisecond") return Value(fraction / 1'000'000);
  if (part == "microsecond") return Value(fraction / 1'000);
  if (part == "nanosecond") return Value(fraction);
  return std::nullopt;
}

std::optional<Value> zone_part(std::int32_t offset, const std::string& zone, std::string_view part) {
  if (part == "timezone") return Value(zone.empty() ? utc_offset_text(offset) : zone);
  if (part == "offset") return Value(utc_offset_text(offset));
  if (part == "offsetMinutes") return Value(int{offset} / 60);
  if (part == "offsetSeconds") return Value(int{offset});
  return std::nullopt;
}

std::int64_t scaled(std::int64_t seconds, std::int64_t fraction, std::int64_t per_second) {
  std::int64_t out = 0;
  if (__builtin_mul_overflow(seconds, per_second, &out) ||
      __builtin_add_overflow(out, fraction / (kSecond / per_second), &out)) {
    refuse(ErrorType::arithmetic_error, Trouble::integer_overflow, "the number is beyond 64-bit integers; take seconds");
  }
  return out;
}

std::optional<Value> epoch_part(const ZonedDateTime& value, std::string_view part) {
  if (part == "epochSeconds") return Value(unix_seconds(value));
  if (part == "epochMillis") return Value(scaled(unix_seconds(value), value.local.time.nanoseconds % kSecond, 1'000));
  return std::nullopt;
}

std::optional<Value> either(std::optional<Value> first, std::optional<Value> second) {
  return first ? std::move(first) : std::move(second);
}

// Whole amounts of the value: all its months as quarters, all its seconds as minutes.
std::optional<Value> whole_amount(const Duration& d, std::string_view part) {
  if (part == "years") return Value(d.months / 12);
  if (part == "quarters") return Value(d.months / 3);
  if (part == "months") return Value(d.months);
  if (part == "weeks") return Value(d.days / 7);
  if (part == "days") return Value(d.days);
  if (part == "hours") return Value(d.seconds / 3600);
  if (part == "minutes") return Value(d.seconds / 60);
  if (part == "seconds") return Value(d.seconds);
  if (part == "milliseconds") return Value(scaled(d.seconds, d.nanoseconds, 1'000));
  if (part == "microseconds") return Value(scaled(d.seconds, d.nanoseconds, 1'000'000));
  if (part == "nanoseconds") return Value(scaled(d.seconds, d.nanoseconds, kSecond));
  return std::nullopt;
}

std::optional<Value> amount_of_next(const Duration& d, std::string_view part) {
  if (part == "quartersOfYear") return Value(d.months / 3 % 4);
  if (part == "monthsOfYear") return Value(d.months % 12);
  if (part == "monthsOfQuarter") return Value(d.months % 3);
  if (part == "daysOfWeek") return Value(d.days % 7);
  if (part == "minutesOfHour") return Value(d.seconds / 60 % 60);
  if (part == "secondsOfMinute") return Value(d.seconds % 60);
  if (part == "millisecondsOfSecond") return Value(int{d.nanoseconds} / 1'000'000);
  if (part == "microsecondsOfSecond") return Value(int{d.nanoseconds} / 1'000);
  if (part == "nanosecondsOfSecond") return Value(int{d.nanoseconds});
  return std::nullopt;
}

std::optional<Value> local_part(const LocalDateTime& value, std::string_view part) {
  return either(day_part(value.day, part), clock_part(value.time, part));
}

std::optional<Value> part_of(const Value& value, std::string_view part) {
  switch (value.kind()) {
    case ValueKind::date:
      return day_part(value.as_date(), part);
    case ValueKind::partial_date:
      return partial_date_part(value.as_partial_date(), part);
    case ValueKind::local_time:
      return clock_part(value.as_local_time(), part);
    case ValueKind::time:
      return either(clock_part(value.as_time().local, part), zone_part(value.as_time().offset_seconds, {}, part));
    case ValueKind::local_date_time:
      return local_part(value.as_local_date_time(), part);
    case ValueKind::date_time: {
      const auto& at = value.as_date_time();
      return either(either(local_part(at.local, part), zone_part(at.offset_seconds, at.zone, part)),
                    epoch_part(at, part));
    }
    default:
      return either(whole_amount(value.as_duration(), part), amount_of_next(value.as_duration(), part));
  }
}

}  // namespace

std::optional<Value> temporal_part(const Value& value, std::string_view part) {
  if (value.kind() < ValueKind::partial_date || value.kind() > ValueKind::duration) return std::nullopt;
  auto found = part_of(value, part);
  if (!found) {
    refuse(ErrorType::type_error, Trouble::invalid_argument_type,
           a_kind(value) + " has no part '" + std::string(part) + "'");
  }
  return found;
}

}  // namespace policygraph::inline v0::detail::query
