#include <cstring>

#include "query/run/edge_walk.hpp"
#include "query/run/operator.hpp"
#include "query/run/unread.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

// From a known node over one edge to the node at its other end.
class Expand : public Operator {
 public:
  Expand(Execution& execution, const Step& step, OperatorPtr input)
      : execution_(execution), step_(step), input_(std::move(input)), unread_(unread_above(execution.plan, step)) {}

  bool next(Batch& out) override {
    execution_.limits.tick();
    parents_.clear();
    edges_.clear();
    ends_.clear();
    while (fill() && parents_.empty()) {
      if (!input_->next(rows_)) return rows_.clear(), false;
      hops_.look_up(step_, execution_);
      is_plain_ = is_plain();
      row_ = 0;
      is_walking_ = false;
    }
    if (row_ == rows_.size) forget_unread();
    out.gather(rows_, parents_, &execution_.limits);
    if (!step_.lists_nothing) out.columns.fresh(step_.edge, VectorKind::edge).rows.swap(edges_);
    out.columns.fresh(step_.slot, VectorKind::node).rows.swap(ends_);
    return true;
  }

  void reset() override {
    input_->reset();
    rows_.clear();
    row_ = 0;
    is_walking_ = false;
  }

 private:
  static constexpr std::size_t kManyEdges = 16;  // of a node, from which on it pays to make room for all first

  // Nothing more is walked from these rows.
  void forget_unread() {
    for (const auto slot : unread_) rows_.columns.forget(slot);
  }

  std::size_t room() const { return execution_.options.vector_size - parents_.size(); }

  // Walks on until the batch is full (false) or the rows at hand are used up (true).
  bool fill() {
    for (; row_ < rows_.size; ++row_, is_walking_ = false) {
      if (is_plain_ && !is_walking_ && take_nodes()) break;
      if (!is_walking_ && !start()) continue;
      if (used_.is_empty() ? take_all() : take_unused()) continue;
      return false;
    }
    return true;
  }

  // One list for each node, and no edge of the row before it.
  bool is_plain() const {
    return step_.different.empty() && hops_.lists().size() == 1 && !hops_.lists()[0].passes_loops &&
           rows_.columns[step_.from].kind == VectorKind::node;
  }

  // Rows whose edges fit in; whether all do.
  bool take_nodes() {
    const auto& nodes = rows_.columns[step_.from].rows;
    const auto& hop = hops_.lists()[0].hop;
    const std::size_t width = execution_.options.vector_size;
    for (; row_ < rows_.size; ++row_) {
      if (nodes[row_] == kNoRow) continue;
      const auto found = hop.edges(NodeRow{nodes[row_]});
      const auto before = ends_.size();
      if (found.size() > width - before) break;
      append_ends(found);
      if (!step_.lists_nothing) append_edges(found);
    }
    execution_.limits.step(ends_.size() + 1);
    return row_ == rows_.size;
  }

  void append_ends(const HopEdges& found) {
    if (found.size() < kManyEdges) {
      for (const auto end : found.ends) {
        ends_.push_back(end.value);
        parents_.push_back(row_);
      }
      return;
    }
    static_assert(sizeof(NodeRow) == sizeof(std::uint32_t));
    const auto before = ends_.size();
    ends_.resize(before + found.size());
    std::memcpy(ends_.data() + before, found.ends.begin(), found.size() * sizeof(NodeRow));
    parents_.resize(before + found.size(), row_);
  }
  void append_edges(const HopEdges& found) {
    if (found.size() < kManyEdges) {
      for (std::size_t i = 0; i < found.size(); ++i) edges_.push_back(found.edge(i).value);
      return;
    }
    const auto before = edges_.size();
    edges_.resize(before + found.size());
    auto* const out = edges_.data() + before;
    for (std::size_t i = 0; i < found.size(); ++i) out[i] = found.edge(i).value;
  }

  bool start() {
    const auto from = node_at(execution_, step_.from, rows_, row_);
    if (from == kNoRow) return false;
    walk_.start(hops_, NodeRow{from});
    used_.read(step_, rows_, row_, execution_.snapshot);
    is_walking_ = true;
    return true;
  }

  // Both say whether the row has no more edges.
  bool take_all() {
    if (room() == 0) return false;
    const bool is_cut = walk_.take(room(), edges_, ends_);
    execution_.limits.step(ends_.size() - parents_.size());
    parents_.resize(ends_.size(), row_);
    return !is_cut;
  }

  bool take_unused() {
    EdgeRow edge;
    NodeRow end;
    while (room() > 0 && walk_.next(edge, end)) {
      execution_.limits.step();
      if (used_.has(edge)) continue;
      parents_.push_back(row_);
      edges_.push_back(edge.value);
      ends_.push_back(end.value);
    }
    return room() > 0;
  }

  Execution& execution_;
  const Step& step_;
  OperatorPtr input_;
  Batch rows_;
  std::uint32_t row_ = 0;
  bool is_walking_ = false, is_plain_ = false;
  StepHops hops_;
  EdgeWalk walk_;
  UsedEdges used_;
  std::vector<Slot> unread_;
  std::vector<std::uint32_t> parents_, edges_, ends_;
};

}  // namespace

OperatorPtr make_expand(Execution& execution, const Step& step, OperatorPtr input) {
  return std::make_unique<Expand>(execution, step, std::move(input));
}

}  // namespace policygraph::inline v0::detail::query
