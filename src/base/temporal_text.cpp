// Dates and times as ISO 8601 writes them, in the forms openCypher reads.
#include "base/temporal_parts.hpp"
#include "policygraph/base/error.hpp"
#include "policygraph/base/temporal.hpp"
#include "policygraph/base/timezone.hpp"

namespace policygraph::inline v0 {
namespace detail::base {

void put_digits(std::string& out, std::int64_t number, std::size_t width) {
  const std::string digits = std::to_string(number);
  if (digits.size() < width) out.append(width - digits.size(), '0');
  out += digits;
}

void put_fraction(std::string& out, std::int64_t nanoseconds) {
  if (nanoseconds == 0) return;
  out += '.';
  put_digits(out, nanoseconds, 9);
  out.erase(out.find_last_not_of('0') + 1);
}

std::int64_t scan_nanoseconds(Cursor& in) noexcept {
  const std::size_t digits = in.count_digits(10);
  if (digits == 10) in.fail("a second has at most nine digits behind the point");
  std::int64_t value = in.take_digits(digits == 0 ? 1 : digits, "a digit is wanted here");
  for (std::size_t i = digits; i < 9; ++i) value *= 10;
  return value;
}

}  // namespace detail::base

namespace {

using detail::base::Cursor;
using detail::base::kNanosPerSecond;
using detail::base::put_digits;

constexpr std::int32_t kMostOffset = 18 * 3600;

// `count` digits from least to greatest; the fault stands at their start.
int scan_between(Cursor& in, std::size_t count, int least, int greatest, const char* fault) noexcept {
  const std::size_t start = in.offset();
  const int value = in.take_digits(count, fault);
  if (value < least || value > greatest) in.fail_at(start, fault);
  return value;
}

int scan_year(Cursor& in) noexcept {
  const bool negative = in.take('-');
  const bool is_signed = negative || in.take('+');
  const std::size_t digits = is_signed ? in.count_digits(10) : 4;
  const auto run = is_signed ? 0 : in.count_digits(10);
  if (run > 4 && in.peek(run) == '-' && in.peek(run + 3) == '-') in.fail("a year of more than four digits has a sign: +12345-01-01");
  if (digits < 4 || digits > 9) in.fail("a year behind a sign has four to nine digits");
  const int year = in.take_digits(digits, "a year has four digits, or a sign and up to nine");
  if (is_signed && in.at_digit()) in.fail("a year with a sign is followed by -");
  return negative ? -year : year;
}

Day scan_week(Cursor& in, int year, bool extended) {
  const std::size_t start = in.offset();
  if (year <= -kMaxYear || year >= kMaxYear) in.fail("a week of a year that far may have no date");
  const int week = scan_between(in, 2, 1, 53, "a week is 01 to 53");
  int day = 1;
  if (extended ? in.take('-') : in.at_digit()) day = scan_between(in, 1, 1, 7, "a day of the week is 1 to 7");
  if (in.failed()) return {};
  if (week == 53 && year_week_day({make_week_day(year, 52, 1).days + 7}).year != year) {
    in.fail_at(start, "that year has 52 weeks");
    return {};
  }
  return {make_week_day(year, 1, 1).days + 7 * (week - 1) + day - 1};
}

Day scan_quarter(Cursor& in, int year, bool extended) {
  const int quarter = scan_between(in, 1, 1, 4, "a quarter is 1 to 4");
  int day = 1;
  const bool has_day = extended ? in.take('-') : in.at_digit();
  const std::size_t start = in.offset();
  if (has_day) day = scan_between(in, 2, 1, 92, "a day of a quarter is 01 to 92");
  if (in.failed()) return {};
  const Day found{make_day(year, 3 * quarter - 2, 1).days + day - 1};
  if (day_of_quarter(found) != day) in.fail_at(start, "that quarter has no such day");
  return found;
}

Day scan_ordinal(Cursor& in, int year) {
  const int day = scan_between(in, 3, 1, 337 + days_in_month(year, 2), "that year has no such day");
  return in.failed() ? Day{} : make_ordinal_day(year, day);
}

Day scan_month_day(Cursor& in, int year, bool extended) {
  const int month = scan_between(in, 2, 1, 12, "a month is 01 to 12");
  int day = 1;
  if (in.failed()) return {};
  if (extended ? in.take('-') : in.at_digit())
    day = scan_between(in, 2, 1, days_in_month(year, month), "that month has no such day");
  return in.failed() ? Day{} : make_day(year, month, day);
}

Day scan_date(Cursor& in) {
  const int year = scan_year(in);
  if (in.failed()) return {};
  const bool extended = in.take('-');
  if (in.take('W')) return scan_week(in, year, extended);
  if (in.take('Q')) return scan_quarter(in, year, extended);
  if (in.count_digits(4) == 3) return scan_ordinal(in, year);
  if (extended || in.at_digit()) return scan_month_day(in, year, extended);
  return make_day(year, 1, 1);
}

LocalTime scan_time(Cursor& in) noexcept {
  std::int64_t seconds = 3600 * scan_between(in, 2, 0, 23, "an hour is 00 to 23");
  const bool extended = in.take(':');
  std::int64_t nanoseconds = 0;
  if (extended || in.at_digit()) {
    seconds += 60 * scan_between(in, 2, 0, 59, "a minute is 00 to 59");
    if (extended ? in.take(':') : in.at_digit()) {
      seconds += scan_between(in, 2, 0, 59, "a second is 00 to 59");
      if (in.take('.') || in.take(',')) nanoseconds = detail::base::scan_nanoseconds(in);
    }
  }
  return {seconds * kNanosPerSecond + nanoseconds};
}

bool at_offset(const Cursor& in) noexcept { return in.peek() == 'Z' || in.peek() == '+' || in.peek() == '-'; }

std::int32_t scan_offset(Cursor& in) noexcept {
  if (in.take('Z')) return 0;
  const std::size_t start = in.offset();
  const bool negative = in.take('-');
  if (!negative && !in.take('+')) in.fail("an offset is Z, or a sign, hours and minutes");
  std::int32_t seconds = 3600 * scan_between(in, 2, 0, 18, "an offset has at most 18 hours");
  const bool extended = in.take(':');
  if (extended || in.at_digit()) {
    seconds += 60 * scan_between(in, 2, 0, 59, "a minute is 00 to 59");
    if (extended ? in.take(':') : in.at_digit()) seconds += scan_between(in, 2, 0, 59, "a second is 00 to 59");
  }
  if (seconds > kMostOffset) in.fail_at(start, "an offset has at most 18 hours");
  return negative ? -seconds : seconds;
}

void finish(Cursor& in, const char* wanted) {
  if (!in.at_end()) in.fail("nothing may follow here");
  if (in.failed()) in.raise(wanted);
}

LocalDateTime scan_local(Cursor& in) {
  LocalDateTime out;
  out.day = scan_date(in);
  if (in.take('T')) out.time = scan_time(in);
  return out;
}

// What stands in brackets at the end; empty when there are none.
std::string_view scan_zone_name(Cursor& in) noexcept {
  if (!in.take('[')) return {};
  const std::string_view name = in.rest().substr(0, in.rest().find(']'));
  if (name.empty()) in.fail("the name of a zone is wanted here");
  in.skip(name.size());
  if (!in.take(']')) in.fail("a ] is wanted here");
  return name;
}

const TimeZone& find_zone(const Cursor& in, std::string_view name, std::size_t at, TimeZones& zones) {
  try {
    return zones.find(name);
  } catch (const Error& error) {
    throw error.at(place_in(in.text(), at));
  }
}

void put_time(std::string& out, LocalTime time) {
  const std::int64_t seconds = time.nanoseconds / kNanosPerSecond;
  const std::int64_t fraction = time.nanoseconds % kNanosPerSecond;
  put_digits(out, seconds / 3600, 2);
  out += ':';
  put_digits(out, seconds / 60 % 60, 2);
  if (seconds % 60 == 0 && fraction == 0) return;
  out += ':';
  put_digits(out, seconds % 60, 2);
  detail::base::put_fraction(out, fraction);
}

}  // namespace

Day parse_day(std::string_view text) {
  Cursor in(text);
  const Day day = scan_date(in);
  finish(in, "a date");
  return day;
}

LocalTime parse_local_time(std::string_view text) {
  Cursor in(text);
  const LocalTime time = scan_time(in);
  finish(in, "a time of day");
  return time;
}

ZonedTime parse_zoned_time(std::string_view text) {
  Cursor in(text);
  ZonedTime time;
  time.local = scan_time(in);
  if (at_offset(in)) time.offset_seconds = scan_offset(in);
  finish(in, "a time of day with an offset");
  return time;
}

LocalDateTime parse_local_date_time(std::string_view text) {
  Cursor in(text);
  const LocalDateTime value = scan_local(in);
  finish(in, "a date and time");
  return value;
}

ZonedDateTime parse_zoned_date_time(std::string_view text) {
  TimeZones zones;
  return parse_zoned_date_time(text, zones);
}

ZonedDateTime parse_zoned_date_time(std::string_view text, TimeZones& zones) {
  constexpr const char* kWanted = "a date and time with an offset or a zone";
  Cursor in(text);
  ZonedDateTime value;
  value.local = scan_local(in);
  const std::size_t offset_at = in.offset();
  const bool has_offset = at_offset(in);
  if (has_offset) value.offset_seconds = scan_offset(in);
  const std::size_t zone_at = in.offset() + 1;
  const std::string_view name = scan_zone_name(in);
  finish(in, kWanted);
  if (name.empty()) return value;
  const TimeZone& zone = find_zone(in, name, zone_at, zones);
  if (!has_offset) return in_zone(value.local, zone);
  if (zone.offset_at(unix_seconds(value)) != value.offset_seconds)
    in.fail_at(offset_at, "the zone has another offset at that time");
  if (in.failed()) in.raise(kWanted);
  value.zone = name;
  return value;
}

std::int32_t parse_utc_offset(std::string_view text) {
  Cursor in(text);
  const std::int32_t seconds = scan_offset(in);
  finish(in, "an offset from UTC");
  return seconds;
}

std::string utc_offset_text(std::int32_t seconds) {
  if (seconds == 0) return "Z";
  std::string out = seconds < 0 ? "-" : "+";
  const std::int64_t size = seconds < 0 ? -std::int64_t{seconds} : seconds;
  put_digits(out, size / 3600, 2);
  out += ':';
  put_digits(out, size / 60 % 60, 2);
  if (size % 60 == 0) return out;
  out += ':';
  put_digits(out, size % 60, 2);
  return out;
}

std::string to_string(Day day) {
  const YearMonthDay date = year_month_day(day);
  std::string out = date.year < 0 ? "-" : date.year > 9999 ? "+" : "";
  put_digits(out, date.year < 0 ? -std::int64_t{date.year} : date.year, 4);
  out += '-';
  put_digits(out, date.month, 2);
  out += '-';
  put_digits(out, date.day, 2);
  return out;
}

std::string to_string(LocalTime value) {
  std::string out;
  put_time(out, value);
  return out;
}

std::string to_string(const ZonedTime& value) { return to_string(value.local) + utc_offset_text(value.offset_seconds); }

std::string to_string(const LocalDateTime& value) {
  std::string out = to_string(value.day) + 'T';
  put_time(out, value.time);
  return out;
}

std::string to_string(const ZonedDateTime& value) {
  std::string out = to_string(value.local) + utc_offset_text(value.offset_seconds);
  if (!value.zone.empty()) out += '[' + value.zone + ']';
  return out;
}

}  // namespace policygraph::inline v0
