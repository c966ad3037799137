#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

#include "query/run/operator.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

constexpr std::uint32_t kRowsToCut = 1'024;

// ORDER BY, stable. With a bound (top) only the rows that can still be wanted are kept while reading.
class Sort : public Operator {
 public:
  Sort(Execution& execution, const Step& step, OperatorPtr input)
      : execution_(execution), step_(step), input_(std::move(input)), evaluator_(execution) {
    if (step.kind != StepKind::top) return;
    if (step.skip != kNone) skip_ = evaluator_.count(step.skip, "SKIP");
    const auto limit = evaluator_.count(step.limit, "LIMIT");
    most_ = limit > std::numeric_limits<std::uint32_t>::max() - skip_ ? std::numeric_limits<std::size_t>::max() : skip_ + limit;
  }

  bool next(Batch& out) override {
    if (!is_done_) gather();
    if (at_ >= order_.size()) return false;
    const auto size = std::min<std::size_t>(execution_.options.vector_size, order_.size() - at_);
    out.gather(rows_, std::span(order_).subspan(at_, size), &execution_.limits);
    at_ += size;
    return true;
  }

  void reset() override {
    input_->reset();
    is_done_ = false;
  }

 private:
  void gather() {
    rows_ = Batch();
    keys_.assign(step_.order.size(), {});
    bound_ = Value();
    Batch batch;
    while (input_->next(batch)) {
      execution_.limits.tick();
      // Past `most_` rows, as many as are charged for are cut away again.
      if (rows_.size < most_) execution_.limits.charge(batch.memory_bytes(&execution_.limits) + batch.size * (keys_.size() * sizeof(Value) + 4));
      if (bound_.is_null() && most_ > 0 && most_ < batch.size / 8 && are_keys_sure()) find_bound(batch);
      if (!bound_.is_null() && pass_worse(batch)) continue;
      append(batch);
      if (most_ < rows_.size / 4 && rows_.size >= most_ + kRowsToCut) cut();
    }
    sort();
    at_ = std::min(skip_, order_.size());
    is_done_ = true;
  }

  // What the last of the rows that are wanted is sorted by first, were there no others: few keys are made of the rest
  // of a large batch.
  void find_bound(const Batch& batch) {
    Vector made;
    const auto& keys = evaluator_.seen_column(step_.order[0].expression, batch, made);
    if (keys.kind != VectorKind::whole && keys.kind != VectorKind::value) return;
    std::vector<std::uint32_t> rows(batch.size);
    std::iota(rows.begin(), rows.end(), 0U);
    const auto last = rows.begin() + static_cast<std::ptrdiff_t>(most_ - 1);
    const bool is_descending = step_.order[0].is_descending;
    std::ranges::nth_element(rows, last, [&](std::uint32_t a, std::uint32_t b) {
      execution_.limits.step();
      if (is_descending) std::swap(a, b);
      if (keys.kind == VectorKind::whole) return keys.wholes[a] < keys.wholes[b];
      return beside(keys.values[a], keys.values[b]) < 0;
    });
    bound_ = keys.at(*last, execution_.snapshot);
  }

  // Leaves the rows that may still be wanted, by what they are sorted by first; whether there are none.
  bool pass_worse(Batch& batch) {
    Vector made;
    const auto& keys = evaluator_.seen_column(step_.order[0].expression, batch, made);
    wanted_.clear();
    if (keys.kind == VectorKind::whole && bound_.kind() == ValueKind::integer) {
      pass_worse_wholes(keys.wholes);
      batch.keep(wanted_);
      return wanted_.empty();
    }
    for (std::uint32_t row = 0; row < batch.size; ++row) {
      const auto o = keys.kind == VectorKind::value ? beside(keys.values[row], bound_) : beside(keys.at(row, execution_.snapshot), bound_);
      if (step_.order[0].is_descending ? o >= 0 : o <= 0) wanted_.push_back(row);
    }
    batch.keep(wanted_);
    return wanted_.empty();
  }

  void pass_worse_wholes(const std::vector<std::int64_t>& keys) {
    const auto bound = bound_.as_integer();
    const bool is_descending = step_.order[0].is_descending;
    for (std::uint32_t row = 0; row < keys.size(); ++row) {
      if (is_descending ? keys[row] >= bound : keys[row] <= bound) wanted_.push_back(row);
    }
  }

  std::weak_ordering beside(const Value& one, const Value& other) {
    if (one.kind() == ValueKind::integer && other.kind() == ValueKind::integer) return one.as_integer() <=> other.as_integer();
    if (one.kind() == ValueKind::decimal && other.kind() == ValueKind::decimal) {
      const auto &a = one.as_decimal(), &b = other.as_decimal();
      if (a.scale() == b.scale() && is_one_word(a) && is_one_word(b)) return static_cast<std::int64_t>(a.low()) <=> static_cast<std::int64_t>(b.low());
    }
    return order(one, other, &execution_.limits);
  }

  static bool is_one_word(const Decimal& value) { return value.high() == (static_cast<std::int64_t>(value.low()) < 0 ? -1 : 0); }

  // Whether keys can be worked out of some rows alone: no other would have failed.
  bool are_keys_sure() const {
    const auto is_slot = [this](const BoundSort& key) { return execution_.plan.query.expressions[key.expression].kind == BoundKind::slot; };
    return std::ranges::all_of(step_.order, is_slot);
  }

  void append(const Batch& batch) {
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      Vector key;
      evaluator_.column(step_.order[i].expression, batch, key);
      key.to_values(batch.size, execution_.snapshot);
      keys_[i].insert(keys_[i].end(), std::make_move_iterator(key.values.begin()), std::make_move_iterator(key.values.end()));
    }
    rows_.append_all(batch, execution_.snapshot);
  }

  void sort() {
    order_.resize(rows_.size);
    std::iota(order_.begin(), order_.end(), 0U);
    const auto is_before = [this](std::uint32_t a, std::uint32_t b) {
      execution_.limits.step();
      for (std::size_t i = 0; i < keys_.size(); ++i) {
        const auto o = order(keys_[i][a], keys_[i][b], &execution_.limits);
        if (o != 0) return step_.order[i].is_descending ? o > 0 : o < 0;
      }
      return a < b;
    };
    if (most_ < order_.size()) {
      std::partial_sort(order_.begin(), order_.begin() + static_cast<std::ptrdiff_t>(most_), order_.end(), is_before);
      order_.resize(most_);
    } else {
      std::sort(order_.begin(), order_.end(), is_before);
    }
  }

  // Keeps the rows that are wanted so far, in their order.
  void cut() {
    sort();
    Batch kept;
    kept.gather(rows_, order_);
    for (auto& key : keys_) {
      std::vector<Value> values;
      values.reserve(order_.size());
      for (const auto row : order_) values.push_back(std::move(key[row]));
      key = std::move(values);
    }
    rows_ = std::move(kept);
    if (most_ > 0 && are_keys_sure()) bound_ = keys_[0].back();
  }

  Execution& execution_;
  const Step& step_;
  OperatorPtr input_;
  Evaluator evaluator_;
  Batch rows_;
  std::vector<std::vector<Value>> keys_;
  std::vector<std::uint32_t> order_, wanted_;
  Value bound_;  // what the last row is sorted by first, of those that are wanted so far; null: nothing is known, or it
                 // is null
  std::size_t skip_ = 0, most_ = std::numeric_limits<std::size_t>::max(), at_ = 0;
  bool is_done_ = false;
};

}  // namespace

OperatorPtr make_sort(Execution& execution, const Step& step, OperatorPtr input) {
  return std::make_unique<Sort>(execution, step, std::move(input));
}

}  // namespace policygraph::inline v0::detail::query
