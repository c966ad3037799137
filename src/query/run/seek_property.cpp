#include <algorithm>

#include "query/run/operator.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

// Beside each row of the input the nodes whose property may be the value (or one of the values) it gives: all that are, and
// perhaps others, for the filter above decides. Values that the index does not compare as Cypher does find all nodes.
class SeekProperty : public Operator {
 public:
  SeekProperty(Execution& execution, const Step& step, OperatorPtr input)
      : execution_(execution), step_(step), input_(std::move(input)), evaluator_(execution) {}

  bool next(Batch& out) override {
    execution_.limits.tick();
    while (at_ == found_.size()) {
      if (++row_ >= rows_.size) {
        if (!input_->next(rows_)) return false;
        row_ = 0;
        find_label();
      }
      find_nodes();
    }
    fill(out);
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
  // Looked up again for every batch: a write below moves to a new snapshot.
  void find_label() {
    const auto& snapshot = execution_.snapshot;
    label_ = step_.labels.empty() ? std::nullopt : execution_.names->labels[step_.labels[0]];
    has_nodes_ = step_.labels.empty() ? snapshot.node_count() > 0 : label_ && !snapshot.nodes(*label_).empty();
    property_ = execution_.names->properties[step_.property];
  }

  void find_nodes() {
    at_ = 0;
    found_.clear();
    execution_.limits.step();
    // Without the property all are null, and null is equal to nothing.
    if (!has_nodes_ || !property_) return;
    const auto value = evaluator_.value(step_.value, rows_, row_);
    if (!step_.is_one_of) {
      add(value);
    } else if (value.kind() == ValueKind::list) {
      for (const auto& item : value.as_list()) {
        add(item);
        if (takes_all_) break;
      }
      std::ranges::sort(found_);
      found_.erase(std::unique(found_.begin(), found_.end()), found_.end());
    } else if (!value.is_null()) {
      takes_all_ = true;  // the filter has something to say of it
    }
    if (takes_all_) add_all();
  }

  void add(const Value& value) {
    switch (value.kind()) {
      case ValueKind::null: return;
      case ValueKind::string:
      case ValueKind::boolean:
      case ValueKind::integer: break;
      default: takes_all_ = true; return;
    }
    for (const auto node : execution_.snapshot.find_nodes(*property_, value)) {
      if (!label_ || execution_.snapshot.has_label(node, *label_)) found_.push_back(node);
    }
  }

  void add_all() {
    takes_all_ = false;
    found_.clear();
    if (label_) {
      const auto nodes = execution_.snapshot.nodes(*label_);
      found_.assign(nodes.begin(), nodes.end());
    } else {
      for (const auto node : execution_.snapshot.nodes()) found_.push_back(node);
    }
  }

  void fill(Batch& out) {
    const auto size = std::min<std::size_t>(execution_.options.vector_size, found_.size() - at_);
    selection_.assign(size, row_);
    out.gather(rows_, selection_);
    auto& column = out.columns[step_.slot];
    column.clear(VectorKind::node);
    for (std::size_t i = 0; i < size; ++i) column.rows.push_back(found_[at_++].value);
  }

  Execution& execution_;
  const Step& step_;
  OperatorPtr input_;
  Evaluator evaluator_;
  Batch rows_;
  std::uint32_t row_ = 0;
  std::optional<Label> label_;
  std::optional<Property> property_;
  bool has_nodes_ = false;
  bool takes_all_ = false;
  std::vector<NodeRow> found_;  // for the row at hand
  std::size_t at_ = 0;
  std::vector<std::uint32_t> selection_;
};

}  // namespace

OperatorPtr make_seek_property(Execution& execution, const Step& step, OperatorPtr input) {
  return std::make_unique<SeekProperty>(execution, step, std::move(input));
}

}  // namespace policygraph::inline v0::detail::query
