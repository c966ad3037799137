#include "query/run/pushed_groups.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace policygraph::inline v0::detail::query {
namespace {

// Nothing, the end or the edge, or a property of them: where there is none, it is null.
bool is_plain_argument(const BoundQuery& query, const BoundAggregate& aggregate, const Step& expand) {
  if (aggregate.is_distinct || aggregate.money != kNone || aggregate.second != kNone) return false;
  if (aggregate.argument == kNone) return true;
  const auto* e = &query.expressions[aggregate.argument];
  if (e->kind == BoundKind::property) e = &query.expressions[e->children[0]];
  return e->kind == BoundKind::slot && (e->number == expand.slot || e->number == expand.edge);
}

bool is_label_test(const BoundQuery& query, BoundId id, Slot slot) {
  const auto& e = query.expressions[id];
  return e.kind == BoundKind::has_labels && e.names.size() == 1 && query.expressions[e.children[0]].kind == BoundKind::slot &&
         query.expressions[e.children[0]].number == slot;
}

// Where the predicates go; false for one that reads other things too.
bool sort_predicates(const BoundQuery& query, const std::vector<BoundId>& predicates, GroupedHop& out) {
  for (const auto id : predicates) {
    const auto reads = few_read_slots(query, id, 2);
    if (!reads || reads->empty()) return false;
    if (out.label == kNone && is_label_test(query, id, out.expand->slot)) {
      out.label = query.expressions[id].names[0];
      continue;
    }
    const auto is_end = [&](Slot slot) { return slot == out.expand->slot; };
    if (!std::ranges::all_of(*reads, [&](Slot slot) { return is_end(slot) || slot == out.expand->edge; })) return false;
    (std::ranges::all_of(*reads, is_end) ? out.of_end : out.of_edge).push_back(id);
  }
  return true;
}

bool is_run(std::span<const NodeRow> nodes) { return nodes.empty() || nodes.back().value - nodes.front().value + 1 == nodes.size(); }

}  // namespace

std::optional<GroupedHop> find_grouped_hop(const Plan& plan, const Step& aggregate) {
  if (aggregate.kind != StepKind::aggregate || aggregate.keys.size() != 1 || aggregate.lineage != kNone) return std::nullopt;
  const auto& optional = plan.steps[aggregate.input];
  if (optional.kind != StepKind::optional || optional.lineage != kNone || optional.is_row_by_row) return std::nullopt;
  GroupedHop out;
  out.scan = &plan.steps[optional.input];
  const auto group = aggregate.keys[0];
  if (out.scan->kind != StepKind::scan || out.scan->slot != group || out.scan->labels.empty()) return std::nullopt;
  if (plan.steps[out.scan->input].kind != StepKind::unit) return std::nullopt;
  std::vector<BoundId> predicates;
  auto at = optional.inner;
  for (; plan.steps[at].kind == StepKind::filter; at = plan.steps[at].input) {
    const auto& filter = plan.steps[at];
    if (filter.lineage != kNone || !filter.early.empty() || !filter.late.empty()) return std::nullopt;
    predicates.insert(predicates.begin(), filter.predicates.begin(), filter.predicates.end());
  }
  out.expand = &plan.steps[at];
  const bool is_hop = out.expand->kind == StepKind::expand && out.expand->from == group && out.expand->types.size() == 1 &&
                      out.expand->direction != Direction::both && out.expand->different.empty() && out.expand->lineage == kNone;
  if (!is_hop || plan.steps[out.expand->input].kind != StepKind::argument || !sort_predicates(plan.query, predicates, out)) return std::nullopt;
  const auto is_plain = [&](const BoundAggregate& a) { return is_plain_argument(plan.query, a, *out.expand); };
  return out.label != kNone && std::ranges::all_of(aggregate.aggregates, is_plain) ? std::optional(std::move(out)) : std::nullopt;
}

PushedGroups::PushedGroups(Execution& execution, const GroupedHop& hop) : execution_(execution), shape_(hop), evaluator_(execution) {
  const auto& labels = execution.names->labels;
  if (const auto label = labels[hop.scan->labels[0]]) groups_ = execution.snapshot.nodes(*label);
  if (const auto label = labels[hop.label]) ends_ = execution.snapshot.nodes(*label);
  hops_.look_up(*hop.expand, opposite(hop.expand->direction), execution);
  has_rows_.assign(groups_.size(), 0);
}

bool PushedGroups::is_worth_it() const {
  constexpr std::size_t kManyEdges = 1'024, kMostEndsAnEdge = 4;
  const auto type = execution_.names->types[shape_.expand->types[0]];
  if (!type || hops_.lists().size() != 1 || !is_run(groups_)) return false;
  const auto edges = execution_.snapshot.edge_count(*type);
  return edges >= kManyEdges && ends_.size() <= kMostEndsAnEdge * edges;
}

bool PushedGroups::next(Batch& rows, std::vector<std::uint32_t>& group_of) {
  while (true) {
    group_of.clear();
    nodes_.clear();
    edges_.clear();
    while (group_of.size() < execution_.options.vector_size) {
      if (at_ >= selection_.size() && !open()) break;
      take(group_of);
    }
    if (group_of.empty()) return false;
    rows.clear();
    rows.size = static_cast<std::uint32_t>(group_of.size());
    rows.columns.fresh(shape_.expand->slot, VectorKind::node).rows = nodes_;
    rows.columns.fresh(shape_.expand->edge, VectorKind::edge).rows = edges_;
    if (!shape_.of_edge.empty()) ask(rows, group_of);
    for (const auto group : group_of) has_rows_[group] = 1;
    if (!group_of.empty()) return true;
  }
}

// The next ends, as many as lie in one block; false where there are no more.
bool PushedGroups::open() {
  constexpr auto kBlockRows = policygraph::Column::kBlockRows;
  selection_.clear();
  at_ = edge_at_ = 0;
  while (selection_.empty()) {
    if (next_end_ >= ends_.size()) return false;
    execution_.limits.tick();
    std::size_t most = execution_.options.vector_size;
    if (most >= kBlockRows) most = kBlockRows - ends_[next_end_].value % kBlockRows;
    const auto some = ends_.subspan(next_end_, std::min(most, ends_.size() - next_end_));
    next_end_ += some.size();
    auto& rows = chunk_.columns.fresh(shape_.expand->slot, VectorKind::node).rows;
    rows.resize(some.size());
    std::ranges::transform(some, rows.begin(), &NodeRow::value);
    chunk_.size = static_cast<std::uint32_t>(some.size());
    selection_.resize(some.size());
    std::iota(selection_.begin(), selection_.end(), 0U);
    for (const auto predicate : shape_.of_end) evaluator_.select(predicate, chunk_, selection_);
  }
  return true;
}

// Edges of the nodes at hand, until there are enough.
void PushedGroups::take(std::vector<std::uint32_t>& group_of) {
  const auto& ends = chunk_.columns[shape_.expand->slot].rows;
  const auto& hop = hops_.lists()[0].hop;
  const auto first = groups_.empty() ? 0 : groups_.front().value;
  for (; at_ < selection_.size(); ++at_, edge_at_ = 0) {
    const auto end = ends[selection_[at_]];
    const auto found = hop.edges(NodeRow{end});
    for (; edge_at_ < found.size(); ++edge_at_) {
      if (group_of.size() >= execution_.options.vector_size) return;
      const auto group = found.ends.begin()[edge_at_].value - first;
      if (group >= groups_.size()) continue;
      group_of.push_back(group);
      nodes_.push_back(end);
      edges_.push_back(found.edge(edge_at_).value);
    }
    execution_.limits.step();
  }
}

void PushedGroups::ask(Batch& rows, std::vector<std::uint32_t>& group_of) {
  std::vector<std::uint32_t> selection(rows.size);
  std::iota(selection.begin(), selection.end(), 0U);
  for (const auto predicate : shape_.of_edge) evaluator_.select(predicate, rows, selection);
  for (std::size_t i = 0; i < selection.size(); ++i) group_of[i] = group_of[selection[i]];
  group_of.resize(selection.size());
  rows.keep(selection);
}

std::vector<std::uint32_t> PushedGroups::empty_groups() const {
  std::vector<std::uint32_t> out;
  for (std::uint32_t group = 0; group < has_rows_.size(); ++group) {
    if (has_rows_[group] == 0) out.push_back(group);
  }
  return out;
}

}  // namespace policygraph::inline v0::detail::query
