#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "policygraph/graph/snapshot.hpp"

namespace policygraph::inline v0::detail::picture {

inline constexpr std::size_t kMaxQuotes = 12;

/// Pieces of evidence as a list: the quote marked within its line, the document's title and place. Each passage once, at most kMaxQuotes.
std::string quote_list(const Snapshot& snapshot, std::span<const EvidenceId> evidence);

}  // namespace policygraph::inline v0::detail::picture
