#include "query/run/outer_rows.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

// CALL { }: the inner plan runs for each row; its rows keep all they bind, so that they rest on it, and get the outer row beside it.
class CallSubquery : public Operator {
 public:
  CallSubquery(Execution& execution, const Step& step, OperatorPtr input)
      : execution_(execution), step_(step), outer_(std::move(input)), inner_(make_operator(execution, step.inner, &argument_)) {}

  bool next(Batch& out) override {
    while (true) {
      execution_.limits.tick();
      if (!is_open_ && !open()) return false;
      if (next_found(out)) break;
      close();
    }
    outer_.put_beside(step_, out);
    return true;
  }

  void reset() override {
    outer_.reset();
    close();
  }

 private:
  bool open() {
    if (!outer_.next()) return false;
    inner_->reset();
    argument_.put(&outer_.row());
    return is_open_ = true;
  }

  bool next_found(Batch& out) {
    const auto before = execution_.limits.held();
    const bool is_found = inner_->next(out);
    held_ += execution_.limits.held() - before;
    return is_found;
  }

  // What the inner plan held for this row it holds no more.
  void close() {
    execution_.limits.release(std::exchange(held_, 0));
    is_open_ = false;
  }

  Execution& execution_;
  const Step& step_;
  OuterRows outer_;
  Argument argument_;
  OperatorPtr inner_;
  std::size_t held_ = 0;
  bool is_open_ = false;
};

}  // namespace

OperatorPtr make_call_subquery(Execution& execution, const Step& step, OperatorPtr input) {
  return std::make_unique<CallSubquery>(execution, step, std::move(input));
}

}  // namespace policygraph::inline v0::detail::query
