#pragma once

#include <string>

#include "base/steps.hpp"
#include "picture/selection.hpp"
#include "policygraph/graph/snapshot.hpp"

namespace policygraph::inline v0::detail::picture {

inline constexpr std::size_t kMaxTableRows = 5000;

/// Nodes of one family as a table; each row opens to the words it rests on.
std::string node_table(const Snapshot& snapshot, const Families::Present& family, base::Steps& steps);
/// Edges of one type as a table.
std::string edge_table(const Snapshot& snapshot, EdgeType type, base::Steps& steps);
/// The documents read, with what is known of them; `only_cited` leaves out those that no node and no edge here rests on.
std::string document_table(const Snapshot& snapshot, bool only_cited);

}  // namespace policygraph::inline v0::detail::picture
