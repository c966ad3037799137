#include "query/run/parking_write.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

// CALL { } that writes: as every write it takes all rows first; then the inner plan runs for one after another, each seeing what those
// before it wrote. Without RETURN each row goes on as it came, once.
class CallWriting : public ParkingWrite {
 public:
  using ParkingWrite::ParkingWrite;

 private:
  void write(Operator& input) override {
    for (Batch batch; input.next(batch);) park(batch, rows_);
    std::vector<Parked> found;
    for (const auto& batch : rows_) {
      for (std::uint32_t row = 0; row < batch.size(); ++row) call(batch.row(row, execution_.snapshot), found);
    }
    if (!step_.is_unit) rows_ = std::move(found);
  }

  void call(Batch outer, std::vector<Parked>& found) {
    const auto held = execution_.limits.held();
    const Execution::MovedAlong along(execution_, outer);
    inner_->reset();
    argument_.put(&outer);
    std::vector<Parked> mine;
    for (Batch batch; inner_->next(batch);) {
      execution_.limits.tick();
      if (step_.is_unit) continue;
      for (const auto slot : step_.kept) batch.columns.fresh(slot, VectorKind::none).repeat(outer.columns[slot], batch.size);
      park(batch, mine);
    }
    argument_.reset();
    // What the inner plan held it holds no more; what it found stays.
    execution_.limits.release(execution_.limits.held() - held);
    for (auto& batch : mine) {
      execution_.limits.charge(batch.memory_bytes());
      found.push_back(std::move(batch));
    }
  }
};

}  // namespace

OperatorPtr make_call_writing(Execution& execution, const Step& step, OperatorPtr input) {
  return std::make_unique<CallWriting>(execution, step, std::move(input));
}

}  // namespace policygraph::inline v0::detail::query
