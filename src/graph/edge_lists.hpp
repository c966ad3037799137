#pragma once

#include <cstdint>
#include <utility>

#include "policygraph/graph/hop.hpp"

// Lists of edges as arrays, borrowed from the adjacency that holds them.
namespace policygraph::inline v0::detail::graph {

class WrittenLists;

/// Where the list of each node lies in an array grouped by node; adjacency.hpp says in which of the shapes.
struct StartsView {
  const std::uint32_t* starts = nullptr;  // null: nodes with edges have one each
  const std::uint64_t* bits = nullptr;    // null: a start for each node
  const std::uint32_t* before = nullptr;
  std::uint32_t first = 0;
  std::uint32_t width = 0;

  /// Nodes with edges are below it.
  std::uint32_t limit() const noexcept { return first + width; }
  /// The places [first, second) of a node's edges.
  std::pair<std::uint32_t, std::uint32_t> range(std::uint32_t node) const noexcept {
    const std::uint32_t at = node - first;  // wraps around below `first`
    if (at >= width) return {0, 0};
    if (bits == nullptr) return places(at);
    const auto word = bits[at / 64];
    if (((word >> (at % 64)) & 1U) == 0) return {0, 0};
    return places(before[at / 64] + count_below(word, at % 64));
  }

 private:
  std::pair<std::uint32_t, std::uint32_t> places(std::uint32_t run) const noexcept {
    return starts == nullptr ? std::pair{run, run + 1} : std::pair{starts[run], starts[run + 1]};
  }
};

/// The lists of all nodes, of one type and one direction.
struct EdgeLists {
  StartsView starts;
  const NodeRow* ends = nullptr;
  const EdgeRow* rows = nullptr;  // null: consecutive from `first`
  EdgeRow first;

  [[gnu::always_inline]] HopEdges of(std::uint32_t node) const noexcept {
    const auto [begin, end] = starts.range(node);
    return {{ends + begin, ends + end}, EdgeRow{first.value + begin}, rows == nullptr ? nullptr : rows + begin};
  }
};

/// A bit for each row below a limit; none is set from there.
struct RowFlags {
  const std::uint64_t* words = nullptr;
  std::uint32_t limit = 0;

  bool has(std::uint32_t row) const noexcept {
    return row < limit && ((words[row / 64] >> (row % 64)) & 1U) != 0;
  }
};

/// Requires: the node has a list there.
HopEdges written_list(const WrittenLists& lists, std::uint32_t node) noexcept;

/// The lists of the last compaction, but for the nodes whose lists were written since.
struct HopLists {
  EdgeLists base;
  RowFlags is_written;
  const WrittenLists* written = nullptr;

  HopEdges of(std::uint32_t node) const noexcept {
    if (is_written.has(node)) [[unlikely]] return written_list(*written, node);
    return base.of(node);
  }
};

// Built of single pointers: a span that is copied as a whole, right after its parts were written, waits until they have
// reached the cache (a stall of some 25 cycles).
inline OutEdges as_out(const HopEdges& list) noexcept {
  OutEdges out{list.first, {list.ends.begin(), list.ends.end()}};
  if (list.rows != nullptr) out.rows = {list.rows, list.size()};
  return out;
}
inline InEdges as_in(const HopEdges& list) noexcept {
  return {{list.ends.begin(), list.ends.end()}, {list.rows, list.size()}};
}
inline OutEdges read_out(const HopLists& lists, std::uint32_t node) noexcept {
  if (lists.is_written.has(node)) [[unlikely]] return as_out(written_list(*lists.written, node));
  return as_out(lists.base.of(node));
}
inline InEdges read_in(const HopLists& lists, std::uint32_t node) noexcept {
  if (lists.is_written.has(node)) [[unlikely]] return as_in(written_list(*lists.written, node));
  return as_in(lists.base.of(node));
}

}  // namespace policygraph::inline v0::detail::graph
