#include <algorithm>
#include <numeric>
#include <span>

#include "query/run/block_asker.hpp"
#include "query/run/operator.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

// Keeps the rows for which every predicate is true.
class Filter : public Operator {
 public:
  Filter(Execution& execution, const Step& step, OperatorPtr input)
      : execution_(execution), step_(step), input_(std::move(input)), evaluator_(execution) {
    if (step.lineage != kNone) evaluator_.gather_into(&gatherers_);
  }

  bool next(Batch& out) override {
    while (input_->next(out)) {
      execution_.limits.tick();
      if (step_.lineage != kNone) gatherers_.assign(out.size, {});
      for (const auto predicate : std::span(step_.predicates).subspan(begin(out))) select(predicate, out);
      for (const auto predicate : step_.late) {
        if (execution_.failed_early.contains(predicate)) evaluator_.select(predicate, out, selection_);
      }
      if (step_.lineage != kNone) put_lineages(gatherers_, out.columns.fresh(step_.lineage, VectorKind::lineage));
      if (selection_.empty()) continue;
      out.keep(selection_);
      return true;
    }
    return false;
  }
  void reset() override { input_->reset(); }

 private:
  // How many of the predicates have been asked of all rows at once, and what is left of them.
  std::size_t begin(const Batch& batch) {
    if (batch.size >= BlockAsker::kManyRows) {
      if (const auto done = BlockAsker(execution_, batch).select_first(step_.predicates, selection_); done != 0) return done;
    }
    selection_.resize(batch.size);
    std::iota(selection_.begin(), selection_.end(), 0U);
    return 0;
  }

  void select(BoundId predicate, const Batch& batch) {
    const bool is_early = std::ranges::find(step_.early, predicate) != step_.early.end();
    if (!is_early) return evaluator_.select(predicate, batch, selection_);
    before_ = selection_;
    try {
      evaluator_.select(predicate, batch, selection_);
    } catch (const QueryError&) {
      execution_.failed_early.insert(predicate);
      selection_ = before_;
      std::erase_if(selection_, [&](std::uint32_t row) { return !may_hold(predicate, batch, row); });
    }
  }

  bool may_hold(BoundId predicate, const Batch& batch, std::uint32_t row) {
    execution_.limits.step();
    try {
      return evaluator_.truth(predicate, batch, row) == Truth::yes;
    } catch (const QueryError&) {
      return true;
    }
  }

  Execution& execution_;
  const Step& step_;
  OperatorPtr input_;
  Evaluator evaluator_;
  std::vector<std::uint32_t> selection_, before_;
  std::vector<LineageGatherer> gatherers_;
};

}  // namespace

OperatorPtr make_filter(Execution& execution, const Step& step, OperatorPtr input) {
  return std::make_unique<Filter>(execution, step, std::move(input));
}

}  // namespace policygraph::inline v0::detail::query
