#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "policygraph/export.hpp"
#include "policygraph/graph/rows.hpp"
#include "policygraph/graph/snapshot.hpp"

/// One hop, many times: the edges of one type and one direction, looked up once and then read for node after node.
///
///     const auto amends = Hop::out(snapshot, "AMENDS");
///     for (NodeRow act : snapshot.nodes("LegalAct"))
///       for (NodeRow amended : amends.ends(act)) ...
///
/// `Snapshot::out_edges` answers the same for one node and finds its way there each time, through a call: some twice the
/// cost of a loop over two plain arrays. A `Hop` holds the way and is read inline, at the cost of that loop; one test more
/// where edges of the type were written since the last compaction, and in a view. Making it costs about as much as two
/// hops (`bench_graph_delta` measures).
namespace policygraph::inline v0 {

/// Edges of one type at one end of a node, in order of the node at their other end. Borrowed from the snapshot.
struct HopEdges {
  std::span<const NodeRow> ends;  ///< the nodes that they lead to
  EdgeRow first;
  const EdgeRow* rows = nullptr;  ///< null: consecutive from `first`

  std::size_t size() const noexcept { return ends.size(); }
  /// The row of the edge to ends[place]. Requires: place < size().
  EdgeRow edge(std::size_t place) const noexcept {
    return rows == nullptr ? EdgeRow{first.value + static_cast<std::uint32_t>(place)} : rows[place];
  }
};

namespace detail::graph {
struct Mask;
struct HopLists;  // src/graph/edge_lists.hpp

/// How many of the bits below `at` are set; std::popcount is a call where the processor is not known to count bits.
inline std::uint32_t count_below(std::uint64_t bits, std::uint32_t at) noexcept {
  bits &= (std::uint64_t{1} << at) - 1;
  bits -= (bits >> 1U) & 0x5555555555555555U;
  bits = (bits & 0x3333333333333333U) + ((bits >> 2U) & 0x3333333333333333U);
  bits = (bits + (bits >> 4U)) & 0x0F0F0F0F0F0F0F0FU;
  return static_cast<std::uint32_t>((bits * 0x0101010101010101U) >> 56U);
}
}  // namespace detail::graph

/// The edges of one type that leave nodes, or those that enter them. Borrows the snapshot (or view) it is made of and
/// serves as long as that, or a copy of it, lives; safe from any thread.
class POLICYGRAPH_EXPORT Hop {
 public:
  /// Leads nowhere.
  Hop() = default;
  static Hop out(const Snapshot& snapshot, EdgeType type) noexcept;
  static Hop in(const Snapshot& snapshot, EdgeType type) noexcept;
  /// By name; a type that the snapshot has no edge of leads nowhere.
  static Hop out(const Snapshot& snapshot, std::string_view type) noexcept;
  static Hop in(const Snapshot& snapshot, std::string_view type) noexcept;

  /// The nodes at the other ends, sorted, parallel edges each. Requires: a row of the snapshot.
  [[gnu::always_inline]] std::span<const NodeRow> ends(NodeRow node) const noexcept { return edges(node).ends; }
  std::size_t degree(NodeRow node) const noexcept { return edges(node).size(); }
  [[gnu::always_inline]] HopEdges edges(NodeRow node) const noexcept {
    const std::uint32_t at = node.value - first_;  // wraps around below first_
    if (at < width_ && (flags_ == nullptr || !is_elsewhere(node.value))) [[likely]] {
      if (bits_ == nullptr) [[likely]] return placed(at);
      return ranked(at);
    }
    return flags_ != nullptr ? found(far_, node.value) : HopEdges();
  }

 private:
  [[gnu::always_inline]] HopEdges placed(std::uint32_t run) const noexcept {
    std::uint32_t begin = run, size = 1;
    if (starts_ != nullptr) [[likely]] {
      begin = starts_[run];
      size = starts_[run + 1] - begin;
    }
    return {{ends_ + begin, size}, EdgeRow{first_edge_.value + begin}, rows_ == nullptr ? nullptr : rows_ + begin};
  }
  HopEdges ranked(std::uint32_t at) const noexcept {
    const auto word = bits_[at / 64];
    if (((word >> (at % 64)) & 1U) == 0) return {};
    return placed(before_[at / 64] + detail::graph::count_below(word, at % 64));
  }

  // What is not in the arrays of the last compaction.
  struct Far {
    const detail::graph::HopLists* lists = nullptr;
    const detail::graph::Mask* mask = nullptr;
    std::uint32_t type = 0;
    bool is_out = true;
  };
  static HopEdges found(Far far, std::uint32_t node) noexcept;

  static bool has(const std::uint64_t* flags, std::uint32_t node) noexcept {
    return ((flags[node / 64] >> (node % 64)) & 1U) != 0;
  }
  bool is_elsewhere(std::uint32_t node) const noexcept {
    return has(flags_, node) || (more_flags_ != nullptr && has(more_flags_, node));
  }
  static Hop of(const detail::graph::HopLists& lists, Far far) noexcept;

  // Rows [first_, first_ + width_) have edges, with `bits_` those of a set bit; src/graph/adjacency.hpp tells the shapes.
  const std::uint32_t* starts_ = nullptr;  // null: one edge each
  const std::uint64_t* bits_ = nullptr;
  const std::uint32_t* before_ = nullptr;
  std::uint32_t first_ = 0;
  std::uint32_t width_ = 0;
  const NodeRow* ends_ = nullptr;
  const EdgeRow* rows_ = nullptr;
  EdgeRow first_edge_;
  // A bit for each row below first_ + width_ at least: its list is elsewhere, written since or shortened by a view.
  const std::uint64_t* flags_ = nullptr;  // null: none is, here or in more_flags_
  const std::uint64_t* more_flags_ = nullptr;
  Far far_;
};

}  // namespace policygraph::inline v0
