#include <algorithm>
#include <memory>
#include <numeric>

#include "query/run/group_table.hpp"
#include "query/run/lineage.hpp"
#include "query/run/operator.hpp"
#include "query/run/pushed_groups.hpp"
#include "query/run/totals.hpp"
#include "query/run/value_bytes.hpp"
#include "query/run/workers.hpp"
#include "query/syntax/trouble.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

// Groups rows by their keys, in order of first appearance; DISTINCT is grouping without aggregates. Only keys, aggregates and the
// gathered lineage go on.
class AggregateRows : public Operator {
 public:
  AggregateRows(Execution& execution, const Step& step, OperatorPtr input)
      : execution_(execution), step_(step), input_(std::move(input)), evaluator_(execution), lineage_(execution), table_(execution, step.keys) {}

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
    begin();
    if (!gather_pushed() && !gather_in_parts()) take_rows(0);
    // Without keys there is one group, also of no rows.
    if (!step_.keys.empty() || step_.kind != StepKind::aggregate || groups_.size != 0) return;
    firsts_.assign(1, 0);
    add_groups(Batch());
  }

  void begin() {
    groups_ = Batch();
    table_.clear();
    totals_.clear();
    for (const auto& aggregate : step_.aggregates) totals_.emplace_back(execution_, aggregate, evaluator_);
    gatherers_.clear();
    percentiles_.clear();
    seen_.clear();
    met_.clear();
    order_.clear();
  }

  void take_rows(std::uint64_t part) {
    part_ = part;
    Batch rows;
    while (input_->next(rows)) {
      execution_.limits.tick();
      table_.find(rows, group_of_, firsts_);
      add_groups(rows);
      for (std::size_t i = 0; i < step_.aggregates.size(); ++i) accumulate(rows, i);
      if (step_.lineage != kNone) gather_lineage(rows);
    }
  }

  // Each node is a group: what is counted and summed is read from the other end of the hop. False where it is not, or where something goes
  // wrong or is told, that one row after another may not come to.
  bool gather_pushed() {
    const auto& options = execution_.options;
    const bool is_plain = options.optimise && execution_.profile == nullptr && !execution_.plan.query.is_write && execution_.part.scan == nullptr;
    const auto hop = is_plain && are_in_any_order() ? find_grouped_hop(execution_.plan, step_) : std::nullopt;
    if (!hop) return false;
    PushedGroups pushed(execution_, *hop);
    if (!pushed.is_worth_it()) return false;
    const auto held = execution_.limits.held();
    const auto notes = execution_.notifications.size();
    if (take_pushed(pushed) && are_in_any_order() && execution_.notifications.size() == notes) return true;
    execution_.limits.release(execution_.limits.held() - held);
    execution_.notifications.resize(notes);
    begin();
    return false;
  }

  bool take_pushed(PushedGroups& pushed) {
    try {
      Batch rows;
      add_nodes(pushed.groups());
      while (pushed.next(rows, group_of_)) {
        execution_.limits.tick();
        for (std::size_t i = 0; i < step_.aggregates.size(); ++i) accumulate(rows, i);
      }
      // One row each, of nulls.
      group_of_ = pushed.empty_groups();
      rows = Batch();
      rows.size = static_cast<std::uint32_t>(group_of_.size());
      for (std::size_t i = 0; i < step_.aggregates.size(); ++i) {
        if (step_.aggregates[i].argument == kNone) accumulate(rows, i);
      }
      return true;
    } catch (const QueryError&) {
      return false;
    } catch (const Error& error) {
      if (error.code() != ErrorCode::limit) throw;
      return false;
    }
  }

  void add_nodes(std::span<const NodeRow> nodes) {
    Batch rows;
    while (!nodes.empty()) {
      const auto some = nodes.first(std::min<std::size_t>(nodes.size(), execution_.options.vector_size));
      execution_.limits.tick();
      auto& column = rows.columns.fresh(step_.keys[0], VectorKind::node).rows;
      column.resize(some.size());
      std::ranges::transform(some, column.begin(), &NodeRow::value);
      rows.size = static_cast<std::uint32_t>(some.size());
      firsts_.resize(some.size());
      std::iota(firsts_.begin(), firsts_.end(), 0U);
      add_groups(rows);
      nodes = nodes.subspan(some.size());
    }
  }

  // By several threads, each of which takes one part of the nodes after another; false where one has to do it.
  bool gather_in_parts() {
    constexpr std::uint32_t kPartsAThread = 8, kFewNodes = 64;
    const auto* const scan = scan_in_parts(execution_.plan, step_.input);
    const auto label = scan == nullptr || !are_in_any_order() ? std::nullopt : execution_.names->labels[scan->labels[0]];
    if (!label || execution_.part.scan != nullptr) return false;
    Workers workers(execution_, work_below(execution_, step_.input));
    if (workers.size() < 2) return false;
    std::vector<std::unique_ptr<AggregateRows>> helpers;
    for (unsigned i = 1; i < workers.size(); ++i) {
      auto& execution = workers.execution(i);
      helpers.push_back(std::make_unique<AggregateRows>(execution, step_, make_operator(execution, step_.input, nullptr)));
      helpers.back()->begin();
    }
    const auto nodes = static_cast<std::uint32_t>(execution_.snapshot.nodes(*label).size());
    const auto size = std::max(kFewNodes, nodes / (workers.size() * kPartsAThread) + 1);
    const auto take = [&](unsigned worker, std::uint32_t part) {
      auto& rows = worker == 0 ? *this : *helpers[worker - 1];
      return rows.take_part({scan, part * size, std::min(nodes, (part + 1) * size)}, part);
    };
    const auto parts = (nodes + size - 1) / size;
    const bool is_done = workers.run(parts, take) && std::ranges::all_of(helpers, [this](const auto& other) { return merge(*other); });
    execution_.part = {};
    if (is_done) return put_in_order(parts), true;
    input_->reset();
    begin();
    return false;
  }

  bool take_part(const Execution::Part& nodes, std::uint32_t part) {
    execution_.part = nodes;
    input_->reset();
    take_rows(part);
    return are_in_any_order();
  }

  bool are_in_any_order() const {
    return step_.lineage == kNone && !step_.aggregates.empty() && std::ranges::all_of(totals_, &Totals::is_in_any_order);
  }

  bool merge(const AggregateRows& other) {
    if (other.groups_.size == 0) return true;
    if (met_.empty()) met_.push_back({seen_, {}});
    table_.find(other.groups_, group_of_, firsts_);
    part_ = kLastPart;
    add_groups(other.groups_);
    for (std::uint32_t group = 0; group < other.groups_.size; ++group) seen_[group_of_[group]] = std::min(seen_[group_of_[group]], other.seen_[group]);
    met_.push_back({other.seen_, group_of_});
    for (std::size_t i = 0; i < totals_.size(); ++i) {
      if (!totals_[i].merge(other.totals_[i], group_of_)) return false;
    }
    return true;
  }

  // As one thread would have met them: part by part, each of which one thread has read from its beginning to its end.
  void put_in_order(std::uint32_t parts) {
    std::vector<std::vector<std::uint32_t>> by_part(parts);
    for (const auto& [seen, groups] : met_) {
      for (std::uint32_t i = 0; i < seen.size(); ++i) {
        const auto group = groups.empty() ? i : groups[i];
        if (seen_[group] == seen[i]) by_part[seen[i] >> 32U].push_back(group);
      }
    }
    for (const auto& groups : by_part) order_.insert(order_.end(), groups.begin(), groups.end());
    met_.clear();
  }

  // Those that these rows are the first of.
  void add_groups(const Batch& rows) {
    if (firsts_.empty()) return;
    const auto groups = groups_.size + static_cast<std::uint32_t>(firsts_.size());
    execution_.limits.charge(bytes_of_groups(rows));
    for (const auto key : step_.keys) groups_.columns.edit(key).append_some(rows.columns[key], firsts_, groups_.size, execution_.snapshot);
    for (auto group = groups_.size; group < groups; ++group) seen_.push_back(part_ << 32U | group);
    groups_.size = groups;
    for (auto& totals : totals_) totals.resize(groups);
    if (step_.lineage != kNone) gatherers_.resize(groups);
  }

  std::size_t bytes_of_groups(const Batch& rows) {
    std::size_t each = 24 + (step_.lineage != kNone ? sizeof(LineageGatherer) + 256 : 0), out = 0;
    for (const auto& totals : totals_) each += totals.bytes_a_group();
    for (const auto key : step_.keys) {
      const auto& column = rows.columns[key];
      if (column.kind != VectorKind::value) each += sizeof(Value);
      for (std::size_t i = 0; column.kind == VectorKind::value && i < firsts_.size(); ++i) {
        out += value_bytes(column.values[firsts_[i]], ~std::size_t{0}, &execution_.limits);
      }
    }
    return out + each * firsts_.size();
  }

  void accumulate(const Batch& rows, std::size_t i) {
    const auto& aggregate = step_.aggregates[i];
    if (aggregate.second != kNone) note_percentiles(rows, i);
    try {
      totals_[i].add(rows, group_of_);
    } catch (const ValueTrouble& trouble) {
      fail_run(execution_.plan.query.text, aggregate.span.start, trouble.type, trouble.detail, trouble.text);
    }
  }

  // Each group and each aggregate has its own.
  void note_percentiles(const Batch& rows, std::size_t i) {
    percentiles_.resize(groups_.size * step_.aggregates.size());
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
    if (order_.empty()) {
      std::iota(selection.begin(), selection.end(), at_);
    } else {
      std::copy_n(order_.begin() + static_cast<std::ptrdiff_t>(at_), size, selection.begin());
    }
    out.gather(groups_, selection, &execution_.limits);
    for (std::size_t i = 0; i < step_.aggregates.size(); ++i) {
      auto& column = out.columns.fresh(step_.aggregates[i].slot, VectorKind::whole);
      if (!totals_[i].finish_wholes(selection, column.wholes)) {
        column.clear(VectorKind::value);
        for (const auto group : selection) column.values.push_back(finish(group, i));
      }
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
    for (const auto group : selection) column.values.push_back(totals_[i].currencies(group));
  }

  Value finish(std::uint32_t group, std::size_t i) {
    try {
      const auto at = group * step_.aggregates.size() + i;
      return totals_[i].finish(group, at < percentiles_.size() ? percentiles_[at] : Value());
    } catch (const ValueTrouble& trouble) {
      fail_run(execution_.plan.query.text, step_.aggregates[i].span.start, trouble.type, trouble.detail, trouble.text);
    }
  }

  Execution& execution_;
  const Step& step_;
  OperatorPtr input_;
  Evaluator evaluator_;
  Lineage lineage_;
  GroupTable table_;
  Batch groups_;
  std::vector<Totals> totals_;  // by aggregate
  std::vector<LineageGatherer> gatherers_;
  std::vector<std::uint32_t> group_of_, firsts_;
  std::vector<Mark> marks_;
  std::vector<Value> percentiles_;
  static constexpr std::uint64_t kLastPart = ~std::uint32_t{0};
  std::uint64_t part_ = 0;                    // of the nodes, that is being read
  std::vector<std::uint64_t> seen_;           // by group: in which part it was met first, and after how many others
  struct Met {
    std::vector<std::uint64_t> seen;          // by each thread
    std::vector<std::uint32_t> groups;        // its groups here; empty: the same
  };
  std::vector<Met> met_;
  std::vector<std::uint32_t> order_;          // of the groups; empty: as they are
  std::uint32_t at_ = 0;
  bool is_done_ = false;
};

}  // namespace

OperatorPtr make_aggregate(Execution& execution, const Step& step, OperatorPtr input) {
  return std::make_unique<AggregateRows>(execution, step, std::move(input));
}

}  // namespace policygraph::inline v0::detail::query
