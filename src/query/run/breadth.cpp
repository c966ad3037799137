#include "query/run/breadth.hpp"

#include <algorithm>
#include <utility>

namespace policygraph::inline v0::detail::query {

void Breadth::look_up() {
  forward_.hops.look_up(step_, step_.direction, execution_);
  backward_.hops.look_up(step_, opposite(step_.direction), execution_);
}

void Breadth::begin(Side& side, NodeRow node, bool is_kept) {
  side.reached.clear();
  side.frontier.assign(1, node);
  side.depth = 0;
  if (is_kept) side.reached.add(node, 0);
}

// Where both ends are one node, it stays to be found: the way back to it is what is sought.
std::optional<std::uint32_t> Breadth::meet(NodeRow from, NodeRow to, bool may_stay, std::uint32_t most, bool is_all) {
  const bool is_round = from == to && !may_stay;
  begin(forward_, from, !is_round);
  begin(backward_, to, true);
  meetings_.clear();
  meeting_ = 0;
  is_open_ = false;
  is_all_ = is_all;
  to_ = to;
  if (from == to && may_stay) meetings_.push_back(from);
  while (meetings_.empty() && !forward_.frontier.empty() && !backward_.frontier.empty() &&
         forward_.depth + backward_.depth < most) {
    const bool is_forward = (is_round && forward_.depth == 0) || edges_ahead(forward_) <= edges_ahead(backward_);
    auto& side = is_forward ? forward_ : backward_;
    auto& other = is_forward ? backward_ : forward_;
    widen(side, &other);
    if (is_all_) find_meetings(side, other);
  }
  if (meetings_.empty()) return std::nullopt;
  return forward_.depth + backward_.depth;
}

// So that no side goes through a node of many edges which the other goes round.
std::size_t Breadth::edges_ahead(const Side& side) {
  constexpr std::size_t kMostAsked = 64;
  std::size_t edges = 0;
  const auto asked = std::min(side.frontier.size(), kMostAsked);
  for (std::size_t i = 0; i < asked; ++i) {
    for (const auto& list : side.hops.lists()) edges += list.hop.degree(side.frontier[i]);
  }
  return edges * side.frontier.size() / asked;
}

void Breadth::spread(NodeRow from, bool may_stay, std::uint32_t most, bool is_all) {
  const bool finds_rounds = step_.direction != Direction::both && !may_stay;
  begin(forward_, from, !finds_rounds);
  begin(backward_, from, false);
  meetings_.clear();
  meeting_ = 0;
  is_open_ = false;
  is_all_ = is_all;
  to_.reset();
  if (!is_all && step_.lists_nothing && tests_.is_empty()) {
    reach_all(from, most);
  } else {
    while (!forward_.frontier.empty() && forward_.depth < most) widen(forward_, nullptr);
  }
  for (const auto& entry : forward_.reached.entries()) {
    if (entry.distance > 0 || may_stay) meetings_.push_back(entry.node);
  }
}

// One edge further.
void Breadth::widen(Side& side, Side* other) {
  next_frontier_.clear();
  auto* const sought = is_all_ ? nullptr : other;
  bool is_met = false;
  for (std::size_t i = 0; i < side.frontier.size() && !is_met; ++i) {
    for (const auto& list : side.hops.lists()) {
      is_met = widen_over(side, side.frontier[i], list, sought);
      if (is_met) break;
    }
  }
  ++side.depth;
  if (!is_met) side.frontier.swap(next_frontier_);
}

// Where nothing is asked of the way: what is reached is itself the queue of what is yet to be left.
void Breadth::reach_all(NodeRow from, std::uint32_t most) {
  constexpr std::size_t kManySteps = 1024;
  auto& reached = forward_.reached;
  const auto& lists = forward_.hops.lists();
  std::size_t steps = 0;
  std::uint32_t next = 0;
  for (std::uint32_t distance = 0; distance < most;) {
    for (const auto& list : lists) {
      const auto ends = list.hop.ends(from);
      steps += ends.size();
      if (steps >= kManySteps) execution_.limits.step(std::exchange(steps, 0));
      reach_ends(list, from, ends, distance + 1);
    }
    while (next < reached.count() && reached.entries()[next].distance == 0) ++next;
    if (next == reached.count()) break;
    from = reached.entries()[next].node;
    distance = reached.entries()[next++].distance;
  }
  execution_.limits.step(steps);
}

inline void Breadth::reach_ends(const StepHops::List& list, NodeRow from, std::span<const NodeRow> ends,
                                std::uint32_t distance) {
  auto& reached = forward_.reached;
  for (const auto end : ends) {
    if (list.passes_loops && end == from) continue;
    if (reached.add_new(end, distance) && (reached.count() & 1023U) == 0)
      execution_.limits.check(reached.memory_bytes());
  }
}

// Of one path only, the first meeting with the other side is the last thing done: then it says so.
bool Breadth::widen_over(Side& side, NodeRow from, const StepHops::List& list, Side* other) {
  const auto edges = list.hop.edges(from);
  execution_.limits.step(edges.size());
  for (std::size_t i = 0; i < edges.size(); ++i) {
    const auto end = edges.ends[i];
    if (list.passes_loops && end == from) continue;
    auto* entry = side.reached.find(end);
    if (entry != nullptr && (!is_all_ || entry->distance != side.depth + 1)) continue;
    if (!reach(side, from, edges.edge(i), end, entry)) continue;
    if ((next_frontier_.size() & 1023U) == 0)
      execution_.limits.check(forward_.reached.memory_bytes() + backward_.reached.memory_bytes());
    if (other == nullptr) continue;
    const auto* met = other->reached.find(end);
    if (met == nullptr || met->distance != other->depth) continue;
    meetings_.push_back(end);
    return true;
  }
  return false;
}

// Whether the node is new.
bool Breadth::reach(Side& side, NodeRow from, EdgeRow edge, NodeRow end, Reached::Entry* entry) {
  const bool is_known = entry != nullptr;
  if (!tests_.admits(edge) || (!is_known && !tests_.admits(end))) return false;
  if (!is_known) {
    entry = &side.reached.add(end, side.depth + 1);
    next_frontier_.push_back(end);
  }
  if (!step_.lists_nothing || is_all_) side.reached.add_before(*entry, from, edge);
  return !is_known;
}

// Every shortest path crosses from what this side reached last to what the other did.
void Breadth::find_meetings(const Side& side, Side& other) {
  for (const auto node : side.frontier) {
    const auto* met = other.reached.find(node);
    if (met != nullptr && met->distance == other.depth) meetings_.push_back(node);
  }
}

bool Breadth::next(std::vector<EdgeRow>& edges, NodeRow& end) {
  while (meeting_ < meetings_.size()) {
    if (!(is_open_ ? advance() : open())) {
      is_open_ = false;
      ++meeting_;
      continue;
    }
    end = to_.value_or(meetings_[meeting_]);
    edges.clear();
    if (step_.lists_nothing && !is_all_) return true;
    execution_.limits.step(steps_ + 1);
    for (auto step = forward_steps_; step-- > 0;) edges.push_back(forward_.reached.before(choices_[step]).edge);
    for (auto step = forward_steps_; step < steps_; ++step)
      edges.push_back(backward_.reached.before(choices_[step]).edge);
    return true;
  }
  return false;
}

void Breadth::take_ends(std::size_t most, std::vector<std::uint32_t>& ends) {
  const auto end = std::min(meetings_.size(), meeting_ + most);
  for (; meeting_ < end; ++meeting_) ends.push_back(meetings_[meeting_].value);
}

bool Breadth::open() {
  const auto* entry = forward_.reached.find(meetings_[meeting_]);
  forward_steps_ = entry == nullptr ? 0 : entry->distance;
  steps_ = forward_steps_ + backward_.depth;
  choices_.clear();
  if (!step_.lists_nothing || is_all_) descend();
  return is_open_ = true;
}

NodeRow Breadth::node_before(std::size_t step) {
  if (step == 0 || step == forward_steps_) return meetings_[meeting_];
  return side_of(step).reached.before(choices_[step - 1]).node;
}

void Breadth::descend() {
  while (choices_.size() < steps_) {
    const auto step = choices_.size();
    choices_.push_back(side_of(step).reached.find(node_before(step))->before);
  }
}

bool Breadth::advance() {
  while (!choices_.empty()) {
    const auto step = choices_.size() - 1;
    const auto next = side_of(step).reached.before(choices_.back()).next;
    choices_.pop_back();
    if (next == kNoRow) continue;
    choices_.push_back(next);
    descend();
    return true;
  }
  return false;
}

}  // namespace policygraph::inline v0::detail::query
