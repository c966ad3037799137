#pragma once

#include "query/run/breadth.hpp"
#include "query/run/trails.hpp"

namespace policygraph::inline v0::detail::query {

// Paths that walk no edge twice, from one node to another or to every node, the shortest first, and of one length after another. By
// breadth where the shortest must do; where it may not (it is too short, or WHERE may refuse it), all of them as they grow longer.
class PathSearch {
 public:
  PathSearch(Execution& execution, const Step& step, PathTests& tests)
      : step_(step), tests_(tests), breadth_(execution, step, tests), rounds_(execution, tests), trails_(execution, step, tests) {}
  // Before each batch of the input.
  void look_up(const Execution& execution);

  struct Wanted {
    NodeRow from;
    std::optional<NodeRow> to;  // none: every node; then `least` is 0 or 1 and `is_sure` holds
    std::uint32_t least = 1, most = 0;
    bool is_all = false;        // all of a length, not one
    bool is_sure = true;        // nothing is refused
  };
  // False where there is no path.
  bool start(const Wanted& wanted);
  // The next path of this length (of any, to every node); false where there is none.
  bool next(std::vector<EdgeRow>& edges, NodeRow& end);
  bool next_length();
  // Appends the ends of the next paths, `most` at most. Requires: one path to every node was wanted, and nobody lists its edges.
  void take_ends(std::size_t most, std::vector<std::uint32_t>& ends) { breadth_.take_ends(most, ends); }

 private:
  bool start_between(const Wanted& wanted, NodeRow to);
  bool next_round(std::vector<EdgeRow>& edges, NodeRow& end);

  const Step& step_;
  PathTests& tests_;
  StepHops hops_;
  Breadth breadth_;
  Rounds rounds_;
  Trails trails_;
  Wanted wanted_;
  bool is_by_breadth_ = true;
  bool has_rounds_ahead_ = false;  // to every node, so to itself
};

}  // namespace policygraph::inline v0::detail::query
