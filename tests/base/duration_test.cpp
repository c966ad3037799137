#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <limits>
#include <random>
#include <string>

#include "policygraph/base/error.hpp"
#include "policygraph/base/temporal.hpp"
#include "policygraph/base/timezone.hpp"

namespace policygraph {
namespace {

struct Case {
  const char* text;
  const char* wanted;
};

// The examples of openCypher's Temporal1, Temporal2 and Temporal6, and the forms beside them.
TEST(Duration, ReadsEveryForm) {
  for (const Case& c : {Case{"P14DT16H12M", "P14DT16H12M"},
                        {"P5M1.5D", "P5M1DT12H"},
                        {"P0.75M", "P22DT19H51M49.5S"},
                        {"PT0.75M", "PT45S"},
                        {"P2.5W", "P17DT12H"},
                        {"P12Y5M14DT16H12M70S", "P12Y5M14DT16H13M10S"},
                        {"P2012-02-02T14:37:21.545", "P2012Y2M2DT14H37M21.545S"},
                        {"P20120202T143721.545", "P2012Y2M2DT14H37M21.545S"},
                        {"P2012-02-02", "P2012Y2M2D"},
                        {"P2012-02-02T14", "P2012Y2M2DT14H"},
                        {"P12Y5M-14DT16H", "P12Y5M-14DT16H"},
                        {"PT1.999S", "PT1.999S"},
                        {"PT-1.999S", "PT-1.999S"},
                        {"P1DT-0.001S", "P1DT-0.001S"},
                        {"PT-1M-0.001S", "PT-1M-0.001S"},
                        {"-P1M", "P-1M"},
                        {"-P1Y-2DT1.5S", "P-1Y2DT-1.5S"},
                        {"PT0S", "PT0S"},
                        {"P0D", "PT0S"},
                        {"PT1,5S", "PT1.5S"},
                        {"P1Y1W", "P1Y7D"},
                        {"PT36H", "PT36H"},
                        {"P13M", "P1Y1M"},
                        {"PT0.0000000019S", "PT0.000000001S"},
                        {"P0.1M", "P3DT1H2M54.6S"},
                        {"P-0.5M1D", "P-14DT-5H-14M-33S"},
                        {"PT1.123456789123456789S", "PT1.123456789S"},
                        {"P20120202D", "P20120202D"}})
    EXPECT_EQ(to_string(parse_duration(c.text)), c.wanted) << c.text;
}

TEST(Duration, WritesWhatItReads) {
  for (const char* text :
       {"P12Y5M14DT16H13M10.000000001S", "P12Y5M-14DT16H", "PT11M", "PT-1.999S", "PT-2.001S", "P1DT0.001S",
        "P1DT-0.001S", "PT59.999S", "PT-59.999S", "PT-1M-0.001S", "P-12Y-10M-43DT-18H-9M-3.500000003S", "PT0S"}) {
    const Duration duration = parse_duration(text);
    EXPECT_EQ(to_string(duration), text);
    EXPECT_GE(duration.nanoseconds, 0);
    EXPECT_LT(duration.nanoseconds, 1'000'000'000);
  }
  EXPECT_EQ(parse_duration("PT-1.999S"), (Duration{0, 0, -2, 1'000'000}));
  EXPECT_EQ(to_string(Duration{INT64_MIN, INT64_MIN, INT64_MIN, 0}),
            "P-768614336404564650Y-8M-9223372036854775808DT-2562047788015215H-30M-8S");
}

TEST(Duration, RefusesTheRestWithItsColumn) {
  const struct {
    const char* text;
    unsigned column;
  } cases[] = {{"", 1},
               {"P", 2},
               {"PT", 3},
               {"1D", 1},
               {"P1", 3},
               {"P1X", 3},
               {"P1D1M", 5},
               {"P1D1D", 5},
               {"P1H", 3},
               {"PT1D", 4},
               {"P1DT", 5},
               {"P1.D", 4},
               {"P.5D", 2},
               {"P1D ", 4},
               {"P1234567890123456789D", 20},
               {"P2012-02-02T", 13},
               {"P2012-02", 9},
               {"P2012-02-02T14:37:21.1234567890", 22},
               {"--P1D", 2},
               {"PT1S2", 6}};
  for (const auto& c : cases) {
    try {
      parse_duration(c.text);
      ADD_FAILURE() << c.text;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::format) << c.text;
      ASSERT_TRUE(error.place()) << c.text;
      EXPECT_EQ(error.place()->column, c.column) << c.text << ": " << error.what();
    }
  }
  EXPECT_THROW(parse_duration("P999999999999999999Y"), Error);
  EXPECT_THROW(parse_duration("PT999999999999999999H"), Error);
  EXPECT_EQ(parse_duration("PT999999999999999999S").seconds, 999'999'999'999'999'999);
}

// Sums and differences of openCypher's Temporal8.
TEST(Duration, AddsAndSubtracts) {
  const Duration a = parse_duration("P12Y5M14DT16H12M70.000000001S");
  const Duration b = parse_duration("P1M-14DT16H-12M70S");
  const Duration c =
      flow_down({.months = 155.5, .days = 14.5, .seconds = 16.5 * 3600 + 12.5 * 60 + 70.5, .nanoseconds = 3});
  EXPECT_EQ(to_string(a + a), "P24Y10M28DT32H26M20.000000002S");
  EXPECT_EQ(to_string(a - a), "PT0S");
  EXPECT_EQ(to_string(a + b), "P12Y6MT32H2M20.000000001S");
  EXPECT_EQ(to_string(a - b), "P12Y4M28DT24M0.000000001S");
  EXPECT_EQ(to_string(a + c), "P25Y4M43DT50H11M23.500000004S");
  EXPECT_EQ(to_string(a - c), "P-6M-15DT-17H-45M-3.500000002S");
  EXPECT_EQ(to_string(b - a), "P-12Y-4M-28DT-24M-0.000000001S");
  EXPECT_EQ(to_string(b + b), "P2M-28DT31H38M20S");
  EXPECT_EQ(to_string(b - c), "P-12Y-10M-43DT-18H-9M-3.500000003S");
  EXPECT_EQ(to_string(c + c), "P25Y10M58DT67H56M27.000000006S");
  EXPECT_EQ(-(-a), a);
  EXPECT_THROW((Duration{INT64_MAX, 0, 0, 0} + Duration{1, 0, 0, 0}), Error);
  EXPECT_THROW((-Duration{0, 0, INT64_MIN, 0}), Error);
}

TEST(Duration, ScalesAndDivides) {
  const Duration a = parse_duration("P12Y5M14DT16H12M70.000000001S");
  EXPECT_EQ(scale(a, 1), a);
  EXPECT_EQ(divide(a, 1), a);
  EXPECT_EQ(to_string(scale(a, 2)), "P24Y10M28DT32H26M20.000000002S");
  EXPECT_EQ(to_string(divide(a, 2)), "P6Y2M22DT13H21M8S");
  EXPECT_EQ(to_string(scale(a, 0.5)), "P6Y2M22DT13H21M8S");
  EXPECT_EQ(to_string(divide(a, 0.5)), "P24Y10M28DT32H26M20.000000002S");
  for (int n = 1; n < 100; ++n) EXPECT_EQ(to_string(divide(Duration{n, 0, 0, 0}, n)), "P1M") << n;
  EXPECT_THROW(divide(a, 0), Error);
  EXPECT_THROW(scale(a, std::numeric_limits<double>::infinity()), Error);
  EXPECT_THROW(scale(a, std::nan("")), Error);
  EXPECT_THROW(scale(a, 1e300), Error);
}

TEST(Duration, LetsFractionsFlowDown) {
  EXPECT_EQ(to_string(flow_down({.months = 0.75})), "P22DT19H51M49.5S");
  EXPECT_EQ(to_string(flow_down({.months = 5, .days = 1.5})), "P5M1DT12H");
  EXPECT_EQ(to_string(flow_down({.days = 17.5})), "P17DT12H");
  EXPECT_EQ(to_string(flow_down({.seconds = 91})), "PT1M31S");
  EXPECT_EQ(to_string(flow_down({.months = -0.5, .days = 14.5})), "PT-17H-14M-33S");
  EXPECT_EQ(to_string(flow_down({.seconds = -2, .nanoseconds = 1'000'000})), "PT-1.999S");
}

TEST(Duration, HasAnAverageLength) {
  EXPECT_DOUBLE_EQ(average_seconds(parse_duration("P1M")), 2629746.0);
  EXPECT_DOUBLE_EQ(average_seconds(parse_duration("P1DT-0.5S")), 86399.5);
}

TEST(Duration, IsMultipliedAndDividedExactlyByWholeNumbers) {
  EXPECT_EQ(to_string(scale_whole(parse_duration("P1M1DT1.000000001S"), 3)), "P3M3DT3.000000003S");
  EXPECT_EQ(scale_whole(Duration{0, 9007199254740993, 0, 0}, 5).days, 45035996273704965);  // past a double's digits
  EXPECT_EQ(to_string(divide_whole(parse_duration("PT1.000000002S"), 3)), "PT0.333333334S");
  EXPECT_EQ(to_string(divide_whole(parse_duration("P1M"), 2)), "P15DT5H14M33S");
  EXPECT_EQ(to_string(divide_whole(parse_duration("P-7DT-7S"), 7)), "P-1DT-1S");
  EXPECT_THROW(divide_whole(Duration{}, 0), Error);
  EXPECT_THROW(scale_whole(Duration{0, 0, INT64_MAX, 0}, INT64_MAX), Error);
  EXPECT_THROW(scale_whole(Duration{INT64_MIN, 0, 0, 0}, -1), Error);
  EXPECT_EQ(divide_whole(Duration{INT64_MAX, INT64_MIN, INT64_MIN, 0}, 1), (Duration{INT64_MAX, INT64_MIN, INT64_MIN, 0}));
}

// The slow twin of dividing: all fractions over one divisor, in nanoseconds.
__extension__ using Wide = __int128;
Duration shared_out(const Duration& d, std::int64_t by) {
  const Wide fine = Wide{by} * 1'000'000;
  const Wide days = Wide{d.days} * 1'000'000 + Wide{d.months % by} * 30'436'875;
  const Wide time = days % fine * 86'400'000'000'000 + (Wide{d.seconds} * 1'000'000'000 + d.nanoseconds) * 1'000'000;
  const Wide nanoseconds = time / fine;
  const Wide seconds = nanoseconds / 1'000'000'000 - (nanoseconds % 1'000'000'000 < 0 ? 1 : 0);
  return {d.months / by, static_cast<std::int64_t>(days / fine), static_cast<std::int64_t>(seconds),
          static_cast<std::int32_t>(nanoseconds - seconds * 1'000'000'000)};
}

TEST(Duration, CarriesFractionsDownWhole) {
  EXPECT_EQ(to_string(divide_whole(parse_duration("P1D"), 3)), "PT8H");
  EXPECT_EQ(to_string(divide_whole(parse_duration("P1D"), -3)), "PT-8H");
  EXPECT_EQ(to_string(divide(parse_duration("P1D"), 3.0)), "PT8H");
  EXPECT_EQ(to_string(divide(parse_duration("P1Y"), 2.5)), "P4M24DT8H23M16.8S");
  EXPECT_EQ(divide_whole(Duration{INT64_MAX, INT64_MAX, INT64_MAX, 999'999'999}, INT64_MAX), (Duration{1, 1, 1, 0}));
  EXPECT_EQ(divide_whole(Duration{INT64_MIN, INT64_MIN, INT64_MIN, 0}, INT64_MIN), (Duration{1, 1, 1, 0}));
  std::mt19937_64 random(3);
  const auto any = [&random](std::int64_t most) { return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(2 * most + 1)) - most; };
  for (int i = 0; i < 50'000; ++i) {
    const Duration d{any(5'000), any(5'000), any(500'000), static_cast<std::int32_t>(any(500'000'000) + 500'000'000) % 1'000'000'000};
    const auto by = any(1'000);
    if (by == 0) continue;
    const auto sign = by < 0 ? -1 : 1;
    EXPECT_EQ(divide_whole(d, by), shared_out(scale_whole(d, sign), sign * by)) << to_string(d) << " / " << by;
    EXPECT_EQ(divide(d, static_cast<double>(by)), divide_whole(d, by)) << to_string(d) << " / " << by;
    EXPECT_EQ(scale(d, static_cast<double>(by) / 8), divide_whole(scale_whole(d, by), 8)) << to_string(d) << " * " << by << " / 8";
  }
}

TEST(Duration, FlowsDownBesideAnExactPart) {
  EXPECT_EQ(to_string(flow_down(Duration{1, 0, 0, 0}, {.months = -0.24})), to_string(flow_down({.months = 0.76})));
  EXPECT_EQ(flow_down(Duration{0, 0, 9007199254740993, 1}, {.nanoseconds = 1.5}), (Duration{0, 0, 9007199254740993, 2}));
  EXPECT_THROW(flow_down(Duration{INT64_MAX, 0, 0, 0}, {.months = 1}), Error);
}

// The slow twin of `between`: walking month by month, then day by day.
Duration walked(const LocalDateTime& from, const LocalDateTime& to) {
  const std::int64_t sign = to < from ? -1 : 1;
  const auto is_within = [&](const LocalDateTime& at) { return sign > 0 ? at <= to : at >= to; };
  Duration out;
  while (is_within(add(from, Duration{out.months + sign, 0, 0, 0}))) out.months += sign;
  while (is_within(add(from, Duration{out.months, out.days + sign, 0, 0}))) out.days += sign;
  const auto rest = seconds_between({add(from, out), 0, {}}, {to, 0, {}});
  return {out.months, out.days, rest.seconds, rest.nanoseconds};
}

TEST(Duration, BetweenAgreesWithWalking) {
  std::uint64_t seed = 7;
  const auto random = [&seed](std::uint64_t below) {
    seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::int64_t>((seed >> 33U) % below);
  };
  for (int i = 0; i < 2000; ++i) {
    const LocalDateTime from{{random(3000)}, {random(24) * 3'600'000'000'000}};
    const LocalDateTime to{{random(3000)}, {random(24) * 3'600'000'000'000 + random(2)}};
    const auto found = between(from, to);
    ASSERT_EQ(add(from, found), to) << to_string(from) << ' ' << to_string(to);
    // A month's end is passed over as openCypher does: by the number of the day.
    if (year_month_day(from.day).day > 28) continue;
    ASSERT_EQ(to_string(found), to_string(walked(from, to))) << to_string(from) << ' ' << to_string(to);
  }
}

TEST(Duration, BetweenInAZoneCountsItsDays) {
  TimeZones zones;
  const auto read = [&zones](const char* text) { return parse_zoned_date_time(text, zones); };
  const auto shown = [&](const char* from, const char* to) { return to_string(between(read(from), read(to), zones)); };
  EXPECT_EQ(shown("2014-07-21T21:40:36.143+0200", "2015-07-21T21:40:32.142+0100"), "P1YT59M55.999S");
  if (!std::filesystem::exists("/usr/share/zoneinfo/Europe/Stockholm")) GTEST_SKIP() << "no tzdata on this machine";
  EXPECT_EQ(shown("2017-10-28T23:00+02:00[Europe/Stockholm]", "2017-10-29T04:00+01:00[Europe/Stockholm]"), "PT6H");
  EXPECT_EQ(shown("2017-10-28T12:00[Europe/Stockholm]", "2017-10-29T12:00[Europe/Stockholm]"), "P1D");
  EXPECT_EQ(shown("2017-10-29T02:30+02:00[Europe/Stockholm]", "2017-10-29T02:30+01:00[Europe/Stockholm]"), "PT1H");
  EXPECT_EQ(shown("2017-10-29T12:00[Europe/Stockholm]", "2017-10-28T10:00Z"), "P-1D");
}

}  // namespace
}  // namespace policygraph
