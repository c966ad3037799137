#include "query/plan/rules/hop_tree.hpp"

#include <algorithm>

namespace policygraph::inline v0::detail::query {
namespace {

bool is_walked(const Step& step) {
  if (step.lineage != kNone) return false;
  return step.kind == StepKind::project || step.kind == StepKind::filter || step.kind == StepKind::expand || step.kind == StepKind::expand_into;
}

// What a filter asks for good: not what it lets pass where it fails, since that is asked again above.
std::vector<BoundId> asked_by(const Step& filter) {
  auto out = filter.predicates;
  std::erase_if(out, [&](BoundId id) { return std::ranges::find(filter.early, id) != filter.early.end(); });
  out.insert(out.end(), filter.late.begin(), filter.late.end());
  return out;
}

bool are_same_types(const Step& a, const Step& b) { return std::ranges::is_permutation(a.types, b.types); }

// Whether what is known of the hop before tells which of its edges the next one could walk back.
bool can_go_back(const Step& before, const Step& next) { return before.direction != Direction::both || next.direction == Direction::both; }

}  // namespace

HopTree::HopTree(Plan& plan, StepId top, Limits& limits) : plan_(plan), limits_(limits) {
  for (auto at = top; at != kNone && steps_.size() < kMostSteps && is_walked(plan.steps[at]); at = plan.steps[at].input) steps_.push_back(at);
  limits_.step(steps_.size());
  for (auto place = steps_.size(); place-- > 0;) {
    const auto& found = step(place);
    if (found.kind == StepKind::expand) {
      starts_[found.from] = true;
      owner_[found.slot] = owner_[found.edge] = hops_.size();
      hops_.push_back({place, false, false, {}, kNowhere});
    }
    if (found.kind == StepKind::filter) find_own(place);
  }
}

// A filter that also asks what may fail stays as it is: nothing may be asked sooner or later than it.
void HopTree::find_own(std::size_t place) {
  std::vector<std::pair<BoundId, std::size_t>> found;
  for (const auto predicate : asked_by(step(place))) {
    const auto reads = few_read_slots(plan_.query, predicate, 4);
    const auto owner = reads && !reads->empty() ? owner_.find(reads->front()) : owner_.end();
    const bool is_own = owner != owner_.end() && std::ranges::all_of(*reads, [&](Slot slot) {
      const auto other = owner_.find(slot);
      return other != owner_.end() && other->second == owner->second;
    });
    if (is_own) found.emplace_back(predicate, owner->second);
    if (!is_own && may_fail(plan_.query, predicate)) return;
  }
  for (const auto& [predicate, hop] : found) {
    own_[predicate] = hop;
    hops_[hop].predicates.push_back(predicate);
  }
}

std::size_t HopTree::parent(std::size_t hop) const {
  const auto found = owner_.find(step_of(hop).from);
  return found != owner_.end() && hops_[found->second].is_taken ? found->second : kNowhere;
}

bool HopTree::has_child(std::size_t hop) const {
  for (std::size_t i = 0; i < hops_.size(); ++i) {
    if (hops_[i].is_taken && parent(i) == hop) return true;
  }
  return false;
}

bool HopTree::may_fail_there(std::size_t hop) const {
  return std::ranges::any_of(hops_[hop].predicates, [this](BoundId id) { return may_fail(plan_.query, id); });
}

// Of all steps: nothing above it drops rows that it saw.
bool HopTree::is_last(std::size_t hop) const {
  for (std::size_t place = 0; place < hops_[hop].place; ++place) {
    const auto& above = step(place);
    if (above.kind == StepKind::expand || above.kind == StepKind::expand_into) return false;
    if (above.kind == StepKind::filter && !std::ranges::all_of(asked_by(above), [this](BoundId id) { return is_own(id); })) return false;
  }
  return true;
}

bool HopTree::take(const std::vector<bool>& read_above) {
  do {
    limits_.step(steps_.size() * (hops_.size() + 1));
    choose(read_above);
  } while (!holds_up());
  return std::ranges::any_of(hops_, &Hop::is_taken);
}

// From above: a hop is taken where nobody has read its end or its edge so far.
void HopTree::choose(const std::vector<bool>& read_above) {
  auto reads = read_above;
  bool is_any = false, is_walled = false;
  auto hop = hops_.size();
  for (std::size_t place = 0; place < steps_.size(); ++place) {
    const auto& at = step(place);
    is_walled = is_walled || (is_any && is_wall(place));
    if (at.kind != StepKind::expand) {
      note_reads(place, reads);
      continue;
    }
    auto& found = hops_[--hop];
    found.unlike = kNowhere;
    found.is_taken = !is_walled && !found.is_refused && !reads[at.slot] && !reads[at.edge];
    if (!found.is_taken) note_reads(place, reads);
    is_any = is_any || found.is_taken;
  }
}

void HopTree::note_reads(std::size_t place, std::vector<bool>& reads) const {
  const auto& at = step(place);
  for (const auto slot : {at.from, at.to}) {
    if (slot != kNone) reads[slot] = true;
  }
  for (const auto slot : at.different) reads[slot] = true;
  for (const auto& assignment : at.assignments) read_slots(plan_.query, assignment.expression, reads);
  for (const auto predicate : at.predicates) {
    if (!is_own(predicate)) read_slots(plan_.query, predicate, reads);
  }
}

// What may fail for a row must not meet rows that had no match below.
bool HopTree::is_wall(std::size_t place) const {
  const auto& at = step(place);
  const auto fails = [this](BoundId id) { return may_fail(plan_.query, id); };
  if (at.kind == StepKind::filter) return std::ranges::any_of(asked_by(at), [&](BoundId id) { return !is_own(id) && fails(id); });
  return std::ranges::any_of(at.assignments, [&](const Assignment& a) { return fails(a.expression); });
}

// Whether those that are taken can be counted apart; else one of them is refused.
bool HopTree::holds_up() {
  for (std::size_t hop = 0; hop < hops_.size(); ++hop) {
    if (!hops_[hop].is_taken && may_fail_there(hop)) return disown(hop);
    if (!hops_[hop].is_taken) continue;
    std::size_t depth = 0;
    for (auto at = parent(hop); at != kNowhere; at = parent(at)) ++depth;
    if (depth >= kMostDepth || !keep_apart(hop)) return refuse(hop);
  }
  for (std::size_t hop = 0; hop < hops_.size(); ++hop) {
    if (!hops_[hop].is_taken || !may_fail_there(hop)) continue;
    if (hops_[hop].unlike != kNowhere || !is_last(hop) || !is_in_order()) return refuse(hop);
  }
  return true;
}

// Edges that the hop must not take: known ones of the row, or that of one other hop.
bool HopTree::keep_apart(std::size_t hop) {
  for (const auto slot : step_of(hop).different) {
    const auto other = owner_.find(slot);
    const bool is_known = other == owner_.end() || !hops_[other->second].is_taken;
    if (is_known ? parent(hop) != kNowhere : !pair_up(hop, other->second)) return false;
  }
  return true;
}

bool HopTree::pair_up(std::size_t upper, std::size_t lower) {
  const auto& a = step_of(upper);
  const auto& b = step_of(lower);
  if (hops_[upper].unlike != kNowhere || hops_[lower].unlike != kNowhere || !are_same_types(a, b) || has_child(upper)) return false;
  hops_[upper].unlike = lower;
  hops_[lower].unlike = upper;
  if (a.from == b.from) return !has_child(lower);
  if (a.from != b.slot || !can_go_back(b, a)) return false;
  for (std::size_t i = 0; i < hops_.size(); ++i) {
    if (i != upper && hops_[i].is_taken && parent(i) == lower) return false;
  }
  return true;
}

// Each begins where the one before ends, or at a node of the row: they are counted in the order in which they would be walked.
bool HopTree::is_in_order() const {
  auto before = kNowhere;
  for (std::size_t hop = 0; hop < hops_.size(); ++hop) {
    if (!hops_[hop].is_taken) continue;
    const auto from = parent(hop);
    if (from != kNowhere && from != before) return false;
    before = hop;
  }
  return true;
}

// The hop stays, and what is asked of it may fail: that is as if it were asked of others, with all that its filter asks.
bool HopTree::disown(std::size_t hop) {
  const auto failing = hops_[hop].predicates;
  for (std::size_t place = 0; place < steps_.size(); ++place) {
    if (step(place).kind != StepKind::filter) continue;
    const auto asked = asked_by(step(place));
    if (std::ranges::find_first_of(asked, failing) == asked.end()) continue;
    for (const auto id : asked) {
      const auto own = own_.find(id);
      if (own == own_.end()) continue;
      std::erase(hops_[own->second].predicates, id);
      own_.erase(own);
    }
  }
  return false;
}

bool HopTree::refuse(std::size_t hop) {
  hops_[hop].is_refused = true;
  return false;
}

CountedHop HopTree::counted(std::size_t hop) const {
  const auto& from = step_of(hop);
  CountedHop out;
  out.from = from.from;
  out.slot = from.slot;
  out.edge = from.edge;
  out.types = from.types;
  out.direction = from.direction;
  const bool is_kept_in_order = may_fail_there(hop), is_leaf = !has_child(hop);
  for (const auto id : hops_[hop].predicates) {
    const auto reads = few_read_slots(plan_.query, id, 4);
    const bool is_of_end = std::ranges::all_of(*reads, [&](Slot slot) { return slot == from.slot; });
    const bool is_quick = is_leaf && plan_.query.expressions[id].kind == BoundKind::has_labels;
    (is_of_end && !is_quick && !is_kept_in_order ? out.end_predicates : out.predicates).push_back(id);
  }
  for (const auto slot : from.different) {
    const auto other = owner_.find(slot);
    if (other == owner_.end() || !hops_[other->second].is_taken) out.different.push_back(slot);
  }
  return out;
}

// The edges that could be taken by either of two hops from one node.
CountedHop HopTree::both(std::size_t a, std::size_t b) const {
  auto out = counted(a);
  const auto other = counted(b);
  out.predicates.insert(out.predicates.end(), out.end_predicates.begin(), out.end_predicates.end());
  out.predicates.insert(out.predicates.end(), other.predicates.begin(), other.predicates.end());
  out.predicates.insert(out.predicates.end(), other.end_predicates.begin(), other.end_predicates.end());
  out.end_predicates.clear();
  out.other_slot = other.slot;
  out.other_edge = other.edge;
  out.different.insert(out.different.end(), other.different.begin(), other.different.end());
  out.is_loop = out.direction != other.direction && out.direction != Direction::both && other.direction != Direction::both;
  if (out.direction == Direction::both) out.direction = other.direction;
  return out;
}

void HopTree::add_factor(Step& weigh, std::size_t hop, const std::vector<std::uint32_t>& numbers) const {
  const auto from = parent(hop);
  auto& factors = from == kNowhere ? weigh.factors : weigh.hops[numbers[from]].factors;
  const auto other = hops_[hop].unlike;
  if (other == kNowhere || other > hop) return factors.push_back({numbers[hop], kNone, kNone});
  if (other == from) {
    weigh.hops[numbers[from]].unlike = numbers[hop];
    weigh.hops[numbers[from]].is_unlike_loop = step_of(hop).direction == step_of(from).direction && step_of(hop).direction != Direction::both;
    return factors.push_back({numbers[hop], kNone, kNone});
  }
  const auto same = std::ranges::find(factors, numbers[other], &HopFactor::hop);
  same->other = numbers[hop];
  same->both = static_cast<std::uint32_t>(weigh.hops.size());
  weigh.hops.push_back(both(hop, other));
}

StepId HopTree::put(Slot slot, StepId above) {
  Step weigh{StepKind::weigh};
  weigh.slot = slot;
  std::vector<std::uint32_t> numbers(hops_.size(), kNone);
  for (std::size_t hop = 0; hop < hops_.size(); ++hop) {
    if (!hops_[hop].is_taken) continue;
    numbers[hop] = static_cast<std::uint32_t>(weigh.hops.size());
    weigh.hops.push_back(counted(hop));
    add_factor(weigh, hop, numbers);
  }
  const auto id = add_step(plan_, std::move(weigh));
  unlink(id, above);
  return id;
}

// The step goes to where the highest of what it does stood.
void HopTree::unlink(StepId weigh, StepId above) {
  const auto base = step(steps_.size() - 1).input;
  const auto is_done = [this](BoundId id) { return is_own(id) && hops_[own_.at(id)].is_taken; };
  std::vector<StepId> kept{above};
  bool is_put = false;
  auto hop = hops_.size();
  for (const auto id : steps_) {
    auto& at = plan_.steps[id];
    const bool is_taken = at.kind == StepKind::expand && hops_[--hop].is_taken;
    std::size_t removed = 0;
    for (auto* asked : {&at.predicates, &at.early, &at.late}) removed += std::erase_if(*asked, is_done);
    if ((is_taken || removed > 0) && !std::exchange(is_put, true)) kept.push_back(weigh);
    if (!is_taken && (removed == 0 || !at.predicates.empty() || !at.late.empty())) kept.push_back(id);
  }
  kept.push_back(base);
  for (std::size_t i = 0; i + 1 < kept.size(); ++i) plan_.steps[kept[i]].input = kept[i + 1];
}

}  // namespace policygraph::inline v0::detail::query
