#include "query/run/operator.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

constexpr std::size_t kLeastRows = 4;
constexpr std::size_t kItemsAtOnce = 16'384;

// A row for each item of a list; none for null; a value that is no list is its own one item.
class Unwind : public Operator {
 public:
  Unwind(Execution& execution, const Step& step, OperatorPtr input)
      : execution_(execution), step_(step), input_(std::move(input)), evaluator_(execution), room_(execution.limits) {}

  bool next(Batch& out) override {
    while (true) {
      execution_.limits.tick();
      if (row_ >= rows_.size) {
        if (!next_rows()) return rows_.clear(), false;
        row_ = 0;
        room_.clear();
        lists_.clear(VectorKind::none);
        room_.take(evaluator_.column(step_.assignments[0].expression, rows_, lists_));
        lists_.to_values(rows_.size, execution_.snapshot);
        adapt();
      }
      if (fill(out)) return true;
    }
  }
  void reset() override {
    input_->reset();
    input_rows_.clear();
    next_row_ = 0;
    rows_.clear();
    row_ = 0;
    item_ = 0;
  }

 private:
  // The next few rows of the input: lists are made for so many at a time, for each may be long.
  bool next_rows() {
    while (next_row_ >= input_rows_.size) {
      execution_.limits.tick();
      if (!input_->next(input_rows_)) return input_rows_.clear(), false;
      next_row_ = 0;
    }
    parents_.clear();
    for (; next_row_ < input_rows_.size && parents_.size() < chunk_; ++next_row_) parents_.push_back(next_row_);
    rows_.gather(input_rows_, parents_, &execution_.limits);
    return true;
  }

  // More rows at a time while their lists are short.
  void adapt() {
    std::size_t items = 0;
    for (const auto& list : lists_.values) items += list.kind() == ValueKind::list ? list.as_list().size() : 1;
    if (items < kItemsAtOnce / 4 && chunk_ < execution_.options.vector_size) chunk_ *= 4;
    if (items > kItemsAtOnce) chunk_ = kLeastRows;
  }

  bool fill(Batch& out) {
    parents_.clear();
    std::vector<Value> items;
    const auto most = execution_.options.vector_size;
    std::size_t bytes = 0;
    for (; row_ < rows_.size && parents_.size() < most; ++row_, item_ = 0) {
      const auto texts = rows_.text_bytes(row_);
      const auto& list = lists_.values[row_];
      if (list.is_null()) continue;
      const bool is_list = list.kind() == ValueKind::list;
      const auto size = is_list ? list.as_list().size() : 1;
      for (; item_ < size && parents_.size() < most && bytes <= kTextBytesAtOnce; ++item_) {
        const auto& item = is_list ? list.as_list()[item_] : list;
        bytes += texts + text_bytes(item);
        parents_.push_back(row_);
        items.push_back(item);
      }
      if (item_ < size) break;
    }
    if (parents_.empty()) return false;
    out.gather(rows_, parents_, &execution_.limits);
    auto& column = out.columns.fresh(step_.assignments[0].slot, VectorKind::value);
    column.values = std::move(items);
    return true;
  }

  Execution& execution_;
  const Step& step_;
  OperatorPtr input_;
  Evaluator evaluator_;
  Room room_;  // of the lists
  Batch input_rows_;
  std::uint32_t next_row_ = 0;
  std::size_t chunk_ = kLeastRows;
  Batch rows_;
  Vector lists_;
  std::uint32_t row_ = 0;
  std::size_t item_ = 0;
  std::vector<std::uint32_t> parents_;
};

}  // namespace

OperatorPtr make_unwind(Execution& execution, const Step& step, OperatorPtr input) {
  return std::make_unique<Unwind>(execution, step, std::move(input));
}

}  // namespace policygraph::inline v0::detail::query
