#include "query/run/outer_rows.hpp"

namespace policygraph::inline v0::detail::query {

bool OuterRows::next() {
  while (at_ >= rows_.size) {
    if (!input_->next(rows_)) return false;
    at_ = 0;
  }
  row_.gather(rows_, std::span(&at_, 1));
  ++at_;
  return true;
}

void OuterRows::put_beside(const Step& step, Batch& found) const {
  for (const auto slot : step.kept) found.columns.fresh(slot, VectorKind::none).repeat(row_.columns[slot], found.size);
}

void OuterRows::reset() {
  input_->reset();
  rows_.clear();
  at_ = 0;
}

}  // namespace policygraph::inline v0::detail::query
