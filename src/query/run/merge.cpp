#include "query/run/parking_write.hpp"
#include "query/run/write.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

// For each row: what the pattern finds, or, if that is nothing, what it says made anew. A row sees what earlier rows made.
class Merge : public ParkingWrite {
 public:
  Merge(Execution& execution, const Step& step, OperatorPtr input) : ParkingWrite(execution, step, std::move(input)), writer_(execution, step.lineage) {}

 private:
  void write(Operator& input) override {
    std::vector<Parked> held;
    for (Batch batch; input.next(batch);) park(batch, held);
    for (const auto& batch : held) {
      for (std::uint32_t row = 0; row < batch.size(); ++row) {
        execution_.limits.tick();
        merge(batch.row(row, execution_.snapshot));
      }
    }
  }

  void merge(Batch one) {
    const auto& clause = execution_.plan.writes[step_.clause];
    std::vector<Batch> held;
    inner_->reset();
    argument_.put(&one);
    for (Batch found; inner_->next(found); found = {}) held.push_back(std::move(found));
    argument_.reset();
    const bool is_new = held.empty();
    if (is_new) {
      writer_.begin_gathering(one);
      writer_.create(clause.create, one, 0, true);
      writer_.end_gathering(one);
      held.push_back(std::move(one));
      execution_.refresh(held);
      writer_.settle(clause.create, held.back());
    } else {
      put_paths(clause.create, held);
    }
    writer_.set_all(is_new ? clause.sets : clause.match_sets, false, held);
    for (const auto& batch : held) park(batch, rows_);
  }

  void put_paths(const BoundCreate& create, std::vector<Batch>& found) {
    for (auto& batch : found) {
      for (const auto& path : create.paths) {
        writer_.evaluator().put_column(path.expression, batch, path.slot);
      }
    }
  }

  Writer writer_;
};

}  // namespace

OperatorPtr make_merge(Execution& execution, const Step& step, OperatorPtr input) {
  return std::make_unique<Merge>(execution, step, std::move(input));
}

}  // namespace policygraph::inline v0::detail::query
