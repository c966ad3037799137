#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "policygraph/base/id.hpp"
#include "policygraph/graph/records.hpp"
#include "policygraph/export.hpp"
#include "policygraph/graph/rows.hpp"
#include "policygraph/graph/statistics.hpp"
#include "policygraph/model/assertion.hpp"
#include "policygraph/model/evidence.hpp"
#include "policygraph/model/finding.hpp"
#include "policygraph/model/judgement.hpp"
#include "policygraph/model/mention.hpp"
#include "policygraph/model/schema.hpp"
#include "policygraph/model/sources.hpp"

namespace policygraph::inline v0 {

/// Numbers of names within one snapshot, densely from 0 in order of name.
enum class Label : std::uint32_t {};
enum class EdgeType : std::uint32_t {};
enum class Property : std::uint32_t {};
/// A set of labels that some node has.
enum class LabelSet : std::uint32_t {};

class Column;  // graph/column.hpp
namespace detail::graph {
struct Mask;
class Masking;
}  // namespace detail::graph

/// The graph as of one commit: immutable, cheap to copy (a shared pointer), safe to read from any thread for as long as
/// one likes. Typed columns for properties; adjacency by type, both ways, sorted, parallel edges kept.
///
///     auto snapshot = graph.snapshot();
///     for (NodeRow act : snapshot.nodes("LegalAct")) std::cout << snapshot.value(act, "number").to_string() << '\n';
///
/// Functions that take names return empty answers for names the graph does not have. Functions that take rows require
/// rows of this snapshot.
class POLICYGRAPH_EXPORT Snapshot {
 public:
  CommitId commit() const noexcept;
  const Schema& schema() const noexcept;
  const Sources& sources() const;

  // Nodes and edges: how many live, and below what their rows stay (more, where some were deleted).
  std::size_t node_count() const noexcept;
  std::size_t edge_count() const noexcept;
  std::uint32_t node_row_limit() const noexcept;
  std::uint32_t edge_row_limit() const noexcept;
  bool is_alive(NodeRow row) const noexcept;
  bool is_alive(EdgeRow row) const noexcept;
  LivingRows<NodeRow> nodes() const;
  LivingRows<EdgeRow> edges() const;
  /// Rows that have the label, its descendants included, in order of row. Borrowed.
  std::span<const NodeRow> nodes(Label label) const;
  std::span<const NodeRow> nodes(std::string_view label) const;

  NodeKey key(NodeRow row) const noexcept;
  EdgeKey key(EdgeRow row) const noexcept;
  /// O(log n). A mention's key finds the node it belongs to.
  std::optional<NodeRow> find(NodeKey key) const noexcept;
  std::optional<EdgeRow> find(EdgeKey key) const noexcept;

  NodeRow source(EdgeRow row) const noexcept;  ///< O(log n)
  NodeRow target(EdgeRow row) const noexcept;
  EdgeType type(EdgeRow row) const noexcept;  ///< O(log types)

  // Names.
  std::optional<Label> label(std::string_view name) const noexcept;
  std::optional<EdgeType> edge_type(std::string_view name) const noexcept;
  std::optional<Property> property(std::string_view name) const noexcept;
  std::string_view name(Label label) const noexcept;
  std::string_view name(EdgeType type) const noexcept;
  std::string_view name(Property property) const noexcept;
  std::size_t label_count() const noexcept;
  std::size_t edge_type_count() const noexcept;
  std::size_t property_count() const noexcept;

  LabelSet label_set(NodeRow row) const noexcept;  ///< O(log sets)
  std::size_t label_set_count() const noexcept;
  /// Nodes that have this set of labels, in order of row. Borrowed.
  std::span<const NodeRow> nodes_of(LabelSet set) const;
  std::span<const Label> labels(LabelSet set) const noexcept;  ///< sorted by name
  bool has_label(NodeRow row, Label label) const noexcept;     ///< O(log sets)
  /// Names of a node's labels, the most general first.
  std::vector<std::string_view> label_names(NodeRow row) const;
  LivingRows<EdgeRow> edges_of(EdgeType type) const;
  std::size_t edge_count(EdgeType type) const noexcept;
  /// How the edges of a type are spread over the nodes at their ends (graph/statistics.hpp), as of the last compaction;
  /// counted when first asked for where most edges of the type came since. A view counts those it shows, when first asked.
  const DegreeStatistics& degrees(EdgeType type) const;

  // Adjacency.
  OutEdges out_edges(NodeRow node, EdgeType type) const noexcept;
  InEdges in_edges(NodeRow node, EdgeType type) const noexcept;
  std::uint32_t out_degree(NodeRow node) const noexcept;  ///< over all types
  std::uint32_t in_degree(NodeRow node) const noexcept;
  /// Over all types, from a merged adjacency that is built when first asked for (O(nodes * types + edges) once; 16 bytes
  /// an edge and 8 a node).
  IncidentEdges out_edges(NodeRow node) const;
  IncidentEdges in_edges(NodeRow node) const;
  Incidence outgoing() const;
  Incidence incoming() const;
  /// By row: its number among those alive, densely from 0. Empty where every row is alive: a row is its number then.
  std::span<const std::uint32_t> node_numbers() const;
  std::span<const std::uint32_t> edge_numbers() const;

  // Properties: the one value each reads as (rank, then source tier, then latest publication, then lowest key).
  const Column* node_column(Property property) const noexcept;  ///< null: no node has it
  const Column* edge_column(Property property) const noexcept;
  Value value(NodeRow row, Property property) const;
  Value value(EdgeRow row, Property property) const;
  Value value(NodeRow row, std::string_view property) const;
  Value value(EdgeRow row, std::string_view property) const;
  /// Properties that have a value, sorted by name.
  std::vector<Property> properties(NodeRow row) const;
  std::vector<Property> properties(EdgeRow row) const;
  /// What to call a node: its name, title, number, amount ...; never empty ("node 17").
  std::string caption(NodeRow row) const;
  /// Nodes whose property reads as the value, sorted by row; numbers are equal by value (5, 5.0, decimal('5')), null
  /// equals nothing. The first question about a property reads its column through, the second builds an index of it
  /// (8 bytes a value, kept with the snapshot); later ones cost O(log n). With a label: those that have it, and the
  /// value brought to the type that the schema wants ("2024" to a partial date).
  std::vector<NodeRow> find_nodes(Property property, const Value& value) const;
  std::vector<NodeRow> find_nodes(std::string_view label, std::string_view property, const Value& value) const;
  /// The node of that label whose name (or other name) folds to the same key; sorted by row.
  std::vector<NodeRow> find_name(std::string_view label, std::string_view name) const;

  // What claims it: assertions in force, in order of id. Lists are values (graph/records.hpp).
  AssertionList assertions(NodeRow row) const;                             ///< existence and properties
  AssertionList assertions(NodeRow row, std::string_view property) const;  ///< competing values included
  AssertionList assertions(EdgeRow row) const;
  AssertionList assertions(EdgeRow row, std::string_view property) const;
  MentionList mentions(NodeRow row) const;
  /// Strongest modality in force, and validity, of an edge as it reads.
  Modality modality(NodeRow row) const noexcept;
  Modality modality(EdgeRow row) const noexcept;
  PartialDate valid_from(EdgeRow row) const noexcept;
  PartialDate valid_to(EdgeRow row) const noexcept;

  /// Evidence of the existence of a node or an edge, without a copy; in order of id.
  EvidenceIds evidence(NodeRow row) const noexcept;
  EvidenceIds evidence(EdgeRow row) const noexcept;
  /// Evidence of the value a property reads as.
  std::vector<EvidenceId> evidence(NodeRow row, Property property) const;
  std::vector<EvidenceId> evidence(EdgeRow row, Property property) const;
  Evidence evidence(EvidenceId id) const;  ///< throws Error(not_found)
  /// With quote, title and place; fetches the document's text when first needed.
  Citation cite(EvidenceId id) const;

  /// All in force: assertions in order of id, judgements, mentions in order of key, findings of ingestion. Pointers live
  /// as long as any snapshot of the graph.
  AssertionList assertions() const;
  std::vector<const Judgement*> judgements() const;
  MentionList mentions() const;
  std::vector<const Finding*> findings() const;
  std::vector<const Run*> runs() const;

  struct Memory {
    std::size_t topology = 0, columns = 0, keys = 0, evidence = 0, assertions = 0, texts = 0, merged = 0, mask = 0;
  };
  Memory memory() const noexcept;  ///< bytes

  /// A view (graph/views.hpp) hides some of a snapshot; `whole` is that snapshot with nothing hidden.
  bool is_view() const noexcept { return mask_ != nullptr; }
  Snapshot whole() const noexcept;

  struct Data;  ///< private
  explicit Snapshot(std::shared_ptr<const Data> data) noexcept;
  const Data& data() const noexcept { return *data_; }

 private:
  friend class detail::graph::Masking;
  std::shared_ptr<const Data> data_;
  std::shared_ptr<const detail::graph::Mask> mask_;  // null: nothing is hidden
};

}  // namespace policygraph::inline v0
