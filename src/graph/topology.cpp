#include "graph/topology.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

#include "graph/history.hpp"

namespace policygraph::inline v0::detail::graph {
Topology::Topology(Adjacency base) {
  for (const auto& type : base.types) counts_.push_back(type.count);
  base_count_ = std::accumulate(counts_.begin(), counts_.end(), 0U);
  base_ = std::make_shared<const Adjacency>(std::move(base));
  if (base_->image != nullptr) kept_ = base_.get();
  sides_.resize(counts_.size());
  for (std::size_t slot = 0; slot < sides_.size(); ++slot) {
    sides_[slot].out.lists.base = base_->out_lists(slot);
    sides_[slot].in.lists.base = base_->in_lists(slot);
  }
  std::vector<std::uint32_t> slots(counts_.size());
  std::iota(slots.begin(), slots.end(), 0U);
  number_types(std::move(slots));
}

void Topology::number_types(std::vector<std::uint32_t> slots) {
  slots_ = std::move(slots);
  numbers_.assign(counts_.size(), kNone);
  for (std::uint32_t number = 0; number < slots_.size(); ++number) numbers_[slots_[number]] = number;
}

std::uint32_t Topology::out_degree(std::uint32_t node) const noexcept {
  std::size_t degree = 0;
  for (const auto slot : slots_) degree += out_of(node, slot).size();
  return static_cast<std::uint32_t>(degree);
}

std::uint32_t Topology::in_degree(std::uint32_t node) const noexcept {
  std::size_t degree = 0;
  for (const auto slot : slots_) degree += in_of(node, slot).size();
  return static_cast<std::uint32_t>(degree);
}

OutEdges Topology::kept_out(std::uint32_t node, std::uint32_t slot) const noexcept {
  need(slot, true);
  return read_out(sides_[slot].out.lists, node);
}
InEdges Topology::kept_in(std::uint32_t node, std::uint32_t slot) const noexcept {
  need(slot, false);
  return read_in(sides_[slot].in.lists, node);
}

std::uint32_t Topology::slot(std::uint32_t edge) const noexcept {
  return edge < base_count_ ? static_cast<std::uint32_t>(base_->type_of(edge)) : more_[edge - base_count_].type;
}
std::uint32_t Topology::source(std::uint32_t edge) const noexcept {
  if (edge >= base_count_) return more_[edge - base_count_].from;
  const auto type = base_->type_of(edge);
  need(type, true);
  const auto& edges = base_->types[type];
  return edges.out.node_at(edge - edges.first);
}
std::uint32_t Topology::target(std::uint32_t edge) const noexcept {
  if (edge >= base_count_) return more_[edge - base_count_].to;
  if (kept_ != nullptr) need(base_->type_of(edge), true);
  return base_->targets[edge].value;
}

const DegreeStatistics& Topology::degrees(std::size_t type) const noexcept {
  static const DegreeStatistics kUnknown;
  return slots_[type] < base_->types.size() ? base_->types[slots_[type]].degrees : kUnknown;
}

std::pair<std::uint32_t, std::uint32_t> Topology::base_rows(std::uint32_t slot) const noexcept {
  if (slot >= base_->types.size()) return {base_count_, 0};
  return {base_->types[slot].first, base_->types[slot].count};
}

std::vector<std::vector<EdgeRow>> Topology::added_edges() const {
  std::vector<std::vector<EdgeRow>> added(counts_.size());
  for (auto edge = base_count_; edge < edge_limit(); ++edge) {
    if (!dead_.has(edge)) added[slot(edge)].push_back(EdgeRow{edge});
  }
  return added;
}

std::size_t Topology::memory_bytes() const noexcept {
  auto bytes = base_->memory_bytes() + more_.memory_bytes() + sides_.capacity() * sizeof(Sides);
  for (const auto& sides : sides_) {
    for (const auto* side : {&sides.out, &sides.in}) bytes += side->written == nullptr ? 0 : side->written->memory_bytes();
  }
  return bytes;
}

std::uint32_t TopologyWriter::add_slot() {
  topology_.counts_.push_back(0);
  topology_.numbers_.push_back(kNone);
  topology_.sides_.emplace_back();
  return static_cast<std::uint32_t>(topology_.counts_.size()) - 1;
}

std::uint32_t TopologyWriter::add(const Ends& edge) {
  const auto row = topology_.edge_limit();
  topology_.more_.set(topology_.more_count_++, edge, edition_);
  ++topology_.counts_[edge.type];
  changes_.push_back({edge.from, edge.type, false, edge.to, row});
  changes_.push_back({edge.to, edge.type, true, edge.from, row});
  return row;
}

void TopologyWriter::erase(std::uint32_t edge) {
  const auto slot = topology_.slot(edge);
  topology_.dead_.insert(edge, edition_);
  --topology_.counts_[slot];
  changes_.push_back({topology_.source(edge), slot, false, kNone, edge});
  changes_.push_back({topology_.target(edge), slot, true, kNone, edge});
}

WrittenList TopologyWriter::written_anew(std::span<const Change> changes) const {
  const auto& first = changes.front();
  std::vector<std::pair<std::uint32_t, std::uint32_t>> edges;
  const auto keep = [&](NodeRow end, EdgeRow row) {
    if (!topology_.dead_.has(row.value)) edges.emplace_back(end.value, row.value);
  };
  if (first.is_in) {
    const auto in = topology_.in_of(first.node, first.slot);
    for (std::size_t i = 0; i < in.size(); ++i) keep(in.sources[i], in.edges[i]);
  } else {
    const auto out = topology_.out_of(first.node, first.slot);
    for (std::size_t i = 0; i < out.size(); ++i) keep(out.targets[i], out.edge(i));
  }
  for (const auto& change : changes) {
    if (change.end != kNone) edges.emplace_back(change.end, change.row);
  }
  return make_written_list(std::move(edges));
}

void TopologyWriter::write_side(std::span<const Change> changes) {
  std::vector<WrittenLists::Item> items;
  for (std::size_t first = 0; first < changes.size();) {
    auto end = first;
    while (end < changes.size() && changes[end].node == changes[first].node) ++end;
    items.emplace_back(changes[first].node, written_anew(changes.subspan(first, end - first)));
    first = end;
  }
  auto& sides = topology_.sides_[changes.front().slot];
  auto& side = changes.front().is_in ? sides.in : sides.out;
  auto& held = side.written;
  if (held == nullptr)
    held = std::make_shared<WrittenLists>(side.lists.base.starts.limit(), edition_);
  else if (held->edition() != edition_)
    held = std::make_shared<WrittenLists>(*held, edition_);
  topology_.written_count_ -= held->size();
  held->set(items);
  topology_.written_count_ += held->size();
  side.lists.is_written = held->flags();
  side.lists.written = held.get();
}

void TopologyWriter::finish() {
  std::ranges::sort(changes_, [](const Change& a, const Change& b) {
    return std::tie(a.is_in, a.slot, a.node, a.row) < std::tie(b.is_in, b.slot, b.node, b.row);
  });
  for (std::size_t first = 0; first < changes_.size();) {
    auto end = first;
    while (end < changes_.size() && changes_[end].is_in == changes_[first].is_in && changes_[end].slot == changes_[first].slot)
      ++end;
    write_side(std::span(changes_).subspan(first, end - first));
    first = end;
  }
  changes_.clear();
  if (!topology_.dead_.empty()) topology_.dead_.cover(topology_.edge_limit(), edition_);
}

}  // namespace policygraph::inline v0::detail::graph
