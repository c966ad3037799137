#include <algorithm>
#include <bit>
#include <functional>
#include <memory>
#include <numeric>
#include <ranges>

#include "graph/edge_presence.hpp"
#include "query/run/block_asker.hpp"
#include "query/run/hop_counts.hpp"
#include "query/run/weights.hpp"
#include "query/run/workers.hpp"

// Counts over edges that enter nodes, from where the edges leave: there they lie one after another, as their properties do, while those
// of one node that they enter lie all about. It pays once a good part of the edges is asked for anyhow.
namespace policygraph::inline v0::detail::query {

// One edge at a time is looked at, whose other end nobody asks for.
bool HopCounts::may_push(const CountedHop& hop) {
  return hop.direction == Direction::in && !hop.is_loop && hop.other_slot == kNone && hop.unlike == kNone && hop.different.empty();
}

// False where they are few so far.
bool HopCounts::sum_pushed(std::uint32_t number, std::span<const std::uint32_t> nodes, Counts& out) {
  constexpr std::size_t kMany = 1024, kShare = 16;
  auto& level = levels_[number];
  if (level.lent == nullptr && !level.pushed.is_there) {
    if (level.edge_count < kMany) return false;
    for (const auto& list : level.hops.lists()) {
      for (const auto node : nodes) level.edges_asked += node == kNoRow ? 0 : list.hop.degree(NodeRow{node});
    }
    const auto bytes = execution_.snapshot.node_row_limit() * sizeof(std::int64_t);
    if (level.edges_asked < level.edge_count / kShare || bytes >= execution_.limits.max_bytes() / 8) return false;
    push(number);
    if (!level.pushed.is_there) return false;
  }
  const auto& pushed = level.lent == nullptr ? level.pushed : *level.lent;
  const auto read = [&, first = pushed.first](const auto& counts) {
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      const auto at = nodes[i] - first;  // far beyond for none
      out[i] = at < counts.size() ? static_cast<std::int64_t>(counts[at]) : 0;
    }
  };
  pushed.ways.empty() ? read(pushed.edges) : read(pushed.ways);
  return true;
}

// What was gathered of a part that ended half way.
void HopCounts::give_up(Level& level) {
  level.is_weighed = level.is_sure = false;
  level.edges.clear(), level.ends.clear(), level.parents.clear(), level.starts.clear();
}

// Of edges that no row comes to something may fail, or there may be more ways over them than an integer holds: then each node is counted
// by itself, as rows come to it.
void HopCounts::push(std::uint32_t number) {
  auto& level = levels_[number];
  level.can_push = false;
  try {
    push_all(number);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::limit && dynamic_cast<const QueryError*>(&error) == nullptr) throw;
    give_up(level);
    level.pushed = {};
    return;
  }
  level.can_push = level.pushed.is_there = true;
}

void HopCounts::push_all(std::uint32_t number) {
  auto& pushed = levels_[number].pushed;
  const auto& hop = step_.hops[number];
  const auto [first, end] = pushed_rows(number);
  const auto size = std::size_t{end - first} + 1;  // the last is for ends that are none of these, in a damaged file
  pushed.first = first;
  if (hop.factors.empty() && hop.end_predicates.empty()) {
    execution_.limits.charge(size * sizeof(std::uint32_t));
    if (push_in_parts(number, size, pushed.edges)) return;
    pushed.edges.assign(size, 0);
    return push_part(number, 0, source_count(number), pushed.edges);
  }
  execution_.limits.charge(size * sizeof(std::int64_t));
  pushed.ways.assign(size, 0);
  if (asks_labels_alone(number)) {
    if (push_ways_in_parts(number, size, pushed.ways)) return;
    pushed.ways.assign(size, 0);
    return push_ways(number, 0, source_count(number), pushed.ways);
  }
  push_part(number, 0, source_count(number), pushed.ways);
}

// Where all the ends are, [first, second).
std::pair<std::uint32_t, std::uint32_t> HopCounts::pushed_rows(std::uint32_t number) const {
  std::uint32_t first = execution_.snapshot.node_row_limit(), end = 0;
  for (const auto type : edge_types(step_.hops[number].types, execution_)) {
    const auto bounds = graph::EdgePresence(execution_.snapshot, type, false).bounds();
    first = std::min(first, bounds.first);
    end = std::max(end, bounds.second);
  }
  return {std::min(first, end), end};
}

// The nodes that edges may leave are those of the label, where one is asked for; it is asked no more then.
std::optional<Label> HopCounts::source_label(std::uint32_t number) const {
  const auto test = levels_[number].label_test;
  return test == kNone ? std::nullopt : execution_.names->labels[execution_.plan.query.expressions[test].names[0]];
}

std::uint32_t HopCounts::source_count(std::uint32_t number) const {
  const auto label = source_label(number);
  return label ? static_cast<std::uint32_t>(execution_.snapshot.nodes(*label).size()) : execution_.snapshot.node_row_limit();
}

// By several threads, where a way ends at the other end of the edge.
bool HopCounts::push_in_parts(std::uint32_t number, std::size_t size, std::vector<std::uint32_t>& counts) {
  constexpr std::uint32_t kPartsAThread = 8, kFewNodes = 256;
  if (execution_.part.scan != nullptr) return false;
  Workers workers(execution_, levels_[number].edge_count / 2);  // an edge takes half of what a node takes
  if (workers.size() < 2) return false;
  std::vector<std::unique_ptr<HopCounts>> helpers;
  std::vector<std::vector<std::uint32_t>> each(workers.size());
  for (unsigned i = 1; i < workers.size(); ++i) {
    helpers.push_back(std::make_unique<HopCounts>(workers.execution(i), step_));
    helpers.back()->levels_[number].pushed.first = levels_[number].pushed.first;
  }
  const auto nodes = source_count(number);
  const auto some = std::max(kFewNodes, nodes / (workers.size() * kPartsAThread) + 1);
  const auto take = [&](unsigned worker, std::uint32_t part) {
    if (each[worker].empty()) {
      if (worker != 0) workers.execution(worker).limits.charge(size * sizeof(std::uint32_t));
      each[worker].assign(size, 0);
    }
    auto& helper = worker == 0 ? *this : *helpers[worker - 1];
    helper.push_part(number, part * some, std::min(nodes, (part + 1) * some), each[worker]);
    return true;
  };
  if (!workers.run((nodes + some - 1) / some, take)) {
    give_up(levels_[number]);
    return false;
  }
  for (auto& found : each) {
    if (counts.empty()) {
      counts.swap(found);
    } else {
      std::ranges::transform(counts, found, counts.begin(), std::plus());
    }
  }
  return true;
}

template <class Count>
void HopCounts::push_part(std::uint32_t number, std::uint32_t first, std::uint32_t end, std::vector<Count>& counts) {
  auto& level = levels_[number];
  level.forward.look_up(step_.hops[number].types, Direction::out, execution_);
  const auto label = source_label(number);
  if (label) level.is_weighed = level.is_sure = true;
  level.asks_edges = asks_edges_alone(number);
  EdgeRun run;
  const auto visit = [&](NodeRow source, const HopEdges& found) {
    if (level.asks_edges && found.rows == nullptr) return go_along(number, run, found, counts);
    push_from(number, source.value, found, counts);
  };
  for (const auto& list : level.forward.lists()) {
    if (label) {
      list.hop.visit(execution_.snapshot.nodes(*label).subspan(first, end - first), visit);
    } else {
      list.hop.visit(std::views::iota(first, end) | std::views::transform([](std::uint32_t row) { return NodeRow{row}; }), visit);
    }
  }
  push_run(number, run, counts);
  flush(number, counts);
}

// Whether nothing is asked of edges and nodes but the label of those that they leave, and one hop goes on from there.
bool HopCounts::asks_labels_alone(std::uint32_t number) const {
  const auto& hop = step_.hops[number];
  const auto is_label = [&](BoundId id) { return id == levels_[number].label_test && source_label(number).has_value(); };
  return hop.factors.size() == 1 && hop.factors[0].other == kNone && std::ranges::all_of(hop.predicates, is_label) &&
         std::ranges::all_of(hop.end_predicates, is_label);
}

// What goes on from there is known by node, or need not be: other threads can read it.
bool HopCounts::may_lend(std::uint32_t number) const { return is_plain(number) || levels_[number].pushed.is_there; }

// By several threads, once one has found out what goes on from the ends.
bool HopCounts::push_ways_in_parts(std::uint32_t number, std::size_t size, Counts& out) {
  constexpr std::uint32_t kPartsAThread = 8, kFewNodes = 256;
  const auto nodes = source_count(number);
  const auto begun = std::min(nodes, execution_.options.vector_size);
  const auto next = step_.hops[number].factors[0].hop;
  if (execution_.part.scan != nullptr || levels_[number].edge_count < kFewNodes) return false;
  Workers workers(execution_, levels_[number].edge_count + nodes);
  if (workers.size() < 2) return false;
  push_ways(number, 0, begun, out);
  if (!may_lend(next)) return false;
  std::vector<std::unique_ptr<HopCounts>> helpers;
  std::vector<Counts> each(workers.size() - 1);
  for (unsigned i = 1; i < workers.size(); ++i) {
    helpers.push_back(std::make_unique<HopCounts>(workers.execution(i), step_));
    helpers.back()->levels_[number].pushed.first = levels_[number].pushed.first;
    if (!is_plain(next)) helpers.back()->levels_[next].lent = &levels_[next].pushed;
  }
  const auto some = std::max(kFewNodes, (nodes - begun) / (workers.size() * kPartsAThread) + 1);
  const auto take = [&](unsigned worker, std::uint32_t part) {
    const auto first = begun + part * some, end = std::min(nodes, first + some);
    if (worker == 0) return push_ways(number, first, end, out), true;
    auto& counts = each[worker - 1];
    if (counts.empty()) workers.execution(worker).limits.charge(size * sizeof(std::int64_t));
    counts.resize(size);
    return helpers[worker - 1]->push_ways(number, first, end, counts), true;
  };
  if (!workers.run((nodes - begun + some - 1) / some, take)) return false;
  for (const auto& found : each) {
    for (std::size_t i = 0; i < found.size(); ++i) out[i] = add_ways(out[i], found[i]);
  }
  return true;
}

// Asked in how many ways it goes on from many nodes at once, each of them once.
void HopCounts::push_ways(std::uint32_t number, std::uint32_t first, std::uint32_t end, Counts& out) {
  auto& level = levels_[number];
  level.forward.look_up(step_.hops[number].types, Direction::out, execution_);
  const auto label = source_label(number);
  const auto nodes = label ? execution_.snapshot.nodes(*label).subspan(first, end - first) : std::span<const NodeRow>();
  const auto node_at = [&](std::uint32_t i) { return label ? nodes[i].value : first + i; };
  std::vector<graph::EdgePresence> types;
  for (const auto type : edge_types(step_.hops[number].types, execution_)) types.emplace_back(execution_.snapshot, type, true);
  const auto has_any = [&](NodeRow node) { return std::ranges::any_of(types, [node](const auto& type) { return type.has(node); }); };
  std::vector<std::uint32_t> sources;
  for (std::uint32_t at = 0; at < end - first;) {
    const auto some = std::min(execution_.options.vector_size, end - first - at);
    execution_.limits.step(some);
    execution_.limits.tick();
    sources.resize(some);
    std::size_t kept = 0;
    for (const auto stop = at + some; at < stop; ++at) {
      sources[kept] = node_at(at);
      kept += has_any(NodeRow{sources[kept]}) ? 1 : 0;
    }
    push_ways_of(number, std::span(sources).first(kept), out);
  }
}

void HopCounts::push_ways_of(std::uint32_t number, std::span<const std::uint32_t> sources, Counts& out) {
  auto& level = levels_[number];
  sum(step_.hops[number].factors[0].hop, sources, {}, level.below);
  const auto nodes = sources | std::views::transform([](std::uint32_t row) { return NodeRow{row}; });
  for (const auto& list : level.forward.lists()) {
    std::size_t edges = 0;
    list.hop.visit(nodes, [&, below = level.below.data()](NodeRow, const HopEdges& found) mutable {
      const auto ways = *below++;
      edges += found.size();
      for (const auto end : found.ends) {
        const auto at = end.value - level.pushed.first;
        if (at < out.size()) out[at] = add_ways(out[at], ways);
      }
    });
    execution_.limits.step(edges);
  }
}

bool HopCounts::asks_edges_alone(std::uint32_t number) const {
  const auto& hop = step_.hops[number];
  if (!hop.factors.empty()) return false;
  const auto is_fit = [&](BoundId id) {
    if (id == levels_[number].label_test) return source_label(number).has_value();
    const auto reads = few_read_slots(execution_.plan.query, id, 2);
    return reads && std::ranges::all_of(*reads, [&](Slot slot) { return slot == hop.edge; });
  };
  return std::ranges::all_of(hop.predicates, is_fit) && std::ranges::all_of(hop.end_predicates, [&](BoundId id) { return id == levels_[number].label_test && is_fit(id); });
}

// The edges of nodes one after another lie so too, where none was written since the last compaction.
template <class Count>
void HopCounts::go_along(std::uint32_t number, EdgeRun& run, const HopEdges& found, std::vector<Count>& out) {
  if (found.size() == 0) return;
  const bool goes_on = run.size != 0 && run.first + run.size == found.first.value && run.ends + run.size == found.ends.begin();
  if (!goes_on) {
    push_run(number, run, out);
    run = {found.first.value, found.ends.begin(), 0};
  }
  run.size += found.size();
}

// A block of their columns at a time, and no list of nodes that they leave.
template <class Count>
void HopCounts::push_run(std::uint32_t number, EdgeRun& run, std::vector<Count>& out) {
  constexpr auto kBlockRows = policygraph::Column::kBlockRows;
  auto& level = levels_[number];
  const std::size_t width = execution_.options.vector_size;
  while (run.size != 0) {
    const auto some = std::min({run.size, width, width < kBlockRows ? width : kBlockRows - run.first % kBlockRows});
    execution_.limits.tick();
    execution_.limits.step(some);
    const EdgeRun block{run.first, run.ends, some};
    if (!push_block(number, block, out)) {
      ask_run(number, block);
      for (const auto i : level.selection) {
        const auto at = run.ends[i].value - level.pushed.first;
        if (at < out.size()) ++out[at];
      }
    }
    run.first += static_cast<std::uint32_t>(some);
    run.ends += some;
    run.size -= some;
  }
}

// Where all that is asked of edges is answered by a bit each; false where it is not.
template <class Count>
bool HopCounts::push_block(std::uint32_t number, const EdgeRun& run, std::vector<Count>& out) {
  const auto& hop = step_.hops[number];
  auto& level = levels_[number];
  const auto first = run.first % policygraph::Column::kBlockRows, end = first + static_cast<std::uint32_t>(run.size);
  if (run.size < BlockAsker::kManyRows || first + run.size > policygraph::Column::kBlockRows) return false;
  BlockAsker asker(execution_, hop.edge, run.first, static_cast<std::uint32_t>(run.size));
  BlockBits bits, next;
  set_range(first, end, bits);
  for (const auto predicate : hop.predicates) {
    if (predicate == level.label_test) continue;
    if (!asker.ask(predicate, next)) return false;
    for (std::size_t word = 0; word < bits.size(); ++word) bits[word] &= next[word];
  }
  for (auto word = first / 64; word * 64 < end; ++word) {
    for (auto some = bits[word]; some != 0; some &= some - 1) {
      const auto place = word * 64 + static_cast<std::uint32_t>(std::countr_zero(some)) - first;
      const auto at = run.ends[place].value - level.pushed.first;
      if (at < out.size()) ++out[at];
    }
  }
  return true;
}

// Row by row, into the selection.
void HopCounts::ask_run(std::uint32_t number, const EdgeRun& run) {
  const auto& hop = step_.hops[number];
  auto& level = levels_[number];
  level.chunk.size = static_cast<std::uint32_t>(run.size);
  auto& edges = level.chunk.columns.fresh(hop.edge, VectorKind::edge).rows;
  edges.resize(run.size);
  std::iota(edges.begin(), edges.end(), run.first);
  level.selection.resize(run.size);
  std::iota(level.selection.begin(), level.selection.end(), 0U);
  for (const auto predicate : hop.predicates) {
    if (predicate != level.label_test) evaluator_.select(predicate, level.chunk, level.selection);
  }
}

// Batches of edges end where blocks of their columns do.
template <class Count>
void HopCounts::push_from(std::uint32_t number, std::uint32_t source, const HopEdges& found, std::vector<Count>& out) {
  constexpr auto kBlockRows = policygraph::Column::kBlockRows;
  auto& level = levels_[number];
  const std::size_t width = execution_.options.vector_size;
  for (std::size_t at = 0; at < found.size();) {
    const auto before = level.edges.size();
    const auto first = found.edge(at).value;
    const auto room = std::min<std::size_t>(width - before, width < kBlockRows ? width : kBlockRows - first % kBlockRows);
    const auto some = std::min(room, found.size() - at);
    level.edges.resize(before + some);
    level.parents.resize(before + some);
    auto* const edges = level.edges.data() + before;
    auto* const parents = level.parents.data() + before;
    const auto* const ends = found.ends.begin() + at;
    for (std::size_t i = 0; i < some; ++i) {
      edges[i] = found.edge(at + i).value;
      parents[i] = std::min(ends[i].value - level.pushed.first, static_cast<std::uint32_t>(out.size() - 1));
    }
    level.ends.resize(before + some, source);
    at += some;
    if (some < room) return;
    execution_.limits.step(level.edges.size());
    flush(number, out);
  }
}

}  // namespace policygraph::inline v0::detail::query
