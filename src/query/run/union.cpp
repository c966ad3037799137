#include "query/run/operator.hpp"

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

}  // namespace

OperatorPtr make_union(Execution&, OperatorPtr first, OperatorPtr second) {
  return std::make_unique<Union>(std::move(first), std::move(second));
}

}  // namespace policygraph::inline v0::detail::query
