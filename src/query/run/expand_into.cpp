#include <algorithm>

#include "query/run/edge_walk.hpp"
#include "query/run/operator.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

// The edges between two known nodes: each of several parallel edges is a row.
class ExpandInto : public Operator {
 public:
  ExpandInto(Execution& execution, const Step& step, OperatorPtr input) : execution_(execution), step_(step), input_(std::move(input)) {}

  bool next(Batch& out) override {
    while (true) {
      execution_.limits.tick();
      if (row_ >= rows_.size) {
        if (!input_->next(rows_)) return rows_.clear(), false;
        types_ = edge_types(step_, execution_);
        row_ = 0;
      }
      parents_.clear();
      edges_.clear();
      for (; row_ < rows_.size && parents_.size() < execution_.options.vector_size; ++row_) match();
      if (parents_.empty()) continue;
      out.gather(rows_, parents_);
      auto& column = out.columns[step_.edge];
      column.clear(VectorKind::edge);
      column.rows = edges_;
      return true;
    }
  }

  void reset() override {
    input_->reset();
    rows_.clear();
    row_ = 0;
  }

 private:
  void match() {
    const auto from = node_at(rows_.columns[step_.from], row_, execution_.snapshot);
    const auto to = node_at(rows_.columns[step_.to], row_, execution_.snapshot);
    if (from == kNoRow || to == kNoRow) return;
    for (const auto type : types_) {
      if (step_.direction != Direction::in) between(NodeRow{from}, NodeRow{to}, type);
      if (step_.direction == Direction::in || (step_.direction == Direction::both && from != to)) between(NodeRow{to}, NodeRow{from}, type);
    }
  }

  void between(NodeRow source, NodeRow target, EdgeType type) {
    const auto out = execution_.snapshot.out_edges(source, type);
    const auto [first, last] = std::equal_range(out.targets.begin(), out.targets.end(), target);
    for (auto at = first; at != last; ++at) {
      execution_.limits.step();
      const auto edge = out.edge(static_cast<std::size_t>(at - out.targets.begin()));
      if (is_used(step_, rows_, row_, edge, execution_.snapshot)) continue;
      parents_.push_back(row_);
      edges_.push_back(edge.value);
    }
  }

  Execution& execution_;
  const Step& step_;
  OperatorPtr input_;
  Batch rows_;
  std::uint32_t row_ = 0;
  std::vector<EdgeType> types_;
  std::vector<std::uint32_t> parents_, edges_;
};

}  // namespace

OperatorPtr make_expand_into(Execution& execution, const Step& step, OperatorPtr input) {
  return std::make_unique<ExpandInto>(execution, step, std::move(input));
}

}  // namespace policygraph::inline v0::detail::query
