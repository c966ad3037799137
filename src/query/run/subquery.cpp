#include <algorithm>
#include <numeric>

#include "query/run/lineage.hpp"
#include "query/run/operator.hpp"
#include "query/run/value_bytes.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

// EXISTS { }, COUNT { }, pattern predicates and pattern comprehensions: the answer for each row goes to a slot. Patterns run over a
// whole batch, rows numbered; a subquery with clauses of its own runs row by row. A row rests on all that its subquery found, be it
// that one find would decide: which comes first is the plan's choice, and evidence is not.
class Subquery : public Operator {
 public:
  Subquery(Execution& execution, const Step& step, OperatorPtr input)
      : execution_(execution), step_(step), input_(std::move(input)), inner_(make_operator(execution, step.inner, &argument_)),
        evaluator_(execution), lineage_(execution) {}

  bool next(Batch& out) override {
    if (!input_->next(out)) return false;
    counts_.assign(out.size, 0);
    lists_.assign(out.size, {});
    money_.assign(out.size, {});
    if (step_.lineage != kNone) gatherers_.assign(out.size, {});
    auto& numbers = out.columns.fresh(step_.ordinal, VectorKind::number);
    numbers.rows.resize(out.size);
    std::iota(numbers.rows.begin(), numbers.rows.end(), 0U);
    if (step_.is_row_by_row) {
      for (std::uint32_t row = 0; row < out.size; ++row) run_row(out, row);
    } else {
      run(out, kNoRow);
    }
    put(out);
    return true;
  }

  void reset() override { input_->reset(); }

 private:
  void run_row(const Batch& batch, std::uint32_t row) {
    Batch one;
    one.gather(batch, std::span(&row, 1));
    run(one, row);
  }

  void run(const Batch& batch, std::uint32_t only_row) {
    inner_->reset();
    argument_.put(&batch);
    while (inner_->next(found_)) {
      execution_.limits.tick();
      for (std::uint32_t i = 0; i < found_.size; ++i) {
        const auto row = only_row != kNoRow ? only_row : found_.columns[step_.ordinal].rows[i];
        ++counts_[row];
        if (step_.lineage != kNone) gather(row, i);
        if (step_.value == kNone) continue;
        lists_[row].push_back(evaluator_.value(step_.value, found_, i));
        execution_.limits.charge(value_bytes(lists_[row].back(), ~std::size_t{0}, &execution_.limits));
        if (step_.money != kNone) add_currencies(row, evaluator_.value(step_.money, found_, i));
      }
      if (only_row != kNoRow && step_.mode == BoundSubquery::Mode::exists && step_.lineage == kNone) break;
    }
    argument_.reset();
  }

  void add_currencies(std::uint32_t row, const Value& list) {
    for (const auto& currency : list.as_list()) {
      if (std::ranges::find(money_[row], currency) == money_[row].end()) money_[row].push_back(currency);
    }
  }

  void gather(std::uint32_t row, std::uint32_t found) {
    marks_.clear();
    const auto left_out = lineage_.of_slots(found_, found, step_.gathered, marks_);
    gatherers_[row].add(marks_, left_out);
  }

  void put(Batch& out) {
    if (step_.lineage != kNone) put_lineages(gatherers_, out.columns.fresh(step_.lineage, VectorKind::lineage));
    if (step_.money != kNone) {
      auto& money = out.columns.fresh(step_.slots[0], VectorKind::value);
      for (auto& list : money_) money.values.emplace_back(std::move(list));
    }
    auto& column = out.columns.fresh(step_.slot, VectorKind::value);
    for (std::uint32_t row = 0; row < out.size; ++row) {
      switch (step_.mode) {
        case BoundSubquery::Mode::exists: column.values.emplace_back(counts_[row] > 0); break;
        case BoundSubquery::Mode::count: column.values.emplace_back(counts_[row]); break;
        case BoundSubquery::Mode::collect: column.values.emplace_back(std::move(lists_[row])); break;
      }
    }
  }

  Execution& execution_;
  const Step& step_;
  OperatorPtr input_;
  Argument argument_;
  OperatorPtr inner_;
  Evaluator evaluator_;
  Batch found_;
  std::vector<std::int64_t> counts_;
  std::vector<ValueList> lists_, money_;
  Lineage lineage_;
  std::vector<LineageGatherer> gatherers_;
  std::vector<Mark> marks_;
};

}  // namespace

OperatorPtr make_subquery(Execution& execution, const Step& step, OperatorPtr input) {
  if (counts_edges(execution, step)) return make_edge_count(execution, step, std::move(input));
  return std::make_unique<Subquery>(execution, step, std::move(input));
}

}  // namespace policygraph::inline v0::detail::query
