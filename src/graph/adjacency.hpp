#pragma once

#include <atomic>
#include <bit>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "graph/counting_sort.hpp"
#include "graph/edge_lists.hpp"
#include "graph/image.hpp"
#include "policygraph/graph/snapshot.hpp"
#include "policygraph/graph/statistics.hpp"

namespace policygraph::inline v0::detail::graph {

/// Where the edges of each node start in an array grouped by node. Nodes of one type's edges lie close together, as
/// rows are ordered by label set; between the least and the greatest there is a start for each node where those cost no
/// more than 2.5 bytes an edge (the lists of both directions are 12), else a bitmap of those that have some, with the
/// number of set bits before each word. Where no node has more than one edge the starts say nothing and are left out.
class Starts {
 public:
  Starts() = default;
  /// Requires: if there is any edge, the least and the greatest node have some.
  explicit Starts(const CountedStarts& counted);

  /// The places [first, second) of a node's edges.
  std::pair<std::uint32_t, std::uint32_t> range(std::uint32_t node) const noexcept { return view().range(node); }
  /// Valid until this is changed.
  StartsView view() const noexcept {
    return {starts_.empty() ? nullptr : starts_.data(), bits_.empty() ? nullptr : bits_.data(), before_.data(), first_, width_};
  }
  /// The node whose edges hold `place`. Requires: there is one. O(log n).
  std::uint32_t node_at(std::uint32_t place) const noexcept;
  std::size_t memory_bytes() const noexcept;
  void write(ImageOut& out) const;
  void read(ImageIn& in);
  void need(const Image& image) const;

 private:
  void mark(const CountedStarts& counted);

  std::uint32_t first_ = 0;
  std::uint32_t width_ = 0;
  Stored<std::uint64_t> bits_;  // empty: each node has edges, or at least a start
  Stored<std::uint32_t> before_;
  Stored<std::uint32_t> starts_;  // empty: nodes with edges have one each
};

DegreeSpread spread_of(const CountedStarts& counted) noexcept;

/// The edges of one type: rows [first, first + count).
struct TypeEdges {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
  Starts out;
  Starts in;
  DegreeStatistics degrees;
};

/// All edges, grouped by type, both ways: 12 bytes an edge and the starts. Of one that lies in an image a side is `need`ed
/// before it is read.
struct Adjacency {
  std::vector<TypeEdges> types;
  Stored<NodeRow> targets;    // forward: ordered by type, source, target
  Stored<NodeRow> sources;    // backward: ordered by type, target, source
  Stored<EdgeRow> positions;  // backward: the forward place of the same edge
  std::shared_ptr<const Image> image;  // null: all is owned
  std::unique_ptr<std::atomic<bool>[]> is_sound;  // by type, forward and backward

  EdgeLists out_lists(std::size_t type) const noexcept {
    const auto first = types[type].first;
    return {types[type].out.view(), targets.data() + first, nullptr, EdgeRow{first}};
  }
  EdgeLists in_lists(std::size_t type) const noexcept {
    const auto first = types[type].first;
    return {types[type].in.view(), sources.data() + first, positions.data() + first, {}};
  }
  OutEdges out_edges(std::uint32_t node, std::size_t type) const noexcept {
    return as_out(out_lists(type).of(node));
  }
  InEdges in_edges(std::uint32_t node, std::size_t type) const noexcept {
    return as_in(in_lists(type).of(node));
  }
  std::size_t type_of(std::uint32_t edge) const noexcept;  ///< O(log types)
  /// Requires: it lies in an image. Looks at the bytes of a type and direction once.
  void need(std::size_t type, bool is_out) const {
    if (type < types.size() && !is_sound[2 * type + (is_out ? 1U : 0U)].load(std::memory_order_acquire)) [[unlikely]] need_side(type, is_out);
  }
  void write(ImageOut& out) const;
  static Adjacency read(ImageIn& in);
  std::size_t memory_bytes() const noexcept;

 private:
  void need_side(std::size_t type, bool is_out) const;
};

struct Ends {
  std::uint32_t type, from, to;
};
/// Orders edges of one type by from and to: by to first, into `there` and back. Requires: there are some.
template <class Edge>
void put_type_in_order(std::span<Edge> here, std::span<Edge> there) {
  NumberRange from, to;
  for (const auto& edge : here) {
    from.take(edge.from);
    to.take(edge.to);
  }
  NumberCounts by_from(from), by_to(to);
  for (const auto& edge : here) {
    by_from.add(edge.from);
    by_to.add(edge.to);
  }
  scatter<Edge>(here, there, std::move(by_to).sum(), [](const Edge& edge) { return edge.to; });
  scatter<Edge>(there, here, std::move(by_from).sum(), [](const Edge& edge) { return edge.from; });
}
/// Orders edges by type, from and to and keeps the order of parallel ones; `Edge` has those three members.
template <class Edge>
void put_in_order(std::vector<Edge>& edges) {
  const auto first_of_type = counted_starts(edges, [](const Edge& edge) { return edge.type; });
  std::vector<Edge> by_type(edges.size());
  scatter<Edge>(edges, by_type, first_of_type, [](const Edge& edge) { return edge.type; });
  for (std::size_t type = 1; type < first_of_type.starts.size(); ++type) {
    const auto first = first_of_type.starts[type - 1];
    const auto count = first_of_type.starts[type] - first;
    if (count > 0) put_type_in_order(std::span(by_type).subspan(first, count), std::span(edges).subspan(first, count));
  }
  edges.swap(by_type);
}
/// Requires: ordered by type, from, to.
Adjacency make_adjacency(const std::vector<Ends>& edges, std::size_t type_count);

}  // namespace policygraph::inline v0::detail::graph
