#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <ranges>
#include <span>
#include <utility>

namespace policygraph::inline v0 {

/// Rows number the nodes and edges of one snapshot from 0 up to its `node_row_limit` and `edge_row_limit`. A node or an
/// edge that was deleted leaves a dead row until the next compaction, so tables by row are made that long and counts
/// are asked for. Rows mean nothing in another snapshot; keys do.
struct NodeRow {
  std::uint32_t value = 0;
  friend constexpr auto operator<=>(NodeRow, NodeRow) = default;
};
struct EdgeRow {
  std::uint32_t value = 0;
  friend constexpr auto operator<=>(EdgeRow, EdgeRow) = default;
};

/// Edges of one type that leave a node, sorted by target. Where nothing was written at the node since the last
/// compaction their rows are first, first + 1, ...; else they are listed. Borrowed from the snapshot.
struct OutEdges {
  EdgeRow first;
  std::span<const NodeRow> targets;
  std::span<const EdgeRow> rows = {};  ///< empty: consecutive from `first`

  std::size_t size() const noexcept { return targets.size(); }
  /// The row of the edge to targets[place]. Requires: place < size().
  EdgeRow edge(std::size_t place) const noexcept {
    return rows.empty() ? EdgeRow{first.value + static_cast<std::uint32_t>(place)} : rows[place];
  }
};
/// Edges of one type that enter a node: their sources, sorted, and their rows beside them. Borrowed from the snapshot.
struct InEdges {
  std::span<const NodeRow> sources;
  std::span<const EdgeRow> edges;
  std::size_t size() const noexcept { return sources.size(); }
};

/// Edges of any type at one end of a node: the nodes at their other ends, and the edges beside them. In order of type,
/// then of the other node. Borrowed from the snapshot.
struct IncidentEdges {
  std::span<const NodeRow> ends;
  std::span<const EdgeRow> edges;
  std::size_t size() const noexcept { return ends.size(); }
};
/// The incident edges of all nodes in one direction, as arrays for algorithms: those of row n are the places
/// [starts[n], starts[n + 1]). Borrowed from the snapshot.
struct Incidence {
  std::span<const std::uint32_t> starts;  ///< node_row_limit() + 1
  std::span<const NodeRow> ends;
  std::span<const EdgeRow> edges;
  IncidentEdges operator[](NodeRow node) const noexcept {
    const auto first = starts[node.value];
    const auto count = starts[node.value + 1] - first;
    return {ends.subspan(first, count), edges.subspan(first, count)};
  }
};

/// Living rows in ascending order: those of a range, the dead passed over, then more that are listed. A view that
/// keeps its snapshot alive; its iterators need the view. Copying costs a shared pointer, `size` nothing.
///
///     for (EdgeRow edge : snapshot.edges_of(type)) ...
template <class Row>
class LivingRows : public std::ranges::view_interface<LivingRows<Row>> {
 public:
  class iterator {
   public:
    using value_type = Row;
    using difference_type = std::ptrdiff_t;
    using iterator_concept = std::forward_iterator_tag;

    iterator() = default;
    Row operator*() const noexcept {
      return at_ < rows_->width_ ? Row{rows_->first_ + at_} : rows_->more_[at_ - rows_->width_];
    }
    iterator& operator++() noexcept {
      ++at_;
      pass_dead();
      return *this;
    }
    iterator operator++(int) noexcept {
      auto before = *this;
      ++*this;
      return before;
    }
    friend bool operator==(const iterator& a, const iterator& b) noexcept { return a.at_ == b.at_; }

   private:
    friend class LivingRows;
    iterator(const LivingRows* rows, std::uint32_t at) noexcept : rows_(rows), at_(at) { pass_dead(); }
    void pass_dead() noexcept {
      if (rows_->dead_ == nullptr) return;
      while (at_ < rows_->checked_ && rows_->is_dead((**this).value)) ++at_;
    }

    const LivingRows* rows_ = nullptr;
    std::uint32_t at_ = 0;
  };

  LivingRows() = default;
  /// The rows [first, first + width) without those whose bit is set in `dead` (null: none is), then `more`; `count` in
  /// all. `owner` keeps what is borrowed.
  LivingRows(std::uint32_t first, std::uint32_t width, const std::uint64_t* dead, std::span<const Row> more,
       std::size_t count, std::shared_ptr<const void> owner) noexcept
      : first_(first), width_(width), checked_(width), dead_(dead), more_(more), count_(count),
        owner_(std::move(owner)) {}
  /// The same rows without those whose bit is set in `hidden`, `count` in all. `owner` keeps all that is borrowed.
  LivingRows without(const std::uint64_t* hidden, std::size_t count, std::shared_ptr<const void> owner) const noexcept {
    LivingRows rows(first_, width_, hidden, more_, count, std::move(owner));
    rows.checked_ = width_ + static_cast<std::uint32_t>(more_.size());
    return rows;
  }

  iterator begin() const noexcept { return {this, 0}; }
  iterator end() const noexcept { return {this, width_ + static_cast<std::uint32_t>(more_.size())}; }
  std::size_t size() const noexcept { return count_; }
  bool empty() const noexcept { return count_ == 0; }

 private:
  bool is_dead(std::uint32_t row) const noexcept { return ((dead_[row / 64] >> (row % 64)) & 1U) != 0; }

  std::uint32_t first_ = 0;
  std::uint32_t width_ = 0;
  std::uint32_t checked_ = 0;  // places below which a row may be dead
  const std::uint64_t* dead_ = nullptr;
  std::span<const Row> more_;
  std::size_t count_ = 0;
  std::shared_ptr<const void> owner_;
};

}  // namespace policygraph::inline v0
