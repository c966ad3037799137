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
      : stop_(options.stop), sides_(successors(graph)), weights_(graph.snapshot(), options), workers_(workers),
        width_(weights_.typical()), length_(graph.snapshot().node_row_limit(), kFar),
        bucket_(length_.size(), kNoBucket), found_(workers) {
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
      for (auto& found : found_) {
        for (const auto node : found) put(node);
        found.clear();
      }
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
    const auto size = static_cast<std::uint32_t>(frontier.size());
    const auto workers = std::min(workers_, thread_count(workers_, frontier.size() * 4));
    on_threads(workers, [&](unsigned worker) {
      for_blocks(size, worker, workers, [&](auto first, auto end, auto) {
        for (auto i = first; i < end; ++i) relax(frontier[i], found_[worker]);
      });
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
  unsigned workers_;
  double width_;
  std::vector<double> length_;
  std::vector<std::uint64_t> bucket_;  // by row: the bucket it waits in
  std::map<std::uint64_t, std::vector<NodeRow>> waiting_;
  std::vector<std::vector<NodeRow>> found_;  // by worker
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

// Breadth first, a level at a time. Which worker claims a node does not matter: its level is the same.
class LevelWalk {
 public:
  LevelWalk(const GraphView& graph, NodeRow from, const MeasureOptions& options)
      : options_(options), sides_(successors(graph)), level_(graph.snapshot().node_row_limit(), kNowhere),
        frontier_{from}, found_(thread_count(options.threads, graph.snapshot().edge_count())) {
    level_[from.value] = 0;
  }

  std::vector<std::uint32_t> run() {
    for (std::uint32_t next = 1; !frontier_.empty(); ++next) {
      check_stop(options_.stop);
      const auto workers = std::min(static_cast<unsigned>(found_.size()), thread_count(options_.threads, frontier_.size() * 4));
      if (workers == 1) {
        for (const auto node : frontier_) step(node, next);
      } else {
        step_together(next, workers);
      }
      frontier_.clear();
      for (auto& found : found_) {
        frontier_.insert(frontier_.end(), found.begin(), found.end());
        found.clear();
      }
    }
    return std::move(level_);
  }

 private:
  void step(NodeRow node, std::uint32_t next) {
    sides_.visit(node, [&](NodeRow end, EdgeRow) {
      if (level_[end.value] != kNowhere) return;
      level_[end.value] = next;
      found_[0].push_back(end);
    });
  }
  void step_together(std::uint32_t next, unsigned workers) {
    const auto size = static_cast<std::uint32_t>(frontier_.size());
    on_threads(workers, [&](unsigned worker) {
      for_blocks(size, worker, workers, [&](auto first, auto end, auto) {
        for (auto i = first; i < end; ++i) claim(frontier_[i], next, found_[worker]);
      });
    });
  }
  void claim(NodeRow node, std::uint32_t next, std::vector<NodeRow>& found) {
    sides_.visit(node, [&](NodeRow end, EdgeRow) {
      std::atomic_ref held(level_[end.value]);
      auto now = held.load(std::memory_order_relaxed);
      if (now == kNowhere && held.compare_exchange_strong(now, next, std::memory_order_relaxed)) found.push_back(end);
    });
  }

  const MeasureOptions& options_;
  Sides sides_;
  std::vector<std::uint32_t> level_;
  std::vector<NodeRow> frontier_;
  std::vector<std::vector<NodeRow>> found_;  // by worker
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
