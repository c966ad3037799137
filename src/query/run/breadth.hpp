#pragma once

#include <optional>
#include <span>
#include <vector>

#include "query/run/edge_walk.hpp"
#include "query/run/path_tests.hpp"
#include "query/run/reached.hpp"

namespace policygraph::inline v0::detail::query {

// Shortest paths by breadth: between two nodes from both ends at once, the smaller side first; or from one node to all.
// Then the paths, one after another, along the edges that led there; none of those leads nowhere.
class Breadth {
 public:
  Breadth(Execution& execution, const Step& step, PathTests& tests)
      : execution_(execution), step_(step), tests_(tests) {}
  void look_up();

  // How far `to` is over an edge at least, or over none where `may_stay`; none beyond `most`. Of ends that are one
  // node, only along directed edges. With `is_all` every path is kept, else one.
  std::optional<std::uint32_t> meet(NodeRow from, NodeRow to, bool may_stay, std::uint32_t most, bool is_all);
  void spread(NodeRow from, bool may_stay, std::uint32_t most, bool is_all);
  // The next path of what was found; false where there is none.
  bool next(std::vector<EdgeRow>& edges, NodeRow& end);
  // Appends the ends of the next paths to all nodes, `most` at most. Requires: spread, of paths whose edges nobody
  // lists, one to each node.
  void take_ends(std::size_t most, std::vector<std::uint32_t>& ends);

 private:
  struct Side {
    StepHops hops;
    Reached reached;
    std::vector<NodeRow> frontier;
    std::uint32_t depth = 0;
  };

  void begin(Side& side, NodeRow node, bool is_kept);
  static std::size_t edges_ahead(const Side& side);
  void widen(Side& side, Side* other);
  void reach_all(NodeRow from, std::uint32_t most);
  void reach_ends(const StepHops::List& list, NodeRow from, std::span<const NodeRow> ends, std::uint32_t distance);
  bool widen_over(Side& side, NodeRow from, const StepHops::List& list, Side* other);
  bool reach(Side& side, NodeRow from, EdgeRow edge, NodeRow end, Reached::Entry* entry);
  void find_meetings(const Side& side, Side& other);
  Side& side_of(std::size_t step) { return step < forward_steps_ ? forward_ : backward_; }
  NodeRow node_before(std::size_t step);
  void descend();
  bool advance();
  bool open();

  Execution& execution_;
  const Step& step_;
  PathTests& tests_;
  Side forward_, backward_;
  bool is_all_ = false;
  std::vector<NodeRow> next_frontier_;
  // The paths: through each meeting node, back to where the search began, and on to the other end.
  std::vector<NodeRow> meetings_;
  std::optional<NodeRow> to_;
  std::size_t meeting_ = 0, forward_steps_ = 0, steps_ = 0;
  bool is_open_ = false;
  std::vector<std::uint32_t> choices_;
};

}  // namespace policygraph::inline v0::detail::query
