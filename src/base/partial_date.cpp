#include "policygraph/base/partial_date.hpp"

#include <algorithm>
#include <array>

#include "base/partial_date_text.hpp"
#include "policygraph/base/error.hpp"

namespace policygraph::inline v0 {
namespace {

using Point = PartialDate::Point;
using Precision = PartialDate::Precision;

[[noreturn]] void refuse(const char* text) { throw Error(ErrorCode::invalid_argument, text); }

bool is_year(int year) noexcept { return year >= 1 && year <= 9999; }

// Days from 1970-01-01 to the first of a month; months outside 1..12 count on into other years. Eras of 400 years that
// begin on a first of March, so that a leap day ends its year.
constexpr std::int64_t month_start(int year, int month) noexcept {
  const std::int64_t months = std::int64_t{year} * 12 + month - 3;
  const std::int64_t era = (months >= 0 ? months : months - 4799) / 4800;
  const std::int64_t year_of_era = (months - era * 4800) / 12;
  const std::int64_t month_of_year = (months - era * 4800) % 12;
  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + (month_of_year * 153 + 2) / 5 -
         719468;
}

constexpr std::int64_t kLeastDay = month_start(-kMaxYear, 1);
constexpr std::int64_t kGreatestDay = month_start(kMaxYear, 13) - 1;
static_assert(month_start(1, 1) == kFirstDay.days && month_start(9999, 13) - 1 == kLastDay.days);

struct Days {
  std::int64_t first = 0;
  std::int64_t last = 0;
};

Days months_from(int year, int month, int count) noexcept {
  return {month_start(year, month), month_start(year, month + count) - 1};
}

Days years_from(int year, int count) noexcept {
  return months_from(std::max(year, 1), 1, 12 * (year + count - std::max(year, 1)));
}

constexpr Days kAllDays = {kFirstDay.days, kLastDay.days};

Days days_of(const Point& point) noexcept {
  switch (point.precision) {
    case Precision::day: {
      const std::int64_t day = month_start(point.year, point.month) + point.day - 1;
      return {day, day};
    }
    case Precision::month:
      return months_from(point.year, point.month, 1);
    case Precision::season:
      return months_from(point.year, 3 * (point.month - 20), 3);
    case Precision::year:
      return years_from(point.year, 1);
    case Precision::decade:
      return years_from(point.year, 10);
    case Precision::century:
      return years_from(point.year, 100);
    case Precision::unknown:
    case Precision::open:
      break;
  }
  return kAllDays;
}

bool has_date(const Point& point) noexcept {
  return point.precision != Precision::unknown && point.precision != Precision::open;
}

Point open_point() noexcept {
  Point point;
  point.precision = Precision::open;
  return point;
}

void refuse_no_day(int year, int month, int day) {
  if (month < 1 || month > 12) refuse("a month is 1 to 12");
  if (day < 1 || (day > 28 && day > days_in_month(year, month))) refuse("that month has no such day");
}

Point plain(const PartialDate& date) {
  if (date.is_interval()) refuse("the end of an interval is a plain date, not an interval");
  return date.from();
}

}  // namespace

Day detail::base::earliest_day(const Point& point) noexcept { return {days_of(point).first}; }
Day detail::base::latest_day(const Point& point) noexcept { return {std::min(days_of(point).last, kLastDay.days)}; }

Day make_day(int year, int month, int day) {
  if (year < -kMaxYear || year > kMaxYear) refuse("a year is -999999999 to 999999999");
  refuse_no_day(year, month, day);
  return {month_start(year, month) + day - 1};
}

int days_in_month(int year, int month) noexcept {
  constexpr std::array<std::uint8_t, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month == 2 && leap ? 29 : kDays[static_cast<std::size_t>(std::clamp(month, 1, 12) - 1)];
}

YearMonthDay year_month_day(Day day) noexcept {
  const std::int64_t shifted = std::clamp(day.days, kLeastDay, kGreatestDay) + 719468;
  const std::int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  const std::int64_t of_era = shifted - era * 146097;
  const std::int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  const std::int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t shifted_month = (5 * of_year + 2) / 153;
  const int month = static_cast<int>(shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);
  const int year = static_cast<int>(year_of_era + era * 400) + (month <= 2 ? 1 : 0);
  return {year, month, static_cast<int>(of_year - (153 * shifted_month + 2) / 5 + 1)};
}

PartialDate PartialDate::year(int year) {
  if (!is_year(year)) refuse("a year is 1 to 9999");
  Point point;
  point.year = static_cast<std::int16_t>(year);
  point.precision = Precision::year;
  return {point, {}, false};
}

PartialDate PartialDate::month(int year, int month) {
  PartialDate date = PartialDate::year(year);
  if (month < 1 || month > 12) refuse("a month is 1 to 12");
  date.from_.month = static_cast<std::uint8_t>(month);
  date.from_.precision = Precision::month;
  return date;
}

PartialDate PartialDate::day(int year, int month, int day) {
  if (!is_year(year)) refuse("a year is 1 to 9999");
  refuse_no_day(year, month, day);
  Point point;
  point.year = static_cast<std::int16_t>(year);
  point.month = static_cast<std::uint8_t>(month);
  point.day = static_cast<std::uint8_t>(day);
  point.precision = Precision::day;
  return {point, {}, false};
}

PartialDate PartialDate::interval(const PartialDate& from, const PartialDate& to) {
  const PartialDate date(plain(from), plain(to), true);
  if (date.earliest() > date.latest()) refuse("an interval ends after it starts");
  return date;
}

PartialDate PartialDate::until(const PartialDate& to) { return {open_point(), plain(to), true}; }
PartialDate PartialDate::since(const PartialDate& from) { return {plain(from), open_point(), true}; }

PartialDate PartialDate::parse(std::string_view text) {
  detail::base::Cursor in(text);
  const auto scanned = detail::base::scan_partial_date(in);
  if (in.failed()) in.raise("a date");
  return {scanned.from, scanned.to, scanned.is_interval};
}

std::optional<PartialDate> PartialDate::try_parse(std::string_view text) noexcept {
  detail::base::Cursor in(text);
  const auto scanned = detail::base::scan_partial_date(in);
  if (in.failed()) return std::nullopt;
  return PartialDate(scanned.from, scanned.to, scanned.is_interval);
}

bool PartialDate::is_unknown() const noexcept { return !has_date(from_) && !(interval_ && has_date(to_)); }

PartialDate PartialDate::first() const { return has_date(from_) ? PartialDate(from_, {}, false) : PartialDate(); }

PartialDate PartialDate::last() const {
  const Point& end = interval_ ? to_ : from_;
  return has_date(end) ? PartialDate(end, {}, false) : PartialDate();
}

Day PartialDate::earliest() const noexcept { return detail::base::earliest_day(from_); }
Day PartialDate::latest() const noexcept { return detail::base::latest_day(interval_ ? to_ : from_); }

std::string PartialDate::to_string() const {
  detail::base::PartialDateText text;
  return std::string(text.write(*this));
}

std::strong_ordering order(const PartialDate& a, const PartialDate& b) noexcept {
  if (a.earliest() != b.earliest()) return a.earliest() <=> b.earliest();
  if (a.latest() != b.latest()) return a.latest() <=> b.latest();
  detail::base::PartialDateText x;
  detail::base::PartialDateText y;
  return x.write(a) <=> y.write(b);
}

bool may_overlap(const PartialDate& a, const PartialDate& b) noexcept {
  return a.earliest() <= b.latest() && b.earliest() <= a.latest();
}
bool certainly_before(const PartialDate& a, const PartialDate& b) noexcept { return a.latest() < b.earliest(); }
bool possibly_before(const PartialDate& a, const PartialDate& b) noexcept { return a.earliest() < b.latest(); }

bool within(const PartialDate& inner, const PartialDate& outer) noexcept {
  return outer.earliest() <= inner.earliest() && inner.latest() <= outer.latest();
}

}  // namespace policygraph::inline v0
