#include <numeric>
#include <optional>

#include "query/run/operator.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

class Skip : public Operator {
 public:
  Skip(Execution& execution, const Step& step, OperatorPtr input)
      : input_(std::move(input)), evaluator_(execution), all_(evaluator_.count(step.skip, "SKIP")), left_(all_) {}

  bool next(Batch& out) override {
    while (input_->next(out)) {
      if (left_ >= out.size) {
        left_ -= out.size;
        continue;
      }
      std::vector<std::uint32_t> selection(out.size - left_);
      std::iota(selection.begin(), selection.end(), static_cast<std::uint32_t>(left_));
      out.keep(selection);
      left_ = 0;
      return true;
    }
    return false;
  }
  void reset() override {
    input_->reset();
    left_ = all_;
  }

 private:
  OperatorPtr input_;
  Evaluator evaluator_;
  std::size_t all_, left_;
};

class Limit : public Operator {
 public:
  Limit(Execution& execution, const Step& step, OperatorPtr input)
      : input_(std::move(input)), evaluator_(execution), all_(evaluator_.count(step.limit, "LIMIT")), left_(all_),
        is_write_(execution.plan.query.is_write) {}

  bool next(Batch& out) override {
    // A write below happens even if no row of it is wanted.
    if (left_ == 0 && (!is_write_ || std::exchange(is_pulled_, true))) return false;
    is_pulled_ = true;
    if (!input_->next(out) || left_ == 0) return false;
    if (out.size > left_) {
      std::vector<std::uint32_t> selection(left_);
      std::iota(selection.begin(), selection.end(), 0U);
      out.keep(selection);
    }
    left_ -= out.size;
    return true;
  }
  void reset() override {
    input_->reset();
    left_ = all_;
    is_pulled_ = false;
  }

 private:
  OperatorPtr input_;
  Evaluator evaluator_;
  std::size_t all_, left_;
  bool is_write_;
  bool is_pulled_ = false;
};

}  // namespace

OperatorPtr make_skip(Execution& execution, const Step& step, OperatorPtr input) {
  return std::make_unique<Skip>(execution, step, std::move(input));
}
OperatorPtr make_limit(Execution& execution, const Step& step, OperatorPtr input) {
  return std::make_unique<Limit>(execution, step, std::move(input));
}

}  // namespace policygraph::inline v0::detail::query
