// What lies between two points of time: whole months, whole days, and the rest.
#include "base/temporal_parts.hpp"
#include "policygraph/base/temporal.hpp"
#include "policygraph/base/timezone.hpp"

namespace policygraph::inline v0 {
namespace {

using detail::base::floor_div;
using detail::base::floor_mod;
using detail::base::I128;
using detail::base::kNanosPerSecond;
using detail::base::nanoseconds_of;
using detail::base::plus_months;

// Whole units that lead from one to the other leave out a last one that the time of day has not completed.
Day completed_end(const LocalDateTime& from, const LocalDateTime& to) noexcept {
  if (to.day > from.day && to.time < from.time) return {to.day.days - 1};
  if (to.day < from.day && to.time > from.time) return {to.day.days + 1};
  return to.day;
}

std::int64_t whole_months(Day from, Day to) noexcept {
  const auto packed = [](Day day) {
    const YearMonthDay date = year_month_day(day);
    return (std::int64_t{date.year} * 12 + date.month) * 32 + date.day;
  };
  return (packed(to) - packed(from)) / 32;
}

// The calendar part; `moved` is where it leads.
Duration calendar_between(const LocalDateTime& from, const LocalDateTime& to, LocalDateTime& moved) {
  Duration out;
  out.months = months_between(from, to);
  moved = {plus_months(from.day, out.months), from.time};
  out.days = days_between(moved, to);
  moved.day.days += out.days;
  return out;
}

void put_rest(Duration& out, I128 nanoseconds) noexcept {
  out.seconds = static_cast<std::int64_t>(floor_div<I128>(nanoseconds, kNanosPerSecond));
  out.nanoseconds = static_cast<std::int32_t>(floor_mod<I128>(nanoseconds, kNanosPerSecond));
}

}  // namespace

std::int64_t months_between(const LocalDateTime& from, const LocalDateTime& to) noexcept {
  return whole_months(from.day, completed_end(from, to));
}

std::int64_t days_between(const LocalDateTime& from, const LocalDateTime& to) noexcept {
  return completed_end(from, to).days - from.day.days;
}

Duration seconds_between(const ZonedDateTime& from, const ZonedDateTime& to) noexcept {
  Duration out;
  put_rest(out, detail::base::instant(to) - detail::base::instant(from));
  return out;
}

Duration between(const LocalDateTime& from, const LocalDateTime& to) {
  detail::base::checked_day(from.day.days);
  detail::base::checked_day(to.day.days);
  LocalDateTime moved;
  Duration out = calendar_between(from, to, moved);
  put_rest(out, nanoseconds_of(to) - nanoseconds_of(moved));
  return out;
}

Duration between(const ZonedDateTime& from, const ZonedDateTime& to, TimeZones& zones) {
  const I128 end = detail::base::instant(to);
  if (from.zone.empty())
    return between(from.local, detail::base::from_nanoseconds(end + I128{from.offset_seconds} * kNanosPerSecond));
  const TimeZone& zone = zones.find(from.zone);
  const LocalDateTime shown =
      at_instant(unix_seconds(to), static_cast<std::int32_t>(to.local.time.nanoseconds % kNanosPerSecond), zone).local;
  LocalDateTime moved;
  Duration out = calendar_between(from.local, shown, moved);
  const bool is_start = out.months == 0 && out.days == 0;
  put_rest(out, end - detail::base::instant(is_start ? from : in_zone(moved, zone)));
  return out;
}

}  // namespace policygraph::inline v0
