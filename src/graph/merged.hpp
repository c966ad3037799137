#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "policygraph/graph/snapshot.hpp"

namespace policygraph::inline v0::detail::graph {

/// All edges of each node whatever their type, both ways: 8 bytes an edge and direction, and a start a node.
struct Merged {
  struct Side {
    std::vector<std::uint32_t> starts;  // by row of node, and one more
    std::vector<NodeRow> ends;
    std::vector<EdgeRow> edges;
  };
  Side out, in;
  std::vector<std::uint32_t> node_numbers;  // by row: its place among the living; empty where all rows live
  std::vector<std::uint32_t> edge_numbers;

  std::size_t memory_bytes() const noexcept;
};

/// One type after another, so that a node's edges stand in order of type, then of the node at the other end.
Merged merge(const Snapshot& snapshot);

/// The merged adjacency of one snapshot, built when first asked for; any thread may ask. A copy starts empty.
class MergedOnDemand {
 public:
  MergedOnDemand() = default;
  MergedOnDemand(const MergedOnDemand&) noexcept : MergedOnDemand() {}
  MergedOnDemand& operator=(const MergedOnDemand&) = delete;

  const Merged& of(const Snapshot& snapshot) const {
    const auto* made = made_.load(std::memory_order_acquire);
    return made != nullptr ? *made : make(snapshot);
  }
  std::size_t memory_bytes() const noexcept;  ///< 0 until first asked

 private:
  const Merged& make(const Snapshot& snapshot) const;

  mutable std::mutex mutex_;
  mutable std::unique_ptr<const Merged> held_;
  mutable std::atomic<const Merged*> made_ = nullptr;
};

}  // namespace policygraph::inline v0::detail::graph
