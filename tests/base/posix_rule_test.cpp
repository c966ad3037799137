#include "base/posix_rule.hpp"

#include <gtest/gtest.h>

#include "policygraph/base/temporal.hpp"

namespace policygraph::detail::base {
namespace {

std::int32_t offset(std::string_view rule, std::string_view utc) {
  return parse_posix_rule(rule)->offset_at(unix_seconds(parse_local_date_time(utc)));
}

TEST(PosixRule, ReadsTheLastSunday) {
  constexpr std::string_view kRule = "CET-1CEST,M3.5.0,M10.5.0/3";
  EXPECT_EQ(offset(kRule, "2024-03-31T00:59:59"), 3600);
  EXPECT_EQ(offset(kRule, "2024-03-31T01:00:00"), 7200);
  EXPECT_EQ(offset(kRule, "2024-10-27T00:59:59"), 7200);
  EXPECT_EQ(offset(kRule, "2024-10-27T01:00:00"), 3600);
  EXPECT_EQ(offset(kRule, "2024-01-01"), 3600);
}

TEST(PosixRule, ReadsTheSouthernHalfAndHalfHours) {
  constexpr std::string_view kRule = "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0";
  EXPECT_EQ(offset(kRule, "2024-01-01"), 39600);
  EXPECT_EQ(offset(kRule, "2024-07-01"), 37800);
  EXPECT_EQ(offset(kRule, "2024-12-31"), 39600);
}

TEST(PosixRule, ReadsWinterTimeThatIsTheException) {
  constexpr std::string_view kRule = "IST-1GMT0,M10.5.0,M3.5.0/1";
  EXPECT_EQ(offset(kRule, "2024-01-01"), 0);
  EXPECT_EQ(offset(kRule, "2024-07-01"), 3600);
}

TEST(PosixRule, ReadsDaysOfTheYear) {
  constexpr std::string_view kRule = "AAA0BBB,J60,300/0";  // 1 March whatever the year; the 301st day
  EXPECT_EQ(offset(kRule, "2024-03-01T01:59:59"), 0);
  EXPECT_EQ(offset(kRule, "2024-03-01T02:00"), 3600);
  EXPECT_EQ(offset(kRule, "2023-03-01T02:00"), 3600);
  EXPECT_EQ(offset(kRule, "2023-02-28T23:00"), 0);
  EXPECT_EQ(offset(kRule, "2024-10-25T22:59:59"), 3600);
  EXPECT_EQ(offset(kRule, "2024-10-26T23:00"), 0);
}

TEST(PosixRule, ReadsTimesPastTheDay) {
  constexpr std::string_view kRule = "<-02>2<-01>,M3.5.0/-1,M10.5.0/0";
  EXPECT_EQ(offset(kRule, "2024-03-31T00:59:59"), -7200);
  EXPECT_EQ(offset(kRule, "2024-03-31T01:00"), -3600);
  EXPECT_EQ(offset("XXX3EDT4,0/0,J365/23", "2024-01-01T03:00"), -14400);  // summer time for ever
  EXPECT_EQ(offset("XXX3EDT4,0/0,J365/23", "2024-12-31T23:59"), -14400);
}

TEST(PosixRule, RefusesWhatIsNone) {
  for (const char* text : {"",
                           "CE",
                           "CET",
                           "CET-",
                           "CET-25",
                           "CET-1CEST",
                           "CET-1CEST,",
                           "CET-1CEST,M3.5.0",
                           "CET-1CEST,M3.5.0,",
                           "CET-1CEST,M0.5.0,M10.5.0",
                           "CET-1CEST,M3.6.0,M10.5.0",
                           "CET-1CEST,M3.5.7,M10.5.0",
                           "CET-1CEST,J0,J366",
                           "CET-1CEST,J1,366",
                           "CET-1CEST,M3.5.0/168,M10.5.0",
                           "CET-1:60",
                           "<+05-5",
                           "CET-1 ",
                           "CET-1CEST,M3.5.0,M10.5.0/3x",
                           ":Europe/Berlin",
                           "CET-9999999999999999999"})
    EXPECT_FALSE(parse_posix_rule(text)) << text;
}

}  // namespace
}  // namespace policygraph::detail::base
