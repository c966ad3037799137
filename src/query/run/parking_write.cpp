#include "query/run/parking_write.hpp"

#include <utility>

namespace policygraph::inline v0::detail::query {

ParkingWrite::ParkingWrite(Execution& execution, const Step& step, OperatorPtr input)
    : execution_(execution), step_(step), inner_(make_operator(execution, step.inner, &argument_)), input_(std::move(input)) {}

bool ParkingWrite::next(Batch& out) {
  if (!std::exchange(is_done_, true)) write(*input_);
  if (at_ >= rows_.size()) return false;
  out = rows_[at_++].all(execution_.snapshot);
  return true;
}

void ParkingWrite::reset() {
  input_->reset();
  rows_.clear();
  at_ = 0;
  is_done_ = false;
}

void ParkingWrite::park(const Batch& batch, std::vector<Parked>& to) {
  execution_.limits.tick();
  to.emplace_back(batch, execution_.snapshot);
  execution_.limits.charge(to.back().memory_bytes());
}

}  // namespace policygraph::inline v0::detail::query
