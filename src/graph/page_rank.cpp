#include <cmath>
#include <string>

#include "graph/measure.hpp"
#include "policygraph/base/error.hpp"

namespace policygraph::inline v0::detail::graph {
namespace {

void check(const PageRankOptions& options) {
  if (!(options.damping >= 0 && options.damping < 1))
    throw Error(ErrorCode::invalid_argument, "a damping of " + std::to_string(options.damping) + "; it is at least 0 and below 1");
  if (!(options.tolerance >= 0))
    throw Error(ErrorCode::invalid_argument, "a tolerance of " + std::to_string(options.tolerance) + "; it is 0 or more");
  if (options.max_iterations == 0) throw Error(ErrorCode::invalid_argument, "no iterations; at least 1 is needed");
}

// Ranks are pulled along the predecessors, each node by one worker; what is added over all nodes is added block by block
// and then over the blocks in their order. So the bits of the answer do not depend on the number of workers.
class RankWalk {
 public:
  RankWalk(const GraphView& graph, const PageRankOptions& options)
      : snapshot_(graph.snapshot()), options_(options), from_(predecessors(graph)), to_(successors(graph)),
        limit_(snapshot_.node_row_limit()), count_(static_cast<double>(snapshot_.node_count())),
        crew_(thread_count(options.threads, snapshot_.edge_count() + limit_)), rank_(limit_), share_(limit_),
        leaps_(blocks()), changes_(blocks()) {}

  PageRank run() {
    for (const auto node : snapshot_.nodes()) rank_[node.value] = 1 / count_;
    PageRank result;
    while (!result.is_converged && result.iterations < options_.max_iterations) {
      check_stop(options_.stop);
      crew_.run(limit_, [this](auto first, auto end, auto block, unsigned) { give(first, end, block); });
      everywhere_ = (1 - options_.damping + options_.damping * total(leaps_)) / count_;
      crew_.run(limit_, [this](auto first, auto end, auto block, unsigned) { take(first, end, block); });
      ++result.iterations;
      result.is_converged = total(changes_) < count_ * options_.tolerance;
    }
    result.of_row = std::move(rank_);
    return result;
  }

 private:
  std::size_t blocks() const { return (std::size_t{limit_} + kBlock - 1) / kBlock; }
  static double total(const std::vector<double>& parts) {
    double sum = 0;
    for (const auto part : parts) sum += part;
    return sum;
  }

  void give(std::uint32_t first, std::uint32_t end, std::size_t block) {
    double leaps = 0;
    for (auto row = first; row < end; ++row) {
      const auto degree = to_.degree(NodeRow{row});
      if (degree == 0) leaps += rank_[row];
      share_[row] = degree == 0 ? 0 : rank_[row] / degree;
    }
    leaps_[block] = leaps;
  }

  void take(std::uint32_t first, std::uint32_t end, std::size_t block) {
    double change = 0;
    for (auto row = first; row < end; ++row) {
      if (!snapshot_.is_alive(NodeRow{row})) continue;
      double sum = 0;
      from_.visit(NodeRow{row}, [&](NodeRow other, EdgeRow) { sum += share_[other.value]; });
      const double next = everywhere_ + options_.damping * sum;
      change += std::abs(next - rank_[row]);
      rank_[row] = next;
    }
    changes_[block] = change;
  }

  const Snapshot& snapshot_;
  const PageRankOptions& options_;
  Sides from_, to_;
  std::uint32_t limit_;
  double count_;
  Crew crew_;
  std::vector<double> rank_, share_;
  std::vector<double> leaps_, changes_;  // by block
  double everywhere_ = 0;  // what each node gets from the leaps
};

}  // namespace
}  // namespace policygraph::inline v0::detail::graph

namespace policygraph::inline v0 {

PageRank page_rank(const GraphView& graph, const PageRankOptions& options) {
  detail::graph::check(options);
  if (graph.snapshot().node_count() == 0) return {std::vector<double>(graph.snapshot().node_row_limit()), 0, true};
  return detail::graph::RankWalk(graph, options).run();
}

}  // namespace policygraph::inline v0
