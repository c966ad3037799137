#include <algorithm>

#include "graph/edge_presence.hpp"
#include "query/run/edge_walk.hpp"
#include "query/run/operator.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

// The labels asked of the node at the other end and nothing else, or nothing at all.
bool asks_labels_alone(const BoundQuery& query, const Step& filter, Slot end) {
  return filter.lineage == kNone && filter.late.empty() && filter.early.empty() && std::ranges::all_of(filter.predicates, [&](BoundId id) {
           const auto& e = query.expressions[id];
           return e.kind == BoundKind::has_labels && query.expressions[e.children[0]].kind == BoundKind::slot && query.expressions[e.children[0]].number == end;
         });
}

const Step& hop_of(const Plan& plan, const Step& step) {
  const auto& inner = plan.steps[step.inner];
  return inner.kind == StepKind::filter && inner.input != kNone ? plan.steps[inner.input] : inner;
}

// EXISTS { (a)-->() } and COUNT { (a)-->() }: the lists of edges are not walked but measured, or walked until one will
// do.
class EdgeCount : public Operator {
 public:
  EdgeCount(Execution& execution, const Step& step, OperatorPtr input)
      : execution_(execution), step_(step), hop_(hop_of(execution.plan, step)), input_(std::move(input)) {
    const auto& filter = execution.plan.steps[step.inner];
    for (const auto predicate : filter.predicates) {
      const auto& names = execution.plan.query.expressions[predicate].names;
      labels_.insert(labels_.end(), names.begin(), names.end());
    }
  }

  bool next(Batch& out) override {
    if (!input_->next(out)) return false;
    execution_.limits.tick();
    hops_.look_up(hop_, execution_);
    read_starts(out);
    execution_.limits.step(out.size);
    if (step_.mode == BoundSubquery::Mode::count) {
      auto& counts = out.columns.fresh(step_.slot, VectorKind::whole).wholes;
      for (const auto from : starts_) counts.push_back(from == kNoRow ? 0 : static_cast<std::int64_t>(count_of(NodeRow{from}, ~std::size_t{0})));
    } else {
      find_any(out.columns.fresh(step_.slot, VectorKind::truth).rows);
    }
    return true;
  }

  void reset() override { input_->reset(); }

 private:
  void read_starts(const Batch& rows) {
    const auto& from = rows.columns[hop_.from];
    if (from.kind == VectorKind::node) return void(starts_ = from.rows);
    starts_.resize(rows.size);
    for (std::uint32_t row = 0; row < rows.size; ++row) starts_[row] = node_at(execution_, hop_.from, rows, row);
  }

  // Whether there is one, without a branch for each node where that is all that is asked of one list.
  void find_any(std::vector<std::uint32_t>& out) {
    out.assign(starts_.size(), 0);
    const auto& lists = hops_.lists();
    const bool is_plain = labels_.empty() && lists.size() == 1 && !lists[0].passes_loops && std::ranges::find(starts_, kNoRow) == starts_.end();
    if (!is_plain) {
      for (std::size_t row = 0; row < out.size(); ++row) out[row] = starts_[row] != kNoRow && count_of(NodeRow{starts_[row]}, 1) > 0 ? 1 : 0;
      return;
    }
    const graph::EdgePresence has_any(execution_.snapshot, edge_types(hop_.types, execution_)[0], hop_.direction == Direction::out);
    std::ranges::transform(starts_, out.begin(), [&has_any](std::uint32_t start) { return has_any.has(NodeRow{start}) ? 1U : 0U; });
  }

  std::size_t count_of(NodeRow node, std::size_t most) {
    std::size_t out = 0;
    for (const auto& list : hops_.lists()) {
      const auto ends = list.hop.ends(node);
      if (labels_.empty() && !list.passes_loops) {
        out += ends.size();
      } else {
        execution_.limits.step(ends.size());
        for (auto end = ends.begin(); end != ends.end() && out < most; ++end) out += is_wanted(*end, node, list.passes_loops) ? 1 : 0;
      }
      if (out >= most) break;
    }
    return out;
  }

  bool is_wanted(NodeRow end, NodeRow node, bool passes_loops) const {
    if (passes_loops && end == node) return false;
    return std::ranges::all_of(labels_, [&](std::uint32_t name) {
      const auto label = execution_.names->labels[name];
      return label && execution_.snapshot.has_label(end, *label);
    });
  }

  Execution& execution_;
  const Step& step_;
  const Step& hop_;
  OperatorPtr input_;
  StepHops hops_;
  std::vector<std::uint32_t> starts_;
  std::vector<std::uint32_t> labels_;  // of the node at the other end
};

}  // namespace

bool counts_edges(const Execution& execution, const Step& step) {
  const auto& plan = execution.plan;
  const bool is_asked_more = step.mode == BoundSubquery::Mode::collect || step.lineage != kNone || step.is_row_by_row || execution.profile != nullptr;
  if (is_asked_more || step.inner == kNone) return false;
  const auto& hop = hop_of(plan, step);
  if (hop.kind != StepKind::expand || !hop.different.empty() || hop.input == kNone || plan.steps[hop.input].kind != StepKind::argument) return false;
  const auto& top = plan.steps[step.inner];
  return &top == &hop || asks_labels_alone(plan.query, top, hop.slot);
}

OperatorPtr make_edge_count(Execution& execution, const Step& step, OperatorPtr input) {
  return std::make_unique<EdgeCount>(execution, step, std::move(input));
}

}  // namespace policygraph::inline v0::detail::query
