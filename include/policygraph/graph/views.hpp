#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "policygraph/base/partial_date.hpp"
#include "policygraph/export.hpp"
#include "policygraph/graph/snapshot.hpp"

namespace policygraph::inline v0 {

/// The snapshot with every arrow turned round; shares it.
///
///     auto reversed = reverse(snapshot);   // who is cited -> who cites
class Reversed {
 public:
  explicit Reversed(Snapshot snapshot) noexcept : snapshot_(std::move(snapshot)) {}
  const Snapshot& snapshot() const noexcept { return snapshot_; }
  IncidentEdges out_edges(NodeRow node) const { return snapshot_.in_edges(node); }
  IncidentEdges in_edges(NodeRow node) const { return snapshot_.out_edges(node); }

 private:
  Snapshot snapshot_;
};

/// The snapshot without arrows; shares it. A node's edges are those that leave it, then those that enter it; a loop is
/// met from both of its ends.
///
///     auto plain = undirected(as_of(snapshot, PartialDate::year(2022)));
class Undirected {
 public:
  explicit Undirected(Snapshot snapshot) noexcept : snapshot_(std::move(snapshot)) {}
  const Snapshot& snapshot() const noexcept { return snapshot_; }
  std::size_t degree(NodeRow node) const { return snapshot_.out_edges(node).size() + snapshot_.in_edges(node).size(); }

 private:
  Snapshot snapshot_;
};

inline Reversed reverse(Snapshot snapshot) noexcept { return Reversed(std::move(snapshot)); }
inline Snapshot reverse(const Reversed& reversed) noexcept { return reversed.snapshot(); }
inline Undirected undirected(Snapshot snapshot) noexcept { return Undirected(std::move(snapshot)); }
inline Undirected undirected(const Reversed& reversed) noexcept { return Undirected(reversed.snapshot()); }

}  // namespace policygraph::inline v0
