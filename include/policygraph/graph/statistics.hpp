#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace policygraph::inline v0 {

/// How the edges of one type are spread over the nodes at one of their ends.
struct DegreeSpread {
  std::uint32_t nodes = 0;  ///< that have such an edge
  std::uint32_t most = 0;   ///< edges at one node
  /// Nodes with 2^i to 2^(i+1) - 1 such edges.
  std::array<std::uint32_t, 32> histogram{};
  double squares = 0;  ///< the sum of the squares of the numbers of edges

  friend bool operator==(const DegreeSpread&, const DegreeSpread&) = default;
};

/// What a planner wants to know of a type of edges before it walks them. Counted while a snapshot is derived in full,
/// two passes over the edges; asking is O(1).
///
///     const auto degrees = snapshot.degrees(*snapshot.edge_type("FUNDS"));
///     degrees.mean_out();   // programmes to expect of a funding that has any
///     degrees.walk_in();    // fundings to expect at the programme one comes to along an edge: more, where few have many
struct DegreeStatistics {
  std::uint64_t edges = 0;
  DegreeSpread out;  ///< at their starts
  DegreeSpread in;   ///< at their ends

  /// Edges at a node that has any. 0: there are none.
  double mean_out() const noexcept { return mean(out); }
  double mean_in() const noexcept { return mean(in); }
  /// Edges at the node of an edge picked by chance: the mean weighted by degree, so never less than the mean. Their
  /// ratio tells how skewed the degrees are; 1 is even.
  double walk_out() const noexcept { return walk(out); }
  double walk_in() const noexcept { return walk(in); }

  friend bool operator==(const DegreeStatistics&, const DegreeStatistics&) = default;

 private:
  double mean(const DegreeSpread& end) const noexcept {
    return end.nodes == 0 ? 0.0 : static_cast<double>(edges) / end.nodes;
  }
  double walk(const DegreeSpread& end) const noexcept {
    return edges == 0 ? 0.0 : end.squares / static_cast<double>(edges);
  }
};

}  // namespace policygraph::inline v0
