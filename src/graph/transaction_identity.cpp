#include <algorithm>
#include <string>
#include <utility>

#include "graph/identity.hpp"
#include "graph/transaction_state.hpp"
#include "policygraph/base/error.hpp"

namespace policygraph::inline v0 {
namespace {

Judgement judged(JudgementKind kind, NodeKey a, NodeKey b, const std::string& by, std::string_view reason) {
  Judgement judgement;
  judgement.kind = kind;
  judgement.a = a;
  judgement.b = b;
  judgement.by = by;
  judgement.reason = reason;
  return judgement;
}

// Judgements by persons, in force, that say `kind` of a mention of one list and one of the other.
std::vector<JudgementId> between(const Snapshot& snapshot, JudgementKind kind, const std::vector<NodeKey>& a,
                                 const std::vector<NodeKey>& b) {
  const auto has = [](const std::vector<NodeKey>& keys, NodeKey key) {
    return std::ranges::find(keys, key) != keys.end();
  };
  std::vector<JudgementId> found;
  for (const auto* judgement : snapshot.judgements()) {
    if (judgement->kind != kind || detail::graph::is_rule_made(judgement->by)) continue;
    if ((has(a, judgement->a) && has(b, judgement->b)) || (has(a, judgement->b) && has(b, judgement->a)))
      found.push_back(judgement->id);
  }
  return found;
}

}  // namespace

JudgementId Transaction::merge(NodeKey a, NodeKey b, std::string_view reason) {
  auto& state = *state_;
  state.require_open();
  state.seal();
  const auto first = state.see(a);
  const auto second = state.see(b);
  if (first.key == second.key) {
    throw Error(ErrorCode::conflict,
                "nodes " + std::to_string(a.value) + " and " + std::to_string(b.value) + " are one already");
  }
  for (const auto id : between(Snapshot(state.base), JudgementKind::different, first.members, second.members))
    state.withdraw(id);
  return state.add_judgement(judged(JudgementKind::same, first.key, second.key, state.author, reason));
}

JudgementId Transaction::separate(NodeKey a, NodeKey b, std::string_view reason) {
  auto& state = *state_;
  state.require_open();
  state.seal();
  for (const auto id : between(Snapshot(state.base), JudgementKind::same, {a}, {b})) state.withdraw(id);
  return state.add_judgement(judged(JudgementKind::different, a, b, state.author, reason));
}

}  // namespace policygraph::inline v0
