#include "query/run/trails.hpp"

#include <algorithm>

namespace policygraph::inline v0::detail::query {

std::optional<std::uint32_t> Rounds::measure(NodeRow from, std::uint32_t most, const StepHops& hops) {
  levels_.clear();
  levels_.add(from, 0);
  frontier_.assign(1, from);
  length_ = kNoRow;
  // What is still to be found is longer than twice the distance.
  for (std::uint32_t distance = 0; !frontier_.empty() && 2 * std::uint64_t{distance} + 1 <= std::min<std::uint64_t>(most, length_ - 1U); ++distance) {
    next_frontier_.clear();
    for (const auto node : frontier_) widen(node, distance, hops);
    frontier_.swap(next_frontier_);
  }
  return length_ <= most && length_ != kNoRow ? std::optional(length_) : std::nullopt;
}

void Rounds::widen(NodeRow node, std::uint32_t distance, const StepHops& hops) {
  const auto first_of_node = distance == 0 ? kNoRow : levels_.find(node)->before;
  EdgeWalk walk;
  EdgeRow edge;
  NodeRow end;
  for (walk.start(hops, node); walk.next(edge, end);) {
    execution_.limits.step();
    if (!tests_.admits(edge)) continue;
    const auto first = distance == 0 ? edge.value : first_of_node;
    const auto* known = levels_.find(end);
    if (known == nullptr) {
      if (!tests_.admits(end)) continue;
      levels_.add(end, distance + 1).before = first;
      next_frontier_.push_back(end);
      if ((next_frontier_.size() & 1023U) == 0) execution_.limits.check(levels_.memory_bytes());
      continue;
    }
    const auto other = known->distance == 0 ? edge.value : known->before;
    const bool is_loop = distance == 0 && end == node;
    if (is_loop || other != first) length_ = std::min(length_, distance + known->distance + 1);
  }
}

bool Rounds::may_pass(NodeRow node, std::uint32_t edges, std::uint32_t length) {
  const auto* entry = levels_.find(node);
  return entry != nullptr && entry->distance == std::min(edges, length - edges);
}

void Trails::look_up() {
  hops_.look_up(step_, step_.direction, execution_);
  back_hops_.look_up(step_, opposite(step_.direction), execution_);
}

void Trails::start(NodeRow from, NodeRow to, std::uint32_t length, std::uint32_t most, Rounds* rounds) {
  from_ = from;
  to_ = to;
  most_ = most;
  rounds_ = rounds;
  back_.clear();
  back_.add(to, 0);
  frontier_.assign(1, to);
  seen_ = 0;
  length_ = length;
  begin_length();
}

void Trails::begin_length() {
  next_length_ = kNoRow;
  path_.clear();
  if (walks_.empty()) walks_.emplace_back();
  walks_[0].start(hops_, from_);
  is_empty_path_ = length_ == 0 && from_ == to_;
  is_walking_ = true;
  // Two edges from the beginning all that is left is seen from the end.
  while (rounds_ == nullptr && seen_ + 2 < length_ && !frontier_.empty()) look_back();
}

bool Trails::next_length() {
  if (rounds_ != nullptr || next_length_ == kNoRow || next_length_ > most_) return false;
  length_ = next_length_;
  begin_length();
  return true;
}

void Trails::look_back() {
  next_frontier_.clear();
  EdgeWalk walk;
  EdgeRow edge;
  NodeRow end;
  for (const auto node : frontier_) {
    walk.start(back_hops_, node);
    while (walk.next(edge, end)) {
      execution_.limits.step();
      if (back_.find(end) != nullptr || !tests_.admits(edge) || !tests_.admits(end)) continue;
      back_.add(end, seen_ + 1);
      next_frontier_.push_back(end);
      if ((next_frontier_.size() & 1023U) == 0) execution_.limits.check(back_.memory_bytes());
    }
  }
  frontier_.swap(next_frontier_);
  ++seen_;
}

bool Trails::next(std::vector<EdgeRow>& edges) {
  if (is_empty_path_) {
    is_empty_path_ = false;
    edges.clear();
    return true;
  }
  EdgeRow edge;
  NodeRow end;
  while (is_walking_) {
    execution_.limits.step();
    if (!walks_[path_.size()].next(edge, end)) {
      is_walking_ = !path_.empty();
      if (is_walking_) path_.pop_back();
      continue;
    }
    if (is_walked(edge) || !tests_.admits(edge) || !tests_.admits(end)) continue;
    const auto count = static_cast<std::uint32_t>(path_.size()) + 1;
    if (!may_lead(end, count)) continue;
    go(edge, end);
    if (count != length_ || end != to_) continue;
    edges = path_;
    return true;
  }
  return false;
}

void Trails::go(EdgeRow edge, NodeRow end) {
  path_.push_back(edge);
  if (path_.size() == walks_.size()) walks_.emplace_back();
  walks_[path_.size()].start(hops_, end);
}

// Whether the end may be come to at this length; notes the least length at which it may be otherwise.
bool Trails::may_lead(NodeRow node, std::uint32_t edges) {
  if (rounds_ != nullptr) return edges <= length_ && rounds_->may_pass(node, edges, length_);
  const auto* known = back_.find(node);
  if (known == nullptr && frontier_.empty()) return false;
  const auto whole = std::uint64_t{edges} + (known != nullptr ? known->distance : seen_ + 1);
  if (whole <= length_) return true;
  next_length_ = static_cast<std::uint32_t>(std::min<std::uint64_t>(next_length_, whole));
  return false;
}

bool Trails::is_walked(EdgeRow edge) const {
  constexpr std::size_t kTick = 1024;
  if (path_.size() > kTick) execution_.limits.step(path_.size() / kTick);
  return std::ranges::find(path_, edge) != path_.end();
}

}  // namespace policygraph::inline v0::detail::query
