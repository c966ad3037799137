#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "policygraph/base/decimal.hpp"
#include "policygraph/graph/snapshot.hpp"

namespace policygraph::inline v0::detail::picture {

/// A node of the label Funding, with those at both its ends.
struct StatedSum {
  NodeRow funding;
  Decimal amount;
  std::string text;   ///< "at least 4 900 000 EUR"
  std::string about;  ///< "loan, planned, 2024 – 2028"
  std::vector<NodeRow> givers;      ///< ascending; empty: not stated
  std::vector<NodeRow> recipients;
};

struct StatedSums {
  std::map<std::string, std::vector<StatedSum>> by_currency;  ///< the largest first
  std::size_t called_off = 0;                                 ///< sums that are denied or cancelled, and are none of these
};

/// All, or with `recipients` those that are for one of them. An end that is denied or cancelled is none.
StatedSums stated_sums(const Snapshot& snapshot, std::span<const NodeRow> recipients);

}  // namespace policygraph::inline v0::detail::picture
