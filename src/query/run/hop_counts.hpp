#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "query/run/edge_walk.hpp"
#include "query/run/evaluator.hpp"

namespace policygraph::inline v0::detail::query {

// In how many ways rows go on over the hops of a weigh step: sums over the edges of a node, a batch of edges at a time, of the products of
// what goes on from their ends. Once many nodes were asked for, what goes on from a node is remembered; and where edges lie at their
// other end, all of them are read from there, in the order in which they and their properties lie.
class HopCounts {
 public:
  HopCounts(Execution& execution, const Step& step);
  // One for each row of the batch, 0 for a row that does not go on. Throws Error(limit) past what an integer holds.
  void weigh(const Batch& rows, std::vector<std::int64_t>& weights);

 private:
  using Counts = std::vector<std::int64_t>;
  // The rows that nodes stand in; none where nodes are not of the rows.
  struct Source {
    const Batch* batch = nullptr;
    std::span<const std::uint32_t> rows;
  };
  // In how many ways each node is come to, of all that may be: [first, first + size of the one of both that is filled).
  struct Pushed {
    bool is_there = false;  // once it is worth it
    std::uint32_t first = 0;
    std::vector<std::uint32_t> edges;  // where an edge is a way
    Counts ways;
  };
  struct Level {
    StepHops hops;
    std::vector<std::uint32_t> parents, edges, ends, starts, selection, wanted;
    Batch chunk, back;
    Counts below;
    Counts known;  // by node; kUnknown where it was not asked for; empty until it is worth it
    std::size_t asked = 0;
    BoundId label_test = kNone;  // of the end alone, for one label
    std::size_t labels_asked = 0;
    bool is_weighed = false, is_sure = false;  // whether it was found out if the test holds of every edge, and whether it does
    bool can_push = false;
    std::size_t edge_count = 0, edges_asked = 0;
    StepHops forward;
    Pushed pushed;
    const Pushed* lent = nullptr;  // of another thread, in place of it
    bool asks_edges = false;  // what is asked is asked of edges, and of the nodes they leave no more than their label
  };
  // Edges that lie one after another, and where their ends do.
  struct EdgeRun {
    std::uint32_t first = 0;
    const NodeRow* ends = nullptr;
    std::size_t size = 0;
  };

  void value(const HopFactor& factor, std::span<const std::uint32_t> nodes, const Source& source, Counts& out);
  void sum(std::uint32_t hop, std::span<const std::uint32_t> nodes, const Source& source, Counts& out);
  BoundId find_label_test(const CountedHop& hop) const;
  static bool may_push(const CountedHop& hop);
  bool sum_pushed(std::uint32_t hop, std::span<const std::uint32_t> nodes, Counts& out);
  void push(std::uint32_t hop);
  std::optional<Label> source_label(std::uint32_t hop) const;
  std::uint32_t source_count(std::uint32_t hop) const;
  std::pair<std::uint32_t, std::uint32_t> pushed_rows(std::uint32_t hop) const;
  void push_all(std::uint32_t hop);
  bool push_in_parts(std::uint32_t hop, std::size_t size, std::vector<std::uint32_t>& counts);
  template <class Count>
  void push_part(std::uint32_t hop, std::uint32_t first, std::uint32_t end, std::vector<Count>& counts);
  template <class Count>
  void push_from(std::uint32_t hop, std::uint32_t source, const HopEdges& found, std::vector<Count>& out);
  bool asks_labels_alone(std::uint32_t hop) const;
  bool asks_edges_alone(std::uint32_t hop) const;
  bool push_ways_in_parts(std::uint32_t hop, std::size_t size, Counts& out);
  bool may_lend(std::uint32_t hop) const;
  bool is_plain(std::uint32_t hop) const;
  void push_ways(std::uint32_t hop, std::uint32_t first, std::uint32_t end, Counts& out);
  void push_ways_of(std::uint32_t hop, std::span<const std::uint32_t> sources, Counts& out);
  template <class Count>
  void go_along(std::uint32_t hop, EdgeRun& run, const HopEdges& found, std::vector<Count>& out);
  template <class Count>
  void push_run(std::uint32_t hop, EdgeRun& run, std::vector<Count>& out);
  template <class Count>
  bool push_block(std::uint32_t hop, const EdgeRun& run, std::vector<Count>& out);
  void ask_run(std::uint32_t hop, const EdgeRun& run);
  static void give_up(Level& level);
  void sum_degrees(std::uint32_t hop, std::span<const std::uint32_t> nodes, Counts& out);
  void walk(std::uint32_t hop, std::uint32_t node, std::uint32_t parent, bool is_bound, Counts& out);
  template <class Count>
  void flush(std::uint32_t hop, std::vector<Count>& out);
  void ask(const CountedHop& hop, Level& level);
  bool need_no_end_be_asked(std::uint32_t hop, std::size_t count);
  bool need_not_ask(const CountedHop& hop, Level& level, BoundId predicate, std::size_t count);
  std::size_t edges_to(const CountedHop& hop, Label label);
  void add_below(std::uint32_t hop, Counts& out);
  void take_back(std::uint32_t hop);
  void go_on(std::uint32_t hop, std::span<const std::uint32_t> nodes, Counts& out);
  void work_out(std::uint32_t hop, std::span<const std::uint32_t> nodes, Counts& out);
  void keep_ends(std::uint32_t hop, std::span<const std::uint32_t> nodes, std::vector<std::uint32_t>& selection);
  void multiply(std::span<const HopFactor> factors, std::span<const std::uint32_t> nodes, const Source& source, std::vector<std::uint32_t>& active,
                Counts& out);

  Execution& execution_;
  const Step& step_;
  Evaluator evaluator_;
  UsedEdges used_;
  std::vector<Level> levels_;  // a hop each
};

}  // namespace policygraph::inline v0::detail::query
