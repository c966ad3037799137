#pragma once

#include <optional>
#include <vector>

#include "query/run/edge_walk.hpp"
#include "query/run/path_tests.hpp"
#include "query/run/reached.hpp"

namespace policygraph::inline v0::detail::query {

// The shortest way from a node back to itself over edges in either direction, none of them twice. By breadth: each node knows over
// which first edge it is come to, and an edge between nodes of two such closes a way round.
class Rounds {
 public:
  Rounds(Execution& execution, PathTests& tests) : execution_(execution), tests_(tests) {}
  // Its length; none beyond `most`.
  std::optional<std::uint32_t> measure(NodeRow from, std::uint32_t most, const StepHops& hops);
  // Whether a shortest way round may be at the node after so many edges: it is no farther either way than the way round goes.
  bool may_pass(NodeRow node, std::uint32_t edges, std::uint32_t length);

 private:
  void widen(NodeRow node, std::uint32_t distance, const StepHops& hops);

  Execution& execution_;
  PathTests& tests_;
  Reached levels_;  // `before` of an entry: the first edge
  std::vector<NodeRow> frontier_, next_frontier_;
  std::uint32_t length_ = kNoRow;
};

// All paths from one node to another that walk no edge twice, one length after another: depth first to the least length that is
// possible, then to the next (iterative deepening, Korf 1985), and nowhere from where the end is too far to come to in time.
class Trails {
 public:
  Trails(Execution& execution, const Step& step, PathTests& tests) : execution_(execution), step_(step), tests_(tests) {}
  void look_up();

  // From `length` edges on. With `rounds`, the shortest ways round alone, which are of that length.
  void start(NodeRow from, NodeRow to, std::uint32_t length, std::uint32_t most, Rounds* rounds);
  // The next path of this length; false where there is none.
  bool next(std::vector<EdgeRow>& edges);
  bool next_length();

 private:
  void begin_length();
  bool may_lead(NodeRow node, std::uint32_t edges);
  void look_back();
  bool is_walked(EdgeRow edge) const;
  void go(EdgeRow edge, NodeRow end);

  Execution& execution_;
  const Step& step_;
  PathTests& tests_;
  Rounds* rounds_ = nullptr;
  StepHops hops_, back_hops_;
  NodeRow from_, to_;
  std::uint32_t length_ = 0, next_length_ = kNoRow, most_ = 0;
  bool is_empty_path_ = false;
  // How far it is to the end, for the nodes within seen_ edges of it.
  Reached back_;
  std::vector<NodeRow> frontier_, next_frontier_;
  std::uint32_t seen_ = 0;
  // Where the walk is.
  bool is_walking_ = false;
  std::vector<EdgeWalk> walks_;
  std::vector<EdgeRow> path_;
};

}  // namespace policygraph::inline v0::detail::query
