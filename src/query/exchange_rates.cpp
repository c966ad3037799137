#include "policygraph/query/exchange_rates.hpp"

#include <algorithm>
#include <memory>
#include <tuple>
#include <utility>

#include "policygraph/base/error.hpp"
#include "policygraph/base/temporal.hpp"

namespace policygraph::inline v0 {
namespace {

constexpr std::string_view kSignature =
    "money.convert(amount :: NUMBER?, currency :: STRING?, to :: STRING, on :: ANY?) :: (amount :: NUMBER?, currency :: STRING?, "
    "rate :: NUMBER?, rate_from :: STRING?, rate_to :: STRING?, date :: ANY?, source :: STRING?)";
constexpr std::size_t kResults = 7;

bool is_before(const ExchangeRate& a, const ExchangeRate& b) {
  return std::tie(a.from, a.to, a.date) < std::tie(b.from, b.to, b.date);
}

class RateTable {
 public:
  explicit RateTable(std::vector<ExchangeRate> rates) : rates_(std::move(rates)) {
    std::sort(rates_.begin(), rates_.end(), is_before);
    for (std::size_t i = 0; i < rates_.size(); ++i) {
      const auto& rate = rates_[i];
      const auto name = rate.from + " to " + rate.to + " of " + to_string(rate.date);
      if (rate.rate.is_zero() || rate.rate.is_negative()) {
        throw Error(ErrorCode::invalid_argument, "the rate " + name + " is not above zero");
      }
      if (i > 0 && !is_before(rates_[i - 1], rate)) throw Error(ErrorCode::invalid_argument, "two rates " + name + "; keep one");
    }
  }

  // The latest on or before that day; null where there is none.
  const ExchangeRate* find(const std::string& from, const std::string& to, Day on) const {
    const auto after = std::upper_bound(rates_.begin(), rates_.end(), ExchangeRate{from, to, {}, on, {}}, is_before);
    if (after == rates_.begin()) return nullptr;
    const auto& rate = *(after - 1);
    return rate.from == from && rate.to == to ? &rate : nullptr;
  }

 private:
  std::vector<ExchangeRate> rates_;
};

Decimal exact_amount(const Value& amount) {
  if (amount.kind() == ValueKind::decimal) return amount.as_decimal();
  if (amount.kind() == ValueKind::integer) return Decimal(amount.as_integer());
  const auto text = amount.to_string();
  throw Error(ErrorCode::invalid_argument, "the float " + text + " is no sum of money; write decimal('" + text + "')");
}

Day last_day(const Value& on) {
  switch (on.kind()) {
    case ValueKind::null: return Day{INT64_MAX};
    case ValueKind::date: return on.as_date();
    case ValueKind::partial_date: return on.as_partial_date().latest();
    case ValueKind::local_date_time: return on.as_local_date_time().day;
    case ValueKind::date_time: return on.as_date_time().local.day;
    default: throw Error(ErrorCode::invalid_argument, "a rate is of a date, not of " + on.to_string());
  }
}

Decimal divided(const Decimal& amount, const Decimal& rate) {
  const auto scale = std::min(28, int{amount.scale()} + 10);
  return divide(amount, rate, static_cast<std::uint8_t>(scale)).normalised();
}

std::vector<Value> row_of(const Decimal& amount, const std::string& currency, const ExchangeRate& rate) {
  return {Value(amount), Value(currency), Value(rate.rate), Value(rate.from), Value(rate.to), Value(rate.date), Value(rate.source)};
}

std::vector<Value> converted(const RateTable& table, std::span<const Value> a) {
  if (a[0].is_null() || a[1].is_null()) return std::vector<Value>(kResults);
  const auto amount = exact_amount(a[0]);
  const auto& from = a[1].as_string();
  const auto& to = a[2].as_string();
  const auto on = last_day(a[3]);
  if (from == to) return {Value(amount), Value(to), {}, {}, {}, {}, {}};
  const auto* direct = table.find(from, to, on);
  const auto* inverse = table.find(to, from, on);
  if (direct == nullptr && inverse == nullptr) {
    throw Error(ErrorCode::not_found, "no rate from " + from + " to " + to +
                                          (on.days == INT64_MAX ? "" : " on or before " + to_string(on)) + "; give one");
  }
  if (direct != nullptr) return row_of(amount * direct->rate, to, *direct);
  return row_of(divided(amount, inverse->rate), to, *inverse);
}

}  // namespace

Procedure conversion(std::vector<ExchangeRate> rates) {
  auto table = std::make_shared<const RateTable>(std::move(rates));
  return Procedure(kSignature, [table](std::span<const Value> a, const Snapshot&) { return ProcedureRows{converted(*table, a)}; });
}

}  // namespace policygraph::inline v0
