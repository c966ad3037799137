#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "policygraph/graph/column.hpp"
#include "policygraph/graph/snapshot.hpp"

namespace policygraph::inline v0::detail::graph {

/// Equality of stored values: numbers by value (1 = 1.0 = decimal('1'), but a float never equals a decimal that is no
/// integer), all else as Value's `==`.
bool is_same_value(const Value& a, const Value& b) noexcept;

/// Nodes by the value of a property. The first question about a property reads its column through; the second one
/// builds an index of it, 8 bytes a value. A snapshot that is a base and a delta asks the base's, and reads the nodes
/// that changed since. Any thread may ask. A copy starts empty.
class ValueIndex {
 public:
  ValueIndex() = default;
  ValueIndex(const ValueIndex&) noexcept : ValueIndex() {}
  ValueIndex& operator=(const ValueIndex&) = delete;

  /// Nodes whose property equals the value, in order of row.
  std::vector<NodeRow> find(const Snapshot& snapshot, Property property, const Value& value) const;
  std::size_t memory_bytes() const;

 private:
  struct Entry {
    std::size_t asked = 0;
    std::shared_ptr<const std::vector<std::uint64_t>> places;  // (bucket, row), sorted; null: not built
  };
  std::shared_ptr<const std::vector<std::uint64_t>> places_of(const Snapshot& snapshot, Property property) const;

  mutable std::mutex mutex_;
  mutable std::map<Property, Entry> entries_;
};

}  // namespace policygraph::inline v0::detail::graph
