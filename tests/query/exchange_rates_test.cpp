#include "policygraph/query/exchange_rates.hpp"

#include <gtest/gtest.h>

#include "policygraph/base/error.hpp"
#include "policygraph/query/query.hpp"

namespace policygraph::testing {
namespace {

QueryOptions with_rates() {
  auto procedures = std::make_shared<Procedures>();
  procedures->add(conversion({{"USD", "UZS", Decimal::parse("12650.5"), make_day(2024, 5, 6), "Central Bank, May"},
                              {"USD", "UZS", Decimal::parse("12600"), make_day(2024, 1, 1), "Central Bank, January"},
                              {"EUR", "UZS", Decimal::parse("13000"), make_day(2024, 2, 1), "Central Bank, February"}}));
  QueryOptions options;
  options.procedures = std::move(procedures);
  return options;
}

std::string answer(const Snapshot& snapshot, const std::string& text) {
  std::string out;
  try {
    for (const auto& row : query(snapshot, text, {}, with_rates())) {
      for (std::size_t i = 0; i < row.size(); ++i) out += (i == 0 ? "" : ", ") + row[i].to_string();
      out += '\n';
    }
  } catch (const Error& error) {
    return error.text();
  }
  return out;
}

std::string convert(const std::string& arguments) {
  const auto graph = open_in_memory();
  return answer(graph.snapshot(), "CALL money.convert(" + arguments +
                                      ") YIELD amount, currency, rate, rate_from, rate_to, date, source "
                                      "RETURN amount, currency, rate, rate_from, rate_to, date, source");
}

TEST(ExchangeRates, NameTheRateTheDateAndTheSource) {
  EXPECT_EQ(convert("decimal('1.10'), 'USD', 'UZS', date('2024-05-05')"),
            "decimal('13860.00'), 'UZS', decimal('12600'), 'USD', 'UZS', date('2024-01-01'), 'Central Bank, January'\n");
  EXPECT_EQ(convert("2, 'USD', 'UZS', date('2024-05-06')"),
            "decimal('25301.0'), 'UZS', decimal('12650.5'), 'USD', 'UZS', date('2024-05-06'), 'Central Bank, May'\n");
}

TEST(ExchangeRates, TakeTheLatestDayAPartialDateMayMean) {
  EXPECT_EQ(convert("1, 'USD', 'UZS', partial_date('2024-04')").find("decimal('12600')"), 0U);
  EXPECT_EQ(convert("1, 'USD', 'UZS', partial_date('2024')").find("decimal('12650.5')"), 0U);
  EXPECT_EQ(convert("1, 'USD', 'UZS', partial_date('2024/..')").find("decimal('12650.5')"), 0U);
  EXPECT_EQ(convert("1, 'USD', 'UZS', null").find("decimal('12650.5')"), 0U);
}

TEST(ExchangeRates, DivideWhereTheyAreStatedTheOtherWayRound) {
  EXPECT_EQ(convert("decimal('26000.00'), 'UZS', 'EUR', null"),
            "decimal('2'), 'EUR', decimal('13000'), 'EUR', 'UZS', date('2024-02-01'), 'Central Bank, February'\n");
  EXPECT_EQ(convert("1, 'UZS', 'EUR', null").find("decimal('0.0000769231')"), 0U);
}

TEST(ExchangeRates, LeaveWhatNeedsNone) {
  EXPECT_EQ(convert("decimal('7.70'), 'XXX', 'XXX', null"), "decimal('7.70'), 'XXX', null, null, null, null, null\n");
  EXPECT_EQ(convert("null, 'USD', 'UZS', null"), "null, null, null, null, null, null, null\n");
  EXPECT_EQ(convert("1, null, 'UZS', null"), "null, null, null, null, null, null, null\n");
}

TEST(ExchangeRates, RefuseWhatTheyDoNotKnow) {
  EXPECT_EQ(convert("1, 'USD', 'UZS', date('2023-12-31')"), "no rate from USD to UZS on or before 2023-12-31; give one");
  EXPECT_EQ(convert("1, 'USD', 'EUR', null"), "no rate from USD to EUR; give one");
  EXPECT_EQ(convert("1.5, 'USD', 'UZS', null"), "the float 1.5 is no sum of money; write decimal('1.5')");
  EXPECT_EQ(convert("1, 'USD', 'UZS', 'soon'"), "a rate is of a date, not of 'soon'");
  EXPECT_THROW(conversion({{"A", "B", Decimal(0), Day{0}, ""}}), Error);
  EXPECT_THROW(conversion({{"A", "B", Decimal(-1), Day{0}, ""}}), Error);
  EXPECT_THROW(conversion({{"A", "B", Decimal(1), Day{0}, ""}, {"A", "B", Decimal(2), Day{0}, ""}}), Error);
  EXPECT_NO_THROW(conversion({}));
}

TEST(ExchangeRates, LetSumsOfSeveralCurrenciesBeSummed) {
  auto graph = open_in_memory();
  query(graph, "CREATE (:Funding {kind: 'grant', amount: decimal('1'), currency: 'USD'}), "
               "(:Funding {kind: 'grant', amount: decimal('2'), currency: 'EUR'}), (:Funding {kind: 'grant', amount: decimal('3'), currency: 'UZS'})");
  EXPECT_EQ(answer(graph.snapshot(), "MATCH (f:Funding) CALL money.convert(f.amount, f.currency, 'UZS', null) YIELD amount RETURN sum(amount)"),
            "decimal('38653.5')\n");
}

}  // namespace
}  // namespace policygraph::testing
