#include <algorithm>
#include <array>
#include <deque>
#include <memory>
#include <utility>

#include "graph/change.hpp"
#include "graph/column_data.hpp"
#include "graph/existence.hpp"
#include "graph/value_reader.hpp"

namespace policygraph::inline v0::detail::graph {
namespace {

using Rows = std::map<std::uint32_t, std::vector<std::uint32_t>>;  // by row: its claims
using ColumnPtr = std::shared_ptr<const Column>;

// What reads otherwise than it did: `read` has the values that rows have now.
ColumnEntries changes_of(const Column* column, const ColumnEntries& read, const Rows& rows) {
  ColumnEntries changes;
  auto at = read.begin();
  for (const auto& [row, claims] : rows) {
    const Value* now = at != read.end() && at->first == row ? (at++)->second : nullptr;
    const bool was = column != nullptr && column->has(row);
    if (was ? now == nullptr || column->value(row) != *now : now != nullptr) changes.emplace_back(row, now);
  }
  return changes;
}

void change(ColumnPtr& column, const ColumnEntries& read, const Rows& rows, const Strings& strings) {
  const auto changes = changes_of(column.get(), read, rows);
  if (!changes.empty()) column = changed_column(column.get(), changes, strings);
}

// Columns of nodes and edges by name of property.
using Columns = std::map<std::string_view, std::array<ColumnPtr, 2>>;

void change_table(Columns& columns, std::size_t table, const std::vector<ColumnEntries>& read,
                  const std::vector<std::string_view>& names, const Rows& rows, const Strings& strings) {
  if (rows.empty()) return;
  std::map<std::string_view, const ColumnEntries*> read_of;
  for (std::size_t number = 0; number < read.size(); ++number) {
    read_of[names[number]] = &read[number];
    columns[names[number]];
  }
  static const ColumnEntries kNothing;
  for (auto& [name, pair] : columns) {
    const auto found = read_of.find(name);
    change(pair[table], found == read_of.end() ? kNothing : *found->second, rows, strings);
  }
}

// Nothing is read of these rows, and nothing was.
bool is_without_values(const std::vector<ColumnPtr>& columns, const std::vector<ColumnEntries>& read,
                       const Rows& rows) {
  const auto has_some = [&](const ColumnPtr& column) {
    return column != nullptr && std::ranges::any_of(rows, [&](const auto& row) { return column->has(row.first); });
  };
  return std::ranges::all_of(read, &ColumnEntries::empty) && std::ranges::none_of(columns, has_some);
}

void put_columns(Snapshot::Data& data, const Columns& columns) {
  std::vector<std::string> names;
  std::vector<ColumnPtr> of_nodes;
  std::vector<ColumnPtr> of_edges;
  for (const auto& [name, pair] : columns) {
    if (pair[0] == nullptr && pair[1] == nullptr) continue;
    names.emplace_back(name);
    of_nodes.push_back(pair[0]);
    of_edges.push_back(pair[1]);
  }
  data.properties = std::move(names);
  data.node_columns = std::move(of_nodes);
  data.edge_columns = std::move(of_edges);
}

void change_validity(Snapshot::Data& data, const Rows& rows) {
  std::deque<Value> made;
  ColumnEntries from;
  ColumnEntries to;
  const auto add = [&](ColumnEntries& entries, std::uint32_t row, const PartialDate& date) {
    if (date != PartialDate()) entries.emplace_back(row, &made.emplace_back(date));  // an open one is stated
  };
  for (const auto& [row, claims] : rows) {
    const auto stated = read_validity(data.history, claims);
    if (!stated) continue;
    add(from, row, stated->first);
    add(to, row, stated->second);
  }
  change(data.valid_from, from, rows, data.history.strings());
  change(data.valid_to, to, rows, data.history.strings());
}

}  // namespace

void Change::write_values() {
  NameNumbers names;
  std::deque<Value> made;  // lists put together, until the columns have copied them
  ValueReader of_nodes(after_.history, names, made, [&](std::uint32_t row) { return may_have_aliases(after_, row); });
  for (const auto& [row, claims] : node_claims_) of_nodes.read_row(row, claims);
  ValueReader of_edges(after_.history, names, made, [](std::uint32_t) { return false; });
  for (const auto& [row, claims] : edge_claims_) of_edges.read_row(row, claims);
  change_validity(after_, edge_claims_);
  const auto read_of_nodes = of_nodes.take(), read_of_edges = of_edges.take();
  if (is_without_values(before_.node_columns, read_of_nodes, node_claims_) &&
      is_without_values(before_.edge_columns, read_of_edges, edge_claims_))
    return;

  Columns columns;
  for (std::size_t number = 0; number < before_.properties.size(); ++number)
    columns[before_.properties[number]] = {before_.node_columns[number], before_.edge_columns[number]};
  change_table(columns, 0, read_of_nodes, names.names(), node_claims_, after_.history.strings());
  change_table(columns, 1, read_of_edges, names.names(), edge_claims_, after_.history.strings());
  put_columns(after_, columns);
}

}  // namespace policygraph::inline v0::detail::graph
