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

/// By currency, the largest first. With `recipients`, those that are for one of them.
std::map<std::string, std::vector<StatedSum>> stated_sums(const Snapshot& snapshot, std::span<const NodeRow> recipients);

}  // namespace policygraph::inline v0::detail::picture
