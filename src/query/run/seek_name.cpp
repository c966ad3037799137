#include <algorithm>

#include "graph/name_starts.hpp"
#include "policygraph/text/normalise.hpp"
#include "query/run/operator.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

// Beside each row of the input the nodes that name_matches may hold of for the text it gives; the filter above decides. What is no
// text finds all nodes, and so does null where the query says that null is for all.
class SeekName : public Operator {
 public:
  SeekName(Execution& execution, const Step& step, OperatorPtr input)
      : execution_(execution), step_(step), input_(std::move(input)), evaluator_(execution) {}

  bool next(Batch& out) override {
    execution_.limits.tick();
    while (at_ == found_.size()) {
      if (++row_ >= rows_.size) {
        if (!input_->next(rows_)) return false;
        row_ = 0;
      }
      find_nodes();
    }
    const auto size = std::min<std::size_t>(execution_.options.vector_size, found_.size() - at_);
    selection_.assign(size, row_);
    out.gather(rows_, selection_);
    auto& column = out.columns[step_.slot];
    column.clear(VectorKind::node);
    for (std::size_t i = 0; i < size; ++i) column.rows.push_back(found_[at_++].value);
    return true;
  }

  void reset() override {
    input_->reset();
    rows_.clear();
    row_ = 0;
    at_ = 0;
    found_.clear();
  }

 private:
  void find_nodes() {
    at_ = 0;
    found_.clear();
    execution_.limits.step();
    const auto& snapshot = execution_.snapshot;
    const auto label = step_.labels.empty() ? std::nullopt : execution_.names->labels[step_.labels[0]];
    if (!step_.labels.empty() && !label) return;
    const auto value = evaluator_.value(step_.value, rows_, row_);
    const bool takes_all = value.kind() == ValueKind::null ? step_.takes_all_of_null : value.kind() != ValueKind::string;
    if (takes_all && label) {
      const auto nodes = snapshot.nodes(*label);
      found_.assign(nodes.begin(), nodes.end());
    } else if (takes_all) {
      for (const auto node : snapshot.nodes()) found_.push_back(node);
    } else if (value.kind() == ValueKind::string) {
      const auto folded = fold_name(value.as_string());
      if (!folded.empty()) found_ = graph::nodes_named(snapshot, folded);
      if (label) std::erase_if(found_, [&](NodeRow node) { return !snapshot.has_label(node, *label); });
    }
  }

  Execution& execution_;
  const Step& step_;
  OperatorPtr input_;
  Evaluator evaluator_;
  Batch rows_;
  std::uint32_t row_ = 0;
  std::vector<NodeRow> found_;  // for the row at hand
  std::size_t at_ = 0;
  std::vector<std::uint32_t> selection_;
};

}  // namespace

OperatorPtr make_seek_name(Execution& execution, const Step& step, OperatorPtr input) {
  return std::make_unique<SeekName>(execution, step, std::move(input));
}

}  // namespace policygraph::inline v0::detail::query
