#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "graph/rejections.hpp"
#include "graph/transaction_state.hpp"
#include "policygraph/base/error.hpp"

namespace policygraph::inline v0 {
namespace {

using detail::graph::Claim;

std::string name_among(const PropertyList& properties) {
  for (const auto* wanted : {"name", "title"}) {
    for (const auto& [name, value] : properties) {
      if (name == wanted && value.kind() == ValueKind::string) return value.as_string();
    }
  }
  return {};
}

// The labels that no other one of them brings.
std::vector<std::string> most_specific(const Schema& schema, const std::vector<std::string>& labels) {
  std::vector<std::string> result;
  for (const auto& label : labels) {
    const bool is_implied =
        std::ranges::any_of(labels, [&](const auto& other) { return other != label && schema.is_a(other, label); });
    if (!is_implied && std::ranges::find(result, label) == result.end()) result.push_back(label);
  }
  return result;
}

// What the schema refuses of a node that is there names the node.
template <class Check>
void check_of(const Transaction::State& state, const NodeSight& node, Check check) {
  try {
    check();
  } catch (const Error& error) {
    throw Error(error.code(), error.text() + " (" + state.shown(node) + ")");
  }
}

}  // namespace

// The author's edit is a document whose text is the note; all edits under one note share it.
EvidenceId Transaction::State::edit() {
  if (edit_evidence) return *edit_evidence;
  SourceDocument document;
  document.kind = SourceDocument::Kind::edit;
  document.title = author;
  document.publisher = author;
  auto text = std::make_shared<const std::string>(note.empty() ? author : note);
  const Span all{0, static_cast<std::uint32_t>(text->size())};
  const auto id = add_document(std::move(document), std::move(text));
  edit_evidence = add_evidence({id, all, author, 1.0F});
  return *edit_evidence;
}

Assertion Transaction::State::hand_claim(ClaimKind kind, std::string_view name) {
  Assertion claim;
  claim.kind = kind;
  claim.name = name;
  claim.rank = Rank::preferred;
  claim.review = Review::accepted;
  claim.evidence = {edit()};
  for (const auto& words : said.cited) claim.evidence.push_back(add_evidence(detail::graph::view_of(words)));
  if (kind == ClaimKind::property || kind == ClaimKind::edge_property) return claim;
  claim.modality = said.modality;
  claim.valid_from = said.valid_from;
  claim.valid_to = said.valid_to;
  return claim;
}

// The same claim with the opposite sign.
void Transaction::State::reject(Claim claim, std::string_view name, EdgeKey edge) {
  auto rejection = hand_claim(claim.kind(), name);
  rejection.rank = Rank::normal;
  rejection.review = Review::rejected;
  rejection.subject = claim.subject();
  rejection.object = claim.object();
  rejection.edge = edge ? edge : claim.edge();
  rejection.value = claim.value();
  const bool was_needed = must_seal;
  add_assertion(std::move(rejection));
  must_seal = was_needed;  // edits look past what they rejected themselves
}

void Transaction::set_note(std::string note) {
  state_->require_open();
  if (note.size() > std::size_t{256} << 20) throw Error(ErrorCode::limit, "a note is at most 256 MiB");
  if (note != state_->note) state_->edit_evidence.reset();
  state_->note = std::move(note);
}

NodeKey Transaction::create_node(const std::vector<std::string>& labels, const PropertyList& properties) {
  auto& state = *state_;
  state.require_open();
  const auto& schema = state.graph->schema;
  for (const auto& label : labels) schema.check_label(label);
  if (labels.empty() && !schema.is_open()) throw Error(ErrorCode::schema, "a node needs a label");
  auto set = detail::graph::LabelSets::kEmpty;
  for (const auto& label : labels) set = state.sets.with(set, label);
  PropertyList checked;
  for (const auto& [name, value] : properties) {
    if (value.is_null()) continue;
    auto coerced = schema.coerced(state.sets.names(set), name, value);
    schema.check_property(state.sets.names(set), name, coerced);
    checked.emplace_back(name, std::move(coerced));
  }

  auto claimed = most_specific(schema, labels);
  if (claimed.empty()) claimed.emplace_back();
  const auto key = state.add_mention({{}, claimed.back(), name_among(properties), state.edit()});
  for (const auto& label : claimed) {
    auto claim = state.hand_claim(ClaimKind::node, label);
    claim.subject = key;
    state.add_assertion(std::move(claim));
  }
  for (auto& [name, value] : checked) {
    auto claim = state.hand_claim(ClaimKind::property, name);
    claim.subject = key;
    claim.value = std::move(value);
    state.add_assertion(std::move(claim));
  }
  return key;
}

void Transaction::set_property(NodeKey key, std::string_view property, Value value) {
  auto& state = *state_;
  state.require_open();
  const auto node = state.see(key);
  if (!value.is_null()) {
    const auto set = state.label_set_of(node);
    const auto& labels = state.sets.names(set);
    value = state.graph->schema.coerced(labels, property, std::move(value));
    check_of(state, node, [&] { state.graph->schema.check_property(labels, property, value); });
    state.learn_labels(node.key, set);
  }
  for (const auto id : node.claims) {
    const auto claim = state.assertion(id);
    if (claim.kind() != ClaimKind::property || claim.name() != property) continue;
    if (state.is_by_hand(claim))
      state.withdraw(id);
    else if (value.is_null())
      state.reject(claim, claim.name());
  }
  state.changed_nodes.push_back(node.key);
  if (value.is_null()) return;
  auto claim = state.hand_claim(ClaimKind::property, property);
  claim.subject = node.key;
  claim.value = std::move(value);
  for (const auto id : node.rejections) {
    if (detail::graph::is_same_content(state.assertion(id), claim)) state.withdraw(id);
  }
  state.add_assertion(std::move(claim));
}

void Transaction::add_label(NodeKey key, std::string_view label) {
  auto& state = *state_;
  state.require_open();
  state.graph->schema.check_label(label);
  const auto node = state.see(key);
  const auto labels = state.labels_of(node);
  if (std::ranges::find(labels, label) != labels.end()) return;
  auto claim = state.hand_claim(ClaimKind::node, label);
  claim.subject = node.key;
  for (const auto id : node.rejections) {
    if (detail::graph::is_same_content(state.assertion(id), claim)) state.withdraw(id);
  }
  state.add_assertion(std::move(claim));
}

void Transaction::remove_label(NodeKey key, std::string_view label) {
  auto& state = *state_;
  state.require_open();
  const auto& schema = state.graph->schema;
  const auto node = state.see(key);
  // A label goes with those that imply it; what the removed ones imply besides stays, by hand.
  std::vector<AssertionId> removed;
  auto left = detail::graph::LabelSets::kEmpty;
  auto implied = detail::graph::LabelSets::kEmpty;
  for (const auto id : node.claims) {
    const auto claim = state.assertion(id);
    if (claim.kind() != ClaimKind::node) continue;
    const bool is_removed = claim.name() == label || schema.is_a(claim.name(), label);
    if (is_removed)
      removed.push_back(id);
    else
      left = state.sets.with(left, claim.name());
    if (const auto* rule = is_removed ? schema.label(label) : nullptr) implied = state.sets.with(implied, rule->parent);
  }
  if (removed.empty()) return;
  const auto before = left;
  left = state.sets.united(left, implied);
  state.check_still_allowed(node, state.sets.names(left), label);
  for (const auto id : removed) {
    const auto claim = state.assertion(id);
    if (state.is_by_hand(claim))
      state.withdraw(id);
    else
      state.reject(claim, claim.name());
  }
  const bool has_claim = std::ranges::any_of(node.claims, [&](AssertionId id) {
    return state.assertion(id).kind() == ClaimKind::node && std::ranges::find(removed, id) == removed.end();
  });
  if (before == left && has_claim) return;
  const auto& names = state.sets.names(left);
  auto claim = state.hand_claim(ClaimKind::node, names.empty() ? std::string() : names.back());
  claim.subject = node.key;
  state.add_assertion(std::move(claim));
}

void Transaction::State::check_still_allowed(const NodeSight& node, const std::vector<std::string>& labels,
                                             std::string_view removed) {
  const auto& schema = graph->schema;
  if (schema.is_open()) return;
  if (labels.empty())
    throw Error(ErrorCode::schema, "'" + std::string(removed) + "' is the only label of node " +
                                       std::to_string(node.key.value) + "; a node needs one");
  for (const auto id : node.claims) {
    const auto claim = assertion(id);
    if (claim.kind() != ClaimKind::property) continue;
    check_of(*this, node, [&] { schema.check_property(labels, claim.name(), claim.value()); });
  }
  for (const auto& edge : edges_at(node)) {
    const auto is_here = [&](NodeKey key) { return std::ranges::find(node.members, key) != node.members.end(); };
    const auto from = is_here(edge.from) ? labels : labels_of(see(edge.from));
    const auto to = is_here(edge.to) ? labels : labels_of(see(edge.to));
    check_of(*this, node, [&] { schema.check_relation(edge.type, from, to); });
  }
}

void Transaction::delete_node(NodeKey key, bool detach) {
  auto& state = *state_;
  state.require_open();
  const auto node = state.see(key);
  const auto edges = state.edges_at(node);
  if (!edges.empty() && !detach) {
    throw Error(ErrorCode::conflict, "node " + std::to_string(key.value) + " still has " +
                                         std::to_string(edges.size()) + (edges.size() == 1 ? " edge" : " edges") +
                                         "; delete them first, or detach");
  }
  // With the node its edges leave the view, whoever claims them.
  for (const auto& edge : edges) state.erase(edge, false);
  std::set<NodeKey> rejected;
  for (const auto id : node.claims) {
    const auto claim = state.assertion(id);
    if (state.is_by_hand(claim))
      state.withdraw(id);
    else if (claim.kind() == ClaimKind::node && rejected.insert(claim.subject()).second)
      state.reject(claim, "");
  }
}

}  // namespace policygraph::inline v0
