#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "policygraph/export.hpp"
#include "policygraph/graph/column.hpp"
#include "policygraph/graph/graph.hpp"
#include "policygraph/graph/region.hpp"
#include "policygraph/graph/walk_ranges.hpp"

/// Reading a graph without Cypher: loops that read as sentences.
///
///     const policygraph::Walk walk(graph);
///     for (const auto act : walk.nodes("LegalAct"))
///       for (const auto sum : act.out("AUTHORISES").where([](auto s) { return s.text("currency") == "EUR"; }))
///         for (const auto programme : sum.out("FUNDS").labelled("Programme"))
///           std::cout << act.text("number") << " gives " << programme.text("name") << ' '
///                     << sum.get<policygraph::Decimal>("amount").to_string() << " EUR\n";
///
/// Costs what the loops over `Snapshot` cost: a view is a pointer and a row or three, ranges allocate nothing. A name is
/// looked up by binary search each time it is said; `Walk::edge_type` and `Walk::property` look it up once.
///
/// A name that the strict schema does not know throws Error(schema) with "did you mean". A name that it knows, or any in
/// the open schema, of which the graph has nothing is an empty range or an absent property.
namespace policygraph::inline v0 {

/// A type or property of which the graph has nothing: no edges, no values.
inline constexpr EdgeType kNoEdgeType{0xFFFFFFFFU};
inline constexpr Property kNoProperty{0xFFFFFFFFU};

namespace detail::graph {
inline bool is_same(const Snapshot* a, const Snapshot* b) noexcept {
  if (a == b || a == nullptr || b == nullptr) return a == b;
  return &a->data() == &b->data() && !a->is_view() && !b->is_view();
}
[[noreturn]] POLICYGRAPH_EXPORT void refuse_absent(const Snapshot& snapshot, NodeRow row, std::string_view property);
[[noreturn]] POLICYGRAPH_EXPORT void refuse_absent(const Snapshot& snapshot, EdgeRow row, std::string_view property);
}  // namespace detail::graph

/// What nodes and edges have alike: properties, key, evidence. T of a property is Decimal, std::string_view (borrowed
/// from the snapshot), std::string, std::int64_t, double (of any number), bool, PartialDate, Value, or
/// std::vector<std::string> (of a list of strings); Error(invalid_argument) when the value is of another kind.
template <class View, class Row>
class Properties {
 public:
  /// Throws Error(not_found) that names the thing when it has no such property.
  template <class T>
  T get(std::string_view property) const;
  template <class T>
  T get(std::string_view property, T otherwise) const;
  /// Empty when it has no such property.
  template <class T>
  std::optional<T> find(std::string_view property) const;
  template <class T>
  std::optional<T> find(Property property) const;
  /// A string; "" when it has no such property.
  std::string_view text(std::string_view property) const { return get<std::string_view>(property, {}); }
  bool has(std::string_view property) const;

  Modality modality() const noexcept { return self().snapshot().modality(self().row()); }
  auto key() const noexcept { return self().snapshot().key(self().row()); }
  /// The words its existence rests on, with their places.
  std::vector<Citation> evidence() const;

 private:
  const View& self() const noexcept { return static_cast<const View&>(*this); }
};

/// A node, as long as a Walk (or the Snapshot it was made from) lives: 16 bytes, copied freely.
class POLICYGRAPH_EXPORT NodeView : public Properties<NodeView, NodeRow> {
 public:
  NodeView() = default;
  NodeView(const Snapshot& snapshot, NodeRow row) noexcept : snapshot_(&snapshot), row_(row) {}

  NodeRow row() const noexcept { return row_; }
  const Snapshot& snapshot() const noexcept { return *snapshot_; }
  bool has_label(std::string_view label) const;  ///< or one below it
  std::string_view label() const;                ///< its most specific one; "" for none
  std::string caption() const { return snapshot_->caption(row_); }
  operator NodeKey() const noexcept { return key(); }  ///< what transactions take
  /// The node with what lies around it (graph/region.hpp).
  Region around(std::uint32_t hops, const HopOptions& options = {}) const;

  /// Nodes that edges of that type (any, without one) lead to, or come from.
  Links<NodeView> out() const { return links<NodeView>(true); }
  Links<NodeView> out(std::string_view type) const { return links<NodeView>(true, type); }
  Links<NodeView> out(EdgeType type) const { return links<NodeView>(true, type); }
  Links<NodeView> in() const { return links<NodeView>(false); }
  Links<NodeView> in(std::string_view type) const { return links<NodeView>(false, type); }
  Links<NodeView> in(EdgeType type) const { return links<NodeView>(false, type); }
  /// The edges themselves.
  Links<EdgeView> out_edges() const { return links<EdgeView>(true); }
  Links<EdgeView> out_edges(std::string_view type) const { return links<EdgeView>(true, type); }
  Links<EdgeView> out_edges(EdgeType type) const { return links<EdgeView>(true, type); }
  Links<EdgeView> in_edges() const { return links<EdgeView>(false); }
  Links<EdgeView> in_edges(std::string_view type) const { return links<EdgeView>(false, type); }
  Links<EdgeView> in_edges(EdgeType type) const { return links<EdgeView>(false, type); }

  /// The same row of the same snapshot; of views, of the same Snapshot object.
  friend bool operator==(const NodeView& a, const NodeView& b) noexcept {
    return a.row_ == b.row_ && detail::graph::is_same(a.snapshot_, b.snapshot_);
  }

 private:
  template <class Item>
  Links<Item> links(bool is_out) const {
    return {*snapshot_, row_, is_out, 0, static_cast<std::uint32_t>(snapshot_->edge_type_count())};
  }
  template <class Item>
  Links<Item> links(bool is_out, EdgeType type) const {
    if (type == kNoEdgeType) return {*snapshot_, row_, is_out, 0, 0};
    const auto number = static_cast<std::uint32_t>(type);
    return {*snapshot_, row_, is_out, number, number + 1};
  }
  template <class Item>
  Links<Item> links(bool is_out, std::string_view type) const {
    return links<Item>(is_out, detail::graph::known_type(*snapshot_, type).value_or(kNoEdgeType));
  }

  const Snapshot* snapshot_ = nullptr;
  NodeRow row_;
};

/// An edge, as long as a Walk (or the Snapshot it was made from) lives.
class POLICYGRAPH_EXPORT EdgeView : public Properties<EdgeView, EdgeRow> {
 public:
  EdgeView() = default;
  EdgeView(const Snapshot& snapshot, EdgeRow row) noexcept;  ///< O(log n): looks up where it starts
  EdgeView(const Snapshot& snapshot, EdgeRow row, NodeRow source, NodeRow target) noexcept
      : snapshot_(&snapshot), row_(row), source_(source), target_(target) {}

  EdgeRow row() const noexcept { return row_; }
  const Snapshot& snapshot() const noexcept { return *snapshot_; }
  std::string_view type() const noexcept { return snapshot_->name(snapshot_->type(row_)); }
  NodeView source() const noexcept { return {*snapshot_, source_}; }
  NodeView target() const noexcept { return {*snapshot_, target_}; }
  /// The end that `node` is not; of a loop the same one.
  NodeView other(NodeView node) const noexcept { return {*snapshot_, node.row() == source_ ? target_ : source_}; }
  PartialDate valid_from() const noexcept { return snapshot_->valid_from(row_); }
  PartialDate valid_to() const noexcept { return snapshot_->valid_to(row_); }
  operator EdgeKey() const noexcept { return key(); }

  friend bool operator==(const EdgeView& a, const EdgeView& b) noexcept {
    return a.row_ == b.row_ && detail::graph::is_same(a.snapshot_, b.snapshot_);
  }

 private:
  const Snapshot* snapshot_ = nullptr;
  EdgeRow row_;
  NodeRow source_, target_;
};

using NodeRange = Listed<NodeView, NodeRow>;
using AllNodes = Living<NodeView, NodeRow>;
using EdgeRange = Living<EdgeView, EdgeRow>;

/// Where a walk starts. Holds its snapshot; copies share it, and views are good as long as one of them lives. What gives
/// views is refused on a temporary, whose views would be good for nothing.
class POLICYGRAPH_EXPORT Walk {
 public:
  explicit Walk(const Graph& graph) : Walk(graph.snapshot()) {}
  explicit Walk(Snapshot snapshot) : snapshot_(std::make_shared<const Snapshot>(std::move(snapshot))) {}

  const Snapshot& snapshot() const& noexcept { return *snapshot_; }
  AllNodes nodes() const& { return {*snapshot_, snapshot_->nodes()}; }
  /// Nodes that have the label, or one below it, in order of row.
  NodeRange nodes(std::string_view label) const&;
  EdgeRange edges() const& { return {*snapshot_, snapshot_->edges()}; }
  EdgeRange edges(std::string_view type) const&;

  NodeView node(NodeKey key) const&;  ///< throws Error(not_found)
  EdgeView edge(EdgeKey key) const&;  ///< throws Error(not_found)
  NodeView operator[](NodeRow row) const& noexcept { return {*snapshot_, row}; }
  EdgeView operator[](EdgeRow row) const& noexcept { return {*snapshot_, row}; }
  /// The node of the label whose property has the value, the first by row when there are several; empty: none. Through
  /// `Snapshot::find_nodes`, so by an index after the first question.
  std::optional<NodeView> find(std::string_view label, std::string_view property, const Value& value) const&;
  /// The node of the label that is called so, by any of its names, whatever their case; the first by row.
  std::optional<NodeView> named(std::string_view label, std::string_view name) const&;

  void snapshot() const&& = delete;
  void nodes(std::string_view = {}) const&& = delete;
  void edges(std::string_view = {}) const&& = delete;
  void node(NodeKey) const&& = delete;
  void edge(EdgeKey) const&& = delete;

  /// A name looked up once: kNoEdgeType (kNoProperty) where the graph has none.
  EdgeType edge_type(std::string_view name) const;
  Property property(std::string_view name) const;

 private:
  std::shared_ptr<const Snapshot> snapshot_;
};

}  // namespace policygraph::inline v0

#include "policygraph/graph/walk_values.hpp"  // IWYU pragma: export
