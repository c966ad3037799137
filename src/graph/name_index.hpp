#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/on_demand.hpp"
#include "policygraph/graph/snapshot.hpp"

namespace policygraph::inline v0::detail::graph {

/// Nodes by the folded form of their names, all claimed names included; built when first asked for. A snapshot that is
/// a base and a delta has the nodes that changed since, and asks the base for the others. A copy starts empty.
class NameIndex {
 public:
  /// Nodes with a name that folds to `folded`, in order of row.
  std::vector<NodeRow> find(const Snapshot::Data& data, std::string_view folded) const;
  /// Bytes; 0 until first asked.
  std::size_t memory_bytes() const noexcept;

 private:
  using Table = std::vector<std::pair<std::uint64_t, std::uint32_t>>;  // (hash of a folded name, row), sorted
  static Table build(const Snapshot::Data& data);

  OnDemand<Table> rows_;
};

}  // namespace policygraph::inline v0::detail::graph
