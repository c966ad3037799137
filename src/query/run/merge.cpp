#include "query/run/parked.hpp"
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
    if (at_ >= rows_.size()) return false;
    out = rows_[at_++].all(execution_.snapshot);
    return true;
  }
  void reset() override {
    input_->reset();
    rows_.clear();
    at_ = 0;
    is_done_ = false;
  }

 private:
  // The rows to come and the rows done are parked, for the snapshot moves with each.
  void write() {
    std::vector<Parked> input;
    for (Batch batch; input_->next(batch);) park(batch, input);
    for (const auto& batch : input) {
      for (std::uint32_t row = 0; row < batch.size(); ++row) {
        execution_.limits.tick();
        merge(batch.row(row, execution_.snapshot));
      }
    }
  }

  void park(const Batch& batch, std::vector<Parked>& to) {
    execution_.limits.tick();
    to.emplace_back(batch, execution_.snapshot);
    execution_.limits.charge(to.back().memory_bytes());
  }

  void merge(Batch one) {
    const auto& clause = execution_.plan.writes[step_.clause];
    std::vector<Batch> held;
    inner_->reset();
    argument_.put(&one);
    for (Batch found; inner_->next(found);) held.push_back(found);
    argument_.reset();
    const bool is_new = held.empty();
    if (is_new) {
      writer_.create(clause.create, one, 0, true);
      held.push_back(std::move(one));
      execution_.refresh(held);
      writer_.settle(clause.create, held.back());
    } else {
      put_paths(clause.create, held);
    }
    for (const auto& item : is_new ? clause.sets : clause.match_sets) {
      for (auto& batch : held) {
        for (std::uint32_t row = 0; row < batch.size; ++row) writer_.set(item, false, batch, row);
      }
      execution_.refresh(held);
    }
    for (const auto& batch : held) park(batch, rows_);
  }

  void put_paths(const BoundCreate& create, std::vector<Batch>& found) {
    for (auto& batch : found) {
      for (const auto& path : create.paths) {
        Vector column;
        writer_.evaluator().column(path.expression, batch, column);
        batch.columns[path.slot] = std::move(column);
      }
    }
  }

  Execution& execution_;
  const Step& step_;
  OperatorPtr input_;
  Argument argument_;
  OperatorPtr inner_;
  Writer writer_;
  std::vector<Parked> rows_;
  std::size_t at_ = 0;
  bool is_done_ = false;
};

}  // namespace

OperatorPtr make_merge(Execution& execution, const Step& step, OperatorPtr input) {
  return std::make_unique<Merge>(execution, step, std::move(input));
}

}  // namespace policygraph::inline v0::detail::query
