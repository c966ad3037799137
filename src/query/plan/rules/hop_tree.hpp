#pragma once

#include <map>
#include <vector>

#include "query/plan/plan.hpp"

namespace policygraph::inline v0::detail::query {

// The hops below a step that asks no more of some of them than how many there are.
class HopTree {
 public:
  // From `top` down as far as there are hops, filters and assignments.
  HopTree(Plan& plan, StepId top, Limits& limits);
  // Whether no row is without a node or an edge in this slot.
  bool binds(Slot slot) const { return owner_.contains(slot) || starts_.contains(slot); }
  // Finds the hops that need only be counted, where so much is read above; false where there is none.
  bool take(const std::vector<bool>& read_above);
  // Puts a step that counts them in their place, which gives its weight to `slot`. `above` is the step that takes from `top`.
  StepId put(Slot slot, StepId above);

 private:
  static constexpr std::size_t kMostSteps = 64, kMostDepth = 8, kNowhere = ~std::size_t{0};
  struct Hop {
    std::size_t place = 0;            // into steps_
    bool is_taken = false;
    bool is_refused = false;
    std::vector<BoundId> predicates;  // that read nothing but its end and its edge; the lowest first
    std::size_t unlike = kNowhere;    // the hop that may not take the same edge
  };

  const Step& step(std::size_t place) const { return plan_.steps[steps_[place]]; }
  const Step& step_of(std::size_t hop) const { return step(hops_[hop].place); }
  std::size_t parent(std::size_t hop) const;  // one that is taken
  bool is_last(std::size_t hop) const;
  bool has_child(std::size_t hop) const;
  bool may_fail_there(std::size_t hop) const;
  bool is_own(BoundId predicate) const { return own_.contains(predicate); }

  void find_own(std::size_t place);
  void choose(const std::vector<bool>& read_above);
  void note_reads(std::size_t place, std::vector<bool>& reads) const;
  bool is_wall(std::size_t place) const;
  bool holds_up();
  bool keep_apart(std::size_t hop);
  bool pair_up(std::size_t upper, std::size_t lower);
  bool is_in_order() const;
  bool disown(std::size_t hop);
  bool refuse(std::size_t hop);

  CountedHop counted(std::size_t hop) const;
  CountedHop both(std::size_t a, std::size_t b) const;
  void add_factor(Step& weigh, std::size_t hop, const std::vector<std::uint32_t>& numbers) const;
  void unlink(StepId weigh, StepId above);

  Plan& plan_;
  Limits& limits_;
  std::vector<StepId> steps_;             // the highest first
  std::vector<Hop> hops_;                 // the lowest first
  std::map<Slot, std::size_t> owner_;     // slot -> hop
  std::map<Slot, bool> starts_;           // nodes that hops begin at
  std::map<BoundId, std::size_t> own_;    // predicate -> hop
};

}  // namespace policygraph::inline v0::detail::query
