#pragma once

#include <string_view>
#include <vector>

namespace policygraph::inline v0::detail::base {

/// The zones of zone1970.tab that share a country with `name`, in the table's order: those it may have been merged into.
/// None for a zone that is in that table itself, or that zone.tab does not list. Linear in the texts.
std::vector<std::string_view> merge_candidates(std::string_view zone_tab, std::string_view zone1970_tab,
                                               std::string_view name);

}  // namespace policygraph::inline v0::detail::base
