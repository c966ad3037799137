#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "graph/adjacency.hpp"
#include "graph/merged.hpp"
#include "graph/on_demand.hpp"
#include "policygraph/graph/snapshot.hpp"
#include "policygraph/graph/statistics.hpp"

namespace policygraph::inline v0::detail::graph {

/// A bit a row.
class RowBits {
 public:
  RowBits() = default;
  explicit RowBits(std::uint32_t rows) : words_((std::size_t{rows} + 63) / 64) {}
  bool has(std::uint32_t row) const noexcept { return ((words_[row / 64] >> (row % 64)) & 1U) != 0; }
  void add(std::uint32_t row) noexcept { words_[row / 64] |= std::uint64_t{1} << (row % 64); }
  std::size_t count() const noexcept;
  /// visit(row) for each row of it, ascending.
  template <class Visit>
  void visit(Visit visit) const {
    for (std::size_t word = 0; word < words_.size(); ++word) {
      for (auto bits = words_[word]; bits != 0; bits &= bits - 1)
        visit(static_cast<std::uint32_t>(word * 64) + static_cast<std::uint32_t>(std::countr_zero(bits)));
    }
  }
  const std::uint64_t* words() const noexcept { return words_.data(); }
  std::size_t memory_bytes() const noexcept { return words_.capacity() * sizeof(std::uint64_t); }

 private:
  std::vector<std::uint64_t> words_;
};

/// What remains of the lists of those nodes that lose an edge in one direction; the lists of others stand as they are.
struct KeptLists {
  RowBits touched;  // nodes
  std::vector<Starts> starts;
  std::vector<std::uint32_t> first;  // by type: where its lists begin
  std::vector<NodeRow> ends;
  std::vector<EdgeRow> edges;

  EdgeLists lists(std::size_t type) const noexcept {
    return {starts[type].view(), ends.data() + first[type], edges.data() + first[type], {}};
  }
  std::uint32_t degree(std::uint32_t node) const noexcept;
  std::size_t memory_bytes() const noexcept;
};

/// What a view hides of a snapshot's data. Rows are those of the data; hidden ones read as dead. Properties, keys, claims
/// and the lists of nodes that lose nothing are the data's own.
struct Mask {
  std::shared_ptr<const Snapshot::Data> data;  // what it hides parts of
  RowBits hidden_nodes, hidden_edges;  // dead rows of the data included
  std::size_t node_count = 0, edge_count = 0;
  std::vector<std::size_t> edges_of_type;
  KeptLists out, in;
  bool hides_nodes = false;
  std::vector<std::vector<NodeRow>> nodes_of_label, nodes_of_set;  // where it hides nodes
  MergedOnDemand merged;
  OnDemand<std::vector<DegreeStatistics>> degrees;  // by type

  std::size_t memory_bytes() const noexcept;
};

/// How the edges that a view leaves are spread, by type. O(nodes * types).
std::vector<DegreeStatistics> degrees_of_view(const Snapshot& view);

/// Hides rows of a snapshot, which may be masked already, and makes the view of what is left: an edge goes with its ends.
class Masking {
 public:
  explicit Masking(const Snapshot& snapshot);
  /// Null: it hides nothing.
  static const Mask* mask_of(const Snapshot& snapshot) noexcept { return snapshot.mask_.get(); }
  void hide(NodeRow row);
  void hide(EdgeRow row);
  /// O(rows / 64 + the lists of what was hidden).
  Snapshot make() &&;

 private:
  void hide_edges_of_hidden_nodes();
  void touch_one_by_one();
  void touch_by_lists();
  void touch_ends();
  void keep(KeptLists& lists, const Hop& hop) const;
  KeptLists kept(bool is_out) const;
  void list_nodes();

  Snapshot snapshot_;  // as given
  Snapshot whole_;     // without a mask
  std::shared_ptr<Mask> mask_;
  std::vector<NodeRow> newly_hidden_;
};

}  // namespace policygraph::inline v0::detail::graph
