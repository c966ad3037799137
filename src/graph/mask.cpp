#include "graph/mask.hpp"

#include <algorithm>
#include <bit>

#include "policygraph/graph/hop.hpp"

namespace policygraph::inline v0::detail::graph {
namespace {

template <class T>
std::size_t bytes_of(const std::vector<T>& values) noexcept {
  return values.capacity() * sizeof(T);
}

// Requires: no mask.
template <class Row>
RowBits dead_rows(const Snapshot& snapshot, std::uint32_t limit, std::size_t living) {
  RowBits dead(limit);
  if (living == limit) return dead;
  for (std::uint32_t row = 0; row < limit; ++row) {
    if (!snapshot.is_alive(Row{row})) dead.add(row);
  }
  return dead;
}

template <class Visit>
void visit_edges(const Snapshot& snapshot, NodeRow node, Visit visit) {
  for (std::size_t type = 0; type < snapshot.edge_type_count(); ++type) {
    const auto out = snapshot.out_edges(node, static_cast<EdgeType>(type));
    for (std::size_t i = 0; i < out.size(); ++i) visit(out.edge(i));
    for (const auto edge : snapshot.in_edges(node, static_cast<EdgeType>(type)).edges) visit(edge);
  }
}

std::vector<NodeRow> without(std::span<const NodeRow> rows, const RowBits& hidden) {
  std::vector<NodeRow> kept;
  std::ranges::copy_if(rows, std::back_inserter(kept), [&](NodeRow row) { return !hidden.has(row.value); });
  return kept;
}

// One more node with so many edges. Requires: nodes come in order of row, and it is not 0.
void add_list(CountedStarts& counted, std::uint32_t node, std::size_t size) {
  if (counted.starts.size() == 1) counted.least = node;
  const auto before = counted.starts.back();
  counted.starts.resize(std::size_t{node} - counted.least + 1, before);
  counted.starts.push_back(before + static_cast<std::uint32_t>(size));
}

CountedStarts counted_lists(const Snapshot& snapshot, const Hop& hop) {
  CountedStarts counted;
  for (const auto node : snapshot.nodes())
    if (const auto degree = hop.degree(node); degree != 0) add_list(counted, node.value, degree);
  return counted;
}

}  // namespace

std::size_t RowBits::count() const noexcept {
  std::size_t count = 0;
  for (const auto word : words_) count += static_cast<std::size_t>(std::popcount(word));
  return count;
}

std::uint32_t KeptLists::degree(std::uint32_t node) const noexcept {
  std::uint32_t degree = 0;
  for (const auto& type : starts) {
    const auto [begin, end] = type.range(node);
    degree += end - begin;
  }
  return degree;
}

std::size_t KeptLists::memory_bytes() const noexcept {
  auto bytes = touched.memory_bytes() + bytes_of(starts) + bytes_of(first) + bytes_of(ends) + bytes_of(edges);
  for (const auto& type : starts) bytes += type.memory_bytes();
  return bytes;
}

std::size_t Mask::memory_bytes() const noexcept {
  auto bytes = hidden_nodes.memory_bytes() + hidden_edges.memory_bytes() + out.memory_bytes() + in.memory_bytes();
  for (const auto* lists : {&nodes_of_label, &nodes_of_set})
    for (const auto& list : *lists) bytes += bytes_of(list);
  return bytes;
}

std::vector<DegreeStatistics> degrees_of_view(const Snapshot& view) {
  std::vector<DegreeStatistics> result;
  for (std::size_t number = 0; number < view.edge_type_count(); ++number) {
    const auto type = static_cast<EdgeType>(number);
    result.push_back({view.edge_count(type), spread_of(counted_lists(view, Hop::out(view, type))),
                      spread_of(counted_lists(view, Hop::in(view, type)))});
  }
  return result;
}

Masking::Masking(const Snapshot& snapshot)
    : snapshot_(snapshot), whole_(snapshot.whole()), mask_(std::make_shared<Mask>()) {
  const auto* above = snapshot.mask_.get();
  mask_->hidden_nodes = above != nullptr ? above->hidden_nodes : dead_rows<NodeRow>(snapshot, snapshot.node_row_limit(), snapshot.node_count());
  mask_->hidden_edges = above != nullptr ? above->hidden_edges : dead_rows<EdgeRow>(snapshot, snapshot.edge_row_limit(), snapshot.edge_count());
}

void Masking::hide(NodeRow row) {
  if (mask_->hidden_nodes.has(row.value)) return;
  mask_->hidden_nodes.add(row.value);
  newly_hidden_.push_back(row);
}

void Masking::hide(EdgeRow row) { mask_->hidden_edges.add(row.value); }

void Masking::hide_edges_of_hidden_nodes() {
  for (const auto node : newly_hidden_) visit_edges(snapshot_, node, [&](EdgeRow edge) { hide(edge); });
}

void Masking::touch_one_by_one() {
  mask_->hidden_edges.visit([&](std::uint32_t row) {
    const EdgeRow edge{row};
    if (!whole_.is_alive(edge)) return;
    --mask_->edges_of_type[static_cast<std::size_t>(whole_.type(edge))];
    mask_->out.touched.add(whole_.source(edge).value);
    mask_->in.touched.add(whole_.target(edge).value);
  });
}

void Masking::touch_by_lists() {
  for (std::size_t number = 0; number < whole_.edge_type_count(); ++number) {
    const auto hop = Hop::out(whole_, static_cast<EdgeType>(number));
    for (const auto node : whole_.nodes()) {
      const auto list = hop.edges(node);
      std::size_t hidden = 0;
      for (std::size_t i = 0; i < list.size(); ++i) {
        if (!mask_->hidden_edges.has(list.edge(i).value)) continue;
        mask_->in.touched.add(list.ends[i].value);
        ++hidden;
      }
      if (hidden == 0) continue;
      mask_->out.touched.add(node.value);
      mask_->edges_of_type[number] -= hidden;
    }
  }
}

// Hidden nodes have no lists left; other ends of hidden edges have shorter ones. To find the ends of one edge costs as
// much as to pass over some twenty in the lists.
void Masking::touch_ends() {
  auto& mask = *mask_;
  mask.out.touched = mask.in.touched = mask.hidden_nodes;
  mask.edges_of_type.resize(whole_.edge_type_count());
  for (std::size_t type = 0; type < mask.edges_of_type.size(); ++type)
    mask.edges_of_type[type] = whole_.edge_count(static_cast<EdgeType>(type));
  const auto hidden = mask.hidden_edges.count();
  if (hidden * 20 < whole_.edge_count()) touch_one_by_one();
  else touch_by_lists();
  mask.node_count = whole_.node_row_limit() - mask.hidden_nodes.count();
  mask.edge_count = whole_.edge_row_limit() - hidden;
  mask.hides_nodes = mask.node_count != whole_.node_count();
}

void Masking::keep(KeptLists& lists, const Hop& hop) const {
  CountedStarts counted;
  lists.first.push_back(static_cast<std::uint32_t>(lists.ends.size()));
  lists.touched.visit([&](std::uint32_t node) {
    const auto list = hop.edges(NodeRow{node});
    const auto before = lists.ends.size();
    for (std::size_t i = 0; i < list.size(); ++i) {
      const auto edge = list.edge(i);
      if (mask_->hidden_edges.has(edge.value)) continue;
      lists.ends.push_back(list.ends[i]);
      lists.edges.push_back(edge);
    }
    if (const auto kept = lists.ends.size() - before; kept != 0) add_list(counted, node, kept);
  });
  lists.starts.emplace_back(counted);
}

KeptLists Masking::kept(bool is_out) const {
  KeptLists lists;
  lists.touched = is_out ? mask_->out.touched : mask_->in.touched;
  for (std::size_t number = 0; number < whole_.edge_type_count(); ++number) {
    const auto type = static_cast<EdgeType>(number);
    keep(lists, is_out ? Hop::out(whole_, type) : Hop::in(whole_, type));
  }
  lists.ends.shrink_to_fit();
  lists.edges.shrink_to_fit();
  return lists;
}

void Masking::list_nodes() {
  if (!mask_->hides_nodes) return;
  for (std::size_t label = 0; label < whole_.label_count(); ++label)
    mask_->nodes_of_label.push_back(without(whole_.nodes(static_cast<Label>(label)), mask_->hidden_nodes));
  for (std::size_t set = 0; set < whole_.label_set_count(); ++set)
    mask_->nodes_of_set.push_back(without(whole_.nodes_of(static_cast<LabelSet>(set)), mask_->hidden_nodes));
}

Snapshot Masking::make() && {
  hide_edges_of_hidden_nodes();
  touch_ends();
  mask_->out = kept(true);
  mask_->in = kept(false);
  list_nodes();
  mask_->data = whole_.data_;
  auto view = whole_;
  view.mask_ = std::move(mask_);
  return view;
}

}  // namespace policygraph::inline v0::detail::graph
