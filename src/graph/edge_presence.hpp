#pragma once

#include <cstdint>
#include <utility>

#include "graph/edge_lists.hpp"
#include "policygraph/graph/snapshot.hpp"

namespace policygraph::inline v0::detail::graph {

/// Which nodes have edges of one type and direction at all, for many questions: of a type that few nodes have it reads
/// a bit and no list. Borrows the snapshot.
class EdgePresence {
 public:
  EdgePresence(const Snapshot& snapshot, EdgeType type, bool is_out) noexcept;

  [[gnu::always_inline]] bool has(NodeRow node) const noexcept {
    const std::uint32_t at = node.value - starts_.first;  // wraps around below it
    if (flags_ != nullptr && (at >= starts_.width || is_elsewhere(node.value))) [[unlikely]]
      return hop_.degree(node) != 0;
    if (at >= starts_.width) return false;
    if (starts_.bits != nullptr) return ((starts_.bits[at / 64] >> (at % 64)) & 1U) != 0;
    return starts_.starts == nullptr || starts_.starts[at] != starts_.starts[at + 1];
  }
  /// No row outside of [first, second) has an edge; as narrow as costs nothing to say.
  std::pair<std::uint32_t, std::uint32_t> bounds() const noexcept;

 private:
  bool is_elsewhere(std::uint32_t node) const noexcept { return (((flags_[node / 64] | more_flags_[node / 64]) >> (node % 64)) & 1U) != 0; }

  StartsView starts_;
  const std::uint64_t* flags_ = nullptr;  // as those of a Hop
  const std::uint64_t* more_flags_ = nullptr;
  std::uint32_t row_limit_;
  Hop hop_;
};

}  // namespace policygraph::inline v0::detail::graph
