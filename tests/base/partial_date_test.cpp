#include "policygraph/base/partial_date.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "policygraph/base/error.hpp"

namespace policygraph {
namespace {

PartialDate p(std::string_view text) { return PartialDate::parse(text); }

std::string day_text(Day day) {
  const auto date = year_month_day(day);
  return PartialDate::day(date.year, date.month, date.day).to_string();
}

std::string days_text(std::string_view text) { return day_text(p(text).earliest()) + " " + day_text(p(text).latest()); }

// The slow twin of the calendar: count days one by one from the first.
TEST(Day, AgreesWithCountingDayByDay) {
  std::int64_t days = kFirstDay.days;
  for (int year = 1; year <= 9999; ++year) {
    const bool whole = year < 450 || (year > 1580 && year < 2110) || year > 9900;
    for (int month = 1; month <= 12; ++month) {
      const int last = days_in_month(year, month);
      for (int day = 1; day <= last; ++day, ++days) {
        if (!whole && day != 1 && day != last) continue;
        ASSERT_EQ(make_day(year, month, day).days, days);
        ASSERT_EQ(year_month_day(Day{days}), (YearMonthDay{year, month, day}));
      }
    }
  }
  EXPECT_EQ(days - 1, kLastDay.days);
  EXPECT_EQ(make_day(1970, 1, 1).days, 0);
}

TEST(Day, KnowsLeapYears) {
  EXPECT_EQ(days_in_month(2024, 2), 29);
  EXPECT_EQ(days_in_month(2023, 2), 28);
  EXPECT_EQ(days_in_month(1900, 2), 28);
  EXPECT_EQ(days_in_month(2000, 2), 29);
}

TEST(Day, RefusesDaysThatAreNot) {
  EXPECT_THROW(make_day(2023, 2, 29), Error);
  EXPECT_THROW(make_day(2023, 13, 1), Error);
  EXPECT_THROW(make_day(1'000'000'000, 1, 1), Error);
  EXPECT_THROW(make_day(-1'000'000'000, 1, 1), Error);
  EXPECT_THROW(make_day(2023, 1, 0), Error);
}

TEST(Day, ReachesFarYears) {
  for (const int year : {-kMaxYear, -10000, -401, -400, -4, -1, 0, 10000, 123456, kMaxYear}) {
    EXPECT_EQ(year_month_day(make_day(year, 2, 28)), (YearMonthDay{year, 2, 28}));
    EXPECT_EQ(year_month_day(make_day(year, 12, 31)), (YearMonthDay{year, 12, 31}));
    EXPECT_EQ(make_day(year, 12, 31).days - make_day(year, 1, 1).days, days_in_month(year, 2) + 336) << year;
  }
  EXPECT_EQ(make_day(0, 12, 31).days + 1, kFirstDay.days);
  EXPECT_EQ(make_day(10000, 1, 1).days - 1, kLastDay.days);
}

TEST(Day, HoldsAnyNumberOfDays) {
  EXPECT_EQ(year_month_day(Day{INT64_MAX}), (YearMonthDay{kMaxYear, 12, 31}));
  EXPECT_EQ(year_month_day(Day{INT64_MIN}), (YearMonthDay{-kMaxYear, 1, 1}));
}

TEST(PartialDate, WritesWhatItReads) {
  for (const char* text : {"",
                           "2024",
                           "2024-10",
                           "2019-11-21",
                           "2018/2021",
                           "2024/..",
                           "../2029",
                           "2024/",
                           "/2029",
                           "2004-06~",
                           "2004?",
                           "2004-06-11%",
                           "201X",
                           "20XX",
                           "000X",
                           "00XX",
                           "2024-21",
                           "2024-24?",
                           "201X~",
                           "../..",
                           "/",
                           "2004-06~/2004-08-02?",
                           "0001",
                           "9999-12-31",
                           "2024-12/2024"})
    EXPECT_EQ(p(text).to_string(), text);
}

TEST(PartialDate, ReadsOpenDigitsAsTheCoarserDate) {
  EXPECT_EQ(p("2004-XX"), p("2004"));
  EXPECT_EQ(p("2004-XX-XX"), p("2004"));
  EXPECT_EQ(p("2004-06-XX~"), p("2004-06~"));
}

TEST(PartialDate, KnowsItsDays) {
  EXPECT_EQ(days_text("2024"), "2024-01-01 2024-12-31");
  EXPECT_EQ(days_text("2024-02"), "2024-02-01 2024-02-29");
  EXPECT_EQ(days_text("2019-11-21"), "2019-11-21 2019-11-21");
  EXPECT_EQ(days_text("2024-21"), "2024-03-01 2024-05-31");
  EXPECT_EQ(days_text("2024-22"), "2024-06-01 2024-08-31");
  EXPECT_EQ(days_text("2024-23"), "2024-09-01 2024-11-30");
  EXPECT_EQ(days_text("2023-24"), "2023-12-01 2024-02-29");
  EXPECT_EQ(days_text("9999-24"), "9999-12-01 9999-12-31");
  EXPECT_EQ(days_text("201X"), "2010-01-01 2019-12-31");
  EXPECT_EQ(days_text("20XX"), "2000-01-01 2099-12-31");
  EXPECT_EQ(days_text("000X"), "0001-01-01 0009-12-31");
  EXPECT_EQ(days_text("00XX"), "0001-01-01 0099-12-31");
  EXPECT_EQ(days_text("2018-05/2021"), "2018-05-01 2021-12-31");
  EXPECT_EQ(days_text("2018/.."), "2018-01-01 9999-12-31");
  EXPECT_EQ(days_text("/2018"), "0001-01-01 2018-12-31");
  EXPECT_EQ(days_text(""), "0001-01-01 9999-12-31");
}

TEST(PartialDate, RefusesOtherTextWithItsColumn) {
  const struct {
    const char* text;
    unsigned column;
  } cases[] = {{"2024-13", 6},
               {"2024-00", 6},
               {"2024-25", 6},
               {"2023-02-29", 9},
               {"2024-1", 7},
               {"24", 3},
               {"0000", 1},
               {"20X4", 4},
               {"2XXX", 1},
               {"XXXX", 1},
               {"..", 3},
               {".", 2},
               {"2024/2023", 6},
               {"2024-05/2024-04", 9},
               {"2024/2025/2026", 10},
               {"2024-10-05T10:00", 11},
               {"Y17000", 1},
               {"-0044", 1},
               {"2024-XX-05", 9},
               {"2024-21-05", 8},
               {"2024?~", 6},
               {" 2024", 1},
               {"2024 ", 5},
               {"201X-05", 5},
               {"2024/.", 7},
               {"20245", 5},
               {"2024-1x", 7},
               {"2024/..x", 8}};
  for (const auto& c : cases) {
    EXPECT_FALSE(PartialDate::try_parse(c.text)) << c.text;
    try {
      p(c.text);
      ADD_FAILURE() << c.text;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::format) << c.text;
      ASSERT_TRUE(error.place()) << c.text;
      EXPECT_EQ(error.place()->column, c.column) << c.text << ": " << error.what();
    }
  }
}

TEST(PartialDate, RefusesAHugeTextAtOnce) {
  const std::string text = "2024" + std::string(1'000'000, '9');
  EXPECT_FALSE(PartialDate::try_parse(text));
  try {
    p(text);
    FAIL();
  } catch (const Error& error) {
    EXPECT_LT(error.report().size(), 1000U);
  }
}

TEST(PartialDate, IsBuiltFromNumbers) {
  EXPECT_EQ(PartialDate::year(2024), p("2024"));
  EXPECT_EQ(PartialDate::month(2024, 2), p("2024-02"));
  EXPECT_EQ(PartialDate::day(2024, 2, 29), p("2024-02-29"));
  EXPECT_EQ(PartialDate::interval(p("2018"), p("2021-05")), p("2018/2021-05"));
  EXPECT_EQ(PartialDate::until(p("2029")), p("../2029"));
  EXPECT_EQ(PartialDate::since(p("2024")), p("2024/.."));
  EXPECT_THROW(PartialDate::year(0), Error);
  EXPECT_THROW(PartialDate::month(2024, 13), Error);
  EXPECT_THROW(PartialDate::day(2023, 2, 29), Error);
  EXPECT_THROW(PartialDate::interval(p("2022"), p("2021")), Error);
  EXPECT_THROW(PartialDate::interval(p("2018/2019"), p("2021")), Error);
}

TEST(PartialDate, GivesItsEnds) {
  EXPECT_EQ(p("2018/2021").first(), p("2018"));
  EXPECT_EQ(p("2018/2021").last(), p("2021"));
  EXPECT_EQ(p("../2021").first(), PartialDate());
  EXPECT_EQ(p("2018/").last(), PartialDate());
  EXPECT_EQ(p("2018~").first(), p("2018~"));
  EXPECT_EQ(p("2018~").last(), p("2018~"));
  EXPECT_TRUE(PartialDate().is_unknown());
  EXPECT_TRUE(p("../..").is_unknown());
  EXPECT_FALSE(p("../2021").is_unknown());
  EXPECT_TRUE(p("2018-01-02").is_day());
  EXPECT_FALSE(p("2018-01-02/2018-01-02").is_day());
}

// Every form there is, small: days, months, seasons, years, decades, centuries around a turn of centuries, and
// intervals.
std::vector<PartialDate> small_forms() {
  std::vector<PartialDate> plain;
  for (const char* year : {"1998", "1999", "2000", "2001"}) {
    const std::string y = year;
    for (const char* rest : {"", "?", "-01", "-02", "-12~", "-21", "-24", "-01-01", "-02-28", "-12-31"})
      plain.push_back(p(y + rest));
  }
  for (const char* text : {"19XX", "20XX", "199X", "200X", "", "2000-02-29"}) plain.push_back(p(text));
  std::vector<PartialDate> all = plain;
  for (std::size_t i = 0; i < plain.size(); i += 3) {
    if (plain[i].is_unknown()) continue;
    all.push_back(PartialDate::since(plain[i]));
    all.push_back(PartialDate::until(plain[i]));
    for (std::size_t k = 0; k < plain.size(); k += 4)
      if (plain[k].latest() >= plain[i].earliest() && !plain[k].is_unknown())
        all.push_back(PartialDate::interval(plain[i], plain[k]));
  }
  return all;
}

// What the written form says of one day, asked of its fields and not of earliest() and latest().
bool point_covers(const PartialDate::Point& point, const YearMonthDay& d) {
  switch (point.precision) {
    case PartialDate::Precision::day:
      return d.year == point.year && d.month == point.month && d.day == point.day;
    case PartialDate::Precision::month:
      return d.year == point.year && d.month == point.month;
    case PartialDate::Precision::season:
      if (point.month == 24)
        return (d.year == point.year && d.month == 12) || (d.year == point.year + 1 && d.month <= 2);
      return d.year == point.year && (d.month - 3) / 3 == point.month - 21 && d.month >= 3 && d.month <= 11;
    case PartialDate::Precision::year:
      return d.year == point.year;
    case PartialDate::Precision::decade:
      return d.year / 10 == point.year / 10;
    case PartialDate::Precision::century:
      return d.year / 100 == point.year / 100;
    default:
      return true;
  }
}

constexpr int kWindowStart = -26300;  // 1897-12
constexpr int kWindow = 76000;        // to 2106

std::vector<bool> days_of(const PartialDate& date) {
  std::vector<bool> covered(kWindow);
  for (int i = 0; i < kWindow; ++i) covered[i] = point_covers(date.from(), year_month_day(Day{kWindowStart + i}));
  if (!date.is_interval()) return covered;
  const bool open_start = date.from().precision == PartialDate::Precision::open;
  const bool open_end = date.to().precision == PartialDate::Precision::open;
  const int first =
      open_start ? 0 : static_cast<int>(std::find(covered.begin(), covered.end(), true) - covered.begin());
  int last = kWindow - 1;
  for (; !open_end && !point_covers(date.to(), year_month_day(Day{kWindowStart + last})); --last) {
  }
  for (int i = 0; i < kWindow; ++i) covered[i] = i >= first && i <= last;
  return covered;
}

struct Extent {
  int first = 0;
  int last = 0;
};

TEST(PartialDate, AgreesWithCountingDays) {
  const auto forms = small_forms();
  ASSERT_GT(forms.size(), 150U);
  std::vector<Extent> extents;
  for (const auto& form : forms) {
    const auto covered = days_of(form);
    const int first = static_cast<int>(std::find(covered.begin(), covered.end(), true) - covered.begin());
    const int last =
        kWindow - 1 - static_cast<int>(std::find(covered.rbegin(), covered.rend(), true) - covered.rbegin());
    ASSERT_EQ(std::count(covered.begin(), covered.end(), true), last - first + 1) << form.to_string();
    EXPECT_EQ(std::max<std::int64_t>(form.earliest().days, kWindowStart), kWindowStart + first) << form.to_string();
    EXPECT_EQ(std::min<std::int64_t>(form.latest().days, kWindowStart + kWindow - 1), kWindowStart + last)
        << form.to_string();
    EXPECT_EQ(p(form.to_string()), form);
    extents.push_back({first, last});
  }
  for (std::size_t i = 0; i < forms.size(); ++i) {
    for (std::size_t k = 0; k < forms.size(); ++k) {
      const Extent& a = extents[i];
      const Extent& b = extents[k];
      const std::string pair = forms[i].to_string() + " | " + forms[k].to_string();
      EXPECT_EQ(may_overlap(forms[i], forms[k]), std::max(a.first, b.first) <= std::min(a.last, b.last)) << pair;
      EXPECT_EQ(certainly_before(forms[i], forms[k]), a.last < b.first) << pair;
      EXPECT_EQ(possibly_before(forms[i], forms[k]), a.first < b.last) << pair;
      EXPECT_EQ(within(forms[i], forms[k]), b.first <= a.first && a.last <= b.last) << pair;
      EXPECT_EQ(order(forms[i], forms[k]) == 0, forms[i] == forms[k]) << pair;
      EXPECT_TRUE((order(forms[i], forms[k]) < 0) == (order(forms[k], forms[i]) > 0)) << pair;
      EXPECT_TRUE(!certainly_before(forms[i], forms[k]) ||
                  (possibly_before(forms[i], forms[k]) && order(forms[i], forms[k]) < 0))
          << pair;
    }
  }
}

// The same questions answered with no knowledge of earliest and latest at all: day against day, in a window of two
// months.
TEST(PartialDate, AnswersForEveryPairOfDays) {
  std::vector<PartialDate> forms;
  for (const char* text : {"2000-02", "2000-01-31", "2000-02-01", "2000-02-29", "2000-01-30/2000-02-02",
                           "2000-01-31/2000-02", "2000-01", "2000-01/2000-02"})
    forms.push_back(p(text));
  for (const auto& a : forms) {
    for (const auto& b : forms) {
      bool some_equal = false, all_before = true, some_before = false, all_within = true;
      for (Day x = a.earliest(); x <= a.latest(); ++x.days) {
        bool inside = false;
        for (Day y = b.earliest(); y <= b.latest(); ++y.days) {
          some_equal |= x == y;
          inside |= x == y;
          all_before &= x < y;
          some_before |= x < y;
        }
        all_within &= inside;
      }
      EXPECT_EQ(may_overlap(a, b), some_equal);
      EXPECT_EQ(certainly_before(a, b), all_before);
      EXPECT_EQ(possibly_before(a, b), some_before);
      EXPECT_EQ(within(a, b), all_within);
    }
  }
}

TEST(PartialDate, SortsTotally) {
  auto forms = small_forms();
  std::sort(forms.begin(), forms.end(), [](const PartialDate& a, const PartialDate& b) { return order(a, b) < 0; });
  for (std::size_t i = 1; i < forms.size(); ++i) EXPECT_FALSE(order(forms[i], forms[i - 1]) < 0);
}

}  // namespace
}  // namespace policygraph
