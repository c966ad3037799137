#include <algorithm>

#include "query/run/hop_counts.hpp"
#include "query/run/operator.hpp"
#include "query/run/weights.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

// How often each row would be there, were its hops walked; rows that have none go.
class Weigh : public Operator {
 public:
  Weigh(Execution& execution, const Step& step, OperatorPtr input)
      : execution_(execution), step_(step), input_(std::move(input)), counts_(execution, step) {}

  bool next(Batch& out) override {
    while (input_->next(out)) {
      execution_.limits.tick();
      counts_.weigh(out, weights_);
      if (keep_weighed(out, weights_, step_.slot)) return true;
    }
    return false;
  }
  void reset() override { input_->reset(); }

 private:
  Execution& execution_;
  const Step& step_;
  OperatorPtr input_;
  HopCounts counts_;
  std::vector<std::int64_t> weights_;
};

}  // namespace

void refuse_ways() {
  throw Error(ErrorCode::limit, "there are more than 9223372036854775807 ways over the hops of a row; match fewer of them");
}

std::int64_t multiply_ways(std::int64_t a, std::int64_t b) {
  std::int64_t out = 0;
  if (__builtin_mul_overflow(a, b, &out)) refuse_ways();
  return out;
}

bool keep_weighed(Batch& rows, std::vector<std::int64_t>& weights, Slot slot) {
  if (std::ranges::find(weights, 0) == weights.end()) {
    rows.columns.fresh(slot, VectorKind::whole).wholes.swap(weights);
    return rows.size != 0;
  }
  std::vector<std::uint32_t> selection(rows.size);
  std::size_t kept = 0;
  for (std::uint32_t row = 0; row < rows.size; ++row) {
    selection[kept] = row;
    weights[kept] = weights[row];
    kept += weights[row] != 0 ? 1 : 0;
  }
  if (kept == 0) return false;
  selection.resize(kept);
  weights.resize(kept);
  rows.keep(selection);
  rows.columns.fresh(slot, VectorKind::whole).wholes.swap(weights);
  return true;
}

OperatorPtr make_weigh(Execution& execution, const Step& step, OperatorPtr input) {
  return std::make_unique<Weigh>(execution, step, std::move(input));
}

}  // namespace policygraph::inline v0::detail::query
