#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iterator>

#include "policygraph/graph/snapshot.hpp"
#include "policygraph/graph/views.hpp"

namespace policygraph::inline v0 {

/// An edge as a walk meets it: from the node it is left to the node it leads to, which is against the arrow in a
/// reversed view. Two are equal when they are the same edge.
struct WalkedEdge {
  NodeRow from;
  NodeRow to;
  EdgeRow row;
  friend bool operator==(const WalkedEdge& a, const WalkedEdge& b) noexcept { return a.row == b.row; }
  friend auto operator<=>(const WalkedEdge& a, const WalkedEdge& b) noexcept { return a.row <=> b.row; }
};

template <class Graph>
concept DirectedGraph = std::same_as<Graph, Snapshot> || std::same_as<Graph, Reversed>;
template <class Graph>
concept WalkableGraph = DirectedGraph<Graph> || std::same_as<Graph, Undirected>;

inline const Snapshot& snapshot_of(const Snapshot& graph) noexcept { return graph; }
inline const Snapshot& snapshot_of(const Reversed& graph) noexcept { return graph.snapshot(); }
inline const Snapshot& snapshot_of(const Undirected& graph) noexcept { return graph.snapshot(); }

/// Rows of the nodes that are alive. Borrows the snapshot.
class NodeIterator {
 public:
  using iterator_category = std::forward_iterator_tag;
  using value_type = NodeRow;
  using difference_type = std::ptrdiff_t;
  using pointer = const NodeRow*;
  using reference = NodeRow;

  NodeIterator() = default;
  NodeIterator(const Snapshot& snapshot, std::uint32_t row) noexcept
      : snapshot_(&snapshot), row_(row), limit_(snapshot.node_row_limit()) {
    skip();
  }
  NodeRow operator*() const noexcept { return NodeRow{row_}; }
  NodeIterator& operator++() noexcept {
    ++row_;
    skip();
    return *this;
  }
  NodeIterator operator++(int) noexcept {
    auto old = *this;
    ++*this;
    return old;
  }
  friend bool operator==(const NodeIterator& a, const NodeIterator& b) noexcept { return a.row_ == b.row_; }

 private:
  void skip() noexcept {
    while (row_ < limit_ && !snapshot_->is_alive(NodeRow{row_})) ++row_;
  }
  const Snapshot* snapshot_ = nullptr;
  std::uint32_t row_ = 0;
  std::uint32_t limit_ = 0;
};

/// The edges at one end of a node, each met as leaving the node, or (`kIsEntering`) as entering it. Borrows the snapshot.
template <bool kIsEntering>
class IncidenceIterator {
 public:
  using iterator_category = std::forward_iterator_tag;
  using value_type = WalkedEdge;
  using difference_type = std::ptrdiff_t;
  using pointer = const WalkedEdge*;
  using reference = WalkedEdge;

  IncidenceIterator() = default;
  IncidenceIterator(NodeRow node, const IncidentEdges& list, std::size_t place) noexcept
      : end_(list.ends.data() + place), edge_(list.edges.data() + place), node_(node) {}
  WalkedEdge operator*() const noexcept {
    if constexpr (kIsEntering) return {*end_, node_, *edge_};
    else return {node_, *end_, *edge_};
  }
  IncidenceIterator& operator++() noexcept {
    ++end_;
    ++edge_;
    return *this;
  }
  IncidenceIterator operator++(int) noexcept {
    auto old = *this;
    ++*this;
    return old;
  }
  friend bool operator==(const IncidenceIterator& a, const IncidenceIterator& b) noexcept { return a.end_ == b.end_; }

 private:
  const NodeRow* end_ = nullptr;
  const EdgeRow* edge_ = nullptr;
  NodeRow node_;
};

/// The edges that leave a node, then those that enter it, all met as leaving it. Borrows the snapshot.
class UndirectedIterator {
 public:
  using iterator_category = std::forward_iterator_tag;
  using value_type = WalkedEdge;
  using difference_type = std::ptrdiff_t;
  using pointer = const WalkedEdge*;
  using reference = WalkedEdge;

  UndirectedIterator() = default;
  /// At the first edge of `list`, and on to those of `rest` when it ends.
  UndirectedIterator(NodeRow node, const IncidentEdges& list, const IncidentEdges& rest) noexcept
      : node_(node), end_(list.ends.data()), edge_(list.edges.data()), last_(end_ + list.size()),
        rest_end_(rest.ends.data()), rest_edge_(rest.edges.data()) {
    leap();
  }
  /// Past the last edge of `rest`.
  static UndirectedIterator past(const IncidentEdges& rest) noexcept {
    UndirectedIterator iterator;
    iterator.end_ = rest.ends.data() + rest.size();
    return iterator;
  }
  WalkedEdge operator*() const noexcept { return {node_, *end_, *edge_}; }
  UndirectedIterator& operator++() noexcept {
    ++end_;
    ++edge_;
    leap();
    return *this;
  }
  UndirectedIterator operator++(int) noexcept {
    auto old = *this;
    ++*this;
    return old;
  }
  friend bool operator==(const UndirectedIterator& a, const UndirectedIterator& b) noexcept { return a.end_ == b.end_; }

 private:
  void leap() noexcept {
    if (end_ != last_ || rest_end_ == nullptr) return;
    end_ = rest_end_;
    edge_ = rest_edge_;
    rest_end_ = nullptr;
    last_ = nullptr;
  }
  NodeRow node_;
  const NodeRow* end_ = nullptr;
  const EdgeRow* edge_ = nullptr;
  const NodeRow* last_ = nullptr;
  const NodeRow* rest_end_ = nullptr;
  const EdgeRow* rest_edge_ = nullptr;
};

/// The far ends of a node's edges.
template <class Walk>
class AdjacencyIterator : public Walk {
 public:
  using value_type = NodeRow;
  using pointer = const NodeRow*;
  using reference = NodeRow;
  AdjacencyIterator() = default;
  explicit AdjacencyIterator(const Walk& walk) noexcept : Walk(walk) {}
  NodeRow operator*() const noexcept { return Walk::operator*().to; }
  AdjacencyIterator& operator++() noexcept {
    Walk::operator++();
    return *this;
  }
  AdjacencyIterator operator++(int) noexcept {
    auto old = *this;
    ++*this;
    return old;
  }
};
/// Every edge once, in order of the node it leaves by the arrow; `kIsReversed`: met against it. Borrows the snapshot.
template <bool kIsReversed>
class EdgeIterator {
 public:
  using iterator_category = std::forward_iterator_tag;
  using value_type = WalkedEdge;
  using difference_type = std::ptrdiff_t;
  using pointer = const WalkedEdge*;
  using reference = WalkedEdge;

  EdgeIterator() = default;
  EdgeIterator(const Incidence& outgoing, std::uint32_t place) noexcept : outgoing_(outgoing), place_(place) { skip(); }
  WalkedEdge operator*() const noexcept {
    const NodeRow end = outgoing_.ends[place_];
    if constexpr (kIsReversed) return {end, NodeRow{node_}, outgoing_.edges[place_]};
    else return {NodeRow{node_}, end, outgoing_.edges[place_]};
  }
  EdgeIterator& operator++() noexcept {
    ++place_;
    skip();
    return *this;
  }
  EdgeIterator operator++(int) noexcept {
    auto old = *this;
    ++*this;
    return old;
  }
  friend bool operator==(const EdgeIterator& a, const EdgeIterator& b) noexcept { return a.place_ == b.place_; }

 private:
  void skip() noexcept {
    if (place_ >= outgoing_.ends.size()) return;
    while (place_ >= outgoing_.starts[node_ + 1]) ++node_;
  }
  Incidence outgoing_;
  std::uint32_t place_ = 0;
  std::uint32_t node_ = 0;
};

}  // namespace policygraph::inline v0
