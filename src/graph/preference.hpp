#pragma once

#include <cstdint>
#include <span>

#include "graph/history.hpp"

namespace policygraph::inline v0::detail::graph {

/// Whether `a` is read rather than `b`: by rank, then by the tier of its source (an edit by hand before all
/// documents), then by the latest publication, then by the lowest id. Of several sources of one claim the best counts.
bool is_preferred(const History& history, Claim a, Claim b) noexcept;

/// The claim among them that is read. Requires: there is one.
Claim preferred_of(const History& history, std::span<const Claim> claims) noexcept;

/// How far along a thing is by several claims of its existence: of those of the best rank the furthest modality;
/// `denied` only where nothing else is said.
Modality strongest_modality(std::span<const Claim> claims) noexcept;

}  // namespace policygraph::inline v0::detail::graph
