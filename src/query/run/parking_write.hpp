#pragma once

#include <vector>

#include "query/run/operator.hpp"
#include "query/run/parked.hpp"

namespace policygraph::inline v0::detail::query {

// A write that runs an inner plan for one row after another: the rows to come and the rows done are parked, for the snapshot moves
// with each. As every write it takes all rows before it gives the first.
class ParkingWrite : public Operator {
 public:
  ParkingWrite(Execution& execution, const Step& step, OperatorPtr input);
  bool next(Batch& out) override;
  void reset() override;

 protected:
  // The rows of the input, as they are to go on, to rows_.
  virtual void write(Operator& input) = 0;
  void park(const Batch& batch, std::vector<Parked>& to);

  Execution& execution_;
  const Step& step_;
  Argument argument_;
  OperatorPtr inner_;
  std::vector<Parked> rows_;

 private:
  OperatorPtr input_;
  std::size_t at_ = 0;
  bool is_done_ = false;
};

}  // namespace policygraph::inline v0::detail::query
