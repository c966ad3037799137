#pragma once

#include <memory>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "graph/rejections.hpp"
#include "graph/snapshot_data.hpp"

namespace policygraph::inline v0::detail::graph {

/// What is at hand while a snapshot is derived from its history. The steps run in the order in which they stand here.
struct Derivation {
  Snapshot::Data& data;
  std::vector<std::uint32_t> place;         // of each claim in force: the row of its node or edge; kNone: not in the view
  std::vector<std::uint32_t> class_of_key;  // by mention key

  /// The class of a mention in force; kNone otherwise.
  std::uint32_t class_of(NodeKey key) const noexcept {
    return data.has_mention(key) ? class_of_key[key.value] : kNone;
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
/// Lists of claims, evidence and mentions by row, modality and validity.
void derive_claims(Derivation& derivation);
/// The value each property reads as, in columns.
void derive_values(Derivation& derivation);

/// Numbers names in the order they come; equal names have equal numbers.
class NameNumbers {
 public:
  std::uint32_t number(std::string_view name) {
    if (last_ < names_.size() && names_[last_] == name) return last_;  // names come in runs
    const auto [place, is_new] = numbers_.try_emplace(name, static_cast<std::uint32_t>(names_.size()));
    if (is_new) names_.push_back(name);
    return last_ = place->second;
  }
  const std::vector<std::string_view>& names() const noexcept { return names_; }

 private:
  std::unordered_map<std::string_view, std::uint32_t> numbers_;
  std::vector<std::string_view> names_;
  std::uint32_t last_ = 0;
};

/// The snapshot of a history. O(n log n) in its records.
std::shared_ptr<Snapshot::Data> derive(Schema schema, History history, Sources::FetchText fetch);

}  // namespace policygraph::inline v0::detail::graph
