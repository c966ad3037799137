#include "graph/measure.hpp"

namespace policygraph::inline v0::detail::graph {
namespace {

// Hopcroft and Tarjan's algorithm, with the path from the root as a stack. The edge by which a node was reached is told
// from its parallels by its row.
class PartWalk {
 public:
  PartWalk(const Undirected& graph, const MeasureOptions& options)
      : snapshot_(graph.snapshot()), stop_(options.stop), sides_(successors(graph)),
        time_(snapshot_.node_row_limit(), 0), low_(time_.size(), 0), is_joint_(time_.size(), false) {
    result_.part_of_edge.assign(snapshot_.edge_row_limit(), kNowhere);
  }

  Biconnected run() {
    for (const auto root : snapshot_.nodes()) {
      if (time_[root.value] == 0) walk(root);
    }
    for (std::uint32_t row = 0; row < is_joint_.size(); ++row) {
      if (is_joint_[row]) result_.articulation_points.push_back(NodeRow{row});
    }
    return std::move(result_);
  }

 private:
  struct Step {
    NodeRow node;
    EdgeRow by;  // the edge it was reached by; of the root: none
    std::uint32_t place;
    std::uint32_t degree;
  };
  static constexpr EdgeRow kNoEdge{0xFFFFFFFFU};

  void enter(NodeRow node, EdgeRow by) {
    if ((now_ & 0xFFFFU) == 0) check_stop(stop_);
    time_[node.value] = low_[node.value] = ++now_;
    path_.push_back({node, by, 0, sides_.degree(node)});
  }

  void walk(NodeRow root) {
    enter(root, kNoEdge);
    std::uint32_t branches = 0;
    while (!path_.empty()) {
      if (path_.back().place < path_.back().degree) {
        follow(path_.back());
        continue;
      }
      const auto done = path_.back();
      path_.pop_back();
      if (path_.empty()) break;
      const auto above = path_.back().node;
      branches += above == root ? 1U : 0U;
      low_[above.value] = std::min(low_[above.value], low_[done.node.value]);
      if (low_[done.node.value] < time_[above.value]) continue;
      if (above != root) is_joint_[above.value] = true;
      close_part(done.by);
    }
    if (branches > 1) is_joint_[root.value] = true;
  }

  void follow(Step& step) {
    const auto node = step.node;
    const auto [end, edge] = sides_.at(node, step.place++);
    if (edge == step.by || end == node) return;
    if (time_[end.value] == 0) {
      open_.push_back(edge);
      enter(end, edge);
    } else if (time_[end.value] < time_[node.value]) {
      open_.push_back(edge);
      low_[node.value] = std::min(low_[node.value], time_[end.value]);
    }
  }

  void close_part(EdgeRow first) {
    for (EdgeRow edge;;) {
      edge = open_.back();
      open_.pop_back();
      result_.part_of_edge[edge.value] = result_.count;
      if (edge == first) break;
    }
    ++result_.count;
  }

  const Snapshot& snapshot_;
  const std::stop_token& stop_;
  Sides sides_;
  std::vector<std::uint32_t> time_, low_;
  std::vector<bool> is_joint_;
  std::vector<Step> path_;
  std::vector<EdgeRow> open_;
  std::uint32_t now_ = 0;
  Biconnected result_;
};

// Takes nodes away in order of what is left of their degrees; nodes stand sorted by it, with the start of each degree.
class Peeling {
 public:
  Peeling(const Undirected& graph, const MeasureOptions& options)
      : snapshot_(graph.snapshot()), stop_(options.stop), sides_(successors(graph)),
        degree_(snapshot_.node_row_limit(), 0), place_(degree_.size(), 0) {}

  std::vector<std::uint32_t> run() {
    sort();
    for (std::uint32_t i = 0; i < order_.size(); ++i) {
      if ((i & 0xFFFFU) == 0) check_stop(stop_);
      const auto node = order_[i];
      sides_.visit(node, [&](NodeRow end, EdgeRow) {
        if (degree_[end.value] > degree_[node.value]) move_down(end);
      });
    }
    return std::move(degree_);
  }

 private:
  void sort() {
    std::uint32_t most = 0;
    for (const auto node : snapshot_.nodes()) {
      sides_.visit(node, [&](NodeRow end, EdgeRow) { degree_[node.value] += end == node ? 0U : 1U; });
      most = std::max(most, degree_[node.value]);
    }
    starts_.assign(std::size_t{most} + 2, 0);
    for (const auto node : snapshot_.nodes()) ++starts_[degree_[node.value] + 1];
    for (std::size_t i = 1; i < starts_.size(); ++i) starts_[i] += starts_[i - 1];
    auto next = starts_;
    order_.resize(snapshot_.node_count());
    for (const auto node : snapshot_.nodes()) order_[place_[node.value] = next[degree_[node.value]]++] = node;
  }

  // Swaps the node with the first of its degree, which becomes the last of the degree below.
  void move_down(NodeRow node) {
    const auto first = starts_[degree_[node.value]]++;
    const auto other = order_[first];
    std::swap(order_[first], order_[place_[node.value]]);
    std::swap(place_[other.value], place_[node.value]);
    --degree_[node.value];
  }

  const Snapshot& snapshot_;
  const std::stop_token& stop_;
  Sides sides_;
  std::vector<std::uint32_t> degree_, place_, starts_;
  std::vector<NodeRow> order_;
};

}  // namespace
}  // namespace policygraph::inline v0::detail::graph

namespace policygraph::inline v0 {

Biconnected biconnected_components(const Undirected& graph, const MeasureOptions& options) {
  return detail::graph::PartWalk(graph, options).run();
}
std::vector<NodeRow> articulation_points(const Undirected& graph, const MeasureOptions& options) {
  return biconnected_components(graph, options).articulation_points;
}
std::vector<std::uint32_t> core_numbers(const Undirected& graph, const MeasureOptions& options) {
  return detail::graph::Peeling(graph, options).run();
}

}  // namespace policygraph::inline v0
