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
        look_up();
        row_ = 0;
      }
      parents_.clear();
      edges_.clear();
      for (; row_ < rows_.size && parents_.size() < execution_.options.vector_size; ++row_) match();
      if (parents_.empty()) continue;
      out.gather(rows_, parents_, &execution_.limits);
      auto& column = out.columns.fresh(step_.edge, VectorKind::edge);
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
  // A write below moves to a new snapshot.
  void look_up() {
    if (is_found_ && moves_ == execution_.moves) return;
    out_.clear();
    for (const auto type : edge_types(step_.types, execution_)) out_.push_back(Hop::out(execution_.snapshot, type));
    is_found_ = true;
    moves_ = execution_.moves;
  }

  void match() {
    const auto from = node_at(execution_, step_.from, rows_, row_);
    const auto to = node_at(execution_, step_.to, rows_, row_);
    if (from == kNoRow || to == kNoRow) return;
    used_.read(step_, rows_, row_, execution_.snapshot);
    for (const auto& hop : out_) {
      if (step_.direction != Direction::in) between(NodeRow{from}, NodeRow{to}, hop);
      if (step_.direction == Direction::in || (step_.direction == Direction::both && from != to)) between(NodeRow{to}, NodeRow{from}, hop);
    }
  }

  void between(NodeRow source, NodeRow target, const Hop& hop) {
    const auto out = hop.edges(source);
    const auto [first, last] = std::equal_range(out.ends.begin(), out.ends.end(), target);
    for (auto at = first; at != last; ++at) {
      execution_.limits.step();
      const auto edge = out.edge(static_cast<std::size_t>(at - out.ends.begin()));
      if (used_.has(edge)) continue;
      parents_.push_back(row_);
      edges_.push_back(edge.value);
    }
  }

  Execution& execution_;
  const Step& step_;
  OperatorPtr input_;
  Batch rows_;
  std::uint32_t row_ = 0;
  std::vector<Hop> out_;
  bool is_found_ = false;
  std::size_t moves_ = 0;
  UsedEdges used_;
  std::vector<std::uint32_t> parents_, edges_;
};

}  // namespace

OperatorPtr make_expand_into(Execution& execution, const Step& step, OperatorPtr input) {
  return std::make_unique<ExpandInto>(execution, step, std::move(input));
}

}  // namespace policygraph::inline v0::detail::query
