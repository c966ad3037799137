#include "query/run/edge_walk.hpp"
#include "query/run/operator.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

// From a known node over one edge to the node at its other end.
class Expand : public Operator {
 public:
  Expand(Execution& execution, const Step& step, OperatorPtr input) : execution_(execution), step_(step), input_(std::move(input)) {}

  bool next(Batch& out) override {
    execution_.limits.tick();
    parents_.clear();
    edges_.clear();
    ends_.clear();
    while (fill() && parents_.empty()) {
      if (!input_->next(rows_)) return rows_.clear(), false;
      types_ = edge_types(step_, execution_);
      row_ = 0;
      is_walking_ = false;
    }
    out.gather(rows_, parents_);
    put(out.columns[step_.edge], VectorKind::edge, edges_);
    put(out.columns[step_.slot], VectorKind::node, ends_);
    return true;
  }

  void reset() override {
    input_->reset();
    rows_.clear();
    row_ = 0;
    is_walking_ = false;
  }

 private:
  static void put(Vector& column, VectorKind kind, const std::vector<std::uint32_t>& rows) {
    column.clear(kind);
    column.rows = rows;
  }

  // Walks on until the batch is full (false) or the rows at hand are used up (true).
  bool fill() {
    for (; row_ < rows_.size; ++row_, is_walking_ = false) {
      if (!is_walking_) {
        const auto from = node_at(rows_.columns[step_.from], row_, execution_.snapshot);
        if (from == kNoRow) continue;
        walk_.start(execution_.snapshot, types_, step_.direction, NodeRow{from});
        is_walking_ = true;
      }
      EdgeRow edge;
      NodeRow end;
      while (parents_.size() < execution_.options.vector_size && walk_.next(edge, end)) {
        execution_.limits.step();
        if (!step_.different.empty() && is_used(step_, rows_, row_, edge, execution_.snapshot)) continue;
        parents_.push_back(row_);
        edges_.push_back(edge.value);
        ends_.push_back(end.value);
      }
      if (parents_.size() >= execution_.options.vector_size) return false;
    }
    return true;
  }

  Execution& execution_;
  const Step& step_;
  OperatorPtr input_;
  Batch rows_;
  std::uint32_t row_ = 0;
  bool is_walking_ = false;
  std::vector<EdgeType> types_;
  EdgeWalk walk_;
  std::vector<std::uint32_t> parents_, edges_, ends_;
};

}  // namespace

OperatorPtr make_expand(Execution& execution, const Step& step, OperatorPtr input) {
  return std::make_unique<Expand>(execution, step, std::move(input));
}

}  // namespace policygraph::inline v0::detail::query
