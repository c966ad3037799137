#include "query/run/write.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

class Create : public Operator {
 public:
  Create(Execution& execution, const Step& step, OperatorPtr input)
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
    for (auto& batch : held_.batches) {
      writer_.begin_gathering(batch);
      for (std::uint32_t row = 0; row < batch.size; ++row) {
        execution_.limits.step();
        for (std::uint32_t i = 0; i < step_.clause_count; ++i) writer_.create(clause(i), batch, row);
      }
      writer_.end_gathering(batch);
    }
    execution_.refresh(held_.batches);
    for (auto& batch : held_.batches) {
      for (std::uint32_t i = 0; i < step_.clause_count; ++i) writer_.settle(clause(i), batch);
    }
  }

  const BoundCreate& clause(std::uint32_t i) const { return execution_.plan.writes[step_.clause + i].create; }

  Execution& execution_;
  const Step& step_;
  OperatorPtr input_;
  Writer writer_;
  HeldRows held_;
  bool is_done_ = false;
};

}  // namespace

OperatorPtr make_create(Execution& execution, const Step& step, OperatorPtr input) {
  return std::make_unique<Create>(execution, step, std::move(input));
}

}  // namespace policygraph::inline v0::detail::query
