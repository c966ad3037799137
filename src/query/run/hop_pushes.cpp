#include <algorithm>
#include <memory>
#include <numeric>
#include <ranges>

#include "query/run/hop_counts.hpp"
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
  if (level.pushed.empty()) {
    if (level.edge_count < kMany) return false;
    for (const auto& list : level.hops.lists()) {
      for (const auto node : nodes) level.edges_asked += node == kNoRow ? 0 : list.hop.degree(NodeRow{node});
    }
    const auto bytes = execution_.snapshot.node_row_limit() * sizeof(std::int64_t);
    if (level.edges_asked < level.edge_count / kShare || bytes >= execution_.limits.max_bytes() / 8) return false;
    execution_.limits.charge(bytes);
    push(number);
    if (level.pushed.empty()) return false;
  }
  for (std::size_t i = 0; i < nodes.size(); ++i) out[i] = nodes[i] == kNoRow ? 0 : level.pushed[nodes[i]];
  return true;
}

// Of edges that no row comes to something may fail, or there may be more ways over them than an integer holds: then each node is counted
// by itself, as rows come to it.
void HopCounts::push(std::uint32_t number) {
  auto& level = levels_[number];
  Counts counts;
  level.can_push = false;
  try {
    if (!push_in_parts(number, counts)) {
      counts.assign(execution_.snapshot.node_row_limit(), 0);
      push_part(number, 0, source_count(number), counts);
    }
  } catch (const Error& error) {
    if (error.code() != ErrorCode::limit && dynamic_cast<const QueryError*>(&error) == nullptr) throw;
    level.is_weighed = level.is_sure = false;
    level.edges.clear(), level.ends.clear(), level.parents.clear();
    return;
  }
  level.can_push = true;
  level.pushed = std::move(counts);
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
bool HopCounts::push_in_parts(std::uint32_t number, Counts& counts) {
  constexpr std::uint32_t kPartsAThread = 8, kFewNodes = 256;
  const auto& hop = step_.hops[number];
  if (!hop.factors.empty() || !hop.end_predicates.empty() || execution_.part.scan != nullptr) return false;
  Workers workers(execution_, levels_[number].edge_count / 2);  // an edge takes half of what a node takes
  if (workers.size() < 2) return false;
  const std::size_t limit = execution_.snapshot.node_row_limit();
  std::vector<std::unique_ptr<HopCounts>> helpers;
  std::vector<Counts> each(workers.size());
  for (unsigned i = 1; i < workers.size(); ++i) helpers.push_back(std::make_unique<HopCounts>(workers.execution(i), step_));
  const auto nodes = source_count(number);
  const auto size = std::max(kFewNodes, nodes / (workers.size() * kPartsAThread) + 1);
  const auto take = [&](unsigned worker, std::uint32_t part) {
    if (each[worker].empty()) {
      workers.execution(worker).limits.charge(limit * sizeof(std::int64_t));
      each[worker].assign(limit, 0);
    }
    auto& helper = worker == 0 ? *this : *helpers[worker - 1];
    helper.push_part(number, part * size, std::min(nodes, (part + 1) * size), each[worker]);
    return true;
  };
  if (!workers.run((nodes + size - 1) / size, take)) return false;
  for (auto& some : each) {
    if (counts.empty()) {
      counts.swap(some);
    } else {
      for (std::size_t i = 0; i < some.size(); ++i) counts[i] += some[i];
    }
  }
  return true;
}

void HopCounts::push_part(std::uint32_t number, std::uint32_t first, std::uint32_t end, Counts& counts) {
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
void HopCounts::go_along(std::uint32_t number, EdgeRun& run, const HopEdges& found, Counts& out) {
  if (found.size() == 0) return;
  const bool goes_on = run.size != 0 && run.first + run.size == found.first.value && run.ends + run.size == found.ends.begin();
  if (!goes_on) {
    push_run(number, run, out);
    run = {found.first.value, found.ends.begin(), 0};
  }
  run.size += found.size();
}

// A block of their columns at a time, and no list of nodes that they leave.
void HopCounts::push_run(std::uint32_t number, EdgeRun& run, Counts& out) {
  constexpr auto kBlockRows = policygraph::Column::kBlockRows;
  const auto& hop = step_.hops[number];
  auto& level = levels_[number];
  auto& chunk = level.chunk;
  const std::size_t width = execution_.options.vector_size;
  while (run.size != 0) {
    const auto some = std::min({run.size, width, width < kBlockRows ? width : kBlockRows - run.first % kBlockRows});
    execution_.limits.tick();
    execution_.limits.step(some);
    chunk.size = static_cast<std::uint32_t>(some);
    auto& edges = chunk.columns.fresh(hop.edge, VectorKind::edge).rows;
    edges.resize(some);
    std::iota(edges.begin(), edges.end(), run.first);
    level.selection.resize(some);
    std::iota(level.selection.begin(), level.selection.end(), 0U);
    for (const auto predicate : hop.predicates) {
      if (predicate != level.label_test) evaluator_.select(predicate, chunk, level.selection);
    }
    for (const auto i : level.selection) ++out[run.ends[i].value];
    run.first += static_cast<std::uint32_t>(some);
    run.ends += some;
    run.size -= some;
  }
}

// Batches of edges end where blocks of their columns do.
void HopCounts::push_from(std::uint32_t number, std::uint32_t source, const HopEdges& found, Counts& out) {
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
      parents[i] = ends[i].value;
    }
    level.ends.resize(before + some, source);
    at += some;
    if (some < room) return;
    execution_.limits.step(level.edges.size());
    flush(number, out);
  }
}

}  // namespace policygraph::inline v0::detail::query
