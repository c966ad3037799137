#include "query/run/write.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

// SET and REMOVE, item by item: a later item sees what an earlier one set.
class Set : public Operator {
 public:
  Set(Execution& execution, const Step& step, OperatorPtr input)
      : execution_(execution), step_(step), input_(std::move(input)), writer_(execution) {}

  bool next(Batch& out) override {
    if (!std::exchange(is_done_, true)) write();
    return held_.next(out, execution_.options.vector_size);
  }
  void reset() override {
    input_->reset();
    held_ = {};
    is_done_ = false;
  }

 private:
  void write() {
    held_.batches = read_all(*input_, execution_);
    for (const auto& item : execution_.plan.writes[step_.clause].sets) {
      for (const auto& batch : held_.batches) {
        for (std::uint32_t row = 0; row < batch.size; ++row) {
          execution_.limits.step();
          writer_.set(item, step_.kind == StepKind::remove, batch, row);
        }
      }
      execution_.refresh(held_.batches);
    }
  }

  Execution& execution_;
  const Step& step_;
  OperatorPtr input_;
  Writer writer_;
  HeldRows held_;
  bool is_done_ = false;
};

}  // namespace

OperatorPtr make_set(Execution& execution, const Step& step, OperatorPtr input) {
  return std::make_unique<Set>(execution, step, std::move(input));
}

}  // namespace policygraph::inline v0::detail::query
