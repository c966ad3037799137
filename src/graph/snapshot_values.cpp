#include <algorithm>
#include <array>
#include <string>

#include "graph/snapshot_data.hpp"
#include "policygraph/text/normalise.hpp"

namespace policygraph::inline v0 {
namespace {

template <class Columns>
const Column* column_of(const Columns& columns, Property property) noexcept {
  return columns[static_cast<std::size_t>(property)].get();
}

Value value_in(const Column* column, std::uint32_t row) { return column == nullptr ? Value() : column->value(row); }

template <class Columns>
std::vector<Property> properties_in(const Columns& columns, std::uint32_t row) {
  std::vector<Property> result;
  for (std::size_t number = 0; number < columns.size(); ++number) {
    if (columns[number] && columns[number]->has(row)) result.push_back(static_cast<Property>(number));
  }
  return result;
}

// As a reader writes it: a string without quotes, a decimal without its function.
std::string shown(const Value& value) {
  switch (value.kind()) {
    case ValueKind::string:
      return value.as_string();
    case ValueKind::decimal:
      return value.as_decimal().to_string();
    case ValueKind::partial_date:
      return value.as_partial_date().to_string();
    default:
      return value.to_string();
  }
}

std::string amount_of(const Snapshot& snapshot, NodeRow row) {
  const auto amount = snapshot.value(row, "amount");
  if (amount.is_null()) return {};
  const auto currency = snapshot.value(row, "currency");
  return shown(amount) + (currency.is_null() ? "" : " " + shown(currency));
}

std::string by_schema(const Snapshot& snapshot, NodeRow row) {
  const auto names = snapshot.label_names(row);
  for (auto name = names.rbegin(); name != names.rend(); ++name) {
    const auto* rule = snapshot.schema().label(*name);
    if (rule == nullptr || rule->name_property.empty() || rule->name_property == "amount") continue;
    const auto value = snapshot.value(row, rule->name_property);
    if (!value.is_null()) return shown(value);
  }
  return {};
}

}  // namespace

const Column* Snapshot::node_column(Property property) const noexcept {
  return column_of(data_->node_columns, property);
}
const Column* Snapshot::edge_column(Property property) const noexcept {
  return column_of(data_->edge_columns, property);
}
Value Snapshot::value(NodeRow row, Property property) const { return value_in(node_column(property), row.value); }
Value Snapshot::value(EdgeRow row, Property property) const { return value_in(edge_column(property), row.value); }

Value Snapshot::value(NodeRow row, std::string_view name) const {
  const auto number = property(name);
  return number ? value(row, *number) : Value();
}
Value Snapshot::value(EdgeRow row, std::string_view name) const {
  const auto number = property(name);
  return number ? value(row, *number) : Value();
}

std::vector<Property> Snapshot::properties(NodeRow row) const { return properties_in(data_->node_columns, row.value); }
std::vector<Property> Snapshot::properties(EdgeRow row) const { return properties_in(data_->edge_columns, row.value); }

std::string Snapshot::caption(NodeRow row) const {
  static constexpr std::array kNames = {"name",  "title", "number", "description", "quote",
                                        "value", "path",  "kind",   "code"};
  if (auto text = by_schema(*this, row); !text.empty()) return text;
  if (auto text = amount_of(*this, row); !text.empty()) return text;
  for (const auto* name : kNames) {
    const auto found = value(row, name);
    if (!found.is_null()) {
      if (auto text = shown(found); !text.empty()) return text;
    }
  }
  return "node " + std::to_string(key(row).value);
}

std::vector<NodeRow> Snapshot::find_nodes(Property property, const Value& value) const {
  auto rows = data_->values.find(whole(), property, value);
  if (is_view()) std::erase_if(rows, [&](NodeRow row) { return !is_alive(row); });
  return rows;
}

std::vector<NodeRow> Snapshot::find_nodes(std::string_view label_name, std::string_view property_name,
                                          const Value& value) const {
  const auto number = label(label_name);
  const auto wanted = property(property_name);
  if (!number || !wanted) return {};
  const std::vector<std::string> labels = {std::string(label_name)};
  auto rows = find_nodes(*wanted, schema().coerced(labels, property_name, value));
  std::erase_if(rows, [&](NodeRow row) { return !has_label(row, *number); });
  return rows;
}

std::vector<NodeRow> Snapshot::find_name(std::string_view label_name, std::string_view name) const {
  const auto number = label(label_name);
  if (!number) return {};
  auto rows = data_->names.find(*data_, fold_name(name));
  std::erase_if(rows, [&](NodeRow row) { return !is_alive(row) || !has_label(row, *number); });
  return rows;
}

}  // namespace policygraph::inline v0
