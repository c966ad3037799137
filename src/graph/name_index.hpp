#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string_view>
#include <utility>
#include <vector>

#include "policygraph/graph/snapshot.hpp"

namespace policygraph::inline v0::detail::graph {

/// Nodes by the folded form of their names, all claimed names included; built when first asked for.
class NameIndex {
 public:
  /// Nodes with a name that folds to `folded`, in order of row.
  std::vector<NodeRow> find(const Snapshot::Data& data, std::string_view folded) const;
  /// Bytes; 0 until first asked.
  std::size_t memory_bytes() const noexcept { return size_.load() * sizeof(rows_[0]); }

 private:
  void build(const Snapshot::Data& data) const;

  mutable std::once_flag once_;
  mutable std::vector<std::pair<std::uint64_t, std::uint32_t>> rows_;  // (hash of a folded name, row), sorted
  mutable std::atomic<std::size_t> size_ = 0;
};

}  // namespace policygraph::inline v0::detail::graph
