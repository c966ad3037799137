#pragma once

#include <array>
#include <future>
#include <memory>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "graph/grouped.hpp"
#include "graph/rejections.hpp"
#include "graph/snapshot_data.hpp"

namespace policygraph::inline v0::detail::graph {

/// The tables of a full derivation, flat while they are made; `settle` puts them into blocks.
struct FlatTables {
  std::vector<std::uint32_t> mention_of_key;  // number of the newest version in force; kNone: none
  std::vector<std::uint32_t> row_of_key;
  std::vector<NodeKey> node_keys;
  std::vector<Modality> node_modality;
  Grouped<std::uint32_t> node_claims;  // these lists are counts alone until `group_claims`
  Grouped<std::uint32_t> node_evidence;
  Grouped<std::uint32_t> node_mentions;
  std::vector<EdgeKey> edge_keys;
  std::vector<std::uint32_t> row_of_edge_key;
  std::vector<Modality> edge_modality;
  Grouped<std::uint32_t> edge_claims;
  Grouped<std::uint32_t> edge_evidence;
  std::vector<std::uint32_t> rejections;  // in force, in order of subject

  std::size_t node_count() const noexcept { return node_keys.size(); }
  std::size_t edge_count() const noexcept { return edge_keys.size(); }
  std::uint32_t row_of(NodeKey key) const noexcept {
    return key.value < row_of_key.size() ? row_of_key[key.value] : kNone;
  }
  std::uint32_t row_of(EdgeKey key) const noexcept {
    return key.value < row_of_edge_key.size() ? row_of_edge_key[key.value] : kNone;
  }
  bool has_mention(NodeKey key) const noexcept {
    return key.value < mention_of_key.size() && mention_of_key[key.value] != kNone;
  }
};

/// What is at hand while a snapshot is derived from its history. The steps run in the order in which they stand here.
struct Derivation {
  Snapshot::Data& data;
  FlatTables flat;
  std::vector<std::uint32_t> place;         // of each claim in force: the row of its node or edge; kNone: not in the view
  std::vector<std::uint32_t> class_of_key;  // by mention key

  /// The class of a mention in force; kNone otherwise.
  std::uint32_t class_of(NodeKey key) const noexcept {
    return flat.has_mention(key) ? class_of_key[key.value] : kNone;
  }
  /// Calls visit(number, claim) for the claims in force, rejections included, in order of id, numbered from 0.
  template <class Visit>
  void visit_claims(Visit visit) const {
    std::size_t number = 0;
    data.history.visit_claims([&](Claim claim) { visit(number++, claim); });
  }
};

/// Mentions in force, their classes, claims in force.
void derive_records(Derivation& derivation);
/// Nodes: which classes are nodes, their label sets, rows and keys.
void derive_nodes(Derivation& derivation);
/// Edges: claims grouped, adjacency, keys.
void derive_edges(Derivation& derivation);
/// Lists of claims by row.
void group_claims(Derivation& derivation);
/// Lists of claims, evidence and mentions by row, modality and validity.
void derive_claims(Derivation& derivation);
/// The value each property reads as, in columns: read while the lists of claims are made and settled, of a large graph on
/// another thread. ValueReader reads the same a row at a time.
class DerivedValues {
 public:
  /// Requires: nodes and edges have their rows. Begins to read; the derivation must outlive it.
  explicit DerivedValues(const Derivation& derivation);
  /// Requires: settled. Puts the columns into the snapshot; throws what went wrong.
  void finish(Snapshot::Data& data);

 private:
  struct Read;
  std::shared_ptr<Read> read() const;

  const Derivation& derivation_;
  std::future<std::shared_ptr<Read>> reading_;
};
/// Some of the values of nodes: those of these properties, where a node has one of the labels.
struct WantedValues {
  std::vector<std::string_view> labels;
  std::vector<std::string_view> properties;
};
/// The same for those alone.
void derive_node_values(Derivation& derivation, const WantedValues& wanted);
/// The flat tables into the blocks of the snapshot, and what is not in the view beside them.
void settle(Derivation& derivation);

/// Numbers names in the order they come; equal names have equal numbers.
class NameNumbers {
 public:
  std::uint32_t number(std::string_view name) {
    if (last_ < names_.size() && names_[last_] == name) return last_;  // names come in runs
    const auto [place, is_new] = numbers_.try_emplace(name, static_cast<std::uint32_t>(names_.size()));
    if (is_new) names_.push_back(name);
    return last_ = place->second;
  }
  /// The same for the name of a claim, which has a number in the graph's table of strings.
  std::uint32_t number(Claim claim) {
    auto& known = recent_[claim.name_number() % recent_.size()];
    if (known.name != claim.name_number()) known = {claim.name_number(), number(claim.name())};
    return known.number;
  }
  const std::vector<std::string_view>& names() const noexcept { return names_; }

 private:
  struct Recent {
    std::uint32_t name = kNone, number = 0;
  };
  std::array<Recent, 128> recent_;
  std::unordered_map<std::string_view, std::uint32_t> numbers_;
  std::vector<std::string_view> names_;
  std::uint32_t last_ = 0;
};

/// The snapshot of a history, compacted. O(n log n) in its records.
std::shared_ptr<Snapshot::Data> derive(Schema schema, History history, Sources::FetchText fetch);
/// The same on top of a snapshot of all parts but `part`, the last: what it touches is derived again, the rest is
/// shared. Falls back to `derive` when too much was touched since the last compaction.
std::shared_ptr<Snapshot::Data> derive_on(const std::shared_ptr<const Snapshot::Data>& before, History history,
                                          const Part& part, Sources::FetchText fetch);
/// How many records may have come, in parts, until deriving one part on top of the other is no longer worth it for a history
/// of that many.
constexpr std::size_t most_news(std::size_t records) noexcept { return records / 64 < 16'384 ? 16'384 : records / 64; }
/// Whether it falls back, whatever the part.
bool must_derive_whole(const Snapshot::Data& before) noexcept;
/// Of a history the nodes alone, with the values that are wanted: no edges, evidence or claims by row.
std::shared_ptr<Snapshot::Data> derive_nodes_alone(Schema schema, History history, const WantedValues& wanted);

}  // namespace policygraph::inline v0::detail::graph
