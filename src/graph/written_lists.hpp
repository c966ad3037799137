#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "graph/edge_lists.hpp"
#include "graph/pages.hpp"

namespace policygraph::inline v0::detail::graph {

/// The edges of a node, of one type and one direction, that were written since the base.
struct WrittenList {
  std::shared_ptr<const NodeRow[]> ends;  // sorted
  std::shared_ptr<const EdgeRow[]> rows;
  std::uint32_t size = 0;
};
/// Sorts the edges by end, then by row.
WrittenList make_written_list(std::vector<std::pair<std::uint32_t, std::uint32_t>> edges);

/// The lists of one type and direction that were written since the base: a bit for each node tells which; of 64 nodes the
/// lists stand side by side, in order of node, so that a list is found by counting bits and two loads that may miss the
/// cache. Copying costs a bit a node and a pointer for 4,096.
class WrittenLists {
 public:
  /// The flags cover that many rows at least.
  WrittenLists(std::uint32_t rows, Edition edition) : edition_(edition), words_((std::size_t{rows} + 63) / 64) {}
  WrittenLists(const WrittenLists& other, Edition edition) : WrittenLists(other) { edition_ = edition; }

  Edition edition() const noexcept { return edition_; }
  std::size_t size() const noexcept { return count_; }
  RowFlags flags() const noexcept { return {words_.data(), static_cast<std::uint32_t>(words_.size() * 64)}; }
  /// Requires: the node has a list here.
  const WrittenList& of(std::uint32_t node) const noexcept {
    return groups(node / 64)[count_below(words_[node / 64], node % 64)];
  }

  using Item = std::pair<std::uint32_t, WrittenList>;  // node, list
  /// Requires: of this edition; ordered by node, each once.
  void set(std::span<Item> items);
  /// visit(list) for each, in order of node.
  template <class Visit>
  void visit(Visit visit) const {
    for (std::size_t word = 0; word < words_.size(); ++word) {
      const auto count = static_cast<std::size_t>(std::popcount(words_[word]));
      for (std::size_t i = 0; i < count; ++i) visit(groups(word)[i]);
    }
  }
  std::size_t memory_bytes() const noexcept;

 private:
  static constexpr std::size_t kFan = 64;
  using Group = std::shared_ptr<const WrittenList[]>;
  struct Directory {
    Edition edition = 0;
    std::array<Group, kFan> groups;
  };

  const WrittenList* groups(std::size_t word) const noexcept {
    return directories_[word / kFan]->groups[word % kFan].get();
  }
  void set_group(std::size_t word, std::span<Item> items);
  Group& own(std::size_t word);

  Edition edition_;
  std::size_t count_ = 0;
  std::vector<std::uint64_t> words_;
  std::vector<std::shared_ptr<Directory>> directories_;
};

}  // namespace policygraph::inline v0::detail::graph
