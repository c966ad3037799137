#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "policygraph/export.hpp"
#include "policygraph/graph/snapshot.hpp"

namespace policygraph::inline v0 {

struct MoneyFlowOptions {
  std::string title{};        ///< empty: "Flow of money" and the thing's name
  std::size_t max_sums = 60;  ///< the largest of each currency; how many were left out is said below
};

/// Who gives which sum for what, as an SVG picture (a Sankey diagram): givers (PROVIDES) on the left, sums (Funding) in the middle, what
/// they are for (FUNDS) on the right; a block a currency, for amounts of two currencies are never on one scale. Amounts are written
/// exactly as stated; bars are as high as amounts are large within a block. Nothing is added up in words: stated sums may be parts of one
/// another. Several givers of one sum stand as one, since no text says who gives how much of it; a dashed end was not stated.
///
///     std::ofstream("money.svg") << policygraph::draw_money_flow(snapshot, "Digital Uzbekistan");
///
/// With `recipients`, only the sums that are for one of them. O(sums). The same each time; all text escaped.
POLICYGRAPH_EXPORT std::string draw_money_flow(const Snapshot& snapshot, std::span<const NodeRow> recipients = {},
                                               const MoneyFlowOptions& options = {});
/// For the thing of that name; see `draw_timeline` for what it throws.
POLICYGRAPH_EXPORT std::string draw_money_flow(const Snapshot& snapshot, std::string_view name, const MoneyFlowOptions& options = {});

}  // namespace policygraph::inline v0
