#include <algorithm>
#include <unordered_map>
#include <utility>

#include "query/run/edge_walk.hpp"
#include "query/run/operator.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

constexpr std::size_t kMostEdges = 65'536;
constexpr std::size_t kLongPath = 256;

// From a known node over a path of edges, no edge twice: depth first with a stack of its own; shortest paths breadth first.
class ExpandPath : public Operator {
 public:
  ExpandPath(Execution& execution, const Step& step, OperatorPtr input) : execution_(execution), step_(step), input_(std::move(input)) {}

  bool next(Batch& out) override {
    execution_.limits.tick();
    parents_.clear();
    ends_.clear();
    lists_.clear();
    held_edges_ = 0;
    while (fill() && parents_.empty()) {
      if (!input_->next(rows_)) return rows_.clear(), false;
      hops_.look_up(step_, execution_);
      row_ = 0;
      is_walking_ = false;
    }
    out.gather(rows_, parents_);
    auto& edges = out.columns[step_.edge];
    edges.clear(VectorKind::value);
    edges.values = std::move(lists_);
    if (!step_.is_known_end) {
      auto& end = out.columns[step_.slot];
      end.clear(VectorKind::node);
      end.rows = ends_;
    }
    return true;
  }

  void reset() override {
    input_->reset();
    rows_.clear();
    row_ = 0;
    is_walking_ = false;
  }

 private:
  // Long paths fill a batch as many do.
  bool is_full() const { return parents_.size() >= execution_.options.vector_size || held_edges_ >= kMostEdges; }

  bool fill() {
    for (; row_ < rows_.size; ++row_, is_walking_ = false) {
      if (!is_walking_ && !start()) continue;
      while (!is_full() && step()) {}
      if (is_full()) return false;
    }
    return true;
  }

  bool start() {
    const auto from = node_at(rows_.columns[step_.from], row_, execution_.snapshot);
    if (from == kNoRow) return false;
    used_.read(step_, rows_, row_, execution_.snapshot);
    end_ = kNoRow;
    if (step_.is_known_end) {
      end_ = node_at(rows_.columns[step_.to], row_, execution_.snapshot);
      if (end_ == kNoRow) return false;
    }
    if (step_.search != PathPattern::Search::every) {
      search(NodeRow{from});
      return false;
    }
    is_walking_ = true;
    path_.clear();
    depth_ = 0;
    if (walks_.empty()) walks_.emplace_back();
    walks_[0].start(hops_, NodeRow{from});
    if (step_.least == 0) emit(NodeRow{from}, path_);
    return true;
  }

  // One edge further, or one back; false when the row is done.
  bool step() {
    execution_.limits.step();
    EdgeRow edge;
    NodeRow end;
    const bool is_deepest = step_.most && path_.size() >= *step_.most;
    if (is_deepest || !walks_[depth_].next(edge, end)) {
      if (depth_ == 0) return false;
      --depth_;
      path_.pop_back();
      return true;
    }
    if (std::find(path_.begin(), path_.end(), edge) != path_.end()) return true;
    if (used_.has(edge)) return true;
    path_.push_back(edge);
    if (path_.size() >= step_.least) emit(end, path_);
    if (++depth_ == walks_.size()) walks_.emplace_back();
    walks_[depth_].start(hops_, end);
    return true;
  }

  void emit(NodeRow end, const std::vector<EdgeRow>& path) {
    if (end_ != kNoRow && end.value != end_) return;
    ValueList edges;
    edges.reserve(path.size());
    for (const auto edge : path) edges.emplace_back(execution_.snapshot.key(edge));
    if (step_.is_reversed) std::reverse(edges.begin(), edges.end());
    held_edges_ += path.size();
    if (path.size() > kLongPath) execution_.limits.tick();
    // A search gives all paths of a row at once.
    if ((parents_.size() & 1023U) == 1023U) execution_.limits.check(parents_.size() * 128 + held_edges_ * sizeof(Value));
    parents_.push_back(row_);
    ends_.push_back(end.value);
    lists_.emplace_back(std::move(edges));
  }

  struct Reached {
    std::uint32_t distance = 0;
    std::vector<std::pair<NodeRow, EdgeRow>> before;  // along shortest paths
  };

  // Distances by breadth, then the paths backwards from each end. A shortest path walks no edge twice by itself.
  void search(NodeRow from) {
    reached_.clear();
    std::vector<NodeRow> frontier = {from}, order;
    reached_[from.value] = {};
    for (std::uint32_t distance = 0; !frontier.empty(); ++distance) {
      order.insert(order.end(), frontier.begin(), frontier.end());
      if ((step_.most && distance >= *step_.most) || (end_ != kNoRow && reached_.count(end_) != 0)) break;
      frontier = widen(frontier, distance + 1);
    }
    for (const auto node : order) {
      if (end_ != kNoRow && node.value != end_) continue;
      if (reached_[node.value].distance < step_.least) continue;
      trace(from, node);
    }
    if (end_ != kNoRow && reached_.count(end_) != 0 && std::find(order.begin(), order.end(), NodeRow{end_}) == order.end()) {
      trace(from, NodeRow{end_});
    }
  }

  std::vector<NodeRow> widen(const std::vector<NodeRow>& frontier, std::uint32_t distance) {
    std::vector<NodeRow> out;
    EdgeWalk walk;
    EdgeRow edge;
    NodeRow end;
    for (const auto node : frontier) {
      walk.start(hops_, node);
      while (walk.next(edge, end)) {
        execution_.limits.step();
        if (used_.has(edge)) continue;
        const auto [at, is_new] = reached_.try_emplace(end.value, Reached{distance, {}});
        if (is_new) out.push_back(end);
        const bool is_wanted = at->second.distance == distance && (is_new || step_.search == PathPattern::Search::all_shortest);
        if (is_wanted) at->second.before.emplace_back(node, edge);
      }
    }
    return out;
  }

  void trace(NodeRow from, NodeRow end) {
    std::vector<std::size_t> choice = {0};
    std::vector<EdgeRow> backwards;
    std::vector<NodeRow> nodes = {end};
    while (!nodes.empty()) {
      execution_.limits.step();
      const auto& here = reached_[nodes.back().value];
      if (nodes.back() == from && here.before.empty()) {
        std::vector<EdgeRow> path(backwards.rbegin(), backwards.rend());
        emit(end, path);
      }
      if (choice.back() < here.before.size()) {
        const auto [node, edge] = here.before[choice.back()++];
        nodes.push_back(node);
        backwards.push_back(edge);
        choice.push_back(0);
        continue;
      }
      nodes.pop_back();
      choice.pop_back();
      if (!backwards.empty()) backwards.pop_back();
    }
  }

  Execution& execution_;
  const Step& step_;
  OperatorPtr input_;
  Batch rows_;
  std::uint32_t row_ = 0, end_ = kNoRow;
  bool is_walking_ = false;
  std::size_t depth_ = 0;
  StepHops hops_;
  UsedEdges used_;
  std::vector<EdgeWalk> walks_;
  std::vector<EdgeRow> path_;
  std::unordered_map<std::uint32_t, Reached> reached_;
  std::vector<std::uint32_t> parents_, ends_;
  std::vector<Value> lists_;
  std::size_t held_edges_ = 0;
};

}  // namespace

OperatorPtr make_expand_path(Execution& execution, const Step& step, OperatorPtr input) {
  return std::make_unique<ExpandPath>(execution, step, std::move(input));
}

}  // namespace policygraph::inline v0::detail::query
