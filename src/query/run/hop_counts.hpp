#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "query/run/edge_walk.hpp"
#include "query/run/evaluator.hpp"

namespace policygraph::inline v0::detail::query {

// In how many ways rows go on over the hops of a weigh step: sums over the edges of a node, a batch of edges at a time, of the products of
// what goes on from their ends. Once many nodes were asked for, what goes on from a node is remembered.
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
  };

  void value(const HopFactor& factor, std::span<const std::uint32_t> nodes, const Source& source, Counts& out);
  void sum(std::uint32_t hop, std::span<const std::uint32_t> nodes, const Source& source, Counts& out);
  void sum_degrees(std::uint32_t hop, std::span<const std::uint32_t> nodes, Counts& out);
  void walk(std::uint32_t hop, std::uint32_t node, std::uint32_t parent, bool is_bound, Counts& out);
  void flush(std::uint32_t hop, Counts& out);
  void ask(const CountedHop& hop, Level& level);
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
