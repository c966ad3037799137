#include <numeric>

#include "query/run/operator.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

// OPTIONAL MATCH: the inner plan runs over a whole batch; each row carries its number, so the rows without a match are seen to be
// missing and keep their place with nulls.
class OptionalMatch : public Operator {
 public:
  OptionalMatch(Execution& execution, const Step& step, OperatorPtr input)
      : execution_(execution), step_(step), input_(std::move(input)), inner_(make_operator(execution, step.inner, &argument_)) {}

  bool next(Batch& out) override {
    while (true) {
      execution_.limits.tick();
      if (!is_open_ && !open()) return false;
      if (!inner_->next(found_)) {
        is_open_ = false;
        if (close(out)) return true;
        continue;
      }
      if (take(out)) return true;
    }
  }

  void reset() override {
    input_->reset();
    inner_->reset();
    argument_.reset();
    is_open_ = false;
  }

 private:
  bool open() {
    if (!input_->next(rows_)) return false;
    auto& numbers = rows_.columns.fresh(step_.ordinal, VectorKind::number);
    numbers.rows.resize(rows_.size);
    std::iota(numbers.rows.begin(), numbers.rows.end(), 0U);
    argument_.put(&rows_);
    expected_ = 0;
    return is_open_ = true;
  }

  // The inner plan keeps the order of its rows.
  bool take(Batch& out) {
    const auto& numbers = found_.columns[step_.ordinal].rows;
    bool has_gap = false;
    auto seen = expected_;
    for (const auto number : numbers) {
      has_gap = has_gap || number > seen;
      seen = number + 1;
    }
    if (!has_gap) {
      expected_ = seen;
      std::swap(out, found_);
      return true;
    }
    out.clear();
    for (std::uint32_t row = 0; row < found_.size; ++row) {
      append_missing(out, numbers[row]);
      out.append(found_, row, execution_.snapshot);
      expected_ = numbers[row] + 1;
    }
    return true;
  }

  bool close(Batch& out) {
    if (expected_ >= rows_.size) return false;
    std::vector<std::uint32_t> selection(rows_.size - expected_);
    std::iota(selection.begin(), selection.end(), expected_);
    out.gather(rows_, selection, &execution_.limits);
    for (const auto slot : step_.slots) out.columns.forget(slot);
    return true;
  }

  void append_missing(Batch& out, std::uint32_t end) {
    for (; expected_ < end; ++expected_) out.append(rows_, expected_, execution_.snapshot);
  }

  Execution& execution_;
  const Step& step_;
  OperatorPtr input_;
  Argument argument_;
  OperatorPtr inner_;
  Batch rows_, found_;
  std::uint32_t expected_ = 0;
  bool is_open_ = false;
};

}  // namespace

OperatorPtr make_optional_match(Execution& execution, const Step& step, OperatorPtr input) {
  return std::make_unique<OptionalMatch>(execution, step, std::move(input));
}

}  // namespace policygraph::inline v0::detail::query
