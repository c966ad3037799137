#include <algorithm>
#include <numeric>

#include "query/run/operator.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

// OPTIONAL MATCH: the inner plan runs over a whole batch; each row carries its number, so the rows without a match are seen to be
// missing and keep their place with nulls.
class OptionalMatch : public Operator {
 public:
  OptionalMatch(Execution& execution, const Step& step, OperatorPtr input)
      : execution_(execution), step_(step), input_(std::move(input)), inner_(make_operator(execution, step.inner, &argument_)),
        inner_slots_(step.slots) {
    std::ranges::sort(inner_slots_);
  }

  bool next(Batch& out) override {
    while (true) {
      execution_.limits.tick();
      if (!is_open_ && !open()) return false;
      if (!inner_->next(found_)) {
        is_open_ = false;
        if (close(out)) return true;
        continue;
      }
      if (take(out)) return true;
    }
  }

  void reset() override {
    input_->reset();
    inner_->reset();
    argument_.reset();
    is_open_ = false;
  }

 private:
  bool open() {
    if (!input_->next(rows_)) return false;
    auto& numbers = rows_.columns.fresh(step_.ordinal, VectorKind::number);
    numbers.rows.resize(rows_.size);
    std::iota(numbers.rows.begin(), numbers.rows.end(), 0U);
    argument_.put(&rows_);
    expected_ = 0;
    return is_open_ = true;
  }

  // The inner plan keeps the order of its rows.
  bool take(Batch& out) {
    const auto& numbers = found_.columns[step_.ordinal].rows;
    bool has_gap = false;
    auto seen = expected_;
    for (const auto number : numbers) {
      has_gap = has_gap || number > seen;
      seen = number + 1;
    }
    if (!has_gap) {
      expected_ = seen;
      std::swap(out, found_);
      return true;
    }
    place(numbers);
    out.gather(rows_, outer_, &execution_.limits);
    const auto slots = found_.columns.size();
    for (Slot slot = 0; slot < slots; ++slot) {
      const bool is_inner = slot >= rows_.columns.size() || rows_.columns[slot].kind == VectorKind::none || std::ranges::binary_search(inner_slots_, slot);
      if (!is_inner) continue;
      if (found_.columns[slot].kind == VectorKind::none) {
        out.columns.forget(slot);
      } else {
        out.columns.fresh(slot, VectorKind::none).take_some(found_.columns[slot], places_);
      }
    }
    return true;
  }

  // The outer row of each row to come, and where it was found; kNoRow for one without a match.
  void place(const std::vector<std::uint32_t>& numbers) {
    outer_.clear();
    places_.clear();
    for (std::uint32_t row = 0; row < found_.size; ++row) {
      for (; expected_ < numbers[row]; ++expected_) {
        outer_.push_back(expected_);
        places_.push_back(kNoRow);
      }
      outer_.push_back(numbers[row]);
      places_.push_back(row);
      expected_ = numbers[row] + 1;
    }
  }

  bool close(Batch& out) {
    if (expected_ >= rows_.size) return false;
    std::vector<std::uint32_t> selection(rows_.size - expected_);
    std::iota(selection.begin(), selection.end(), expected_);
    out.gather(rows_, selection, &execution_.limits);
    for (const auto slot : step_.slots) out.columns.forget(slot);
    return true;
  }

  Execution& execution_;
  const Step& step_;
  OperatorPtr input_;
  Argument argument_;
  OperatorPtr inner_;
  std::vector<Slot> inner_slots_;
  Batch rows_, found_;
  std::vector<std::uint32_t> outer_, places_;
  std::uint32_t expected_ = 0;
  bool is_open_ = false;
};

}  // namespace

OperatorPtr make_optional_match(Execution& execution, const Step& step, OperatorPtr input) {
  return std::make_unique<OptionalMatch>(execution, step, std::move(input));
}

}  // namespace policygraph::inline v0::detail::query
