#include "query/run/operator.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

// The one value of `from`, `size` times.
void repeat(const Vector& from, std::uint32_t size, Vector& out) {
  out.clear(from.kind);
  if (from.kind == VectorKind::value) {
    out.values.assign(size, from.values[0]);
  } else if (from.kind == VectorKind::lineage) {
    out.lineages.assign(size, from.lineages[0]);
  } else if (from.kind != VectorKind::none) {
    out.rows.assign(size, from.rows[0]);
  }
}

// CALL { }: the inner plan runs for each row; its rows keep all they bind, so that they rest on it, and get the outer row beside it.
class CallSubquery : public Operator {
 public:
  CallSubquery(Execution& execution, const Step& step, OperatorPtr input)
      : execution_(execution), step_(step), input_(std::move(input)), inner_(make_operator(execution, step.inner, &argument_)) {}

  bool next(Batch& out) override {
    while (true) {
      execution_.limits.tick();
      if (!is_open_ && !open()) return false;
      if (inner_->next(out)) break;
      is_open_ = false;
    }
    for (const auto slot : step_.kept) repeat(outer_.columns[slot], out.size, out.columns[slot]);
    return true;
  }

  void reset() override {
    input_->reset();
    rows_.clear();
    row_ = 0;
    is_open_ = false;
  }

 private:
  bool open() {
    while (row_ >= rows_.size) {
      if (!input_->next(rows_)) return false;
      row_ = 0;
    }
    outer_.gather(rows_, std::span(&row_, 1));
    ++row_;
    inner_->reset();
    argument_.put(&outer_);
    return is_open_ = true;
  }

  Execution& execution_;
  const Step& step_;
  OperatorPtr input_;
  Argument argument_;
  OperatorPtr inner_;
  Batch rows_, outer_;
  std::uint32_t row_ = 0;
  bool is_open_ = false;
};

}  // namespace

OperatorPtr make_call_subquery(Execution& execution, const Step& step, OperatorPtr input) {
  return std::make_unique<CallSubquery>(execution, step, std::move(input));
}

}  // namespace policygraph::inline v0::detail::query
