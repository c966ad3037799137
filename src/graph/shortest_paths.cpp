#include <atomic>
#include <functional>
#include <limits>
#include <map>
#include <queue>

#include "graph/measure.hpp"
#include "graph/path_weights.hpp"

namespace policygraph::inline v0::detail::graph {
namespace {

constexpr double kFar = std::numeric_limits<double>::infinity();

struct Reached {
  double length;
  NodeRow node;
  friend bool operator>(const Reached& a, const Reached& b) noexcept {
    return a.length != b.length ? a.length > b.length : a.node > b.node;
  }
};

// Dijkstra's order; nodes at equal distance are settled in order of row.
class Search {
 public:
  Search(const GraphView& graph, NodeRow from, const PathOptions& options)
      : stop_(options.stop), sides_(successors(graph)), weights_(graph.snapshot(), options),
        length_(graph.snapshot().node_row_limit(), kFar) {
    length_[from.value] = 0;
    queue_.push({0, from});
  }

  // on_better(node, by, before): a shorter way to `node` was found. Ends when `wanted` is settled.
  template <class OnBetter>
  void run(NodeRow wanted, OnBetter on_better) {
    for (std::uint32_t count = 0; !queue_.empty(); ++count) {
      if ((count & 0xFFFFU) == 0) check_stop(stop_);
      const auto [length, node] = queue_.top();
      queue_.pop();
      if (length > length_[node.value]) continue;
      if (node == wanted) return;
      sides_.visit(node, [&, length = length, node = node](NodeRow end, EdgeRow edge) {
        const double next = length + weights_[edge];
        if (next >= length_[end.value]) return;
        length_[end.value] = next;
        on_better(end, edge, node);
        queue_.push({next, end});
      });
    }
  }
  std::vector<double>& lengths() noexcept { return length_; }

 private:
  const std::stop_token& stop_;
  Sides sides_;
  PathWeights weights_;
  std::vector<double> length_;
  std::priority_queue<Reached, std::vector<Reached>, std::greater<>> queue_;
};

// Nodes wait in buckets by their distance, the nearest bucket is emptied until nothing falls back into it. Lengths only
// shrink, and the least fixed point they shrink to is the one Dijkstra's order finds, whatever the order of workers:
// adding is monotone, rounding included.
class Buckets {
 public:
  Buckets(const GraphView& graph, NodeRow from, const PathOptions& options, unsigned workers)
      : stop_(options.stop), sides_(successors(graph)), weights_(graph.snapshot(), options), crew_(workers),
        width_(weights_.typical()), length_(graph.snapshot().node_row_limit(), kFar),
        bucket_(length_.size(), kNoBucket), found_(crew_.size()) {
    length_[from.value] = 0;
    put(from);
  }

  std::vector<double> run() {
    while (!waiting_.empty()) {
      check_stop(stop_);
      const auto nearest = waiting_.begin();
      const auto number = nearest->first;
      auto frontier = std::move(nearest->second);
      waiting_.erase(nearest);
      std::erase_if(frontier, [&](NodeRow node) { return bucket_[node.value] != number; });
      for (const auto node : frontier) bucket_[node.value] = kNoBucket;
      relax(frontier);
      found_.take([this](const std::vector<NodeRow>& found) {
        for (const auto node : found) put(node);
      });
    }
    return std::move(length_);
  }

 private:
  static constexpr std::uint64_t kNoBucket = ~std::uint64_t{0};

  std::uint64_t bucket_at(double length) const noexcept {
    constexpr double kMost = 9.0e18;
    return static_cast<std::uint64_t>(std::min(length / width_, kMost));
  }
  // Once into each bucket; what has moved to a nearer one meanwhile is passed over there.
  void put(NodeRow node) {
    const auto number = bucket_at(length_[node.value]);
    if (bucket_[node.value] == number) return;
    bucket_[node.value] = number;
    waiting_[number].push_back(node);
  }

  void relax(const std::vector<NodeRow>& frontier) {
    crew_.run(static_cast<std::uint32_t>(frontier.size()), [&](auto first, auto end, auto, unsigned worker) {
      for (auto i = first; i < end; ++i) relax(frontier[i], found_[worker]);
    });
  }

  void relax(NodeRow node, std::vector<NodeRow>& found) {
    const double length = std::atomic_ref(length_[node.value]).load(std::memory_order_relaxed);
    sides_.visit(node, [&](NodeRow end, EdgeRow edge) {
      const double next = length + weights_[edge];
      std::atomic_ref held(length_[end.value]);
      auto now = held.load(std::memory_order_relaxed);
      while (next < now) {
        if (!held.compare_exchange_weak(now, next, std::memory_order_relaxed)) continue;
        found.push_back(end);
        break;
      }
    });
  }

  const std::stop_token& stop_;
  Sides sides_;
  PathWeights weights_;
  Crew crew_;
  double width_;
  std::vector<double> length_;
  std::vector<std::uint64_t> bucket_;  // by row: the bucket it waits in
  std::map<std::uint64_t, std::vector<NodeRow>> waiting_;
  ByWorker<NodeRow> found_;
};

struct Arrival {
  EdgeRow edge;
  NodeRow before;
};

ShortestPath traced(const std::vector<Arrival>& by, NodeRow from, NodeRow to, double length) {
  ShortestPath path;
  path.length = length;
  for (auto node = to; node != from; node = by[node.value].before) {
    path.nodes.push_back(node);
    path.edges.push_back(by[node.value].edge);
  }
  path.nodes.push_back(from);
  std::ranges::reverse(path.nodes);
  std::ranges::reverse(path.edges);
  return path;
}

// Breadth first, a level at a time. Which worker finds a node does not matter: its level is the same. Two may find it at
// once; then it stands in the frontier twice, which costs its edges and changes nothing.
class LevelWalk {
 public:
  LevelWalk(const GraphView& graph, NodeRow from, const MeasureOptions& options)
      : options_(options), sides_(successors(graph)), level_(graph.snapshot().node_row_limit(), kNowhere), frontier_{from},
        crew_(thread_count(options.threads, graph.snapshot().edge_count())), found_(crew_.size()) {
    level_[from.value] = 0;
  }

  std::vector<std::uint32_t> run() {
    for (std::uint32_t next = 1; !frontier_.empty(); ++next) {
      check_stop(options_.stop);
      crew_.run(static_cast<std::uint32_t>(frontier_.size()), [&](auto first, auto end, auto, unsigned worker) {
        auto& found = found_[worker];
        for (auto i = first; i < end; ++i) step(frontier_[i], next, found);
      });
      frontier_.clear();
      found_.take([this](const std::vector<NodeRow>& found) { frontier_.insert(frontier_.end(), found.begin(), found.end()); });
    }
    return std::move(level_);
  }

 private:
  void step(NodeRow node, std::uint32_t next, std::vector<NodeRow>& found) {
    sides_.visit(node, [&](NodeRow end, EdgeRow) {
      const std::atomic_ref held(level_[end.value]);
      if (held.load(std::memory_order_relaxed) != kNowhere) return;
      held.store(next, std::memory_order_relaxed);
      found.push_back(end);
    });
  }

  const MeasureOptions& options_;
  Sides sides_;
  std::vector<std::uint32_t> level_;
  std::vector<NodeRow> frontier_;
  Crew crew_;
  ByWorker<NodeRow> found_;
};

}  // namespace
}  // namespace policygraph::inline v0::detail::graph

namespace policygraph::inline v0 {

std::vector<std::uint32_t> levels(const GraphView& graph, NodeRow from, const MeasureOptions& options) {
  detail::graph::check_node(graph.snapshot(), from, "start");
  return detail::graph::LevelWalk(graph, from, options).run();
}

std::vector<double> distances(const GraphView& graph, NodeRow from, const PathOptions& options) {
  detail::graph::check_node(graph.snapshot(), from, "start");
  const auto workers = detail::graph::thread_count(options.threads, graph.snapshot().edge_count());
  if (workers > 1) return detail::graph::Buckets(graph, from, options, workers).run();
  detail::graph::Search search(graph, from, options);
  search.run(NodeRow{kNowhere}, [](NodeRow, EdgeRow, NodeRow) {});
  return std::move(search.lengths());
}

std::optional<ShortestPath> shortest_path(const GraphView& graph, NodeRow from, NodeRow to, const PathOptions& options) {
  detail::graph::check_node(graph.snapshot(), from, "start");
  detail::graph::check_node(graph.snapshot(), to, "end");
  detail::graph::Search search(graph, from, options);
  std::vector<detail::graph::Arrival> by(graph.snapshot().node_row_limit());
  search.run(to, [&](NodeRow node, EdgeRow edge, NodeRow before) { by[node.value] = {edge, before}; });
  const double length = search.lengths()[to.value];
  if (length == detail::graph::kFar) return std::nullopt;
  return detail::graph::traced(by, from, to, length);
}

}  // namespace policygraph::inline v0
