#include "query/run/operator.hpp"
#include "query/run/parked.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

// The rows of one query, then those of the other.
class Union : public Operator {
 public:
  Union(OperatorPtr first, OperatorPtr second) : first_(std::move(first)), second_(std::move(second)) {}
  bool next(Batch& out) override {
    if (!is_second_ && first_->next(out)) return true;
    is_second_ = true;
    return second_->next(out);
  }
  void reset() override {
    first_->reset();
    second_->reset();
    is_second_ = false;
  }

 private:
  OperatorPtr first_, second_;
  bool is_second_ = false;
};

// The same where a part may write: all is done before the first row is given, for rows already given would not move with the graph.
class UnionOfWrites : public Operator {
 public:
  UnionOfWrites(Execution& execution, OperatorPtr first, OperatorPtr second)
      : execution_(execution), first_(std::move(first)), second_(std::move(second)) {}

  bool next(Batch& out) override {
    if (!std::exchange(is_done_, true)) {
      take(*first_);
      take(*second_);
    }
    if (at_ >= rows_.size()) return false;
    out = rows_[at_++].all(execution_.snapshot);
    return true;
  }
  void reset() override {
    first_->reset();
    second_->reset();
    rows_.clear();
    at_ = 0;
    is_done_ = false;
  }

 private:
  void take(Operator& part) {
    for (Batch batch; part.next(batch);) {
      execution_.limits.tick();
      rows_.emplace_back(batch, execution_.snapshot);
      execution_.limits.charge(rows_.back().memory_bytes());
    }
  }

  Execution& execution_;
  OperatorPtr first_, second_;
  std::vector<Parked> rows_;
  std::size_t at_ = 0;
  bool is_done_ = false;
};

}  // namespace

OperatorPtr make_union(Execution& execution, OperatorPtr first, OperatorPtr second) {
  if (execution.plan.query.is_write) return std::make_unique<UnionOfWrites>(execution, std::move(first), std::move(second));
  return std::make_unique<Union>(std::move(first), std::move(second));
}

}  // namespace policygraph::inline v0::detail::query
