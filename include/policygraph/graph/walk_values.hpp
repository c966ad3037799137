#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "policygraph/base/error.hpp"
#include "policygraph/graph/walk.hpp"

/// How the views of a walk read properties: what `get`, `find` and `text` of graph/walk.hpp are made of.
namespace policygraph::inline v0 {

namespace detail::graph {

POLICYGRAPH_EXPORT std::vector<std::string> read_strings(const Value& value);
[[noreturn]] POLICYGRAPH_EXPORT void refuse_kind(const Snapshot& snapshot, NodeRow row, Property property,
                                                 const Error& error);
[[noreturn]] POLICYGRAPH_EXPORT void refuse_kind(const Snapshot& snapshot, EdgeRow row, Property property,
                                                 const Error& error);
POLICYGRAPH_EXPORT std::vector<Citation> cited(const Snapshot& snapshot, EvidenceIds ids);

/// What a column holds at a row, as T. Throws Error(invalid_argument) when it is of another kind.
template <class T>
T read_value(const Column& column, std::uint32_t row) {
  const auto kind = column.kind(row);
  if constexpr (std::is_same_v<T, std::string_view> || std::is_same_v<T, std::string>) {
    return T(column.text(row));
  } else if constexpr (std::is_same_v<T, Decimal>) {
    if (kind == ColumnKind::decimal) return column.decimal(row);
    const auto value = column.value(row);
    return value.kind() == ValueKind::integer ? Decimal(value.as_integer()) : value.as_decimal();
  } else if constexpr (std::is_same_v<T, std::int64_t>) {
    return kind == ColumnKind::integer ? column.integer(row) : column.value(row).as_integer();
  } else if constexpr (std::is_same_v<T, double>) {
    return kind == ColumnKind::floating ? column.floating(row) : column.value(row).as_double();
  } else if constexpr (std::is_same_v<T, bool>) {
    return column.value(row).as_bool();
  } else if constexpr (std::is_same_v<T, PartialDate>) {
    return kind == ColumnKind::partial_date ? column.partial_date(row) : column.value(row).as_partial_date();
  } else if constexpr (std::is_same_v<T, std::vector<std::string>>) {
    return read_strings(column.value(row));
  } else {
    static_assert(std::is_same_v<T, Value>, "a property reads as Decimal, std::string_view, std::string, std::int64_t, "
                                            "double, bool, PartialDate, Value or std::vector<std::string>");
    return column.value(row);
  }
}

inline const Column* column_of(const Snapshot& snapshot, NodeRow, Property property) noexcept {
  return snapshot.node_column(property);
}
inline const Column* column_of(const Snapshot& snapshot, EdgeRow, Property property) noexcept {
  return snapshot.edge_column(property);
}

}  // namespace detail::graph

template <class View, class Row>
template <class T>
std::optional<T> Properties<View, Row>::find(Property property) const {
  if (property == kNoProperty) return std::nullopt;
  const auto row = self().row();
  const auto* column = detail::graph::column_of(self().snapshot(), row, property);
  if (column == nullptr || !column->has(row.value)) return std::nullopt;
  try {
    return detail::graph::read_value<T>(*column, row.value);
  } catch (const Error& error) {
    detail::graph::refuse_kind(self().snapshot(), row, property, error);
  }
}

template <class View, class Row>
template <class T>
std::optional<T> Properties<View, Row>::find(std::string_view property) const {
  return find<T>(detail::graph::known_property(self().snapshot(), property).value_or(kNoProperty));
}

template <class View, class Row>
template <class T>
T Properties<View, Row>::get(std::string_view property) const {
  if (auto found = find<T>(property)) return *std::move(found);
  detail::graph::refuse_absent(self().snapshot(), self().row(), property);
}

template <class View, class Row>
template <class T>
T Properties<View, Row>::get(std::string_view property, T otherwise) const {
  return find<T>(property).value_or(std::move(otherwise));
}

template <class View, class Row>
bool Properties<View, Row>::has(std::string_view property) const {
  const auto number = detail::graph::known_property(self().snapshot(), property);
  const auto row = self().row();
  const auto* column = number ? detail::graph::column_of(self().snapshot(), row, *number) : nullptr;
  return column != nullptr && column->has(row.value);
}

template <class View, class Row>
std::vector<Citation> Properties<View, Row>::evidence() const {
  return detail::graph::cited(self().snapshot(), self().snapshot().evidence(self().row()));
}

}  // namespace policygraph::inline v0
