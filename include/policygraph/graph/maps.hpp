#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

#include "policygraph/export.hpp"
#include "policygraph/graph/column.hpp"
#include "policygraph/graph/iterators.hpp"

namespace boost {
struct readable_property_map_tag;
}

// What snapshots know of their nodes and edges, as readable property maps of Boost (boost::property_traits), without
// Boost's headers. `Key` is NodeRow for vertices and WalkedEdge for edges. All maps borrow the snapshot they are made
// from; each reads in O(1) unless it says otherwise.
//
//     auto amount = number_map<NodeRow>(snapshot, "amount", 0);
//     double total = 0;
//     for (NodeRow row : snapshot.nodes("Funding")) total += get(amount, row);

namespace policygraph::inline v0 {

/// A readable property map over a function of vertex or edge.
template <class Key, class Read>
class ReadMap {
 public:
  using key_type = Key;
  using value_type = std::remove_cvref_t<std::invoke_result_t<const Read&, const Key&>>;
  using reference = value_type;
  using category = boost::readable_property_map_tag;
  explicit ReadMap(Read read) : read_(std::move(read)) {}
  value_type operator[](const Key& key) const { return read_(key); }
  friend value_type get(const ReadMap& map, const Key& key) { return map.read_(key); }

 private:
  Read read_;
};
template <class Key, class Read>
ReadMap<Key, Read> read_map(Read read) {
  return ReadMap<Key, Read>(std::move(read));
}
inline NodeRow row_of(NodeRow vertex) noexcept { return vertex; }
inline EdgeRow row_of(const WalkedEdge& edge) noexcept { return edge.row; }

/// Dense numbers of vertices and edges. They borrow the snapshot, as all maps do.
template <class Key>
class NumberMap {
 public:
  using key_type = Key;
  using value_type = std::size_t;
  using reference = std::size_t;
  using category = boost::readable_property_map_tag;
  NumberMap() = default;
  explicit NumberMap(std::span<const std::uint32_t> numbers) noexcept : numbers_(numbers.data()) {}
  friend std::size_t get(const NumberMap& map, const Key& key) noexcept {
    const auto row = row_of(key).value;
    return map.numbers_ == nullptr ? row : map.numbers_[row];
  }
  std::size_t operator[](const Key& key) const noexcept { return get(*this, key); }

 private:
  const std::uint32_t* numbers_ = nullptr;
};

/// An integer, a decimal or a float of the column as the nearest double; `missing` for a null column, for no value and
/// for other kinds.
POLICYGRAPH_EXPORT double number_at(const Column* column, std::uint32_t row, double missing);

namespace detail::graph {
template <class Key>
const Column* column_of(const Snapshot& snapshot, std::string_view property) {
  const auto number = snapshot.property(property);
  if (!number) return nullptr;
  if constexpr (std::is_same_v<Key, NodeRow>) return snapshot.node_column(*number);
  else return snapshot.edge_column(*number);
}
}  // namespace detail::graph

template <class Key>
auto key_map(const Snapshot& snapshot) {
  return read_map<Key>([&snapshot](const Key& key) { return snapshot.key(row_of(key)); });
}
/// O(log sets).
inline auto label_set_map(const Snapshot& snapshot) {
  return read_map<NodeRow>([&snapshot](NodeRow row) { return snapshot.label_set(row); });
}
/// O(log types).
inline auto type_map(const Snapshot& snapshot) {
  return read_map<WalkedEdge>([&snapshot](const WalkedEdge& edge) { return snapshot.type(edge.row); });
}
/// The value of a property; null where there is none.
template <class Key>
auto value_map(const Snapshot& snapshot, std::string_view property) {
  return read_map<Key>([column = detail::graph::column_of<Key>(snapshot, property)](const Key& key) {
    return column == nullptr ? Value() : column->value(row_of(key).value);
  });
}
/// The value of a property as a number; `missing` where there is none or it is no number. For weights: sums of money
/// are to be added as decimals, through `value_map`.
template <class Key>
auto number_map(const Snapshot& snapshot, std::string_view property, double missing) {
  return read_map<Key>([column = detail::graph::column_of<Key>(snapshot, property), missing](const Key& key) {
    return number_at(column, row_of(key).value, missing);
  });
}
/// O(log n) in the edges that state a validity; the unknown date where none is stated.
inline auto valid_from_map(const Snapshot& snapshot) {
  return read_map<WalkedEdge>([&snapshot](const WalkedEdge& edge) { return snapshot.valid_from(edge.row); });
}
inline auto valid_to_map(const Snapshot& snapshot) {
  return read_map<WalkedEdge>([&snapshot](const WalkedEdge& edge) { return snapshot.valid_to(edge.row); });
}
/// Evidence of existence, in order of id.
template <class Key>
auto evidence_map(const Snapshot& snapshot) {
  return read_map<Key>([&snapshot](const Key& key) { return snapshot.evidence(row_of(key)); });
}

}  // namespace policygraph::inline v0
