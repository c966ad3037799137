#include <algorithm>
#include <utility>

#include "query/run/edge_walk.hpp"
#include "query/run/operator.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

constexpr std::size_t kMostEdges = 65'536;
constexpr std::size_t kLongPath = 256;

// From a known node over a path of edges, no edge twice: depth first with a stack of its own.
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
    out.gather(rows_, parents_, &execution_.limits);
    if (!step_.lists_nothing) out.columns.fresh(step_.edge, VectorKind::value).values = std::move(lists_);
    if (!step_.is_known_end) {
      auto& end = out.columns.fresh(step_.slot, VectorKind::node);
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
    const auto from = node_at(execution_, step_.from, rows_, row_);
    if (from == kNoRow) return false;
    used_.read(step_, rows_, row_, execution_.snapshot);
    end_ = kNoRow;
    if (step_.is_known_end) {
      end_ = node_at(execution_, step_.to, rows_, row_);
      if (end_ == kNoRow) return false;
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
    parents_.push_back(row_);
    ends_.push_back(end.value);
    if (!step_.lists_nothing) list(path);
  }

  void list(const std::vector<EdgeRow>& path) {
    ValueList edges;
    edges.reserve(path.size());
    for (const auto edge : path) edges.emplace_back(execution_.snapshot.key(edge));
    if (step_.is_reversed) std::reverse(edges.begin(), edges.end());
    held_edges_ += path.size();
    if (path.size() > kLongPath) execution_.limits.tick();
    lists_.emplace_back(std::move(edges));
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
  std::vector<std::uint32_t> parents_, ends_;
  std::vector<Value> lists_;
  std::size_t held_edges_ = 0;
};

}  // namespace

OperatorPtr make_expand_path(Execution& execution, const Step& step, OperatorPtr input) {
  return std::make_unique<ExpandPath>(execution, step, std::move(input));
}

}  // namespace policygraph::inline v0::detail::query
