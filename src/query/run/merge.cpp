#include "query/run/write.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

// For each row: what the pattern finds, or, if that is nothing, what it says made anew. A row sees what earlier rows made.
class Merge : public Operator {
 public:
  Merge(Execution& execution, const Step& step, OperatorPtr input)
      : execution_(execution), step_(step), input_(std::move(input)), inner_(make_operator(execution, step.inner, &argument_)), writer_(execution) {}

  bool next(Batch& out) override {
    if (!std::exchange(is_done_, true)) write();
    return held_.next(out, execution_.options.vector_size);
  }
  void reset() override {}

 private:
  void write() {
    // The rows to come and the rows done: both move when the snapshot does.
    std::vector<Batch> held = read_all(*input_, execution_);
    const auto count = held.size();
    for (std::size_t i = 0; i < count; ++i) {
      for (std::uint32_t row = 0; row < held[i].size; ++row) {
        execution_.limits.tick();
        Batch one;
        one.gather(held[i], std::span(&row, 1));
        merge(std::move(one), held);
      }
    }
    held_.batches.assign(std::make_move_iterator(held.begin() + static_cast<std::ptrdiff_t>(count)), std::make_move_iterator(held.end()));
  }

  void merge(Batch one, std::vector<Batch>& held) {
    const auto first = held.size();
    const auto& clause = execution_.plan.writes[step_.clause];
    inner_->reset();
    argument_.put(&one);
    Batch found;
    while (inner_->next(found)) held.push_back(found);
    argument_.reset();
    const bool is_new = held.size() == first;
    if (is_new) {
      writer_.create(clause.create, one, 0, true);
      held.push_back(std::move(one));
      execution_.refresh(held);
      writer_.settle(clause.create, held.back());
    }
    for (auto i = first; i < held.size() && !is_new; ++i) {
      for (const auto& path : clause.create.paths) {
        Vector column;
        writer_.evaluator().column(path.expression, held[i], column);
        held[i].columns[path.slot] = std::move(column);
      }
    }
    for (const auto& item : is_new ? clause.sets : clause.match_sets) {
      for (auto i = first; i < held.size(); ++i) {
        for (std::uint32_t row = 0; row < held[i].size; ++row) writer_.set(item, false, held[i], row);
      }
      execution_.refresh(held);
    }
  }

  Execution& execution_;
  const Step& step_;
  OperatorPtr input_;
  Argument argument_;
  OperatorPtr inner_;
  Writer writer_;
  HeldRows held_;
  bool is_done_ = false;
};

}  // namespace

OperatorPtr make_merge(Execution& execution, const Step& step, OperatorPtr input) {
  return std::make_unique<Merge>(execution, step, std::move(input));
}

}  // namespace policygraph::inline v0::detail::query
