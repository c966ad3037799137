#pragma once

#include <string>
#include <vector>

#include "policygraph/base/decimal.hpp"
#include "policygraph/base/partial_date.hpp"
#include "policygraph/export.hpp"
#include "policygraph/query/procedure.hpp"

namespace policygraph::inline v0 {

/// One unit of `from` cost `rate` units of `to` on that day, says the source.
struct ExchangeRate {
  std::string from;  ///< ISO 4217: "USD"
  std::string to;
  Decimal rate;
  Day date;
  std::string source;  ///< who published it: a name, an address
};

/// The library knows no rates; this makes those of the caller a procedure that turns sums of money into one currency and
/// says by which rate:
///
///     money.convert(amount :: NUMBER?, currency :: STRING?, to :: STRING, on :: ANY?)
///       :: (amount :: NUMBER?, currency :: STRING?, rate :: NUMBER?, rate_from :: STRING?, rate_to :: STRING?,
///           date :: ANY?, source :: STRING?)
///
///     auto procedures = std::make_shared<Procedures>();
///     procedures->add(conversion({{"USD", "UZS", Decimal::parse("12650.5"), make_day(2024, 5, 6), "Central Bank"}}));
///     query(graph, "MATCH (f:Funding) CALL money.convert(f.amount, f.currency, 'UZS', f.period_from) YIELD amount, source "
///                  "RETURN sum(amount), collect(DISTINCT source)", {}, {.procedures = procedures});
///
/// The rate is the latest on or before `on`: a date, or a partial date's last day; the latest of all where `on` is null or
/// open. A table that has the pair the other way round only is used by division: to ten digits more than the amount has,
/// rounded half to even; every other conversion is exact. A sum in the wanted currency stays as it is, with a null rate.
/// A null amount or currency gives a row of nulls. The call is refused (Error) where no rate is old enough, and for a
/// float. Rates are looked up in logarithmic time.
///
/// Throws Error(invalid_argument) for a rate that is not above zero, and for two rates of one pair and day.
POLICYGRAPH_EXPORT Procedure conversion(std::vector<ExchangeRate> rates);

}  // namespace policygraph::inline v0
