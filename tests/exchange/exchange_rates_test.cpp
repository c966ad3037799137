#include "policygraph/exchange/exchange_rates.hpp"

#include <gtest/gtest.h>

#include "policygraph/base/error.hpp"
#include "policygraph/base/temporal.hpp"

namespace policygraph::testing {
namespace {

std::string shown(const std::vector<ExchangeRate>& rates) {
  std::string out;
  for (const auto& rate : rates) {
    out += to_string(rate.date) + " " + rate.from + " " + rate.to + " " + rate.rate.to_string() + " " + rate.source + "\n";
  }
  return out;
}

std::string trouble(std::string_view text) {
  try {
    read_exchange_rates(text, "rates");
    return "none";
  } catch (const Error& error) {
    const auto place = error.place().value_or(Place{});
    return place.document + ":" + std::to_string(place.line) + ": " + error.text();
  }
}

TEST(ExchangeRates, AreReadFromCsvAndJsonAlike) {
  const auto csv = read_exchange_rates("\xEF\xBB\xBF" "date,from,to,rate,source\r\n2024-05-06,USD,UZS,12650.50,\"Central Bank, Tashkent\"\r\n2024-05-07,EUR,USD,1.08,ECB\n\n");
  const auto json = read_exchange_rates(R"([{"source": "Central Bank, Tashkent", "rate": 12650.50, "from": "USD", "to": "UZS", "date": "2024-05-06"},
      {"date": "2024-05-07", "from": "EUR", "to": "USD", "rate": "1.08", "source": "ECB"}])");
  EXPECT_EQ(shown(csv), "2024-05-06 USD UZS 12650.50 Central Bank, Tashkent\n2024-05-07 EUR USD 1.08 ECB\n");
  EXPECT_EQ(shown(csv), shown(json));
}

TEST(ExchangeRates, ColumnsStandInAnyOrderAndTheSourceMayBeMissing) {
  EXPECT_EQ(shown(read_exchange_rates("rate,to,from,date\n2,BBB,AAA,2024-01-01")), "2024-01-01 AAA BBB 2 \n");
  EXPECT_EQ(shown(read_exchange_rates("date,from,to,rate,source\n")), "");
  EXPECT_EQ(shown(read_exchange_rates("[]")), "");
}

TEST(ExchangeRates, SayWhatIsWrongAndWhere) {
  EXPECT_EQ(trouble(""), "rates:1: no table of rates: its first line is date,from,to,rate,source");
  EXPECT_EQ(trouble("date,from,to,rat\n"), "rates:1: unknown column 'rat'; did you mean 'rate'?; a rate has date, from, to, rate and source");
  EXPECT_EQ(trouble("date,from,to\n2024-05-06,USD,UZS\n"), "rates:2: the rate has no 'rate'");
  EXPECT_EQ(trouble("date,from,to,rate\n2024-05-06,USD,UZS\n"), "rates:2: 3 fields where the first line names 4");
  EXPECT_EQ(trouble("date,from,to,rate\n2024-05-06,usd,UZS,1\n"), "rates:2: 'usd' is no currency; write its three letters: USD");
  EXPECT_EQ(trouble("date,from,to,rate\n\n2024-05-06,USD,UZS,\"1\n"), "rates:3: a quoted field is not closed, or goes on after its quote");
  EXPECT_EQ(trouble("date,from,to,rate\n2024-05-06,USD,UZS,12 650\n"), "rates:2: '12 650' is no rate; write it as 12650.5");
  EXPECT_EQ(trouble("date,from,to,rate\n6 May 2024,USD,UZS,1\n"), "rates:2: '6 May 2024' is no day; write it as 2024-05-06");
  EXPECT_EQ(trouble("{}"), "rates:1: rates are an array of objects");
  EXPECT_EQ(trouble("[\n{\"date\": \"2024-05-06\", \"from\": \"USD\", \"to\": \"UZS\"}]"), "rates:2: the rate has no 'rate'");
  EXPECT_EQ(trouble("[\n{\"dat\": \"2024-05-06\"}]"), "rates:2: unknown column 'dat'; did you mean 'date'?; a rate has date, from, to, rate and source");
  EXPECT_EQ(trouble("[\n\n{\"date\": []}]"), "rates:3: 'date' of a rate is a text or a number");
  EXPECT_EQ(trouble("[1]"), "rates:1: a rate is an object of date, from, to, rate and source");
}

}  // namespace
}  // namespace policygraph::testing
