#include "reference/matcher.hpp"

#include <algorithm>
#include <utility>

namespace policygraph::testing::reference {

using bound::BoundEdge;
using bound::BoundNode;
using bound::Direction;

Matcher::Matcher(const bound::BoundQuery& query, const Snapshot& snapshot, Budget& budget)
    : query_(query), snapshot_(snapshot), budget_(budget) {
  for (const auto node : snapshot.nodes()) nodes_.push_back(snapshot.key(node));
  for (const auto edge : snapshot.edges()) {
    edges_.push_back({snapshot.key(edge), snapshot.name(snapshot.type(edge)), snapshot.key(snapshot.source(edge)), snapshot.key(snapshot.target(edge))});
  }
}

std::vector<Values> Matcher::matches(const bound::BoundPattern& pattern, const Values& row) {
  pattern_ = &pattern;
  row_ = row;
  walked_.clear();
  found_.clear();
  is_placed_.assign(pattern.nodes.size(), false);
  for (std::size_t i = 0; i < pattern.nodes.size(); ++i) {
    const auto& node = pattern.nodes[i];
    if (node.is_new) continue;
    const auto& value = row[node.slot];
    if (value.is_null()) return {};
    if (value.kind() != ValueKind::node) throw Refused("a pattern takes a node, found " + value.to_string());
    if (!snapshot_.find(value.as_node())) throw Refused("a pattern starts at a node that was deleted");
    if (!has_labels(node, value.as_node())) return {};
    is_placed_[i] = true;
  }
  match_edge(0);
  return std::exchange(found_, {});
}

void Matcher::match_edge(std::size_t at) {
  if (at == pattern_->edges.size()) return match_node(0);
  const auto& edge = pattern_->edges[at];
  if (edge.is_path) {
    match_trails(edge, at);
  } else {
    match_single(edge, at);
  }
}

void Matcher::match_single(const BoundEdge& edge, std::size_t at) {
  for (const auto& candidate : edges_) {
    budget_.spend();
    if (!has_type(edge, candidate) || is_walked(candidate.key)) continue;
    walked_.push_back(candidate.key);
    const bool is_loop = candidate.source == candidate.target;
    if (edge.direction != Direction::in) with_edge(edge, at, candidate.source, candidate.target, Value(candidate.key));
    if (edge.direction == Direction::in || (edge.direction == Direction::both && !is_loop)) {
      with_edge(edge, at, candidate.target, candidate.source, Value(candidate.key));
    }
    walked_.pop_back();
  }
}

void Matcher::match_trails(const BoundEdge& edge, std::size_t at) {
  const auto& from = pattern_->nodes[edge.from];
  const auto start = is_placed_[edge.from] ? row_[from.slot].as_node() : NodeKey();
  for (auto& trail : trails(edge, is_placed_[edge.from] ? &start : nullptr)) {
    const auto count = walked_.size();
    walked_.insert(walked_.end(), trail.edges.begin(), trail.edges.end());
    with_edge(edge, at, trail.from, trail.to, Value(ValueList(trail.edges.begin(), trail.edges.end())));
    walked_.resize(count);
  }
}

std::vector<ValueList> Matcher::paths(const BoundEdge& edge, NodeKey from, NodeKey to) {
  walked_.clear();
  std::vector<ValueList> out;
  for (const auto& trail : trails(edge, &from)) {
    if (trail.to == to) out.emplace_back(trail.edges.begin(), trail.edges.end());
  }
  return out;
}

void Matcher::match_node(std::size_t at) {
  budget_.spend();
  if (at == pattern_->nodes.size()) {
    found_.push_back(row_);
    return;
  }
  if (is_placed_[at]) return match_node(at + 1);
  for (const auto key : nodes_) {
    if (!put_node(at, key)) continue;
    match_node(at + 1);
    is_placed_[at] = false;
  }
}

void Matcher::with_edge(const BoundEdge& edge, std::size_t at, NodeKey from, NodeKey to, Value value) {
  const bool was_from = is_placed_[edge.from];
  if (!put_node(edge.from, from)) return;
  const bool was_to = is_placed_[edge.to];
  if (put_node(edge.to, to)) {
    row_[edge.slot] = std::move(value);
    match_edge(at + 1);
    is_placed_[edge.to] = was_to;
  }
  is_placed_[edge.from] = was_from;
}

// False when the node of the pattern is another one already, or lacks a label.
bool Matcher::put_node(std::size_t index, NodeKey key) {
  const auto& node = pattern_->nodes[index];
  if (is_placed_[index]) return row_[node.slot].as_node() == key;
  if (!has_labels(node, key)) return false;
  row_[node.slot] = Value(key);
  is_placed_[index] = true;
  return true;
}

bool Matcher::has_labels(const BoundNode& node, NodeKey key) const {
  const auto present = snapshot_.label_names(*snapshot_.find(key));
  return std::all_of(node.labels.begin(), node.labels.end(), [&](std::uint32_t label) {
    return std::find(present.begin(), present.end(), query_.labels[label]) != present.end();
  });
}

bool Matcher::has_type(const BoundEdge& edge, const Edge& candidate) const {
  return edge.types.empty() ||
         std::any_of(edge.types.begin(), edge.types.end(), [&](std::uint32_t type) { return query_.types[type] == candidate.type; });
}

bool Matcher::is_walked(EdgeKey key) const { return std::find(walked_.begin(), walked_.end(), key) != walked_.end(); }

// Every walk without a repeated edge that the edge's bounds, types and direction allow, from every node it may begin at.
std::vector<Matcher::Trail> Matcher::trails(const BoundEdge& edge, const NodeKey* from) {
  std::vector<Trail> out;
  for (const auto key : nodes_) {
    if (from != nullptr && *from != key) continue;
    Trail trail{key, key, {}};
    extend(edge, trail, out);
  }
  return out;
}

void Matcher::extend(const BoundEdge& edge, Trail& trail, std::vector<Trail>& out) {
  const auto length = trail.edges.size();
  if (length >= edge.least) out.push_back(trail);
  if (length >= edge.most.value_or(~std::uint32_t{0})) return;
  for (const auto& candidate : edges_) {
    budget_.spend();
    if (!has_type(edge, candidate)) continue;
    if (std::find(trail.edges.begin(), trail.edges.end(), candidate.key) != trail.edges.end()) continue;
    if (is_walked(candidate.key)) continue;
    const bool is_out = edge.direction != Direction::in && candidate.source == trail.to;
    const bool is_in = edge.direction != Direction::out && candidate.target == trail.to;
    if (!is_out && !is_in) continue;
    const auto before = trail.to;
    trail.to = is_out ? candidate.target : candidate.source;
    trail.edges.push_back(candidate.key);
    extend(edge, trail, out);
    trail.edges.pop_back();
    trail.to = before;
  }
}

}  // namespace policygraph::testing::reference
