#pragma once

#include <vector>

#include "policygraph/graph/snapshot.hpp"
#include "policygraph/model/judgement.hpp"

namespace policygraph::inline v0::detail::resolve {

/// Judgements that nodes are the same because they share a value that the schema calls unique among their label; in
/// order of rule and row. Nothing for a schema without such properties.
std::vector<Judgement> same_by_unique(const Snapshot& snapshot);

}  // namespace policygraph::inline v0::detail::resolve
