#include "query/run/hop_counts.hpp"

#include <algorithm>
#include <numeric>
#include <ranges>
#include <type_traits>

#include "query/run/weights.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

constexpr std::int64_t kUnknown = -1, kAsked = -2;

}  // namespace

HopCounts::HopCounts(Execution& execution, const Step& step) : execution_(execution), step_(step), evaluator_(execution), levels_(step.hops.size()) {
  for (std::size_t i = 0; i < levels_.size(); ++i) {
    const auto& hop = step.hops[i];
    levels_[i].hops.look_up(hop.types, hop.direction, execution);
    levels_[i].label_test = find_label_test(hop);
    levels_[i].can_push = may_push(hop);
    for (const auto type : edge_types(hop.types, execution)) levels_[i].edge_count += execution.snapshot.edge_count(type);
  }
}

BoundId HopCounts::find_label_test(const CountedHop& hop) const {
  if (hop.direction == Direction::both || hop.other_slot != kNone) return kNone;
  const auto& expressions = execution_.plan.query.expressions;
  const auto is_test = [&](BoundId id) {
    const auto& e = expressions[id];
    return e.kind == BoundKind::has_labels && e.names.size() == 1 && expressions[e.children[0]].kind == BoundKind::slot &&
           expressions[e.children[0]].number == hop.slot;
  };
  BoundId out = kNone;
  for (const auto* predicates : {&hop.predicates, &hop.end_predicates}) {
    const auto found = std::ranges::find_if(*predicates, is_test);
    if (found != predicates->end()) out = *found;
  }
  return out;
}

void HopCounts::weigh(const Batch& rows, std::vector<std::int64_t>& weights) {
  if (step_.factors.size() == 1 && step_.factors[0].other == kNone) {
    const auto& hop = step_.hops[step_.factors[0].hop];
    const auto& from = rows.columns[hop.from];
    if (from.kind == VectorKind::node && hop.different.empty()) return sum(step_.factors[0].hop, from.rows, {}, weights);
  }
  weights.assign(rows.size, 1);
  std::vector<std::uint32_t> active(rows.size), nodes;
  std::iota(active.begin(), active.end(), 0U);
  for (const auto& factor : step_.factors) {
    nodes.resize(rows.size);
    for (const auto row : active) nodes[row] = node_at(execution_, step_.hops[factor.hop].from, rows, row);
    multiply({&factor, 1}, nodes, {&rows, {}}, active, weights);
  }
}

// Of the nodes that are active; those for which there is nothing are so no more.
void HopCounts::multiply(std::span<const HopFactor> factors, std::span<const std::uint32_t> nodes, const Source& source,
                         std::vector<std::uint32_t>& active, Counts& out) {
  std::vector<std::uint32_t> from;
  Counts found;
  for (const auto& factor : factors) {
    from.clear();
    for (const auto i : active) from.push_back(nodes[i]);
    value(factor, from, {source.batch, active}, found);
    std::size_t kept = 0;
    for (std::size_t i = 0; i < active.size(); ++i) {
      auto& product = out[active[i]];
      product = multiply_ways(product, found[i]);
      if (product != 0) active[kept++] = active[i];
    }
    active.resize(kept);
  }
}

void HopCounts::value(const HopFactor& factor, std::span<const std::uint32_t> nodes, const Source& source, Counts& out) {
  sum(factor.hop, nodes, source, out);
  if (factor.other == kNone) return;
  Counts other, both;
  sum(factor.other, nodes, source, other);
  sum(factor.both, nodes, source, both);
  for (std::size_t i = 0; i < nodes.size(); ++i) out[i] = multiply_ways(out[i], other[i]) - both[i];
}

void HopCounts::sum(std::uint32_t number, std::span<const std::uint32_t> nodes, const Source& source, Counts& out) {
  const auto& hop = step_.hops[number];
  out.assign(nodes.size(), 0);
  const bool is_bound = source.batch != nullptr && !hop.different.empty();
  if (!is_bound && is_plain(number)) return sum_degrees(number, nodes, out);
  if (levels_[number].can_push && sum_pushed(number, nodes, out)) return;
  for (std::uint32_t i = 0; i < nodes.size(); ++i) {
    if (nodes[i] == kNoRow) continue;
    if (is_bound) used_.read(hop.different, *source.batch, source.rows[i], execution_.snapshot);
    walk(number, nodes[i], i, is_bound && !used_.is_empty(), out);
  }
  flush(number, out);
}

// Nothing is asked of its edges, nor does anything go on from them.
bool HopCounts::is_plain(std::uint32_t number) const {
  const auto& hop = step_.hops[number];
  return !hop.is_loop && hop.predicates.empty() && hop.end_predicates.empty() && hop.factors.empty();
}

void HopCounts::sum_degrees(std::uint32_t number, std::span<const std::uint32_t> nodes, Counts& out) {
  execution_.limits.step(nodes.size());
  const bool has_all = std::ranges::find(nodes, kNoRow) == nodes.end();
  for (const auto& list : levels_[number].hops.lists()) {
    if (has_all && !list.passes_loops) {
      auto* sum = out.data();
      const auto rows = nodes | std::views::transform([](std::uint32_t node) { return NodeRow{node}; });
      list.hop.visit(rows, [&](NodeRow, const HopEdges& edges) { *sum++ += static_cast<std::int64_t>(edges.size()); });
      continue;
    }
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      if (nodes[i] == kNoRow) continue;
      const auto ends = list.hop.ends(NodeRow{nodes[i]});
      out[i] += static_cast<std::int64_t>(ends.size());
      if (!list.passes_loops) continue;
      const auto loops = std::ranges::equal_range(ends, NodeRow{nodes[i]});
      out[i] -= static_cast<std::int64_t>(loops.size());
    }
  }
}

// The edges of one node, into the chunk at hand; one that is full is counted.
void HopCounts::walk(std::uint32_t number, std::uint32_t node, std::uint32_t parent, bool is_bound, Counts& out) {
  auto& level = levels_[number];
  const std::size_t width = execution_.options.vector_size;
  const bool is_picky = is_bound || step_.hops[number].is_loop;
  EdgeWalk walk;
  EdgeRow edge;
  NodeRow end;
  walk.start(level.hops, NodeRow{node});
  for (bool is_cut = true; is_cut;) {
    if (level.ends.size() >= width) flush(number, out);
    const auto before = level.ends.size();
    if (!is_picky) {
      is_cut = walk.take(width - before, level.edges, level.ends);
    } else if ((is_cut = walk.next(edge, end)) && !(is_bound && used_.has(edge)) && (!step_.hops[number].is_loop || end.value == node)) {
      level.edges.push_back(edge.value);
      level.ends.push_back(end.value);
    }
    execution_.limits.step(level.ends.size() - before + (is_picky ? 1 : 0));
    level.parents.resize(level.ends.size(), parent);
    level.starts.resize(level.ends.size(), node);
  }
}

template <class Count>
void HopCounts::flush(std::uint32_t number, std::vector<Count>& out) {
  const auto& hop = step_.hops[number];
  auto& level = levels_[number];
  if (level.ends.empty()) return;
  level.selection.resize(level.ends.size());
  std::iota(level.selection.begin(), level.selection.end(), 0U);
  if (!hop.predicates.empty()) ask(hop, level);
  if (hop.factors.empty() && hop.end_predicates.empty()) {
    for (const auto i : level.selection) ++out[level.parents[i]];
  } else if constexpr (std::is_same_v<Count, std::int64_t>) {
    add_below(number, out);
  }
  level.parents.clear();
  level.edges.clear();
  level.ends.clear();
  level.starts.clear();
}
template void HopCounts::flush(std::uint32_t, std::vector<std::uint32_t>&);
template void HopCounts::flush(std::uint32_t, Counts&);

void HopCounts::ask(const CountedHop& hop, Level& level) {
  auto& chunk = level.chunk;
  chunk.size = static_cast<std::uint32_t>(level.ends.size());
  chunk.columns.fresh(hop.edge, VectorKind::edge).rows.swap(level.edges);
  chunk.columns.fresh(hop.slot, VectorKind::node).rows.swap(level.ends);
  if (hop.other_edge != kNone) chunk.columns.fresh(hop.other_edge, VectorKind::edge).rows = chunk.columns[hop.edge].rows;
  if (hop.other_slot != kNone) chunk.columns.fresh(hop.other_slot, VectorKind::node).rows = chunk.columns[hop.slot].rows;
  execution_.limits.tick();
  for (const auto predicate : hop.predicates) {
    if (!need_not_ask(hop, level, predicate, level.selection.size())) evaluator_.select(predicate, chunk, level.selection);
  }
  chunk.columns.edit(hop.edge).rows.swap(level.edges);
  chunk.columns.edit(hop.slot).rows.swap(level.ends);
}

// A test for a label that all ends have is not asked of each. Found out once it was asked as often as there are nodes with that label.
bool HopCounts::need_not_ask(const CountedHop& hop, Level& level, BoundId predicate, std::size_t count) {
  if (predicate != level.label_test) return false;
  if (level.is_weighed) return level.is_sure;
  const auto label = execution_.names->labels[execution_.plan.query.expressions[predicate].names[0]];
  level.labels_asked += count;
  if (!label || level.labels_asked <= execution_.snapshot.nodes(*label).size()) return false;
  level.is_weighed = true;
  std::size_t edges = 0;
  for (const auto type : edge_types(hop.types, execution_)) edges += execution_.snapshot.edge_count(type);
  return level.is_sure = edges_to(hop, *label) == edges;
}

std::size_t HopCounts::edges_to(const CountedHop& hop, Label label) {
  std::size_t edges = 0;
  StepHops back;
  back.look_up(hop.types, opposite(hop.direction), execution_);
  const auto nodes = execution_.snapshot.nodes(label);
  for (const auto& list : back.lists()) {
    execution_.limits.step(nodes.size());
    list.hop.visit(nodes, [&](NodeRow, const HopEdges& found) { edges += found.size(); });
  }
  return edges;
}

void HopCounts::add_below(std::uint32_t number, Counts& out) {
  auto& level = levels_[number];
  level.wanted.clear();
  for (const auto i : level.selection) level.wanted.push_back(level.ends[i]);
  go_on(number, level.wanted, level.below);
  if (step_.hops[number].unlike != kNone) take_back(number);
  for (std::size_t i = 0; i < level.selection.size(); ++i) {
    auto& sum = out[level.parents[level.selection[i]]];
    sum = add_ways(sum, level.below[i]);
  }
}

// Of the ways on from each end one goes back over the edge that led there, where the next hop may take it.
void HopCounts::take_back(std::uint32_t number) {
  auto& level = levels_[number];
  const auto& next = step_.hops[step_.hops[number].unlike];
  const bool is_loop = step_.hops[number].is_unlike_loop;
  std::vector<std::uint32_t> selection;
  auto& edges = level.back.columns.fresh(next.edge, VectorKind::edge).rows;
  auto& ends = level.back.columns.fresh(next.slot, VectorKind::node).rows;
  for (std::uint32_t i = 0; i < level.selection.size(); ++i) {
    const auto at = level.selection[i];
    edges.push_back(level.edges[at]);
    ends.push_back(level.starts[at]);
    if (level.below[i] > 0 && (!is_loop || level.starts[at] == level.ends[at])) selection.push_back(i);
  }
  level.back.size = static_cast<std::uint32_t>(ends.size());
  for (const auto predicate : next.predicates) evaluator_.select(predicate, level.back, selection);
  for (const auto predicate : next.end_predicates) evaluator_.select(predicate, level.back, selection);
  for (const auto i : selection) --level.below[i];
}

// In how many ways it goes on from nodes that the hop has come to.
void HopCounts::go_on(std::uint32_t number, std::span<const std::uint32_t> nodes, Counts& out) {
  auto& level = levels_[number];
  const std::size_t all = execution_.snapshot.node_row_limit();
  level.asked += nodes.size();  // once as many as there are nodes, some come again
  if (level.known.empty() && level.asked > all && all * sizeof(std::int64_t) < execution_.limits.max_bytes() / 8) {
    execution_.limits.charge(all * sizeof(std::int64_t));
    level.known.assign(all, kUnknown);
  }
  if (level.known.empty()) return work_out(number, nodes, out);
  std::vector<std::uint32_t> unknown;
  for (const auto node : nodes) {
    if (level.known[node] != kUnknown) continue;
    level.known[node] = kAsked;
    unknown.push_back(node);
  }
  Counts found;
  work_out(number, unknown, found);
  for (std::size_t i = 0; i < unknown.size(); ++i) level.known[unknown[i]] = found[i];
  out.resize(nodes.size());
  for (std::size_t i = 0; i < nodes.size(); ++i) out[i] = level.known[nodes[i]];
}

void HopCounts::work_out(std::uint32_t number, std::span<const std::uint32_t> nodes, Counts& out) {
  const auto& hop = step_.hops[number];
  const bool is_single = hop.factors.size() == 1 && hop.factors[0].other == kNone && need_no_end_be_asked(number, nodes.size());
  if (is_single) return sum(hop.factors[0].hop, nodes, {}, out);
  std::vector<std::uint32_t> active(nodes.size());
  std::iota(active.begin(), active.end(), 0U);
  if (!hop.end_predicates.empty()) keep_ends(number, nodes, active);
  out.assign(nodes.size(), 0);
  for (const auto i : active) out[i] = 1;
  multiply(hop.factors, nodes, {}, active, out);
}

// Whether all that is asked of ends is a label that all of them have.
bool HopCounts::need_no_end_be_asked(std::uint32_t number, std::size_t count) {
  const auto& hop = step_.hops[number];
  if (hop.end_predicates.size() > 1) return false;
  return hop.end_predicates.empty() || need_not_ask(hop, levels_[number], hop.end_predicates[0], count);
}

void HopCounts::keep_ends(std::uint32_t number, std::span<const std::uint32_t> nodes, std::vector<std::uint32_t>& selection) {
  const auto& hop = step_.hops[number];
  Batch ends;
  for (const auto predicate : hop.end_predicates) {
    if (need_not_ask(hop, levels_[number], predicate, selection.size())) continue;
    if (ends.size == 0) ends.columns.fresh(hop.slot, VectorKind::node).rows.assign(nodes.begin(), nodes.end());
    ends.size = static_cast<std::uint32_t>(nodes.size());
    evaluator_.select(predicate, ends, selection);
  }
}

}  // namespace policygraph::inline v0::detail::query
