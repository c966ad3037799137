#pragma once

#include "graph/derivation.hpp"
#include "policygraph/graph/transaction.hpp"

namespace policygraph::inline v0::detail::graph {

/// The nodes of a transaction as it stands, with some properties of those of some labels: what judging which of them are one
/// asks for. All else may be missing, edges, evidence and records too. Where the next snapshot would be derived as a whole this costs a third of
/// one, and that snapshot is derived once, after the judgements, and not twice. Elsewhere it is the transaction's snapshot.
/// Requires: only judgements are added while it is held; it does not see them.
Snapshot preview_nodes(Transaction& transaction, const WantedValues& wanted);

}  // namespace policygraph::inline v0::detail::graph
