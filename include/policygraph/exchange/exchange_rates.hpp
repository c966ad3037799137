#pragma once

#include <string_view>
#include <vector>

#include "policygraph/export.hpp"
#include "policygraph/query/exchange_rates.hpp"

namespace policygraph::inline v0 {

/// A table of exchange rates, for `conversion` (query/exchange_rates.hpp), from a text of two forms:
///
///     date,from,to,rate,source                         CSV (RFC 4180); the first line names the columns, in any order;
///     2024-05-06,USD,UZS,12650.5,Central Bank          `source` may be left out
///
///     [{"date": "2024-05-06", "from": "USD", "to": "UZS", "rate": "12650.5", "source": "Central Bank"}]       JSON
///
/// One unit of `from` cost `rate` units of `to` on that day. A rate is read exactly, also where JSON has it as a number. Other
/// columns and members are an error, so that no misspelt one is lost.
///
///     auto procedures = std::make_shared<Procedures>();
///     procedures->add(conversion(read_exchange_rates(text, "rates.csv")));
///
/// Linear in the text. Throws Error(format) with the line, and `path` as its document, for what is no such table, and Error(limit)
/// past 256 MiB. The order is that of the text.
POLICYGRAPH_EXPORT std::vector<ExchangeRate> read_exchange_rates(std::string_view text, std::string_view path = {});

}  // namespace policygraph::inline v0
