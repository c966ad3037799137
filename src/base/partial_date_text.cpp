// The written form of partial dates: EDTF level 1 (ISO 8601-2:2019, Library of Congress profile).
#include "base/partial_date_text.hpp"

#include "policygraph/base/error.hpp"

namespace policygraph::inline v0::detail::base {
namespace {

using Point = PartialDate::Point;
using Precision = PartialDate::Precision;
using Qualifier = PartialDate::Qualifier;

constexpr const char* kYearWanted = "a year of four digits, 0001 to 9999, is wanted here";
constexpr const char* kMonthWanted = "a month is 01 to 12, a season 21 to 24";

// Open digits come from the right: 201X, 20XX.
void scan_year(Cursor& in, Point& point) noexcept {
  const std::size_t start = in.offset();
  const std::size_t digits = in.count_digits(4);
  point.precision = digits == 4 ? Precision::year : digits == 3 ? Precision::decade : Precision::century;
  if (digits < 2) return in.fail(kYearWanted);
  int year = in.take_digits(digits, kYearWanted);
  for (std::size_t i = digits; i < 4; ++i) {
    if (!in.take('X')) return in.fail(kYearWanted);
    year *= 10;
  }
  if (year == 0 && digits == 4) return in.fail_at(start, kYearWanted);
  point.year = static_cast<std::int16_t>(year);
}

bool take_open_pair(Cursor& in) noexcept {
  if (in.peek() != 'X' || in.peek(1) != 'X') return false;
  in.skip(2);
  return true;
}

void scan_month(Cursor& in, Point& point) noexcept {
  const std::size_t start = in.offset();
  const int month = in.take_digits(2, kMonthWanted);
  const bool season = month >= 21 && month <= 24;
  if (!season && (month < 1 || month > 12)) return in.fail_at(start, kMonthWanted);
  point.month = static_cast<std::uint8_t>(month);
  point.precision = season ? Precision::season : Precision::month;
}

void scan_day(Cursor& in, Point& point) noexcept {
  if (take_open_pair(in)) return;
  const std::size_t start = in.offset();
  const int day = in.take_digits(2, "a day of two digits is wanted here");
  if (in.failed()) return;
  if (day < 1 || day > days_in_month(point.year, point.month)) return in.fail_at(start, "that month has no such day");
  point.day = static_cast<std::uint8_t>(day);
  point.precision = Precision::day;
}

void scan_qualifier(Cursor& in, Point& point) noexcept {
  if (in.take('?'))
    point.qualifier = Qualifier::uncertain;
  else if (in.take('~'))
    point.qualifier = Qualifier::approximate;
  else if (in.take('%'))
    point.qualifier = Qualifier::both;
}

void scan_plain(Cursor& in, Point& point) noexcept {
  scan_year(in, point);
  if (point.precision == Precision::year && in.take('-')) {
    if (take_open_pair(in)) {
      if (in.take('-') && !take_open_pair(in)) in.fail("a day of an open month is open too: XX");
    } else {
      scan_month(in, point);
      if (point.precision == Precision::month && in.take('-')) scan_day(in, point);
    }
  }
  scan_qualifier(in, point);
}

// One end of an interval: a date, "..", or nothing.
void scan_end(Cursor& in, Point& point) noexcept {
  if (in.at_end() || in.peek() == '/') return;
  if (in.peek() != '.') return scan_plain(in, point);
  in.skip();
  if (!in.take('.')) return in.fail("an open end is two points: ..");
  point.precision = Precision::open;
}

}  // namespace

ScannedDate scan_partial_date(Cursor& in) noexcept {
  ScannedDate out;
  if (in.at_end()) return out;
  scan_end(in, out.from);
  if (in.failed()) return out;
  out.is_interval = in.take('/');
  const std::size_t second = in.offset();
  if (out.is_interval)
    scan_end(in, out.to);
  else if (out.from.precision == Precision::open)
    in.fail("an open end stands in an interval: ../2029");
  if (!in.at_end())
    in.fail(in.peek() == 'T' ? "a partial date has no time of day" : "the date ends here; nothing may follow");
  if (in.failed() || !out.is_interval) return out;
  if (earliest_day(out.from) > latest_day(out.to)) in.fail_at(second, "an interval ends after it starts");
  return out;
}

std::string_view PartialDateText::write(const PartialDate& date) noexcept {
  size_ = 0;
  put_point(date.from());
  if (date.is_interval()) {
    put('/');
    put_point(date.to());
  }
  return {buffer_.data(), size_};
}

void PartialDateText::put_digits(int number, std::size_t count) noexcept {
  for (std::size_t i = count; i-- > 0; number /= 10) buffer_[size_ + i] = static_cast<char>('0' + number % 10);
  size_ += count;
}

void PartialDateText::put_point(const PartialDate::Point& point) noexcept {
  if (point.precision == Precision::open) {
    put('.');
    put('.');
  }
  if (point.precision == Precision::unknown || point.precision == Precision::open) return;
  put_digits(point.year, 4);
  if (point.precision == Precision::decade || point.precision == Precision::century) buffer_[size_ - 1] = 'X';
  if (point.precision == Precision::century) buffer_[size_ - 2] = 'X';
  if (point.month != 0) {
    put('-');
    put_digits(point.month, 2);
  }
  if (point.day != 0) {
    put('-');
    put_digits(point.day, 2);
  }
  constexpr std::string_view kMarks = " ?~%";
  if (point.qualifier != Qualifier::none) put(kMarks[static_cast<std::size_t>(point.qualifier)]);
}

}  // namespace policygraph::inline v0::detail::base
