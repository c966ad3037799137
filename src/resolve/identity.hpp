#pragma once

#include <string>
#include <vector>

#include "policygraph/graph/snapshot.hpp"
#include "policygraph/model/judgement.hpp"

namespace policygraph::inline v0::detail::resolve {

/// Judgements that nodes of a snapshot are the same thing, by keys and names; a spanning tree over each group, in order of key.
/// Only those whose score is at least `threshold`. Linear in the nodes plus the sizes of the groups that share a key.
std::vector<Judgement> same_nodes(const Snapshot& snapshot, double threshold);

}  // namespace policygraph::inline v0::detail::resolve
