#include "query/run/operator.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

// Works out expressions into slots of their own. The other slots stay: what they hold is what the row rests on.
class Project : public Operator {
 public:
  Project(Execution& execution, const Step& step, OperatorPtr input)
      : execution_(execution), step_(step), input_(std::move(input)), evaluator_(execution), room_(execution.limits) {
    if (step.lineage != kNone) evaluator_.gather_into(&gatherers_);
  }

  bool next(Batch& out) override {
    room_.clear();
    if (!input_->next(out)) return false;
    execution_.limits.tick();
    if (step_.lineage != kNone) gatherers_.assign(out.size, {});
    for (const auto& assignment : step_.assignments) {
      room_.take(evaluator_.put_column(assignment.expression, out, assignment.slot));
    }
    if (step_.lineage != kNone) put_lineages(gatherers_, out.columns.fresh(step_.lineage, VectorKind::lineage));
    return true;
  }
  void reset() override {
    room_.clear();
    input_->reset();
  }

 private:
  Execution& execution_;
  const Step& step_;
  OperatorPtr input_;
  Evaluator evaluator_;
  Room room_;  // of what the batch given last holds
  std::vector<LineageGatherer> gatherers_;
};

}  // namespace

OperatorPtr make_project(Execution& execution, const Step& step, OperatorPtr input) {
  return std::make_unique<Project>(execution, step, std::move(input));
}

}  // namespace policygraph::inline v0::detail::query
