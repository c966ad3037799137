#include "resolve/decisions.hpp"

#include <optional>
#include <string>
#include <utility>

#include "policygraph/text/normalise.hpp"
#include "resolve/candidates.hpp"

namespace policygraph::inline v0::detail::resolve {
namespace {

std::string name_of(const Snapshot& snapshot, NodeRow row) {
  const auto name = snapshot.value(row, "name");
  return name.kind() == ValueKind::string ? fold_name(name.as_string()) : std::string();
}

/// The only node of `now` with the name and the most general label of a node of `before`.
std::optional<NodeKey> namesake(const Snapshot& before, NodeRow row, const Snapshot& now) {
  const auto name = name_of(before, row);
  const auto label = root_label(before, row);
  if (name.empty() || label.empty()) return std::nullopt;
  std::optional<NodeKey> found;
  for (const auto other : now.nodes(label)) {
    if (name_of(now, other) != name) continue;
    if (found) return std::nullopt;
    found = now.key(other);
  }
  return found;
}

/// What a mention of `before` is in `now`: itself, a mention of its node in the same words, any other where `takes_any`, or a node of its
/// name. A node that a person made of two has mentions of both: only the same words tell which of the two it was.
std::optional<NodeKey> successor_of(const Snapshot& before, NodeKey key, const Snapshot& now, bool takes_any) {
  if (now.find(key)) return key;
  const auto row = before.find(key);
  if (!row) return std::nullopt;  // it lapsed long ago
  const auto mentions = before.mentions(*row);
  std::string words;
  for (const auto& mention : mentions)
    if (mention.key == key) words = fold_name(mention.surface);
  for (const auto& mention : mentions)
    if ((takes_any || fold_name(mention.surface) == words) && now.find(mention.key)) return mention.key;
  return namesake(before, *row, now);
}

}  // namespace

std::vector<Judgement> decisions_to_carry(const Snapshot& before, const Snapshot& now) {
  std::vector<Judgement> carried;
  for (const auto* judgement : before.judgements()) {
    if (judgement->by.starts_with("rule:") || (now.find(judgement->a) && now.find(judgement->b))) continue;
    const bool takes_any = judgement->kind == JudgementKind::different;
    const auto a = successor_of(before, judgement->a, now, takes_any), b = successor_of(before, judgement->b, now, takes_any);
    if (!a || !b || *a == *b) continue;
    Judgement again = *judgement;
    again.id = {};
    again.a = *a;
    again.b = *b;
    carried.push_back(std::move(again));
  }
  return carried;
}

}  // namespace policygraph::inline v0::detail::resolve
