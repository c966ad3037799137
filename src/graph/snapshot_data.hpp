#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "graph/adjacency.hpp"
#include "graph/grouped.hpp"
#include "graph/history.hpp"
#include "graph/merged.hpp"
#include "graph/name_index.hpp"
#include "graph/quotes.hpp"
#include "graph/value_index.hpp"
#include "graph/validity_days.hpp"
#include "policygraph/graph/column.hpp"
#include "policygraph/graph/snapshot.hpp"

namespace policygraph::inline v0 {

/// The records and all that is derived from them. Written once, by `derive`; the last members are filled when first
/// asked for.
struct Snapshot::Data {
  Schema schema;
  detail::graph::History history;
  Sources sources;

  // By mention key: the number of the newest version in force, and the node row it belongs to; kNone: none.
  std::vector<std::uint32_t> mention_of_key;
  std::vector<std::uint32_t> row_of_key;

  // Names, each sorted.
  std::vector<std::string> labels;
  std::vector<std::string> edge_types;
  std::vector<std::string> properties;

  // Label sets, in the order of their rows.
  struct Set {
    std::vector<Label> labels;            // sorted by name
    std::vector<std::string_view> names;  // the most general first
    std::uint32_t first = 0;              // its rows: [first, the next set's first)
  };
  std::vector<Set> sets;
  std::vector<NodeRow> row_numbers;                  // 0, 1, 2, ...: what contiguous labels borrow
  std::vector<std::vector<NodeRow>> scattered_rows;  // of labels whose rows are not contiguous
  std::vector<std::span<const NodeRow>> rows_of_label;

  // Nodes.
  std::vector<NodeKey> node_keys;
  std::vector<Modality> node_modality;
  detail::graph::Grouped<std::uint32_t> node_claims;  // existence and properties, in order of id
  detail::graph::Grouped<std::uint32_t> node_evidence;
  detail::graph::Grouped<std::uint32_t> node_mentions;  // keys
  std::vector<std::shared_ptr<const Column>> node_columns;  // by property; null: none

  // Edges.
  detail::graph::Adjacency adjacency;
  std::vector<EdgeKey> edge_keys;
  std::vector<std::uint32_t> row_of_edge_key;
  std::vector<Modality> edge_modality;
  detail::graph::Grouped<std::uint32_t> edge_claims;
  detail::graph::Grouped<std::uint32_t> edge_evidence;
  std::vector<std::shared_ptr<const Column>> edge_columns;
  struct Validity {
    std::uint32_t edge;
    PartialDate from, to;
  };
  std::vector<Validity> validity;  // of edges that state one, in order of row

  std::vector<std::uint32_t> rejections;  // claims in force, in order of subject

  detail::graph::MergedOnDemand merged;
  detail::graph::ValidityOnDemand validity_days;
  detail::graph::NameIndex names;
  detail::graph::ValueIndex values;
  detail::graph::Quotes quotes;

  std::size_t node_count() const noexcept { return node_keys.size(); }
  std::size_t edge_count() const noexcept { return edge_keys.size(); }
  std::uint32_t row_of(NodeKey key) const noexcept {
    return key.value < row_of_key.size() ? row_of_key[key.value] : detail::graph::kNone;
  }
  std::uint32_t row_of(EdgeKey key) const noexcept {
    return key.value < row_of_edge_key.size() ? row_of_edge_key[key.value] : detail::graph::kNone;
  }
  bool has_mention(NodeKey key) const noexcept {
    return key.value < mention_of_key.size() && mention_of_key[key.value] != detail::graph::kNone;
  }
  std::optional<detail::graph::KeptMention> mention(NodeKey key) const noexcept {
    return has_mention(key) ? std::optional(history.mention(mention_of_key[key.value])) : std::nullopt;
  }
  std::uint32_t set_of(std::uint32_t row) const noexcept;
};

}  // namespace policygraph::inline v0
