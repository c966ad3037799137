#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "graph/history.hpp"
#include "graph/label_table.hpp"
#include "graph/merged.hpp"
#include "graph/name_index.hpp"
#include "graph/name_starts.hpp"
#include "graph/name_table.hpp"
#include "graph/on_demand.hpp"
#include "graph/packed_pages.hpp"
#include "graph/pages.hpp"
#include "graph/quotes.hpp"
#include "graph/text_indexes.hpp"
#include "graph/value_index.hpp"
#include "graph/validity_days.hpp"
#include "graph/resting.hpp"
#include "graph/topology.hpp"
#include "policygraph/graph/column.hpp"
#include "policygraph/graph/snapshot.hpp"

namespace policygraph::inline v0 {

namespace detail::graph {
/// The documents in force.
Sources sources_of(const History& history, Sources::FetchText fetch);
}  // namespace detail::graph

/// The records and all that is derived from them. Written once, by `derive` or, on top of the snapshot before, by
/// `derive_on`; the members at the end are made when first asked for. A copy shares every block and costs a pointer for
/// some ten thousand rows; decision 4 tells what stands where.
struct Snapshot::Data {
  using Lists = detail::graph::PagedLists<std::uint32_t>;
  using Numbers = detail::graph::PagedNumbers;

  Schema schema;
  detail::graph::History history;
  Sources::FetchText fetch;
  detail::graph::Edition edition = 0;
  std::shared_ptr<const Data> base;  // the last compaction; null: it is this one

  // By mention key: the number of the newest version in force, and the node row it belongs to; kNone: none.
  std::uint32_t key_limit = 0;
  Numbers mention_of_key;
  Numbers row_of_key;
  Lists judgements_of;      // in force, that name it
  Lists unseen_of_mention;  // claims about it that are in force and not in the view, rejections among them
  Lists unseen_ends;        // claims of edges at it, likewise; under both ends

  // Names, each sorted.
  std::vector<std::string> edge_types;
  std::vector<std::string> properties;
  std::vector<std::string> slot_names;  // edge types by slot, those without an edge among them

  // Nodes. Rows below order->count stand in ranges by label set, but for those placed since.
  std::shared_ptr<const detail::graph::LabelTable> label_table;
  std::shared_ptr<const detail::graph::NodeOrder> order;
  std::vector<std::uint32_t> set_counts;  // living nodes by label set
  Numbers set_of_row;                     // of rows placed since
  detail::graph::RowSet placed_nodes;
  detail::graph::RowSet touched_sets;   // that nodes came to or left since the base
  detail::graph::RowSet dead_nodes;
  detail::graph::RowSet changed_nodes;  // whose claims are others than at the base
  std::uint32_t node_limit = 0;
  detail::graph::PackedPages<NodeKey> node_keys;
  detail::graph::PackedPages<Modality> node_modality;
  Lists node_claims;  // existence and properties, in order of id
  Lists node_evidence;
  Lists node_mentions;                                      // keys
  std::vector<std::shared_ptr<const Column>> node_columns;  // by property; null: none

  // Edges.
  detail::graph::Topology topology;
  detail::graph::PackedPages<EdgeKey> edge_keys;
  Numbers row_of_edge_key;
  detail::graph::PackedPages<Modality> edge_modality;
  Lists edge_claims;
  Lists edge_evidence;
  Lists unseen_of_edge;  // by edge key: claims about it that are in force and in no edge
  std::vector<std::shared_ptr<const Column>> edge_columns;
  std::shared_ptr<const Column> valid_from;  // null: no edge states it
  std::shared_ptr<const Column> valid_to;

  detail::graph::OnDemand<Sources> held_sources;
  detail::graph::NodeLists node_lists;
  detail::graph::OnDemand<std::vector<std::vector<EdgeRow>>> added_edges;  // by slot: living edges that the base has not
  detail::graph::OnDemand<detail::graph::Resting> resting_lists;
  detail::graph::OnDemand<std::vector<DegreeStatistics>> degrees;  // by type
  detail::graph::MergedOnDemand merged;
  detail::graph::ValidityOnDemand validity_days;
  detail::graph::NameIndex names;
  detail::graph::OnDemand<detail::graph::NameTable> name_table;
  detail::graph::OnDemand<detail::graph::NameStarts> name_starts;
  detail::graph::OnDemand<detail::graph::DocumentTexts> document_texts;
  detail::graph::OnDemand<detail::graph::NodeTexts> node_texts;
  detail::graph::OnDemand<std::shared_ptr<void>> plans;  // of the module query, which alone knows what it is
  detail::graph::ValueIndex values;
  detail::graph::Quotes quotes;

  std::size_t node_count() const noexcept { return node_limit - dead_nodes.size(); }
  std::size_t edge_count() const noexcept { return topology.edge_count(); }
  bool is_alive_node(std::uint32_t row) const noexcept { return row < node_limit && !dead_nodes.has(row); }
  std::uint32_t row_of(NodeKey key) const noexcept { return row_of_key[key.value]; }
  std::uint32_t row_of(EdgeKey key) const noexcept { return row_of_edge_key[key.value]; }
  bool has_mention(NodeKey key) const noexcept { return mention_of_key[key.value] != detail::graph::kNone; }
  std::optional<detail::graph::KeptMention> mention(NodeKey key) const noexcept {
    return has_mention(key) ? std::optional(history.mention(mention_of_key[key.value])) : std::nullopt;
  }
  /// Requires: the row is alive.
  std::uint32_t set_of(std::uint32_t row) const noexcept {
    const auto placed = set_of_row[row];
    return placed != detail::graph::kNone ? placed : order->set_of(row);
  }
  const detail::graph::LabelTable::Set& labels_of(std::uint32_t row) const noexcept {
    return label_table->sets[set_of(row)];
  }
  const Sources& sources() const {
    return held_sources.get([this] { return detail::graph::sources_of(history, fetch); });
  }
  bool is_set_touched(std::size_t set) const noexcept { return touched_sets.has(static_cast<std::uint32_t>(set)); }
  const detail::graph::Resting& resting() const {
    return resting_lists.get([this] { return detail::graph::read_resting(*this); });
  }
  /// Rows written since the base.
  std::size_t written_count() const noexcept { return changed_nodes.size() + topology.written_count(); }
};

}  // namespace policygraph::inline v0
