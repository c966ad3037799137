#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "policygraph/graph/snapshot.hpp"

namespace policygraph::inline v0::detail::exchange {

inline const Column* column_of(const Snapshot& snapshot, Property property, NodeRow) { return snapshot.node_column(property); }
inline const Column* column_of(const Snapshot& snapshot, Property property, EdgeRow) { return snapshot.edge_column(property); }

/// Properties that some node (or edge) has, by name.
template <class Row>
std::vector<Property> properties_of(const Snapshot& snapshot) {
  std::vector<Property> out;
  for (std::uint32_t i = 0; i < snapshot.property_count(); ++i)
    if (column_of(snapshot, Property{i}, Row{}) != nullptr) out.push_back(Property{i});
  return out;
}

template <class Row, class Rows>
std::vector<Row> by_key(const Snapshot& snapshot, const Rows& all) {
  std::vector<Row> rows(all.begin(), all.end());
  std::ranges::sort(rows, [&](Row a, Row b) { return snapshot.key(a) < snapshot.key(b); });
  return rows;
}

/// The most general first, joined by ";".
inline std::string joined_labels(const Snapshot& snapshot, NodeRow row) {
  std::string out;
  for (const auto label : snapshot.label_names(row)) out += (out.empty() ? "" : ";") + std::string(label);
  return out;
}

}  // namespace policygraph::inline v0::detail::exchange
