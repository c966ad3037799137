#include <cmath>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

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

// Three kinds of nodes. Those that no cycle leads to are set apart, one after another, from those without predecessors on (Kahn's order):
// the rank of each is a multiple, known at once, of what every node gets. Of the rest, those that lead to no cycle stand behind, found
// likewise from those without successors on: what is given to them adds up to multiples known at once, and their ranks are worked out at
// the end. The others alone are walked round after round: ranks are pulled along the predecessors, and each is taken as soon as it is
// there (Gauss and Seidel's way; for ranks: Arasu, Novak, Tomkins and Tomlin 2002), up, then down, so that along chains of whatever order
// a round does what many would do otherwise. What every node gets is set anew after each round, so that all ranks keep their sum. One
// thread, for the order is the answer's.
class RankWalk {
 public:
  RankWalk(const GraphView& graph, const PageRankOptions& options)
      : snapshot_(graph.snapshot()), options_(options), from_(predecessors(graph)), to_(successors(graph)), limit_(snapshot_.node_row_limit()),
        count_(static_cast<double>(snapshot_.node_count())), inputs_(limit_), outputs_(limit_), number_(limit_, kApart) {
    set_apart();
    set_behind();
    link_walked();
  }

  PageRank run() {
    begin();
    PageRank result;
    while (!result.is_converged && result.iterations < options_.max_iterations) {
      check_stop(options_.stop);
      const double change = result.iterations++ % 2 == 0 ? take_all<true>() : take_all<false>();
      result.is_converged = change < count_ * options_.tolerance * total_.sum;
    }
    result.of_row = all_ranks();
    return result;
  }

 private:
  static constexpr std::uint32_t kApart = std::numeric_limits<std::uint32_t>::max(), kBehind = kApart - 1;

  struct Input {
    double times = 0;         // what it gets from everywhere and from nodes apart, as a multiple of what every node gets
    std::uint32_t waits = 0;  // for so many predecessors, then successors, to be set apart
  };
  struct Output {
    double part = 0;   // of its rank, to each successor; 0: it has none
    double whole = 1;  // what its rank comes to, with what of it the nodes behind have
    double leap = 0;   // what of it leaps from nodes without successors
  };
  struct Walked {
    double rank, part, times, whole, leap;
  };
  // What comes of what every node gets, or of all ranks.
  struct Total {
    double sum = 0, leaps = 0;
    void add(double rank, double whole, double leap) {
      sum += rank * whole;
      leaps += rank * leap;
    }
  };

  void set_apart() {
    std::vector<NodeRow> ready;
    for (const auto row : snapshot_.nodes()) {
      const auto degree = to_.degree(row);
      outputs_[row.value] = {degree == 0 ? 0 : options_.damping / degree, 1, degree == 0 ? 1.0 : 0.0};
      inputs_[row.value] = {1, from_.degree(row)};
      if (inputs_[row.value].waits == 0) ready.push_back(row);
      else number_[row.value] = 0;
    }
    for (std::size_t i = 0; i < ready.size(); ++i) {
      const auto row = ready[i].value;
      number_[row] = kApart;
      steady_.add(inputs_[row].times, 1, outputs_[row].leap);
      const auto given = inputs_[row].times * outputs_[row].part;
      to_.visit(ready[i], [&](NodeRow other, EdgeRow) {
        auto& end = inputs_[other.value];
        end.times += given;
        if (--end.waits == 0) ready.push_back(other);
      });
    }
  }

  // All successors of what is not apart are not apart.
  void set_behind() {
    for (std::uint32_t row = 0; row < limit_; ++row) {
      if (number_[row] == kApart) continue;
      inputs_[row].waits = to_.degree(NodeRow{row});
      if (inputs_[row].waits == 0) behind_.push_back(NodeRow{row});
    }
    for (std::size_t i = 0; i < behind_.size(); ++i) {
      const auto row = behind_[i].value;
      const auto whole = outputs_[row].whole, leap = outputs_[row].leap;
      number_[row] = kBehind;
      steady_.add(inputs_[row].times, whole, leap);
      from_.visit(behind_[i], [this, whole, leap](NodeRow other, EdgeRow) {
        if (number_[other.value] == kApart) return;
        auto& start = outputs_[other.value];
        start.whole += start.part * whole;
        start.leap += start.part * leap;
        if (--inputs_[other.value].waits == 0) behind_.push_back(other);
      });
    }
  }

  // Those that are walked, in order of row, and who gives to each of them.
  void link_walked() {
    std::vector<NodeRow> rows;
    for (std::uint32_t row = 0; row < limit_; ++row) {
      if (number_[row] >= kBehind) continue;
      number_[row] = static_cast<std::uint32_t>(rows.size());
      rows.push_back(NodeRow{row});
      walked_.push_back({1 / count_, outputs_[row].part, inputs_[row].times, outputs_[row].whole, outputs_[row].leap});
    }
    starts_.reserve(rows.size() + 1);
    for (const auto row : rows) {
      starts_.push_back(before_.size());
      from_.visit(row, [&](NodeRow other, EdgeRow) {
        const auto number = number_[other.value];
        if (number < kBehind) before_.push_back(number);
      });
    }
    starts_.push_back(before_.size());
  }

  void begin() {
    share_.reserve(walked_.size());
    everywhere_ = 1 / count_;
    total_.add(everywhere_, steady_.sum, steady_.leaps);
    for (const auto& node : walked_) {
      share_.push_back(node.rank * node.part);
      total_.add(node.rank, node.whole, node.leap);
    }
  }

  // Up or down. What is added up stays out of memory, where a write of a rank would part it. Gives by how much, at most, the ranks have
  // changed.
  template <bool kIsUp>
  double take_all() {
    const double everywhere = ((1 - options_.damping) * total_.sum + options_.damping * total_.leaps) / count_;
    double change = std::abs(everywhere - everywhere_) * steady_.sum;
    Total total;
    total.add(everywhere, steady_.sum, steady_.leaps);
    const auto size = walked_.size();
    for (std::size_t i = 0; i < size; ++i) {
      const auto number = kIsUp ? i : size - 1 - i;
      auto& node = walked_[number];
      double next = everywhere * node.times;
      for (auto at = starts_[number]; at < starts_[number + 1]; ++at) next += share_[before_[at]];
      change += std::abs(next - node.rank) * node.whole;
      node.rank = next;
      share_[number] = next * node.part;
      total.add(next, node.whole, node.leap);
    }
    total_ = total;
    everywhere_ = everywhere;
    return change;
  }

  std::vector<double> all_ranks() {
    std::vector<double> ranks(limit_);
    for (std::uint32_t row = 0; row < limit_; ++row) {
      const auto number = number_[row];
      if (number != kBehind) ranks[row] = number == kApart ? inputs_[row].times * everywhere_ : walked_[number].rank;
    }
    for (auto i = behind_.size(); i-- > 0;) {  // who gives to one that is behind comes before it
      const auto row = behind_[i];
      double rank = inputs_[row.value].times * everywhere_;
      from_.visit(row, [&](NodeRow other, EdgeRow) {
        if (number_[other.value] != kApart) rank += ranks[other.value] * outputs_[other.value].part;
      });
      ranks[row.value] = rank;
    }
    const double sum = std::accumulate(ranks.begin(), ranks.end(), 0.0);
    for (auto& rank : ranks) rank /= sum;
    return ranks;
  }

  const Snapshot& snapshot_;
  const PageRankOptions& options_;
  Sides from_, to_;
  std::uint32_t limit_;
  double count_;
  std::vector<Input> inputs_;           // by row; what is asked together lies together
  std::vector<Output> outputs_;         // by row
  std::vector<std::uint32_t> number_;   // by row: of one that is walked; kApart, kBehind
  std::vector<NodeRow> behind_;         // each before those that give to it
  Total steady_;                 // of nodes apart and behind, as multiples of what every node gets
  std::vector<Walked> walked_;
  std::vector<double> share_;         // what each of them gives to each successor
  std::vector<std::size_t> starts_;   // of each the first of
  std::vector<std::uint32_t> before_;  // those that give to it
  Total total_;             // of all ranks in this round
  double everywhere_ = 0;   // what every node gets in it
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
