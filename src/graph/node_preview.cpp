#include "graph/node_preview.hpp"

#include <utility>

#include "graph/transaction_state.hpp"

namespace policygraph::inline v0::detail::graph {

Snapshot preview_nodes(Transaction& transaction, const WantedValues& wanted) {
  const auto& state = transaction.open_state();
  if (state.tail.is_empty() || !must_derive_whole(*state.base)) return transaction.snapshot();
  auto history = state.base->history;
  history.push(state.tail, state.next);
  return Snapshot(derive_nodes_alone(state.base->schema, std::move(history), wanted));
}

}  // namespace policygraph::inline v0::detail::graph
