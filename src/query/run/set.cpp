#include "query/run/write.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

// SET and REMOVE.
class Set : public Operator {
 public:
  Set(Execution& execution, const Step& step, OperatorPtr input)
      : execution_(execution), step_(step), input_(std::move(input)), writer_(execution, step.lineage) {}

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
    writer_.set_all(execution_.plan.writes[step_.clause].sets, step_.kind == StepKind::remove, held_.batches);
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
