#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "graph/history.hpp"

namespace policygraph::inline v0::detail::graph {

/// What is read rather than another comes first: by rank, then by the tier of its source (an edit by hand before all
/// documents), then by the latest publication, then by the lowest id. Of several sources of one claim the best counts.
void sort_by_preference(const History& history, std::vector<Claim>& claims);

/// The claim among them that is read. Requires: there is one.
Claim preferred_of(const History& history, std::span<const Claim> claims) noexcept;

/// How far along a thing is by several claims of its existence: of those of the best rank the furthest modality;
/// `denied` only where nothing else is said.
Modality strongest_modality(std::span<const Claim> claims) noexcept;

}  // namespace policygraph::inline v0::detail::graph
