#pragma once

#include "query/run/operator.hpp"

namespace policygraph::inline v0::detail::query {

// The rows around a CALL { }, one at a time.
class OuterRows {
 public:
  explicit OuterRows(OperatorPtr input) : input_(std::move(input)) {}

  // To the next; false behind the last.
  bool next();
  const Batch& row() const { return row_; }
  // What `step` keeps of it, beside each of the rows found for it.
  void put_beside(const Step& step, Batch& found) const;
  void reset();

 private:
  OperatorPtr input_;
  Batch rows_, row_;
  std::uint32_t at_ = 0;
};

}  // namespace policygraph::inline v0::detail::query
