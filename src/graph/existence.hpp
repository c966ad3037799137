#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "graph/history.hpp"

namespace policygraph::inline v0::detail::graph {

/// What the claims of one row say of its existence: their evidence, each once in order, and the strongest modality.
struct Existence {
  std::vector<std::uint32_t> evidence;
  Modality modality = Modality::unknown;
};
Existence read_existence(const History& history, std::span<const std::uint32_t> claims);

/// From when to when an edge holds, by the claim that is read of those that state it; empty: none does.
std::optional<std::pair<PartialDate, PartialDate>> read_validity(const History& history,
                                                                 std::span<const std::uint32_t> claims);

}  // namespace policygraph::inline v0::detail::graph
