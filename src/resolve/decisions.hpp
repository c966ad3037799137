#pragma once

#include <vector>

#include "policygraph/graph/snapshot.hpp"
#include "policygraph/model/judgement.hpp"

namespace policygraph::inline v0::detail::resolve {

/// Judgements by persons that would lapse because a mention they name is gone from a document read again, said anew of what is left of
/// the same node: another of its mentions, or the only node that has its name. Of a node that is gone altogether nothing can be said.
/// `before` is the state that the transaction began on, `now` the one it leaves; of `now` nodes and names are asked alone.
std::vector<Judgement> decisions_to_carry(const Snapshot& before, const Snapshot& now);

}  // namespace policygraph::inline v0::detail::resolve
