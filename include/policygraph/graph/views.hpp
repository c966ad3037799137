#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "policygraph/base/partial_date.hpp"
#include "policygraph/export.hpp"
#include "policygraph/graph/snapshot.hpp"

// Views of a snapshot: less of it, or its arrows seen otherwise.
//
// A masked view is a Snapshot, so queries, algorithms, pages and tables work on it unchanged, and views of views are
// made by calling again. It keeps the rows and keys of what it was made from: hidden nodes and edges read as dead
// (`is_alive`, `find`, counts, lists), an edge goes with either of its ends. Properties, keys, claims and the lists of
// nodes that lose no edge are shared; a view costs two bits a row, and 12 bytes for each edge that is left at a node that
// loses one. Making it takes time for the bits and for the edges at what is hidden. Claims, judgements, documents and
// findings asked for as a whole stay those of the whole graph; `write_json` leaves out those of what is hidden.
//
//     auto then = as_of(graph.snapshot(), PartialDate::parse("2022-01-01"));
//     auto money = with_types(with_labels(then, {"Funding", "Programme"}), {"FUNDS"});
//     auto parts = connected_components(undirected(money));
namespace policygraph::inline v0 {

/// What of a stated validity suffices where dates are partial or ends are not stated.
enum class Certainty : std::uint8_t { possibly, definitely };

/// Edges valid on that date. An edge that states no validity always is. `possibly`: some day that `date` may mean is one
/// on which the edge may be valid; an end that is not stated leaves that open. `definitely`: on every day that `date` may
/// mean the edge is valid whatever its dates mean; an end that is not stated vouches for nothing beyond the other end
/// (a position held since 2019 is not "now"), an open one ("..") for all time. Both ends are days of validity; an edge
/// that ends before it begins is never valid. Nodes stay. O(edges that state one) beside the view itself. Throws Error(invalid_argument) when `date` is unknown.
POLICYGRAPH_EXPORT Snapshot as_of(const Snapshot& snapshot, const PartialDate& date,
                                  Certainty certainty = Certainty::possibly);

/// Nodes that have any of the labels (or one below it), and the edges among them.
POLICYGRAPH_EXPORT Snapshot with_labels(const Snapshot& snapshot, const std::vector<std::string>& labels);
/// Edges of any of the types; nodes stay.
POLICYGRAPH_EXPORT Snapshot with_types(const Snapshot& snapshot, const std::vector<std::string>& types);
/// Nodes and edges that some claim in force of any of these reviews says to exist.
POLICYGRAPH_EXPORT Snapshot with_review(const Snapshot& snapshot, const std::vector<Review>& reviews);
/// Nodes and edges for which the functions are true; an empty function keeps all.
POLICYGRAPH_EXPORT Snapshot where(const Snapshot& snapshot, const std::function<bool(NodeRow)>& keeps_node,
                                  const std::function<bool(EdgeRow)>& keeps_edge = {});

/// The snapshot with every arrow turned round; shares it.
///
///     auto cited_by = reverse(snapshot);
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
/// met from both of its ends. Made with the merged adjacency of the snapshot, which it holds on to.
class Undirected {
 public:
  explicit Undirected(Snapshot snapshot)
      : snapshot_(std::move(snapshot)), outgoing_(snapshot_.outgoing()), incoming_(snapshot_.incoming()) {}
  const Snapshot& snapshot() const noexcept { return snapshot_; }
  IncidentEdges leaving(NodeRow node) const noexcept { return outgoing_[node]; }
  IncidentEdges entering(NodeRow node) const noexcept { return incoming_[node]; }
  std::size_t degree(NodeRow node) const noexcept { return leaving(node).size() + entering(node).size(); }

 private:
  Snapshot snapshot_;
  Incidence outgoing_, incoming_;
};

inline Reversed reverse(Snapshot snapshot) noexcept { return Reversed(std::move(snapshot)); }
inline Snapshot reverse(const Reversed& reversed) noexcept { return reversed.snapshot(); }
inline Undirected undirected(Snapshot snapshot) { return Undirected(std::move(snapshot)); }
inline Undirected undirected(const Reversed& reversed) { return Undirected(reversed.snapshot()); }

}  // namespace policygraph::inline v0
