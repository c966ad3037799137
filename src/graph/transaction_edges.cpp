#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "graph/transaction_state.hpp"
#include "policygraph/base/error.hpp"

namespace policygraph::inline v0 {
namespace {

using detail::graph::kNone;

bool contains(const std::vector<std::string>& names, std::string_view name) noexcept {
  return std::ranges::find(names, name) != names.end();
}

// What the schema refuses names what it is about.
template <class Shown, class Check>
void check_of(Shown shown, Check check) {
  try {
    check();
  } catch (const Error& error) {
    throw Error(error.code(), error.text() + " (" + shown() + ")");
  }
}

}  // namespace

std::vector<std::string> Transaction::State::key_properties(std::string_view type) const {
  std::vector<std::string> names;
  const auto* rule = graph->schema.relation(type);
  if (rule == nullptr) return names;
  for (const auto& property : rule->properties) {
    if (property.is_key) names.push_back(property.name);
  }
  return names;
}

// The key under which this author's claims about the edge stand. In a strict schema the author claims the edge too,
// with what tells it apart, so that the correction holds when the document is read again and its claims get new keys.
EdgeKey Transaction::State::hand_key(const EdgeSight& edge) {
  if (edge.row == kNone || graph->schema.is_open()) return edge.key;
  for (const auto id : edge.claims) {
    const auto claim = assertion(id);
    if (claim.kind() == ClaimKind::edge && is_by_hand(claim)) return claim.edge();
  }
  const auto key = new_edge_key();
  claim_again(edge, key, edge.from, edge.to, Review::accepted);
  hand_keys[edge.row] = key;
  return key;
}

void Transaction::State::claim_again(const EdgeSight& edge, EdgeKey key, NodeKey from, NodeKey to, Review review) {
  const bool was_needed = must_seal;
  auto existence = hand_claim(ClaimKind::edge, edge.type);
  existence.edge = key;
  existence.subject = from;
  existence.object = to;
  existence.review = review;
  add_assertion(std::move(existence));
  std::set<std::string> done;
  const auto names = key_properties(edge.type);
  for (const auto id : edge.claims) {
    const auto claim = assertion(id);
    if (claim.kind() != ClaimKind::edge_property || !contains(names, claim.name()) ||
        !done.emplace(claim.name()).second)
      continue;
    auto same = hand_claim(ClaimKind::edge_property, claim.name());
    same.edge = key;
    same.value = claim.value();
    same.review = review;
    add_assertion(std::move(same));
  }
  must_seal = was_needed;
}

void Transaction::State::erase(const EdgeSight& edge, bool write_rejections) {
  std::set<std::pair<NodeKey, NodeKey>> read;  // ends of claims that documents make
  std::set<EdgeKey> keys;
  for (const auto id : edge.claims) {
    const auto claim = assertion(id);
    if (claim.kind() == ClaimKind::edge && !is_by_hand(claim)) {
      read.emplace(claim.subject(), claim.object());
      keys.insert(claim.edge());
    }
  }
  if (write_rejections && graph->schema.is_open()) {
    for (const auto key : keys) claim_again(edge, key, edge.from, edge.to, Review::rejected);
  } else if (write_rejections) {
    for (const auto& [from, to] : read) claim_again(edge, new_edge_key(), from, to, Review::rejected);
  }
  for (const auto id : edge.claims) {
    if (is_by_hand(assertion(id))) withdraw(id);
  }
  if (edge.row != kNone) deleted_edges.insert(edge.row);
}

EdgeKey Transaction::create_edge(NodeKey from, std::string_view type, NodeKey to, const PropertyList& properties) {
  auto& state = *state_;
  state.require_open();
  const auto source = state.see(from);
  const auto target = state.see(to);
  if (type.empty()) throw Error(ErrorCode::invalid_argument, "an edge needs a type");
  const auto& schema = state.graph->schema;
  const auto from_set = state.label_set_of(source);
  const auto to_set = state.label_set_of(target);
  check_of([&] { return "from " + state.shown(source) + " to " + state.shown(target); },
           [&] { schema.check_relation(type, state.sets.names(from_set), state.sets.names(to_set)); });
  state.learn_labels(source.key, from_set);
  state.learn_labels(target.key, to_set);
  PropertyList checked;
  for (const auto& [name, value] : properties) {
    if (value.is_null()) continue;
    checked.emplace_back(name, schema.coerced_relation(type, name, value));
    schema.check_relation_property(type, name, checked.back().second);
  }

  const auto key = state.new_edge_key();
  auto existence = state.hand_claim(ClaimKind::edge, type);
  existence.edge = key;
  existence.subject = source.key;
  existence.object = target.key;
  state.add_assertion(std::move(existence));
  for (auto& [name, value] : checked) {
    auto claim = state.hand_claim(ClaimKind::edge_property, name);
    claim.edge = key;
    claim.value = std::move(value);
    state.add_assertion(std::move(claim));
  }
  return key;
}

void Transaction::set_property(EdgeKey key, std::string_view property, Value value) {
  auto& state = *state_;
  state.require_open();
  if (state.has_value_rejections) state.seal();  // the value set may be one rejected just now
  const auto edge = state.see(key);
  const bool is_strict = !state.graph->schema.is_open();
  if (is_strict && contains(state.key_properties(edge.type), property)) {
    throw Error(ErrorCode::schema, "'" + std::string(property) + "' tells " + edge.type + " edges apart; delete edge " +
                                       std::to_string(edge.key.value) + " and create another");
  }
  if (!value.is_null()) {
    value = state.graph->schema.coerced_relation(edge.type, property, std::move(value));
    check_of([&] { return "edge " + std::to_string(edge.key.value); },
             [&] { state.graph->schema.check_relation_property(edge.type, property, value); });
  }
  std::vector<detail::graph::Claim> rejected;
  for (const auto id : edge.claims) {
    const auto claim = state.assertion(id);
    if (claim.kind() != ClaimKind::edge_property || claim.name() != property) continue;
    if (state.is_by_hand(claim))
      state.withdraw(id);
    else if (value.is_null())
      rejected.push_back(claim);
  }
  if (value.is_null() && rejected.empty()) return;
  const auto hand = state.hand_key(edge);
  for (const auto claim : rejected) {
    state.reject(claim, claim.name(), hand);
    state.has_value_rejections = true;
  }
  if (value.is_null()) return;
  state.withdraw_edge_rejections(edge, property, value);
  auto claim = state.hand_claim(ClaimKind::edge_property, property);
  claim.edge = hand;
  claim.value = std::move(value);
  state.add_assertion(std::move(claim));
}

void Transaction::State::withdraw_edge_rejections(const EdgeSight& edge, std::string_view property,
                                                  const Value& value) {
  if (edge.row == kNone) return;
  std::set<EdgeKey> keys;
  for (const auto id : base->edge_claims[edge.row]) keys.insert(base->history.claim(id).edge());
  std::vector<AssertionId> standing;
  for (const auto key : keys) {
    for (const auto id : base->unseen_of_edge[key.value]) {
      const auto unseen = base->history.claim(id);
      if (unseen.kind() != ClaimKind::edge_property || !unseen.is_rejection() || is_withdrawn(unseen.id())) continue;
      if (unseen.name() == property && unseen.has_value(value)) standing.push_back(unseen.id());
    }
  }
  for (const auto id : standing) withdraw(id);
}

void Transaction::delete_edge(EdgeKey key) {
  state_->require_open();
  state_->erase(state_->see(key), true);
}

}  // namespace policygraph::inline v0
