#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <ranges>
#include <span>
#include <type_traits>
#include <utility>

#include "policygraph/graph/snapshot.hpp"
#include "policygraph/graph/walk_filter.hpp"

/// The ranges that a walk gives (graph/walk.hpp is the manual): forward ranges and views in the sense of <ranges>, which
/// allocate nothing.
namespace policygraph::inline v0 {

class NodeView;
class EdgeView;

/// What leads out of a node or into it: the edges, or the nodes at their other ends; of one type, or of all in order of
/// type, and by row of the other end within a type. Parallel edges come each, a loop once a direction.
template <class Item>
class Links : public WalkRange<Links<Item>> {
 public:
  class Iterator : public WalkIterator<Iterator, Item> {
   public:
    Iterator() = default;
    explicit Iterator(const Links& links)
        : snapshot_(links.snapshot_), node_(links.node_), is_out_(links.is_out_), type_(links.type_), end_(links.end_) {
      if (type_ != end_) load();
      settle();
    }
    Item operator*() const {
      const auto far = far_[at_];
      if constexpr (std::is_same_v<Item, NodeView>) {
        return Item(*snapshot_, far);
      } else {
        const auto row = rows_ == nullptr ? EdgeRow{first_.value + at_} : rows_[at_];
        return is_out_ ? Item(*snapshot_, row, node_, far) : Item(*snapshot_, row, far, node_);
      }
    }
    Iterator& operator++() {
      ++at_;
      settle();
      return *this;
    }
    friend bool operator==(const Iterator& a, const Iterator& b) noexcept {
      return a.type_ == b.type_ && a.at_ == b.at_;
    }
    friend bool operator==(const Iterator& a, std::default_sentinel_t) noexcept { return a.type_ == a.end_; }

   private:
    void settle() {
      while (at_ == size_ && type_ != end_) {
        if (++type_ != end_) load();
      }
    }
    void load() {
      at_ = 0;
      if (is_out_) {
        const auto out = snapshot_->out_edges(node_, EdgeType{type_});
        take(out.targets, out.rows.empty() ? nullptr : out.rows.data());
        first_ = out.first;
      } else {
        const auto in = snapshot_->in_edges(node_, EdgeType{type_});
        take(in.sources, in.edges.data());
      }
    }
    void take(std::span<const NodeRow> far, const EdgeRow* rows) noexcept {
      far_ = far.data();
      size_ = static_cast<std::uint32_t>(far.size());
      rows_ = rows;
    }

    const Snapshot* snapshot_ = nullptr;
    NodeRow node_;
    bool is_out_ = true;
    std::uint32_t type_ = 0, end_ = 0;
    const NodeRow* far_ = nullptr;
    const EdgeRow* rows_ = nullptr;  // null: consecutive from first_
    EdgeRow first_;
    std::uint32_t at_ = 0, size_ = 0;
  };

  Links() = default;
  /// Types are the numbers [type, end).
  Links(const Snapshot& snapshot, NodeRow node, bool is_out, std::uint32_t type, std::uint32_t end) noexcept
      : snapshot_(&snapshot), node_(node), is_out_(is_out), type_(type), end_(end) {}
  Iterator begin() const { return Iterator(*this); }
  std::default_sentinel_t end() const noexcept { return {}; }
  const Snapshot& snapshot() const noexcept { return *snapshot_; }

 private:
  const Snapshot* snapshot_ = nullptr;
  NodeRow node_;
  bool is_out_ = true;
  std::uint32_t type_ = 0, end_ = 0;
};

/// Nodes or edges of a list that the snapshot keeps.
template <class Item, class Row>
class Listed : public WalkRange<Listed<Item, Row>> {
 public:
  class Iterator : public WalkIterator<Iterator, Item> {
   public:
    Iterator() = default;
    Iterator(const Snapshot* snapshot, std::span<const Row> list) noexcept
        : snapshot_(snapshot), at_(list.data()), end_(list.data() + list.size()) {}
    Item operator*() const { return Item(*snapshot_, *at_); }
    Iterator& operator++() noexcept {
      ++at_;
      return *this;
    }
    friend bool operator==(const Iterator& a, const Iterator& b) noexcept { return a.at_ == b.at_; }
    friend bool operator==(const Iterator& a, std::default_sentinel_t) noexcept { return a.at_ == a.end_; }

   private:
    const Snapshot* snapshot_ = nullptr;
    const Row *at_ = nullptr, *end_ = nullptr;
  };

  Listed() = default;
  Listed(const Snapshot& snapshot, std::span<const Row> list) noexcept : snapshot_(&snapshot), list_(list) {}
  Iterator begin() const noexcept { return {snapshot_, list_}; }
  std::default_sentinel_t end() const noexcept { return {}; }
  const Snapshot& snapshot() const noexcept { return *snapshot_; }

 private:
  const Snapshot* snapshot_ = nullptr;
  std::span<const Row> list_;
};

/// All nodes or edges, or the edges of a type: rows that are alive. Iterators need the range.
template <class Item, class Row>
class Living : public WalkRange<Living<Item, Row>> {
 public:
  class Iterator : public WalkIterator<Iterator, Item> {
   public:
    Iterator() = default;
    explicit Iterator(const Living& living) noexcept
        : snapshot_(living.snapshot_), at_(living.rows_.begin()), end_(living.rows_.end()) {}
    Item operator*() const { return Item(*snapshot_, *at_); }
    Iterator& operator++() noexcept {
      ++at_;
      return *this;
    }
    friend bool operator==(const Iterator& a, const Iterator& b) noexcept { return a.at_ == b.at_; }
    friend bool operator==(const Iterator& a, std::default_sentinel_t) noexcept { return a.at_ == a.end_; }

   private:
    const Snapshot* snapshot_ = nullptr;
    typename LivingRows<Row>::iterator at_, end_;
  };

  Living() = default;
  Living(const Snapshot& snapshot, LivingRows<Row> rows) noexcept : snapshot_(&snapshot), rows_(std::move(rows)) {}
  Iterator begin() const noexcept { return Iterator(*this); }
  std::default_sentinel_t end() const noexcept { return {}; }
  const Snapshot& snapshot() const noexcept { return *snapshot_; }

 private:
  const Snapshot* snapshot_ = nullptr;
  LivingRows<Row> rows_;
};

}  // namespace policygraph::inline v0

template <class Item>
inline constexpr bool std::ranges::enable_borrowed_range<policygraph::Links<Item>> = true;
template <class Item, class Row>
inline constexpr bool std::ranges::enable_borrowed_range<policygraph::Listed<Item, Row>> = true;
