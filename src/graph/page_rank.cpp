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

// Ranks are pulled along the predecessors, and each is taken as soon as it is there (Gauss and Seidel's way; for ranks: Arasu, Novak,
// Tomkins and Tomlin 2002): rows up, then down, so that along chains of whatever order a round does what many would do otherwise. What
// every node gets is set anew after each round, so that all ranks keep their sum. One thread, for the order is the answer's.
class RankWalk {
 public:
  RankWalk(const GraphView& graph, const PageRankOptions& options)
      : snapshot_(graph.snapshot()), options_(options), from_(predecessors(graph)), limit_(snapshot_.node_row_limit()),
        count_(static_cast<double>(snapshot_.node_count())), rank_(limit_), share_(limit_), part_(limit_) {
    const auto to = successors(graph);
    for (const auto node : snapshot_.nodes()) {
      const auto degree = to.degree(node);
      part_[node.value] = degree == 0 ? 0 : options.damping / degree;
      set(node.value, 1 / count_);
    }
    everywhere_ = given();
  }

  PageRank run() {
    PageRank result;
    while (!result.is_converged && result.iterations < options_.max_iterations) {
      check_stop(options_.stop);
      const double change = result.iterations++ % 2 == 0 ? take_all<true>() : take_all<false>();
      everywhere_ = given();
      result.is_converged = change < count_ * options_.tolerance * sum_;
    }
    for (auto& rank : rank_) rank /= sum_;
    result.of_row = std::move(rank_);
    return result;
  }

 private:
  // What each node gets from the leaps, those from nodes without successors among them.
  double given() const { return ((1 - options_.damping) * sum_ + options_.damping * leaps_) / count_; }

  // Up the rows or down. What is added up stays out of memory, where a write of a rank would part it.
  template <bool kIsUp>
  double take_all() {
    const double everywhere = everywhere_;
    const bool may_be_dead = snapshot_.node_count() != limit_;
    double change = 0, sum = 0, leaps = 0;
    for (std::uint32_t i = 0; i < limit_; ++i) {
      const auto row = kIsUp ? i : limit_ - 1 - i;
      if (may_be_dead && !snapshot_.is_alive(NodeRow{row})) continue;
      double next = everywhere;
      from_.visit(NodeRow{row}, [&](NodeRow other, EdgeRow) { next += share_[other.value]; });
      change += std::abs(next - rank_[row]);
      rank_[row] = next;
      share_[row] = next * part_[row];
      sum += next;
      leaps += part_[row] == 0 ? next : 0;
    }
    sum_ = sum;
    leaps_ = leaps;
    return change;
  }

  void set(std::uint32_t row, double rank) {
    rank_[row] = rank;
    share_[row] = rank * part_[row];
    sum_ += rank;
    if (part_[row] == 0) leaps_ += rank;
  }

  const Snapshot& snapshot_;
  const PageRankOptions& options_;
  Sides from_;
  std::uint32_t limit_;
  double count_;
  std::vector<double> rank_, share_, part_;  // by row; part: of its rank, to each successor
  double sum_ = 0, leaps_ = 0;               // of the ranks in this round, and of nodes without successors
  double everywhere_ = 0;
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
