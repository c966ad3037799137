#include "policygraph/graph/walk.hpp"

#include <string>

#include "policygraph/base/error.hpp"

namespace policygraph::inline v0 {
namespace detail::graph {
namespace {

// "Funding 17 ('100 EUR')"
std::string shown(const Snapshot& snapshot, NodeRow row) {
  const auto labels = snapshot.label_names(row);
  return std::string(labels.empty() ? "node" : labels.back()) + " " + std::to_string(snapshot.key(row).value) + " ('" +
         snapshot.caption(row) + "')";
}

std::string shown(const Snapshot& snapshot, EdgeRow row) {
  return "edge " + std::to_string(snapshot.key(row).value) + " (" + std::string(snapshot.name(snapshot.type(row))) + ")";
}

std::string quoted(std::string_view name) { return "'" + std::string(name.substr(0, 100)) + "'"; }

template <class Row>
[[noreturn]] void refuse_absence(const Snapshot& snapshot, Row row, std::string_view property) {
  throw Error(ErrorCode::not_found, shown(snapshot, row) + " has no " + quoted(property) +
                                        "; `find` gives an empty optional, `get` takes a value to give instead");
}

template <class Row>
[[noreturn]] void refuse_other_kind(const Snapshot& snapshot, Row row, Property property, const Error& error) {
  throw Error(error.code(), quoted(snapshot.name(property)) + " of " + shown(snapshot, row) + ": " + error.text());
}

}  // namespace

std::optional<Label> known_label(const Snapshot& snapshot, std::string_view name) {
  const auto found = snapshot.label(name);
  if (!found) snapshot.schema().check_label(name);
  return found;
}

std::optional<EdgeType> known_type(const Snapshot& snapshot, std::string_view name) {
  const auto found = snapshot.edge_type(name);
  const auto& schema = snapshot.schema();
  if (!found && !schema.is_open() && schema.relation(name) == nullptr)
    throw Error(ErrorCode::schema, "unknown relation " + quoted(name) + schema.suggest_relation(name));
  return found;
}

std::optional<Property> known_property(const Snapshot& snapshot, std::string_view name) {
  const auto found = snapshot.property(name);
  const auto& schema = snapshot.schema();
  if (!found && !schema.is_open() && !schema.has_property(name))
    throw Error(ErrorCode::schema, "unknown property " + quoted(name) + schema.suggest_property(name));
  return found;
}

void refuse_absent(const Snapshot& snapshot, NodeRow row, std::string_view property) {
  refuse_absence(snapshot, row, property);
}
void refuse_absent(const Snapshot& snapshot, EdgeRow row, std::string_view property) {
  refuse_absence(snapshot, row, property);
}
void refuse_kind(const Snapshot& snapshot, NodeRow row, Property property, const Error& error) {
  refuse_other_kind(snapshot, row, property, error);
}
void refuse_kind(const Snapshot& snapshot, EdgeRow row, Property property, const Error& error) {
  refuse_other_kind(snapshot, row, property, error);
}

std::vector<std::string> read_strings(const Value& value) {
  std::vector<std::string> strings;
  for (const auto& item : value.as_list()) strings.push_back(item.as_string());
  return strings;
}

std::vector<Citation> cited(const Snapshot& snapshot, EvidenceIds ids) {
  std::vector<Citation> citations;
  citations.reserve(ids.size());
  for (const auto id : ids) citations.push_back(snapshot.cite(id));
  return citations;
}

}  // namespace detail::graph

bool NodeView::has_label(std::string_view label) const {
  const auto number = detail::graph::known_label(*snapshot_, label);
  return number && snapshot_->has_label(row_, *number);
}

std::string_view NodeView::label() const {
  const auto labels = snapshot_->label_names(row_);
  return labels.empty() ? std::string_view() : labels.back();
}

EdgeView::EdgeView(const Snapshot& snapshot, EdgeRow row) noexcept
    : EdgeView(snapshot, row, snapshot.source(row), snapshot.target(row)) {}

NodeRange Walk::nodes(std::string_view label) const& {
  const auto number = detail::graph::known_label(*snapshot_, label);
  return {*snapshot_, number ? snapshot_->nodes(*number) : std::span<const NodeRow>()};
}

EdgeRange Walk::edges(std::string_view type) const& {
  const auto number = detail::graph::known_type(*snapshot_, type);
  return {*snapshot_, number ? snapshot_->edges_of(*number) : LivingRows<EdgeRow>()};
}

NodeView Walk::node(NodeKey key) const& {
  if (const auto row = snapshot_->find(key)) return {*snapshot_, *row};
  throw Error(ErrorCode::not_found, "there is no node " + std::to_string(key.value));
}

EdgeView Walk::edge(EdgeKey key) const& {
  if (const auto row = snapshot_->find(key)) return {*snapshot_, *row};
  throw Error(ErrorCode::not_found, "there is no edge " + std::to_string(key.value));
}

std::optional<NodeView> Walk::find(std::string_view label, std::string_view property, const Value& value) const& {
  detail::graph::known_label(*snapshot_, label);
  detail::graph::known_property(*snapshot_, property);
  const auto rows = snapshot_->find_nodes(label, property, value);
  return rows.empty() ? std::nullopt : std::optional(NodeView(*snapshot_, rows.front()));
}

std::optional<NodeView> Walk::named(std::string_view label, std::string_view name) const& {
  detail::graph::known_label(*snapshot_, label);
  const auto rows = snapshot_->find_name(label, name);
  return rows.empty() ? std::nullopt : std::optional(NodeView(*snapshot_, rows.front()));
}

EdgeType Walk::edge_type(std::string_view name) const {
  return detail::graph::known_type(*snapshot_, name).value_or(kNoEdgeType);
}

Property Walk::property(std::string_view name) const {
  return detail::graph::known_property(*snapshot_, name).value_or(kNoProperty);
}

}  // namespace policygraph::inline v0
