#include <atomic>
#include <numeric>

#include "graph/measure.hpp"

namespace policygraph::inline v0::detail::graph {
namespace {

// Sets of rows, each led by its least row; any number of threads may unite.
class Leaders {
 public:
  explicit Leaders(std::uint32_t rows) : leader_(rows) { std::iota(leader_.begin(), leader_.end(), 0U); }

  std::uint32_t find(std::uint32_t row) noexcept {
    for (;;) {
      const auto next = load(row);
      if (next == row) return row;
      const auto after = load(next);
      if (after == next) return next;
      swap_if(row, next, after);  // halves the way for who comes later
      row = after;
    }
  }
  void unite(std::uint32_t a, std::uint32_t b) noexcept {
    for (;;) {
      a = find(a);
      b = find(b);
      if (a == b) return;
      if (swap_if(std::max(a, b), std::max(a, b), std::min(a, b))) return;
    }
  }
  bool leads(std::uint32_t row) noexcept { return load(row) == row; }

 private:
  std::uint32_t load(std::uint32_t row) noexcept {
    return std::atomic_ref(leader_[row]).load(std::memory_order_relaxed);
  }
  bool swap_if(std::uint32_t row, std::uint32_t expected, std::uint32_t wanted) noexcept {
    return std::atomic_ref(leader_[row]).compare_exchange_strong(expected, wanted, std::memory_order_relaxed);
  }
  std::vector<std::uint32_t> leader_;
};

// The least row of a part leads it, so leaders counted in order of row number the parts by their first rows.
class Union {
 public:
  Union(const Snapshot& snapshot, const MeasureOptions& options)
      : snapshot_(snapshot), stop_(options.stop), limit_(snapshot.node_row_limit()),
        crew_(thread_count(options.threads, snapshot.edge_count())), leaders_(limit_) {}

  Components run() {
    const auto outgoing = snapshot_.outgoing();
    crew_.run(limit_, [&](auto first, auto end, auto, unsigned) {
      check_stop(stop_);
      for (auto row = first; row < end; ++row)
        for (const auto other : outgoing[NodeRow{row}].ends) leaders_.unite(row, other.value);
    });
    return numbered();
  }

 private:
  Components numbered() {
    std::vector<std::uint32_t> before((std::size_t{limit_} + kBlock - 1) / kBlock + 1);  // parts led from earlier blocks
    crew_.run(limit_, [&](auto first, auto end, auto block, unsigned) {
      std::uint32_t count = 0;
      for (auto row = first; row < end; ++row) count += leads(row);
      before[block + 1] = count;
    });
    std::partial_sum(before.begin(), before.end(), before.begin());
    std::vector<std::uint32_t> number(limit_);
    crew_.run(limit_, [&](auto first, auto end, auto block, unsigned) {
      auto next = before[block];
      for (auto row = first; row < end; ++row)
        if (leads(row)) number[row] = next++;
    });
    Components parts{std::vector<std::uint32_t>(limit_, kNowhere), before.back()};
    crew_.run(limit_, [&](auto first, auto end, auto, unsigned) {
      for (auto row = first; row < end; ++row)
        if (snapshot_.is_alive(NodeRow{row})) parts.of_row[row] = number[leaders_.find(row)];
    });
    return parts;
  }
  bool leads(std::uint32_t row) noexcept { return leaders_.leads(row) && snapshot_.is_alive(NodeRow{row}); }

  const Snapshot& snapshot_;
  const std::stop_token& stop_;
  std::uint32_t limit_;
  Crew crew_;
  Leaders leaders_;
};

// Tarjan's algorithm; the path from the root and the places in the lists of its nodes are a stack.
class StrongWalk {
 public:
  StrongWalk(const GraphView& graph, const MeasureOptions& options)
      : snapshot_(graph.snapshot()), stop_(options.stop), sides_(successors(graph)),
        time_(snapshot_.node_row_limit(), 0), low_(time_.size(), 0), leader_(time_.size(), kNowhere) {}

  Components run() {
    for (const auto root : snapshot_.nodes()) {
      if (time_[root.value] == 0) walk(root);
    }
    return number_parts(snapshot_, leader_);
  }

 private:
  struct Step {
    NodeRow node;
    std::uint32_t place;
    std::uint32_t degree;
  };

  void enter(NodeRow node) {
    if ((now_ & 0xFFFFU) == 0) check_stop(stop_);
    time_[node.value] = low_[node.value] = ++now_;
    open_.push_back(node);
    path_.push_back({node, 0, sides_.degree(node)});
  }

  void walk(NodeRow root) {
    enter(root);
    while (!path_.empty()) {
      auto& step = path_.back();
      const auto node = step.node.value;
      if (step.place == step.degree) {
        leave(step.node);
        continue;
      }
      const auto end = sides_.at(step.node, step.place++).first;
      if (time_[end.value] == 0) {
        enter(end);
      } else if (leader_[end.value] == kNowhere) {
        low_[node] = std::min(low_[node], time_[end.value]);
      }
    }
  }

  void leave(NodeRow node) {
    path_.pop_back();
    if (!path_.empty()) {
      auto& above = low_[path_.back().node.value];
      above = std::min(above, low_[node.value]);
    }
    if (low_[node.value] != time_[node.value]) return;
    for (NodeRow member;;) {
      member = open_.back();
      open_.pop_back();
      leader_[member.value] = node.value;
      if (member == node) return;
    }
  }

  const Snapshot& snapshot_;
  const std::stop_token& stop_;
  Sides sides_;
  std::vector<std::uint32_t> time_, low_, leader_;
  std::vector<Step> path_;
  std::vector<NodeRow> open_;
  std::uint32_t now_ = 0;
};

}  // namespace
}  // namespace policygraph::inline v0::detail::graph

namespace policygraph::inline v0 {

Components weak_components(const GraphView& graph, const MeasureOptions& options) {
  return detail::graph::Union(graph.snapshot(), options).run();
}
Components strong_components(const GraphView& graph, const MeasureOptions& options) {
  return detail::graph::StrongWalk(graph, options).run();
}
Components connected_components(const Undirected& graph, const MeasureOptions& options) {
  return detail::graph::Union(graph.snapshot(), options).run();
}

}  // namespace policygraph::inline v0
