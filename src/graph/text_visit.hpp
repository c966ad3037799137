#pragma once

#include <cstddef>
#include <string_view>

#include "graph/naming.hpp"
#include "policygraph/graph/column.hpp"

namespace policygraph::inline v0::detail::graph {

/// `visit(property, text)` for each string of a node, in order of the property's name (its number is given); strings of lists one by
/// one. Search numbers a node's words through them, one number left out between two. A digest says nothing.
template <class Visit>
void visit_texts(const Snapshot::Data& data, std::uint32_t row, Visit visit) {
  for (std::size_t property = 0; property < data.node_columns.size(); ++property) {
    const auto* column = data.node_columns[property].get();
    if (column == nullptr || !column->has(row) || data.properties[property] == "sha256") continue;
    const auto kind = column->kind(row);
    if (kind == ColumnKind::string) visit(property, column->string(row));
    if (kind != ColumnKind::mixed) continue;
    const auto value = column->value(row);
    if (value.kind() == ValueKind::string) visit(property, std::string_view(value.as_string()));
    if (value.kind() != ValueKind::list) continue;
    for (const auto& item : value.as_list()) {
      if (item.kind() == ValueKind::string) visit(property, std::string_view(item.as_string()));
    }
  }
}

}  // namespace policygraph::inline v0::detail::graph
