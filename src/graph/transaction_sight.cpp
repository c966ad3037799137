#include <algorithm>
#include <string>
#include <utility>

#include "graph/rejections.hpp"
#include "graph/transaction_state.hpp"
#include "policygraph/base/error.hpp"

namespace policygraph::inline v0 {
namespace {

using detail::graph::is_same_content;
using detail::graph::kNone;

template <class Map, class Key, class Visit>
void visit_listed(const Map& map, const Key& key, Visit visit) {
  const auto found = map.find(key);
  if (found == map.end()) return;
  for (const auto& item : found->second) visit(item);
}

}  // namespace

void Transaction::State::index_tail() {
  for (; indexed < tail.claims->size(); ++indexed) {
    const auto claim = (*tail.claims)[indexed];
    if (claim.is_of_node())
      claims_of_mention[claim.subject()].push_back(claim.id());
    else
      claims_of_edge[claim.edge()].push_back(claim.id());
    if (claim.kind() != ClaimKind::edge || claim.is_rejection()) continue;
    edges_of_mention[claim.subject()].push_back(claim.edge());
    if (claim.object() != claim.subject()) edges_of_mention[claim.object()].push_back(claim.edge());
  }
}

NodeSight Transaction::State::see(NodeKey key) {
  if (must_seal) seal();
  index_tail();
  NodeSight node{key, base->row_of(key), {}, {}, {}};
  if (node.row != kNone) {
    node.key = base->node_keys[node.row];
    for (const auto member : base->node_mentions[node.row]) node.members.push_back(NodeKey{member});
    for (const auto id : base->node_claims[node.row]) {
      if (!is_withdrawn(AssertionId{id})) node.claims.push_back(AssertionId{id});
    }
  } else {
    node.members = {key};
  }
  for (const auto member : node.members) {
    for (const auto id : base->unseen_of_mention[member.value]) {
      const auto unseen = base->history.claim(id);
      if (unseen.is_rejection() && !is_withdrawn(unseen.id())) node.rejections.push_back(unseen.id());
    }
    visit_listed(claims_of_mention, member, [&](AssertionId id) {
      if (!is_withdrawn(id)) (assertion(id).is_rejection() ? node.rejections : node.claims).push_back(id);
    });
  }
  for (const auto rejected : node.rejections) {
    const auto rejection = assertion(rejected);
    const bool is_whole = rejection.kind() == ClaimKind::node && rejection.name().empty();
    std::erase_if(node.claims, [&](AssertionId id) { return is_whole || is_same_content(assertion(id), rejection); });
  }
  if (std::ranges::none_of(node.claims, [&](AssertionId id) { return assertion(id).kind() == ClaimKind::node; })) {
    throw Error(ErrorCode::not_found, "node " + std::to_string(key.value) + " does not exist");
  }
  return node;
}

EdgeSight Transaction::State::see(EdgeKey key) {
  if (must_seal) seal();
  index_tail();
  EdgeSight edge{key, base->row_of(key), {}, {}, {}, {}};
  std::vector<EdgeKey> keys = {key};
  if (edge.row != kNone) {
    if (deleted_edges.contains(edge.row))
      throw Error(ErrorCode::not_found, "edge " + std::to_string(key.value) + " does not exist");
    edge.key = base->edge_keys[edge.row];
    for (const auto id : base->edge_claims[edge.row]) {
      keys.push_back(base->history.claim(id).edge());
      if (!is_withdrawn(AssertionId{id})) edge.claims.push_back(AssertionId{id});
    }
    if (const auto hand = hand_keys.find(edge.row); hand != hand_keys.end()) keys.push_back(hand->second);
  }
  std::ranges::sort(keys);
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  for (const auto own : keys) {
    visit_listed(claims_of_edge, own, [&](AssertionId id) {
      if (!is_withdrawn(id) && !assertion(id).is_rejection()) edge.claims.push_back(id);
    });
  }
  const auto first =
      std::ranges::find_if(edge.claims, [&](AssertionId id) { return assertion(id).kind() == ClaimKind::edge; });
  if (first == edge.claims.end())
    throw Error(ErrorCode::not_found, "edge " + std::to_string(key.value) + " does not exist");
  const auto claim = assertion(*first);
  edge.type = claim.name();
  edge.from = claim.subject();
  edge.to = claim.object();
  return edge;
}

std::string Transaction::State::shown(const NodeSight& node) const {
  const auto key = std::to_string(node.key.value);
  std::string name;
  for (const auto id : node.claims) {
    const auto claim = assertion(id);
    const bool is_name = claim.name() == "name" || claim.name() == "title" || claim.name() == "number";
    if (claim.kind() != ClaimKind::property || !is_name || !name.empty()) continue;
    if (claim.value().kind() == ValueKind::string) name = claim.value().as_string().substr(0, 100);
  }
  return "node " + key + (name.empty() ? "" : " '" + name + "'");
}

std::uint32_t Transaction::State::label_set_of(const NodeSight& node) {
  auto set = detail::graph::LabelSets::kEmpty;
  for (const auto id : node.claims) {
    const auto claim = assertion(id);
    if (claim.kind() == ClaimKind::node) set = sets.with(set, claim.name(), claim.name_number());
  }
  return set;
}

std::vector<EdgeSight> Transaction::State::edges_at(const NodeSight& node) {
  std::vector<EdgeKey> keys;
  if (node.row != kNone) {
    const auto& topology = base->topology;
    for (std::size_t type = 0; type < topology.type_count(); ++type) {
      const auto out = topology.out_edges(node.row, type);
      for (std::size_t i = 0; i < out.size(); ++i) keys.push_back(base->edge_keys[out.edge(i).value]);
      for (const auto row : topology.in_edges(node.row, type).edges) keys.push_back(base->edge_keys[row.value]);
    }
  }
  for (const auto member : node.members) {
    visit_listed(edges_of_mention, member, [&](EdgeKey key) { keys.push_back(key); });
  }
  std::vector<EdgeSight> edges;
  std::unordered_set<EdgeKey> seen;
  for (const auto key : keys) {
    const auto row = base->row_of(key);
    const bool is_gone = row != kNone && deleted_edges.contains(row);
    if (is_gone || !has_edge_claim(key)) continue;
    auto edge = see(key);
    if (seen.insert(edge.key).second) edges.push_back(std::move(edge));
  }
  return edges;
}

bool Transaction::State::has_edge_claim(EdgeKey key) const {
  const auto stands = [&](AssertionId id) {
    const auto claim = assertion(id);
    return claim.kind() == ClaimKind::edge && !claim.is_rejection() && !is_withdrawn(id);
  };
  const auto row = base->row_of(key);
  if (row != kNone &&
      std::ranges::any_of(base->edge_claims[row], [&](std::uint32_t id) { return stands(AssertionId{id}); }))
    return true;
  bool found = false;
  visit_listed(claims_of_edge, key, [&](AssertionId id) { found = found || stands(id); });
  return found;
}

bool Transaction::State::is_by_hand(detail::graph::Claim claim) const {
  for (const auto id : claim.evidence()) {
    const auto* where = document(document_of(id));
    if (where == nullptr || where->kind != SourceDocument::Kind::edit) return false;
  }
  return true;
}

}  // namespace policygraph::inline v0
