#pragma once

#include <string_view>

#include "policygraph/graph/snapshot.hpp"

namespace policygraph::inline v0::detail::picture {

/// The thing whose name has these words; a programme before anything else, and one called exactly so before others. Throws
/// Error(not_found), or Error(invalid_argument) with the names of those there are.
NodeRow thing_named(const Snapshot& snapshot, std::string_view name);

}  // namespace policygraph::inline v0::detail::picture
