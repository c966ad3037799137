#include "query/run/seek_nodes.hpp"

#include <algorithm>

namespace policygraph::inline v0::detail::query {

SeekNodes::SeekNodes(Execution& execution, const Step& step, OperatorPtr input)
    : execution_(execution), step_(step), input_(std::move(input)), evaluator_(execution) {}

bool SeekNodes::next(Batch& out) {
  execution_.limits.tick();
  while (at_ == found_.size()) {
    if (++row_ >= rows_.size) {
      if (!input_->next(rows_)) return rows_.clear(), false;
      row_ = 0;
      begin_batch();
    }
    at_ = 0;
    found_.clear();
    execution_.limits.step();
    find_nodes();
  }
  fill(out);
  return true;
}

void SeekNodes::reset() {
  input_->reset();
  rows_.clear();
  row_ = 0;
  at_ = 0;
  found_.clear();
}

void SeekNodes::find_all(std::optional<Label> label) {
  found_.clear();
  if (label) {
    const auto nodes = execution_.snapshot.nodes(*label);
    found_.assign(nodes.begin(), nodes.end());
  } else {
    for (const auto node : execution_.snapshot.nodes()) found_.push_back(node);
  }
}

void SeekNodes::fill(Batch& out) {
  const auto size = std::min<std::size_t>(execution_.options.vector_size, found_.size() - at_);
  selection_.assign(size, row_);
  out.gather(rows_, selection_, &execution_.limits);
  auto& column = out.columns.fresh(step_.slot, VectorKind::node);
  for (std::size_t i = 0; i < size; ++i) column.rows.push_back(found_[at_++].value);
}

}  // namespace policygraph::inline v0::detail::query
