#pragma once

#include <algorithm>
#include <string_view>

#include "graph/snapshot_data.hpp"

namespace policygraph::inline v0::detail::graph {

/// Whether values of the property are names of that node.
inline bool is_naming(const Snapshot::Data& data, NodeRow row, std::string_view property) {
  if (property == "name" || property == "title" || property == "aliases" || property == "number_aliases") return true;
  const auto& names = data.labels_of(row.value).names;
  return std::ranges::any_of(names, [&](std::string_view label) {
    const auto* rule = data.schema.label(label);
    return rule != nullptr && rule->name_property == property;
  });
}

/// `visit(name, claim)` for each name claimed of a node, in order of claim. Competing and former names count too: whoever asks
/// by one of them means this node.
template <class Visit>
void visit_names(const Snapshot::Data& data, NodeRow row, Visit visit) {
  for (const auto id : data.node_claims[row.value]) {
    const auto claim = data.history.claim(id);
    if (claim.kind() != ClaimKind::property || !is_naming(data, row, claim.name())) continue;
    const auto value = claim.value();
    if (value.kind() == ValueKind::string) visit(value.as_string(), claim);
    if (value.kind() != ValueKind::list) continue;
    for (const auto& name : value.as_list()) {
      if (name.kind() == ValueKind::string) visit(name.as_string(), claim);
    }
  }
}

/// `visit(row)` for the living nodes that an index of this snapshot is about: all of a base, those that changed since of a delta.
template <class Visit>
void visit_indexed_nodes(const Snapshot::Data& data, Visit visit) {
  const auto one = [&](std::uint32_t row) {
    if (data.is_alive_node(row)) visit(row);
  };
  if (data.base != nullptr) return data.changed_nodes.visit(one);
  for (std::uint32_t row = 0; row < data.node_limit; ++row) one(row);
}

/// The nodes of a base that a question about a snapshot is about: seen in it, with its label, and as they were.
struct SeenNodes {
  const Snapshot& snapshot;
  const Label* label = nullptr;  // null: any
  const RowSet* changed = nullptr;  // null: none did

  bool operator()(std::uint32_t row) const {
    return (changed == nullptr || !changed->has(row)) && snapshot.is_alive(NodeRow{row}) &&
           (label == nullptr || snapshot.has_label(NodeRow{row}, *label));
  }
};

}  // namespace policygraph::inline v0::detail::graph
