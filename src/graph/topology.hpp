#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "graph/adjacency.hpp"
#include "graph/edge_lists.hpp"
#include "graph/pages.hpp"
#include "graph/written_lists.hpp"

namespace policygraph::inline v0::detail::graph {

/// All edges of a snapshot: the adjacency of the last compaction, edges added since with rows behind its own, and the
/// lists of the nodes that an edge came to or left, written anew. A node whose list of a type stands as it stood costs
/// one bit to tell. Types have slots, which stay; their numbers are the places of their names among those in use.
class Topology {
 public:
  Topology() : Topology(Adjacency()) {}
  explicit Topology(Adjacency base);

  OutEdges out_edges(std::uint32_t node, std::size_t type) const noexcept { return out_of(node, slots_[type]); }
  InEdges in_edges(std::uint32_t node, std::size_t type) const noexcept { return in_of(node, slots_[type]); }
  std::uint32_t out_degree(std::uint32_t node) const noexcept;
  std::uint32_t in_degree(std::uint32_t node) const noexcept;

  std::uint32_t edge_limit() const noexcept { return base_count_ + more_count_; }
  std::size_t edge_count() const noexcept { return edge_limit() - dead_.size(); }
  bool is_alive(std::uint32_t edge) const noexcept { return edge < edge_limit() && !dead_.has(edge); }
  const RowSet& dead() const noexcept { return dead_; }
  /// Requires: the edge is alive.
  std::uint32_t source(std::uint32_t edge) const noexcept;
  std::uint32_t target(std::uint32_t edge) const noexcept;
  std::uint32_t type(std::uint32_t edge) const noexcept { return numbers_[slot(edge)]; }

  /// As of the base.
  const DegreeStatistics& degrees(std::size_t type) const noexcept;

  std::size_t type_count() const noexcept { return slots_.size(); }
  std::uint32_t slot_of(std::size_t type) const noexcept { return slots_[type]; }
  std::size_t slot_count() const noexcept { return counts_.size(); }
  std::uint32_t slot(std::uint32_t edge) const noexcept;
  std::uint32_t count_of_slot(std::uint32_t slot) const noexcept { return counts_[slot]; }
  /// Of the type in it; kNone where it has none.
  std::uint32_t number_of_slot(std::uint32_t slot) const noexcept { return numbers_[slot]; }
  /// Slots in the order of the numbers their types have from now on.
  void number_types(std::vector<std::uint32_t> slots);

  /// Rows of a slot at the base: [first, first + width), the dead among them.
  std::pair<std::uint32_t, std::uint32_t> base_rows(std::uint32_t slot) const noexcept;
  std::uint32_t base_count() const noexcept { return base_count_; }
  /// By slot: the living edges that the base has not, in order of row. O(edges added).
  std::vector<std::vector<EdgeRow>> added_edges() const;
  /// Lists written since the base, and edges that came or went.
  std::size_t written_count() const noexcept { return written_count_ + more_count_ + dead_.size(); }
  std::size_t memory_bytes() const noexcept;

  OutEdges out_of(std::uint32_t node, std::uint32_t slot) const noexcept {
    return kept_ == nullptr ? read_out(sides_[slot].out.lists, node) : kept_out(node, slot);
  }
  InEdges in_of(std::uint32_t node, std::uint32_t slot) const noexcept {
    return kept_ == nullptr ? read_in(sides_[slot].in.lists, node) : kept_in(node, slot);
  }
  /// Valid as long as this topology or a copy of it lives unchanged.
  const HopLists& out_lists(std::size_t type) const noexcept {
    need(slots_[type], true);
    return sides_[slots_[type]].out.lists;
  }
  const HopLists& in_lists(std::size_t type) const noexcept {
    need(slots_[type], false);
    return sides_[slots_[type]].in.lists;
  }
  /// Requires: nothing was written since the base.
  const Adjacency& base() const noexcept { return *base_; }

 private:
  friend class TopologyWriter;
  struct Side {
    HopLists lists;                         // points into the base and into what is written
    std::shared_ptr<WrittenLists> written;  // null: nothing
  };
  struct Sides {
    Side out, in;
  };

  // Apart, so that reading what is owned is laid out as if there were nothing else.
  [[gnu::cold, gnu::noinline]] OutEdges kept_out(std::uint32_t node, std::uint32_t slot) const noexcept;
  [[gnu::cold, gnu::noinline]] InEdges kept_in(std::uint32_t node, std::uint32_t slot) const noexcept;
  // Nothing to do where the base is owned.
  void need(std::size_t slot, bool is_out) const {
    if (kept_ != nullptr) [[unlikely]]
      kept_->need(slot, is_out);
  }

  std::shared_ptr<const Adjacency> base_;
  const Adjacency* kept_ = nullptr;  // the base, where it lies in an image
  std::uint32_t base_count_ = 0;
  std::uint32_t more_count_ = 0;
  Paged<Ends> more_;  // by row less base_count_; types as slots
  RowSet dead_;
  std::vector<Sides> sides_;  // by slot
  std::size_t written_count_ = 0;
  std::vector<std::uint32_t> slots_;    // by number of the type
  std::vector<std::uint32_t> numbers_;  // by slot
  std::vector<std::uint32_t> counts_;   // by slot: the living
};

/// Adds and takes away edges; what it writes is read after `finish`.
class TopologyWriter {
 public:
  TopologyWriter(Topology& topology, Edition edition) : topology_(topology), edition_(edition) {}

  std::uint32_t add_slot();
  /// The row of the new edge.
  std::uint32_t add(const Ends& edge);
  /// Requires: the edge was alive before this writer began.
  void erase(std::uint32_t edge);
  /// O(degrees, by type and direction, of the nodes touched).
  void finish();

 private:
  struct Change {
    std::uint32_t node;
    std::uint32_t slot;
    bool is_in;
    std::uint32_t end;  // kNone: something was erased
    std::uint32_t row;
  };
  void write_side(std::span<const Change> changes);
  WrittenList written_anew(std::span<const Change> changes) const;

  Topology& topology_;
  Edition edition_;
  std::vector<Change> changes_;
};

}  // namespace policygraph::inline v0::detail::graph
