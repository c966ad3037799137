#include "policygraph/graph/snapshot.hpp"

#include <algorithm>
#include <utility>

#include "graph/label_run.hpp"
#include "graph/mask.hpp"
#include "graph/snapshot_data.hpp"

namespace policygraph::inline v0 {
namespace {

using detail::graph::counted_starts;
using detail::graph::Ends;
using detail::graph::kNone;

template <class Number>
std::optional<Number> number_of(const std::vector<std::string>& names, std::string_view name) noexcept {
  const auto found = std::ranges::lower_bound(names, name);
  if (found == names.end() || *found != name) return std::nullopt;
  return static_cast<Number>(found - names.begin());
}

template <class Number>
std::size_t index(Number number) noexcept {
  return static_cast<std::size_t>(number);
}

// A view has a merged adjacency of its own.
const detail::graph::MergedOnDemand& merged_of(const detail::graph::MergedOnDemand& whole, const detail::graph::Mask* mask) {
  return mask == nullptr ? whole : mask->merged;
}

// Of types most of whose edges came since the last compaction, so that there are few of them.
std::vector<DegreeStatistics> count_degrees(const Snapshot& snapshot) {
  std::vector<DegreeStatistics> result(snapshot.edge_type_count());
  const auto& topology = snapshot.data().topology;
  for (std::size_t number = 0; number < result.size(); ++number) {
    const auto type = static_cast<EdgeType>(number);
    if (2 * topology.degrees(number).edges >= snapshot.edge_count(type)) continue;
    std::vector<Ends> edges;
    for (const auto row : snapshot.edges_of(type)) edges.push_back({0, topology.source(row.value), topology.target(row.value)});
    result[number] = {edges.size(), spread_of(counted_starts(edges, [](const Ends& edge) { return edge.from; })),
                      spread_of(counted_starts(edges, [](const Ends& edge) { return edge.to; }))};
  }
  return result;
}

}  // namespace

std::optional<detail::graph::LabelRun> detail::graph::label_run(const Snapshot& snapshot, Label label) noexcept {
  const auto& data = snapshot.data();
  const auto& order = *data.order;
  if (!data.placed_nodes.empty() || order.names != data.label_table || !order.scattered_rows[index(label)].empty()) return std::nullopt;
  const auto rows = order.rows_of_label[index(label)];
  if (rows.empty()) return std::nullopt;
  return LabelRun{static_cast<std::uint32_t>(rows.data() - order.row_numbers.data()), static_cast<std::uint32_t>(rows.size())};
}

Snapshot::Snapshot(std::shared_ptr<const Data> data) noexcept : data_(std::move(data)) {}
Snapshot Snapshot::whole() const noexcept { return Snapshot(data_); }

CommitId Snapshot::commit() const noexcept { return CommitId{data_->history.counters().commit}; }
const Schema& Snapshot::schema() const noexcept { return data_->schema; }
const Sources& Snapshot::sources() const { return data_->sources(); }
std::size_t Snapshot::node_count() const noexcept { return mask_ ? mask_->node_count : data_->node_count(); }
std::size_t Snapshot::edge_count() const noexcept { return mask_ ? mask_->edge_count : data_->edge_count(); }
std::uint32_t Snapshot::node_row_limit() const noexcept { return data_->node_limit; }
std::uint32_t Snapshot::edge_row_limit() const noexcept { return data_->topology.edge_limit(); }
bool Snapshot::is_alive(NodeRow row) const noexcept {
  return data_->is_alive_node(row.value) && !(mask_ && mask_->hidden_nodes.has(row.value));
}
bool Snapshot::is_alive(EdgeRow row) const noexcept {
  return data_->topology.is_alive(row.value) && !(mask_ && mask_->hidden_edges.has(row.value));
}
LivingRows<NodeRow> Snapshot::nodes() const {
  const LivingRows<NodeRow> rows(0, node_row_limit(), data_->dead_nodes.words(), {}, node_count(), data_);
  return mask_ ? rows.without(mask_->hidden_nodes.words(), mask_->node_count, mask_) : rows;
}
LivingRows<EdgeRow> Snapshot::edges() const {
  const LivingRows<EdgeRow> rows(0, edge_row_limit(), data_->topology.dead().words(), {}, edge_count(), data_);
  return mask_ ? rows.without(mask_->hidden_edges.words(), mask_->edge_count, mask_) : rows;
}

std::span<const NodeRow> Snapshot::nodes(Label label) const {
  if (mask_ && mask_->hides_nodes) return mask_->nodes_of_label[index(label)];
  return data_->node_lists.of_label(*data_, static_cast<std::uint32_t>(label));
}
std::span<const NodeRow> Snapshot::nodes(std::string_view name) const {
  const auto number = label(name);
  return number ? nodes(*number) : std::span<const NodeRow>();
}

NodeKey Snapshot::key(NodeRow row) const noexcept { return data_->node_keys[row.value]; }
EdgeKey Snapshot::key(EdgeRow row) const noexcept { return data_->edge_keys[row.value]; }

std::optional<NodeRow> Snapshot::find(NodeKey key) const noexcept {
  const auto row = data_->row_of(key);
  return row == kNone || !is_alive(NodeRow{row}) ? std::nullopt : std::optional(NodeRow{row});
}
std::optional<EdgeRow> Snapshot::find(EdgeKey key) const noexcept {
  const auto row = data_->row_of(key);
  return row == kNone || !is_alive(EdgeRow{row}) ? std::nullopt : std::optional(EdgeRow{row});
}

NodeRow Snapshot::source(EdgeRow row) const noexcept { return NodeRow{data_->topology.source(row.value)}; }
NodeRow Snapshot::target(EdgeRow row) const noexcept { return NodeRow{data_->topology.target(row.value)}; }
EdgeType Snapshot::type(EdgeRow row) const noexcept { return static_cast<EdgeType>(data_->topology.type(row.value)); }

std::optional<Label> Snapshot::label(std::string_view name) const noexcept {
  return number_of<Label>(data_->label_table->labels, name);
}
std::optional<EdgeType> Snapshot::edge_type(std::string_view name) const noexcept {
  return number_of<EdgeType>(data_->edge_types, name);
}
std::optional<Property> Snapshot::property(std::string_view name) const noexcept {
  return number_of<Property>(data_->properties, name);
}
std::string_view Snapshot::name(Label label) const noexcept { return data_->label_table->labels[index(label)]; }
std::string_view Snapshot::name(EdgeType type) const noexcept { return data_->edge_types[index(type)]; }
std::string_view Snapshot::name(Property property) const noexcept { return data_->properties[index(property)]; }
std::size_t Snapshot::label_count() const noexcept { return data_->label_table->labels.size(); }
std::size_t Snapshot::edge_type_count() const noexcept { return data_->edge_types.size(); }
std::size_t Snapshot::property_count() const noexcept { return data_->properties.size(); }

LabelSet Snapshot::label_set(NodeRow row) const noexcept { return static_cast<LabelSet>(data_->set_of(row.value)); }
std::size_t Snapshot::label_set_count() const noexcept { return data_->label_table->sets.size(); }
std::span<const NodeRow> Snapshot::nodes_of(LabelSet set) const {
  if (mask_ && mask_->hides_nodes) return mask_->nodes_of_set[index(set)];
  return data_->node_lists.of_set(*data_, static_cast<std::uint32_t>(set));
}
std::span<const Label> Snapshot::labels(LabelSet set) const noexcept { return data_->label_table->sets[index(set)].labels; }
bool Snapshot::has_label(NodeRow row, Label label) const noexcept {
  if (const auto run = detail::graph::label_run(*this, label)) return run->has(row.value);
  return std::ranges::binary_search(data_->labels_of(row.value).labels, label);
}
std::vector<std::string_view> Snapshot::label_names(NodeRow row) const {
  return data_->labels_of(row.value).names;
}

LivingRows<EdgeRow> Snapshot::edges_of(EdgeType type) const {
  const auto& topology = data_->topology;
  const auto slot = topology.slot_of(index(type));
  const auto [first, width] = topology.base_rows(slot);
  std::span<const EdgeRow> more;
  if (topology.edge_limit() > topology.base_count())
    more = data_->added_edges.get([&] { return topology.added_edges(); })[slot];
  const LivingRows<EdgeRow> rows(first, width, topology.dead().words(), more, topology.count_of_slot(slot), data_);
  return mask_ ? rows.without(mask_->hidden_edges.words(), mask_->edges_of_type[index(type)], mask_) : rows;
}
std::size_t Snapshot::edge_count(EdgeType type) const noexcept {
  if (mask_) return mask_->edges_of_type[index(type)];
  return data_->topology.count_of_slot(data_->topology.slot_of(index(type)));
}
const DegreeStatistics& Snapshot::degrees(EdgeType type) const {
  if (mask_) return mask_->degrees.get([this] { return detail::graph::degrees_of_view(*this); })[index(type)];
  const Snapshot whole(data_);
  const auto& known = data_->topology.degrees(index(type));
  if (2 * known.edges >= whole.edge_count(type)) return known;
  return data_->degrees.get([&] { return count_degrees(whole); })[index(type)];
}

namespace {

// Apart: with them the functions below would save registers for every node.
[[gnu::noinline]] OutEdges kept_out(const detail::graph::Mask& mask, NodeRow node, std::size_t type) noexcept {
  return detail::graph::as_out(mask.out.lists(type).of(node.value));
}
[[gnu::noinline]] InEdges kept_in(const detail::graph::Mask& mask, NodeRow node, std::size_t type) noexcept {
  return detail::graph::as_in(mask.in.lists(type).of(node.value));
}

}  // namespace

OutEdges Snapshot::out_edges(NodeRow node, EdgeType type) const noexcept {
  if (mask_ && mask_->out.touched.has(node.value)) [[unlikely]] return kept_out(*mask_, node, index(type));
  return data_->topology.out_edges(node.value, index(type));
}
InEdges Snapshot::in_edges(NodeRow node, EdgeType type) const noexcept {
  if (mask_ && mask_->in.touched.has(node.value)) [[unlikely]] return kept_in(*mask_, node, index(type));
  return data_->topology.in_edges(node.value, index(type));
}
std::uint32_t Snapshot::out_degree(NodeRow node) const noexcept {
  if (mask_ && mask_->out.touched.has(node.value)) return mask_->out.degree(node.value);
  return data_->topology.out_degree(node.value);
}
std::uint32_t Snapshot::in_degree(NodeRow node) const noexcept {
  if (mask_ && mask_->in.touched.has(node.value)) return mask_->in.degree(node.value);
  return data_->topology.in_degree(node.value);
}

IncidentEdges Snapshot::out_edges(NodeRow node) const { return outgoing()[node]; }
IncidentEdges Snapshot::in_edges(NodeRow node) const { return incoming()[node]; }
Incidence Snapshot::outgoing() const {
  const auto& side = merged_of(data_->merged, mask_.get()).of(*this).out;
  return {side.starts, side.ends, side.edges};
}
Incidence Snapshot::incoming() const {
  const auto& side = merged_of(data_->merged, mask_.get()).of(*this).in;
  return {side.starts, side.ends, side.edges};
}
std::span<const std::uint32_t> Snapshot::node_numbers() const { return merged_of(data_->merged, mask_.get()).of(*this).node_numbers; }
std::span<const std::uint32_t> Snapshot::edge_numbers() const { return merged_of(data_->merged, mask_.get()).of(*this).edge_numbers; }

Snapshot::Memory Snapshot::memory() const noexcept {
  const auto& data = *data_;
  Memory memory;
  memory.topology = data.topology.memory_bytes();
  for (const auto* columns : {&data.node_columns, &data.edge_columns}) {
    for (const auto& column : *columns) memory.columns += column ? column->memory_bytes() : 0;
  }
  for (const auto* column : {data.valid_from.get(), data.valid_to.get()})
    memory.columns += column == nullptr ? 0 : column->memory_bytes();
  memory.columns += data.node_modality.memory_bytes() + data.edge_modality.memory_bytes();
  memory.keys = data.node_keys.memory_bytes() + data.edge_keys.memory_bytes() + data.row_of_key.memory_bytes() +
                data.row_of_edge_key.memory_bytes() + data.mention_of_key.memory_bytes() + data.names.memory_bytes() +
                data.node_lists.memory_bytes() + data.values.memory_bytes();
  memory.evidence = data.node_evidence.memory_bytes() + data.edge_evidence.memory_bytes();
  memory.assertions = data.history.memory_bytes();
  for (const auto* lists : {&data.node_claims, &data.edge_claims, &data.node_mentions, &data.judgements_of,
                            &data.unseen_of_mention, &data.unseen_ends, &data.unseen_of_edge})
    memory.assertions += lists->memory_bytes();
  memory.merged = merged_of(data.merged, mask_.get()).memory_bytes();
  memory.mask = mask_ ? mask_->memory_bytes() : 0;
  memory.texts = data.quotes.memory_bytes();
  if (const auto* names = data.name_table.made()) memory.keys += names->memory_bytes();
  if (const auto* names = data.name_starts.made()) memory.keys += names->memory_bytes();
  if (const auto* texts = data.document_texts.made()) memory.texts += texts->table.memory_bytes();
  if (const auto* texts = data.node_texts.made()) memory.texts += texts->table.memory_bytes();
  return memory;
}

}  // namespace policygraph::inline v0
