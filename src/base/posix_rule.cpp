// The POSIX TZ string: std offset [dst [offset] , start [/time] , end [/time]], with RFC 8536's wider times.
#include "base/posix_rule.hpp"

#include <cstddef>

#include "base/cursor.hpp"
#include "policygraph/base/partial_date.hpp"

namespace policygraph::inline v0::detail::base {
namespace {

constexpr std::int64_t kDay = 86400;
// The calendar and its weekdays repeat after 400 years.
constexpr std::int64_t kCycle = 146097 * kDay;
constexpr std::int32_t kHour = 3600;

std::int64_t day_number(int year, int month, int day) { return make_day(year, month, day).days; }

constexpr std::int64_t floor_mod(std::int64_t a, std::int64_t b) noexcept { return (a % b + b) % b; }

int weekday(std::int64_t day) noexcept { return static_cast<int>(floor_mod(day + 4, 7)); }  // 1970-01-01 was a Thursday

std::int64_t nth_weekday(int year, const YearlyChange& change) {
  const std::int64_t first = day_number(year, change.month, 1);
  std::int64_t day = floor_mod(change.day - weekday(first), 7) + 7 * (change.week - 1);
  while (day >= days_in_month(year, change.month)) day -= 7;
  return first + day;
}

bool is_leap(int year) noexcept { return days_in_month(year, 2) == 29; }

int scan_number(Cursor& in, std::size_t most_digits, int least, int greatest) noexcept {
  const std::size_t digits = in.count_digits(most_digits);
  const int value = in.take_digits(digits == 0 ? 1 : digits, "a number is wanted here");
  if (value < least || value > greatest) in.fail("a number out of range");
  return value;
}

void scan_name(Cursor& in) noexcept {
  const bool quoted = in.take('<');
  std::size_t length = 0;
  const auto belongs = [&in, quoted](char c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return !in.at_end() && (letter || (quoted && (Cursor::is_digit(c) || c == '+' || c == '-')));
  };
  for (; belongs(in.peek()); in.skip()) ++length;
  if (length < 3 || (quoted && !in.take('>'))) in.fail("a name of a time is wanted here");
}

// [+-]hours[:minutes[:seconds]]
std::int32_t scan_time(Cursor& in, int most_hours) noexcept {
  const bool negative = in.take('-');
  if (!negative) in.take('+');
  std::int32_t seconds = scan_number(in, 3, 0, most_hours) * kHour;
  if (in.take(':')) {
    seconds += scan_number(in, 2, 0, 59) * 60;
    if (in.take(':')) seconds += scan_number(in, 2, 0, 59);
  }
  return negative ? -seconds : seconds;
}

YearlyChange scan_change(Cursor& in) noexcept {
  YearlyChange change;
  if (in.take('M')) {
    change.month = scan_number(in, 2, 1, 12);
    if (!in.take('.')) in.fail("a point is wanted here");
    change.week = scan_number(in, 1, 1, 5);
    if (!in.take('.')) in.fail("a point is wanted here");
    change.day = scan_number(in, 1, 0, 6);
  } else {
    const bool julian = in.take('J');
    change.kind = julian ? YearlyChange::Kind::julian : YearlyChange::Kind::zero_based;
    change.day = scan_number(in, 3, julian ? 1 : 0, 365);
  }
  if (in.take('/')) change.time = scan_time(in, 167);
  return change;
}

}  // namespace

std::int64_t YearlyChange::local_seconds(int year) const noexcept {
  if (kind == Kind::month_week_day) return nth_weekday(year, *this) * kDay + time;
  const std::int64_t first = day_number(year, 1, 1);
  const bool after_leap_day = kind == Kind::julian && is_leap(year) && day >= 60;
  return (first + day - (kind == Kind::julian && !after_leap_day ? 1 : 0)) * kDay + time;
}

// The last change at or before the instant decides; changes may lie up to a week outside their year.
std::int32_t PosixRule::offset_at(std::int64_t unix_seconds) const noexcept {
  if (!has_summer) return standard;
  const std::int64_t at = floor_mod(unix_seconds, kCycle);
  const int year = year_month_day(Day{at / kDay}).year;
  std::int64_t last = INT64_MIN;
  std::int32_t offset = standard;
  for (int y = year - 1; y <= year + 1; ++y) {
    const std::int64_t begins = start.local_seconds(y) - standard;
    const std::int64_t ends = end.local_seconds(y) - summer;
    const auto consider = [&](std::int64_t change, std::int32_t then) {
      if (change > at || change < last) return;
      last = change;
      offset = then;
    };
    consider(begins, summer);
    consider(ends, standard);
  }
  return offset;
}

std::optional<PosixRule> parse_posix_rule(std::string_view text) noexcept {
  Cursor in(text);
  PosixRule rule;
  scan_name(in);
  rule.standard = -scan_time(in, 24);  // POSIX counts west of Greenwich
  if (!in.failed() && !in.at_end()) {
    rule.has_summer = true;
    scan_name(in);
    rule.summer = in.peek() == ',' ? rule.standard + kHour : -scan_time(in, 24);
    if (!in.take(',')) in.fail("the start of summer time is wanted here");
    rule.start = scan_change(in);
    if (!in.take(',')) in.fail("the end of summer time is wanted here");
    rule.end = scan_change(in);
  }
  if (!in.at_end()) in.fail("the rule ends here");
  if (in.failed()) return std::nullopt;
  return rule;
}

}  // namespace policygraph::inline v0::detail::base
