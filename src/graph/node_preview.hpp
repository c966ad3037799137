#pragma once

#include <span>
#include <string_view>

#include "policygraph/graph/transaction.hpp"

namespace policygraph::inline v0::detail::graph {

/// The nodes of a transaction as it stands, with the values of some properties: what judging which of them are one asks for.
/// Its edges, evidence and records may be missing. Where the next snapshot would be derived as a whole this costs a third of
/// one, and that snapshot is derived once, after the judgements, and not twice. Elsewhere it is the transaction's snapshot.
/// Requires: only judgements are added while it is held.
Snapshot preview_nodes(Transaction& transaction, std::span<const std::string_view> properties);

}  // namespace policygraph::inline v0::detail::graph
