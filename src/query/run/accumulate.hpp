#pragma once

#include <memory>
#include <unordered_map>
#include <utility>
#include <vector>

#include "query/run/compare.hpp"
#include "query/run/execution.hpp"

namespace policygraph::inline v0::detail::query {

// One aggregate of one group, fed value by value.
class Accumulator {
 public:
  explicit Accumulator(const BoundAggregate& aggregate) : aggregate_(&aggregate) {}
  // Throws ValueTrouble for a value the aggregate cannot take.
  void add(const Value& value, Limits& limits);
  // The currencies of a value about to be added; a sum refuses another than the group's first.
  void keep_currencies(const ValueList& list);
  Value currencies() const { return Value(ValueList(currencies_)); }
  void count_row() { ++count_; }
  // As though so many values had been added, which come to that.
  void start(std::int64_t count, Value sum) {
    count_ = count;
    sum_ = std::move(sum);
  }
  // The result; once, for it is not kept.
  Value finish(const Value& percentile, Limits& limits);

 private:
  bool is_new(const Value& value, Limits& limits);
  void add_to_sum(const Value& value);
  Value deviation(Limits& limits) const;
  Value percentile(const Value& at, Limits& limits);

  const BoundAggregate* aggregate_;
  std::int64_t count_ = 0;
  Value sum_;
  bool is_wide_ = false;  // the sum is of whole numbers and past those there are: a decimal holds it
  std::vector<Value> currencies_;
  std::vector<Value> items_;
  std::unordered_multimap<std::size_t, Value> seen_;  // DISTINCT
};

}  // namespace policygraph::inline v0::detail::query
