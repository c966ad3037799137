#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <ranges>
#include <string_view>
#include <type_traits>

#include "policygraph/export.hpp"
#include "policygraph/graph/rows.hpp"
#include "policygraph/graph/snapshot.hpp"

/// One hop, many times: the edges of one type and one direction, looked up once and then read for node after node.
///
///     const auto amends = Hop::out(snapshot, "AMENDS");
///     for (NodeRow act : snapshot.nodes("LegalAct"))
///       for (NodeRow amended : amends.ends(act)) ...
///
/// `Snapshot::out_edges` answers the same for one node and finds its way there each time, through a call. A `Hop` holds the
/// way and is read inline. Making it costs about as much as two hops.
///
/// `visit` reads many nodes and is the fastest: it looks once, before its loop, at how the lists lie.
///
///     amends.visit(snapshot.nodes("LegalAct"), [&](NodeRow act, const HopEdges& edges) {
///       for (NodeRow amended : edges.ends) ...
///     });
///
/// Both cost about what a loop over two plain arrays costs; where edges of the type were written since the last compaction,
/// and in a view, a bit is asked for each node, a tenth more (`bench_graph_delta` measures, docs/benchmarks.md has the
/// figures). One case apart: a type of which no node has two edges, read in order from the cache at half a nanosecond a
/// node. `visit` keeps up with the arrays there, a loop of `ends` takes 1.8 times as long.
namespace policygraph::inline v0 {

/// Edges of one type at one end of a node, in order of the node at their other end. Borrowed from the snapshot.
struct HopEdges {
  std::ranges::subrange<const NodeRow*> ends;  ///< the nodes that they lead to; reads as a std::span too
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
  [[gnu::always_inline]] std::ranges::subrange<const NodeRow*> ends(NodeRow node) const noexcept { return edges(node).ends; }
  std::size_t degree(NodeRow node) const noexcept { return edges(node).size(); }
  [[gnu::always_inline]] HopEdges edges(NodeRow node) const noexcept {
    const std::uint32_t at = node.value - first_;  // wraps around below first_
    if (at < dense_) [[likely]] {
      if (flags_ != nullptr && is_elsewhere(node.value)) [[unlikely]] return found(node.value);
      return listed(at);
    }
    if (at < single_) [[likely]] {
      if (flags_ != nullptr && is_elsewhere(node.value)) [[unlikely]] return found(node.value);
      return one(at);
    }
    if (flags_ != nullptr && (at >= width_ || is_elsewhere(node.value))) [[unlikely]] return found(node.value);
    return ranked(at);
  }

  /// visit(node, edges) for each of the nodes, in their order, those without edges too. A visit that returns a bool ends
  /// it by false; whether none did is returned. Requires: rows of the snapshot.
  template <std::ranges::input_range Nodes, class Visit>
    requires std::convertible_to<std::ranges::range_reference_t<Nodes>, NodeRow>
  bool visit(Nodes&& nodes, Visit visit) const {
    if (bits_ != nullptr) return visit_shape<Shape::sparse>(nodes, visit);
    return starts_ != nullptr ? visit_shape<Shape::dense>(nodes, visit) : visit_shape<Shape::single>(nodes, visit);
  }

 private:
  enum class Shape { dense, single, sparse };

  [[gnu::always_inline]] HopEdges placed(std::uint32_t begin, const NodeRow* end) const noexcept {
    return {{ends_ + begin, end}, EdgeRow{first_edge_.value + begin}, rows_ == nullptr ? nullptr : rows_ + begin};
  }
  [[gnu::always_inline]] HopEdges listed(std::uint32_t run) const noexcept { return placed(starts_[run], ends_ + starts_[run + 1]); }
  [[gnu::always_inline]] HopEdges one(std::uint32_t run) const noexcept { return placed(run, ends_ + run + 1); }
  HopEdges ranked(std::uint32_t at) const noexcept {
    if (at >= width_ || bits_ == nullptr) return {};
    const auto word = bits_[at / 64];
    if (((word >> (at % 64)) & 1U) == 0) return {};
    const auto run = before_[at / 64] + detail::graph::count_below(word, at % 64);
    return starts_ == nullptr ? one(run) : listed(run);
  }
  template <Shape kShape>
  [[gnu::always_inline]] HopEdges shaped(std::uint32_t at) const noexcept {
    if constexpr (kShape == Shape::dense) return listed(at);
    if constexpr (kShape == Shape::single) return one(at);
    return ranked(at);
  }

  template <Shape kShape, class Nodes, class Visit>
  bool visit_shape(Nodes& nodes, Visit& visit) const {
    return flags_ != nullptr ? visit_all<kShape, true>(nodes, visit) : visit_all<kShape, false>(nodes, visit);
  }
  // One loop a shape. Where a list has one edge it is visited apart, so that the compiler knows it has.
  template <Shape kShape, bool kHasFlags, class Nodes, class Visit>
  bool visit_all(Nodes& nodes, Visit& visit) const {
    const Hop hop = *this;  // nothing that is visited can change it
    for (const NodeRow node : nodes) {
      const std::uint32_t at = node.value - hop.first_;
      const bool is_here = at < hop.width_ && !(kHasFlags && hop.is_elsewhere(node.value));
      if constexpr (kShape == Shape::single) {
        if (is_here) [[likely]] {
          if (!goes_on(visit, node, hop.one(at))) return false;
          continue;
        }
      }
      if (!goes_on(visit, node, is_here ? hop.shaped<kShape>(at) : kHasFlags ? found(node.value) : HopEdges())) return false;
    }
    return true;
  }
  template <class Visit>
  [[gnu::always_inline]] static bool goes_on(Visit& visit, NodeRow node, const HopEdges& edges) {
    if constexpr (std::is_void_v<std::invoke_result_t<Visit&, NodeRow, const HopEdges&>>) {
      visit(node, edges);
      return true;
    } else {
      return static_cast<bool>(visit(node, edges));
    }
  }

  // What is not in the arrays of the last compaction.
  struct Far {
    const detail::graph::HopLists* lists = nullptr;
    const detail::graph::Mask* mask = nullptr;
    std::uint32_t type = 0;
    bool is_out = true;
  };
  // Cold, so that loops are laid out for the other nodes; pure, so that they keep in registers what they read of a hop.
  [[gnu::cold, gnu::pure]] HopEdges found(std::uint32_t node) const noexcept;

  bool is_elsewhere(std::uint32_t node) const noexcept {
    return (((flags_[node / 64] | more_flags_[node / 64]) >> (node % 64)) & 1U) != 0;
  }
  static Hop of(const detail::graph::HopLists& lists, Far far) noexcept;

  // Rows [first_, first_ + width_) have edges, with `bits_` those of a set bit; src/graph/adjacency.hpp tells the shapes.
  const std::uint32_t* starts_ = nullptr;  // null: one edge each
  std::uint32_t first_ = 0;
  std::uint32_t width_ = 0;
  std::uint32_t dense_ = 0;   // width_ where there are starts and no bits, else 0: one test tells both
  std::uint32_t single_ = 0;  // width_ where there are neither, else 0
  const NodeRow* ends_ = nullptr;
  const EdgeRow* rows_ = nullptr;
  EdgeRow first_edge_;
  // A bit for each row below first_ + width_ at least: its list is elsewhere, written since or shortened by a view. Where
  // one of both says so, both are the same.
  const std::uint64_t* flags_ = nullptr;  // null: none is
  const std::uint64_t* more_flags_ = nullptr;
  const std::uint64_t* bits_ = nullptr;
  const std::uint32_t* before_ = nullptr;
  Far far_;
};

}  // namespace policygraph::inline v0
