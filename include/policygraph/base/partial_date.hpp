#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "policygraph/export.hpp"

namespace policygraph::inline v0 {

/// A day of the proleptic Gregorian calendar, as days since 1970-01-01. Years -999,999,999 to 999,999,999, as Cypher's
/// dates want them; partial dates keep to 0001 to 9999.
struct Day {
  std::int64_t days = 0;

  friend constexpr auto operator<=>(Day, Day) = default;
};

inline constexpr int kMaxYear = 999'999'999;

/// Requires: the day exists, year from -kMaxYear to kMaxYear; throws Error(invalid_argument) otherwise.
POLICYGRAPH_EXPORT Day make_day(int year, int month, int day);
/// The number of days of that month; month 1..12.
POLICYGRAPH_EXPORT int days_in_month(int year, int month) noexcept;
struct YearMonthDay {
  int year = 0;
  int month = 0;
  int day = 0;
  friend constexpr auto operator<=>(const YearMonthDay&, const YearMonthDay&) = default;
};
/// A day outside the years of Day gives the nearest one inside.
POLICYGRAPH_EXPORT YearMonthDay year_month_day(Day day) noexcept;

/// A date as texts state it: a year, a month, a day, or an interval of those with an open or unknown end
/// (EDTF level 1, ISO 8601-2:2019; the qualifiers ? ~ % are read and kept).
///
///     2024   2024-10   2019-11-21   2018/2021   2024/..   ../2029   2024/   2004-06~   201X   2024-21 (spring)
///
/// It knows its earliest and latest possible day. An open end ("..") reaches to the end of time, an unknown one ("" )
/// too. Seasons are the meteorological ones of the northern half: spring March to May, winter December to the February
/// after it. Digits left open (X) are read as the coarser date: 2004-XX is 2004, 2004-06-XX is 2004-06, 201X a decade,
/// 20XX a century. Years outside 0001 to 9999 (Y17000, -0044) and times of day are refused. Equality is that of the
/// written form. Copyable, 24 bytes or so; no allocation.
class POLICYGRAPH_EXPORT PartialDate {
 public:
  enum class Precision : std::uint8_t { day, month, season, year, decade, century, unknown, open };
  enum class Qualifier : std::uint8_t { none, uncertain, approximate, both };

  /// One end of an interval, or the whole of a plain date.
  struct Point {
    std::int16_t year = 0;
    std::uint8_t month = 0;  ///< 1..12; 21..24 for seasons; 0 when coarser
    std::uint8_t day = 0;    ///< 0 when coarser than a day
    Precision precision = Precision::unknown;
    Qualifier qualifier = Qualifier::none;
    friend constexpr auto operator<=>(const Point&, const Point&) = default;
  };

  PartialDate() = default;  ///< the unknown date: `is_unknown()`; prints as ""
  static PartialDate year(int year);
  static PartialDate month(int year, int month);
  static PartialDate day(int year, int month, int day);
  static PartialDate interval(const PartialDate& from,
                              const PartialDate& to);  ///< Requires: plain dates; from not wholly after to
  static PartialDate until(const PartialDate& to);     ///< ../to
  static PartialDate since(const PartialDate& from);   ///< from/..

  /// Throws Error(format) with the column of the fault. The empty text is the unknown date.
  static PartialDate parse(std::string_view text);
  static std::optional<PartialDate> try_parse(std::string_view text) noexcept;

  bool is_interval() const noexcept { return interval_; }
  bool is_unknown() const noexcept;  ///< it says nothing: no end has a date
  bool is_day() const noexcept { return !interval_ && from_.precision == Precision::day; }
  const Point& from() const noexcept { return from_; }
  const Point& to() const noexcept { return to_; }
  /// The ends as plain dates of their own; an open or unknown end is the unknown date.
  PartialDate first() const;
  PartialDate last() const;

  /// The earliest and the latest day it may mean; kFirstDay and kLastDay where it is open or unknown.
  Day earliest() const noexcept;
  Day latest() const noexcept;

  /// The canonical text; parse(to_string()) gives back an equal date.
  std::string to_string() const;

  friend bool operator==(const PartialDate&, const PartialDate&) = default;

 private:
  PartialDate(const Point& from, const Point& to, bool interval) noexcept : from_(from), to_(to), interval_(interval) {}

  Point from_;
  Point to_;
  bool interval_ = false;
};

inline constexpr Day kFirstDay{-719162};  ///< 0001-01-01
inline constexpr Day kLastDay{2932896};   ///< 9999-12-31

/// Total order for sorting: earliest day, then latest day, then the written form.
POLICYGRAPH_EXPORT std::strong_ordering order(const PartialDate& a, const PartialDate& b) noexcept;

/// Some day of one may be a day of the other.
POLICYGRAPH_EXPORT bool may_overlap(const PartialDate& a, const PartialDate& b) noexcept;
/// Every day of `a` comes before every day of `b` (certainly), or some may (possibly): the three-valued answers of
/// Cypher's <.
POLICYGRAPH_EXPORT bool certainly_before(const PartialDate& a, const PartialDate& b) noexcept;
POLICYGRAPH_EXPORT bool possibly_before(const PartialDate& a, const PartialDate& b) noexcept;
/// `inner` lies wholly within `outer`.
POLICYGRAPH_EXPORT bool within(const PartialDate& inner, const PartialDate& outer) noexcept;

}  // namespace policygraph::inline v0
