#include <algorithm>

#include "query/run/outer_rows.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

constexpr std::size_t kMostKept = std::size_t{16} << 20;

// CALL { } that reads nothing of the rows around it: the inner plan runs for the first row, on an empty one, so that what it finds rests
// on nothing of that row; the others get the same rows again. If those are too many to keep, it runs for each row after all.
class CallOnce : public Operator {
 public:
  CallOnce(Execution& execution, const Step& step, OperatorPtr input)
      : execution_(execution), step_(step), outer_(std::move(input)), inner_(make_operator(execution, step.inner, &argument_)),
        most_(std::min(kMostKept, execution.options.max_memory / 8)) {
    nothing_.size = 1;
  }

  bool next(Batch& out) override {
    while (true) {
      execution_.limits.tick();
      if (!is_open_ && !open()) return false;
      if (is_whole_ ? next_kept(out) : next_found(out)) break;
      is_open_ = false;
    }
    outer_.put_beside(step_, out);
    return true;
  }

  void reset() override {
    outer_.reset();
    is_open_ = is_whole_ = is_too_much_ = false;
    drop();
  }

 private:
  bool open() {
    if (!outer_.next()) return false;
    at_ = 0;
    if (!is_whole_) {
      inner_->reset();
      argument_.put(&nothing_);
    }
    return is_open_ = true;
  }

  bool next_kept(Batch& out) {
    if (at_ >= kept_.size()) return false;
    out = kept_[at_++];
    return true;
  }

  bool next_found(Batch& out) {
    if (!inner_->next(out)) {
      is_whole_ = !is_too_much_;
      return false;
    }
    if (!is_too_much_) keep(out);
    return true;
  }

  void keep(const Batch& found) {
    const auto bytes = found.memory_bytes() + sizeof(Batch);
    is_too_much_ = held_ + bytes > most_;
    if (is_too_much_) return drop();
    execution_.limits.charge(bytes);
    held_ += bytes;
    kept_.push_back(found);  // shares its columns
  }

  void drop() {
    kept_.clear();
    execution_.limits.release(std::exchange(held_, 0));
  }

  Execution& execution_;
  const Step& step_;
  OuterRows outer_;
  Argument argument_;
  OperatorPtr inner_;
  Batch nothing_;
  std::vector<Batch> kept_;
  std::size_t at_ = 0, held_ = 0, most_;
  bool is_open_ = false, is_whole_ = false, is_too_much_ = false;
};

}  // namespace

OperatorPtr make_call_once(Execution& execution, const Step& step, OperatorPtr input) {
  return std::make_unique<CallOnce>(execution, step, std::move(input));
}

}  // namespace policygraph::inline v0::detail::query
