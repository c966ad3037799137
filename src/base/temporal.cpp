#include "policygraph/base/temporal.hpp"

#include <algorithm>

#include "base/temporal_parts.hpp"
#include "policygraph/base/error.hpp"
#include "policygraph/base/timezone.hpp"

namespace policygraph::inline v0 {
namespace detail::base {

void out_of_range(const char* what) { throw Error(ErrorCode::run, what); }

Day checked_day(I128 days) {
  static const std::int64_t kLeast = make_day(-kMaxYear, 1, 1).days;
  static const std::int64_t kMost = make_day(kMaxYear, 12, 31).days;
  if (days < kLeast || days > kMost) out_of_range("a date beyond the year 999999999");
  return {static_cast<std::int64_t>(days)};
}

I128 nanoseconds_of(const LocalDateTime& value) noexcept {
  return I128{value.day.days} * kNanosPerDay + value.time.nanoseconds;
}

I128 instant(const ZonedDateTime& value) noexcept {
  return nanoseconds_of(value.local) - I128{value.offset_seconds} * kNanosPerSecond;
}

LocalDateTime from_nanoseconds(I128 nanoseconds) {
  return {checked_day(floor_div<I128>(nanoseconds, kNanosPerDay)),
          {static_cast<std::int64_t>(floor_mod<I128>(nanoseconds, kNanosPerDay))}};
}

Day plus_months(Day day, std::int64_t months) {
  constexpr std::int64_t kMost = std::int64_t{24} * kMaxYear;
  const YearMonthDay from = year_month_day(day);
  const std::int64_t total = std::int64_t{from.year} * 12 + from.month - 1 + std::clamp(months, -2 * kMost, 2 * kMost);
  const std::int64_t year = floor_div<std::int64_t>(total, 12);
  if (year < -kMaxYear || year > kMaxYear) out_of_range("a date beyond the year 999999999");
  const int month = static_cast<int>(floor_mod<std::int64_t>(total, 12)) + 1;
  return make_day(static_cast<int>(year), month, std::min(from.day, days_in_month(static_cast<int>(year), month)));
}

}  // namespace detail::base

namespace {

using detail::base::checked_day;
using detail::base::floor_mod;
using detail::base::from_nanoseconds;
using detail::base::I128;
using detail::base::instant;
using detail::base::kNanosPerDay;
using detail::base::kNanosPerSecond;
using detail::base::kSecondsPerDay;
using detail::base::nanoseconds_of;
using detail::base::plus_months;

I128 time_of(const Duration& duration) noexcept {
  return I128{duration.seconds} * kNanosPerSecond + duration.nanoseconds;
}

LocalDateTime add_calendar(const LocalDateTime& value, const Duration& duration) {
  return {checked_day(I128{plus_months(value.day, duration.months).days} + duration.days), value.time};
}

// Monday of the first ISO week: the week of 4 January.
std::int64_t first_monday(std::int64_t year_start) noexcept {
  return year_start + 3 - floor_mod<std::int64_t>(year_start + 3 + 3, 7);
}

std::int64_t year_start(int year) { return make_day(year, 1, 1).days; }

[[noreturn]] void no_such_day() { throw Error(ErrorCode::invalid_argument, "there is no such day"); }

}  // namespace

std::strong_ordering operator<=>(const ZonedTime& a, const ZonedTime& b) noexcept {
  const auto instant_of = [](const ZonedTime& t) {
    return I128{t.local.nanoseconds} - I128{t.offset_seconds} * kNanosPerSecond;
  };
  const I128 x = instant_of(a);
  const I128 y = instant_of(b);
  if (x != y) return x < y ? std::strong_ordering::less : std::strong_ordering::greater;
  return a.offset_seconds <=> b.offset_seconds;
}

std::strong_ordering operator<=>(const ZonedDateTime& a, const ZonedDateTime& b) noexcept {
  const I128 x = instant(a);
  const I128 y = instant(b);
  if (x != y) return x < y ? std::strong_ordering::less : std::strong_ordering::greater;
  if (a.offset_seconds != b.offset_seconds) return a.offset_seconds <=> b.offset_seconds;
  return a.zone <=> b.zone;
}

YearWeekDay year_week_day(Day day) noexcept {
  constexpr std::int64_t kFar = 400'000'000'000;  // past the years of Day
  day.days = std::clamp(day.days, -kFar, kFar);
  const std::int64_t weekday = floor_mod<std::int64_t>(day.days + 3, 7);
  // The Thursday of its week decides the year; week 1 begins on a Monday of that year or just before it.
  const YearMonthDay thursday = year_month_day({day.days - weekday + 3});
  const int of_year = day_of_year({day.days - weekday + 3});
  return {thursday.year, (of_year - 1) / 7 + 1, static_cast<int>(weekday) + 1};
}

int day_of_year(Day day) noexcept {
  const YearMonthDay date = year_month_day(day);
  int days = date.day;
  for (int month = 1; month < date.month; ++month) days += days_in_month(date.year, month);
  return days;
}

int day_of_quarter(Day day) noexcept {
  const YearMonthDay date = year_month_day(day);
  int days = date.day;
  for (int month = (date.month - 1) / 3 * 3 + 1; month < date.month; ++month) days += days_in_month(date.year, month);
  return days;
}

Day make_week_day(int week_year, int week, int day) {
  if (day < 1 || day > 7 || week < 1 || week > 53) no_such_day();
  const Day found = checked_day(first_monday(year_start(week_year)) + 7 * (week - 1) + day - 1);
  if (week == 53 && year_week_day(found).year != week_year) no_such_day();
  return found;
}

Day make_ordinal_day(int year, int day) {
  if (day < 1 || day > 337 + days_in_month(year, 2)) no_such_day();
  return {year_start(year) + day - 1};
}

Day make_quarter_day(int year, int quarter, int day) {
  if (quarter < 1 || quarter > 4 || day < 1) no_such_day();
  const Day found{make_day(year, 3 * quarter - 2, 1).days + day - 1};
  if (day > 92 || (year_month_day(found).month - 1) / 3 + 1 != quarter) no_such_day();
  return found;
}

Day add(Day day, const Duration& duration) {
  const I128 whole_days = time_of(duration) / kNanosPerDay;
  return checked_day(I128{plus_months(day, duration.months).days} + duration.days + whole_days);
}

LocalTime add(LocalTime time, const Duration& duration) noexcept {
  return {static_cast<std::int64_t>(floor_mod<I128>(time_of(duration) + time.nanoseconds, kNanosPerDay))};
}

ZonedTime add(const ZonedTime& time, const Duration& duration) noexcept {
  return {add(time.local, duration), time.offset_seconds};
}

LocalDateTime add(const LocalDateTime& value, const Duration& duration) {
  return from_nanoseconds(nanoseconds_of(add_calendar(value, duration)) + time_of(duration));
}

// Months and days move along the calendar of the zone, time along the instants.
ZonedDateTime add(const ZonedDateTime& value, const Duration& duration) {
  TimeZones zones;
  return add(value, duration, zones);
}

ZonedDateTime add(const ZonedDateTime& value, const Duration& duration, TimeZones& zones) {
  if (value.zone.empty()) return {add(value.local, duration), value.offset_seconds, {}};
  const TimeZone& zone = zones.find(value.zone);
  ZonedDateTime moved = value;
  if (duration.months != 0 || duration.days != 0) moved = in_zone(add_calendar(value.local, duration), zone);
  const LocalDateTime utc = from_nanoseconds(instant(moved) + time_of(duration));
  return at_instant(unix_seconds(utc), static_cast<std::int32_t>(utc.time.nanoseconds % kNanosPerSecond), zone);
}

std::int64_t unix_seconds(const LocalDateTime& value) noexcept {
  constexpr std::int64_t kFarDays = INT64_MAX / kSecondsPerDay - 30'000;  // room for any offset
  return std::clamp(value.day.days, -kFarDays, kFarDays) * kSecondsPerDay + value.time.nanoseconds / kNanosPerSecond;
}

std::int64_t unix_seconds(const ZonedDateTime& value) noexcept {
  return unix_seconds(value.local) - value.offset_seconds;
}

LocalDateTime local_from_seconds(std::int64_t seconds, std::int32_t nanoseconds) {
  return from_nanoseconds(I128{seconds} * kNanosPerSecond + nanoseconds);
}

}  // namespace policygraph::inline v0
