#include <numeric>
#include <unordered_map>

#include "query/run/accumulate.hpp"
#include "query/run/lineage.hpp"
#include "query/run/operator.hpp"
#include "query/run/value_bytes.hpp"
#include "query/syntax/trouble.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

// Groups rows by their keys, in order of first appearance; DISTINCT is grouping without aggregates. Only keys, aggregates and the
// gathered lineage go on.
class AggregateRows : public Operator {
 public:
  AggregateRows(Execution& execution, const Step& step, OperatorPtr input)
      : execution_(execution), step_(step), input_(std::move(input)), evaluator_(execution), lineage_(execution) {}

  bool next(Batch& out) override {
    if (!is_done_) {
      gather();
      is_done_ = true;
      at_ = 0;
    }
    if (at_ >= groups_.size) return false;
    emit(out);
    return true;
  }

  void reset() override {
    input_->reset();
    is_done_ = false;
  }

 private:
  void gather() {
    groups_ = Batch();
    index_.clear();
    accumulators_.clear();
    gatherers_.clear();
    percentiles_.clear();
    Batch rows;
    while (input_->next(rows)) {
      execution_.limits.tick();
      find_groups(rows);
      for (std::size_t i = 0; i < step_.aggregates.size(); ++i) accumulate(rows, i);
      if (step_.lineage != kNone) gather_lineage(rows);
    }
    // Without keys there is one group, also of no rows.
    if (step_.keys.empty() && step_.kind == StepKind::aggregate && groups_.size == 0) add_group(Batch(), 0);
  }

  void find_groups(const Batch& rows) {
    hashes_.assign(rows.size, 0);
    for (const auto key : step_.keys) hash(rows.columns[key], rows.size);
    group_of_.resize(rows.size);
    for (std::uint32_t row = 0; row < rows.size; ++row) {
      group_of_[row] = find(rows, row);
      if (group_of_[row] != kNoRow) continue;
      group_of_[row] = groups_.size;
      index_.emplace(hashes_[row], groups_.size);
      add_group(rows, row);
    }
  }

  void hash(const Vector& column, std::uint32_t size) {
    for (std::uint32_t row = 0; row < size; ++row) {
      std::size_t item = 0;
      if (column.kind == VectorKind::value) {
        item = column.values[row].is_null() ? 0 : group_hash(column.values[row], &execution_.limits);
      } else if (!column.is_null(row)) {
        item = group_hash(column.at(row, execution_.snapshot), &execution_.limits);
      }
      hashes_[row] = (hashes_[row] ^ item) * 0x9E3779B97F4A7C15ULL + (hashes_[row] >> 31);
    }
  }

  std::uint32_t find(const Batch& rows, std::uint32_t row) const {
    const auto [first, last] = index_.equal_range(hashes_[row]);
    for (auto at = first; at != last; ++at) {
      if (is_same(rows, row, at->second)) return at->second;
    }
    return kNoRow;
  }

  bool is_same(const Batch& rows, std::uint32_t row, std::uint32_t group) const {
    for (const auto key : step_.keys) {
      const auto& a = rows.columns[key];
      const auto& b = groups_.columns[key];
      if (a.kind == b.kind && (a.kind == VectorKind::node || a.kind == VectorKind::edge)) {
        if (a.rows[row] != b.rows[group]) return false;
      } else if (a.is_null(row) != b.is_null(group) || !same_group(a.at(row, execution_.snapshot), b.at(group, execution_.snapshot), &execution_.limits)) {
        return false;
      }
    }
    return true;
  }

  void add_group(const Batch& rows, std::uint32_t row) {
    std::size_t bytes = 64 + step_.aggregates.size() * sizeof(Accumulator);
    for (const auto key : step_.keys) {
      groups_.columns.edit(key).append(rows.columns[key], row, groups_.size, execution_.snapshot);
      const auto& column = rows.columns[key];
      bytes += column.kind == VectorKind::value ? value_bytes(column.values[row], ~std::size_t{0}, &execution_.limits) : sizeof(Value);
    }
    ++groups_.size;
    for (const auto& aggregate : step_.aggregates) accumulators_.emplace_back(aggregate);
    if (step_.lineage != kNone) gatherers_.emplace_back();
    if (step_.lineage != kNone) bytes += sizeof(LineageGatherer) + 256;
    execution_.limits.charge(bytes);
  }

  Accumulator& accumulator(std::uint32_t group, std::size_t aggregate) { return accumulators_[group * step_.aggregates.size() + aggregate]; }

  void accumulate(const Batch& rows, std::size_t i) {
    const auto& aggregate = step_.aggregates[i];
    if (aggregate.argument == kNone) {
      for (std::uint32_t row = 0; row < rows.size; ++row) accumulator(group_of_[row], i).count_row();
      return;
    }
    Vector made;
    const auto& values = evaluator_.seen_column(aggregate.argument, rows, made);
    if (aggregate.second != kNone) note_percentiles(rows, i);
    try {
      keep_currencies(rows, i, values);
      for (std::uint32_t row = 0; row < rows.size; ++row) {
        if (!values.is_null(row)) accumulator(group_of_[row], i).add(values.at(row, execution_.snapshot), execution_.limits);
      }
    } catch (const ValueTrouble& trouble) {
      fail_run(execution_.plan.query.text, aggregate.span.start, trouble.type, trouble.detail, trouble.text);
    }
  }

  void keep_currencies(const Batch& rows, std::size_t i, const Vector& values) {
    const auto& aggregate = step_.aggregates[i];
    if (aggregate.money == kNone) return;
    for (std::uint32_t row = 0; row < rows.size; ++row) {
      if (values.is_null(row)) continue;
      evaluator_.currencies(aggregate.money, rows, row, currencies_);
      accumulator(group_of_[row], i).keep_currencies(currencies_);
    }
  }

  // Each group and each aggregate has its own.
  void note_percentiles(const Batch& rows, std::size_t i) {
    percentiles_.resize(accumulators_.size());
    for (std::uint32_t row = 0; row < rows.size; ++row) {
      auto& percentile = percentiles_[group_of_[row] * step_.aggregates.size() + i];
      if (percentile.is_null()) percentile = evaluator_.value(step_.aggregates[i].second, rows, row);
    }
  }

  void gather_lineage(const Batch& rows) {
    for (std::uint32_t row = 0; row < rows.size; ++row) {
      marks_.clear();
      const auto left_out = lineage_.of_row(rows, row, marks_);
      gatherers_[group_of_[row]].add(marks_, left_out);
    }
  }

  void emit(Batch& out) {
    const auto size = std::min(execution_.options.vector_size, groups_.size - at_);
    std::vector<std::uint32_t> selection(size);
    std::iota(selection.begin(), selection.end(), at_);
    out.gather(groups_, selection, &execution_.limits);
    for (std::size_t i = 0; i < step_.aggregates.size(); ++i) {
      auto& column = out.columns.fresh(step_.aggregates[i].slot, VectorKind::value);
      for (const auto group : selection) column.values.push_back(finish(group, i));
      put_currencies(out, selection, i);
    }
    if (step_.lineage != kNone) {
      auto& column = out.columns.fresh(step_.lineage, VectorKind::lineage);
      for (const auto group : selection) column.lineages.push_back(gatherers_[group].finish());
    }
    at_ += size;
  }

  void put_currencies(Batch& out, const std::vector<std::uint32_t>& selection, std::size_t i) {
    if (step_.aggregates[i].money_slot == kNone) return;
    auto& column = out.columns.fresh(step_.aggregates[i].money_slot, VectorKind::value);
    for (const auto group : selection) column.values.push_back(accumulator(group, i).currencies());
  }

  Value finish(std::uint32_t group, std::size_t i) {
    try {
      const auto at = group * step_.aggregates.size() + i;
      return accumulator(group, i).finish(at < percentiles_.size() ? percentiles_[at] : Value(), execution_.limits);
    } catch (const ValueTrouble& trouble) {
      fail_run(execution_.plan.query.text, step_.aggregates[i].span.start, trouble.type, trouble.detail, trouble.text);
    }
  }

  Execution& execution_;
  const Step& step_;
  OperatorPtr input_;
  Evaluator evaluator_;
  Lineage lineage_;
  Batch groups_;
  std::unordered_multimap<std::size_t, std::uint32_t> index_;
  std::vector<Accumulator> accumulators_;
  std::vector<LineageGatherer> gatherers_;
  std::vector<std::size_t> hashes_;
  std::vector<std::uint32_t> group_of_;
  std::vector<Mark> marks_;
  ValueList currencies_;
  std::vector<Value> percentiles_;
  std::uint32_t at_ = 0;
  bool is_done_ = false;
};

}  // namespace

OperatorPtr make_aggregate(Execution& execution, const Step& step, OperatorPtr input) {
  return std::make_unique<AggregateRows>(execution, step, std::move(input));
}

}  // namespace policygraph::inline v0::detail::query
