#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "graph/grouped.hpp"
#include "graph/image.hpp"

namespace policygraph::inline v0::detail::graph {

/// Counts the derivations of one line of snapshots, each on top of the one before. A block that carries the edition of
/// the derivation under way was made by it and nobody else sees it yet, so it is written in place; all others are
/// copied first.
using Edition = std::uint64_t;

/// Blocks by number, shared between snapshots and copied when written: behind directories of 64, so that copying the
/// whole costs a pointer for 64 blocks. `Block` is copyable and has a member `edition`.
template <class Block>
class Pages {
 public:
  /// Null where nothing was written.
  const Block* find(std::size_t number) const noexcept {
    const auto at = number / kFan;
    if (at >= directories_.size() || directories_[at] == nullptr) return nullptr;
    return directories_[at]->blocks[number % kFan].get();
  }

  Block& edit(std::size_t number, Edition edition) {
    const auto at = number / kFan;
    if (at >= directories_.size()) directories_.resize(at + 1);
    auto& directory = own(directories_[at], edition);
    return own(directory.blocks[number % kFan], edition);
  }

  /// `visit(number, block)` for each block there is, in order.
  template <class Visit>
  void visit(Visit visit) const {
    for (std::size_t at = 0; at < directories_.size(); ++at) {
      if (directories_[at] == nullptr) continue;
      for (std::size_t i = 0; i < kFan; ++i) {
        if (const auto* block = directories_[at]->blocks[i].get()) visit(at * kFan + i, *block);
      }
    }
  }

  std::size_t memory_bytes() const noexcept {
    std::size_t bytes = directories_.capacity() * sizeof(directories_[0]);
    for (const auto& directory : directories_) bytes += directory == nullptr ? 0 : sizeof(Directory);
    return bytes;
  }

 private:
  static constexpr std::size_t kFan = 64;
  struct Directory {
    Edition edition = 0;
    std::array<std::shared_ptr<Block>, kFan> blocks;
  };

  template <class T>
  static T& own(std::shared_ptr<T>& held, Edition edition) {
    if (held == nullptr || held->edition != edition) {
      held = held == nullptr ? std::make_shared<T>() : std::make_shared<T>(*held);
      held->edition = edition;
    }
    return *held;
  }

  std::vector<std::shared_ptr<Directory>> directories_;
};

/// A value for each number from 0; what was never set reads as T(). A block of `kRows` is copied when one of them is
/// set.
template <class T, std::size_t kRows = 256>
class Paged {
 public:
  T operator[](std::size_t number) const noexcept {
    const auto* value = find(number);
    return value == nullptr ? T() : *value;
  }
  /// Null: neither it nor its neighbours were set.
  const T* find(std::size_t number) const noexcept {
    const auto* block = pages_.find(number / kRows);
    return block == nullptr ? nullptr : &block->values[number % kRows];
  }
  void set(std::size_t number, T value, Edition edition) {
    pages_.edit(number / kRows, edition).values[number % kRows] = std::move(value);
  }
  /// `visit(value)` for each number in order, those never set whose neighbours were among them.
  template <class Visit>
  void visit(Visit visit) const {
    pages_.visit([&](std::size_t, const Block& block) {
      for (const auto& value : block.values) visit(value);
    });
  }
  std::size_t memory_bytes() const noexcept {
    auto bytes = pages_.memory_bytes();
    pages_.visit([&](std::size_t, const Block& block) { bytes += sizeof(block); });
    return bytes;
  }

 private:
  struct Block {
    Edition edition = 0;
    std::array<T, kRows> values{};
  };
  Pages<Block> pages_;
};

/// A list for each row from 0; lists that were never set are empty. `kRows` of them stand in one block, which says
/// where they start only if some row has not one item. Blocks that an image holds are read there until they are set.
template <class T, std::size_t kRows = 256>
class PagedLists {
 public:
  PagedLists() = default;
  explicit PagedLists(const Grouped<T>& lists) {
    const auto rows = lists.starts.empty() ? 0 : lists.starts.size() - 1;
    for (std::size_t first = 0; first < rows; first += kRows) {
      const auto count = std::min(kRows, rows - first);
      const auto begin = lists.starts[first];
      const auto end = lists.starts[first + count];
      if (begin == end) continue;
      auto& block = pages_.edit(first / kRows, 0);
      block.items.assign(lists.items.begin() + begin, lists.items.begin() + end);
      const auto start = [&](std::size_t i) { return lists.starts[first + std::min(i, count)] - begin; };
      bool is_single = end - begin == count;
      for (std::size_t i = 0; is_single && i < count; ++i) is_single = start(i) == i;
      if (is_single) continue;
      block.starts.reserve(kRows + 1);
      for (std::size_t i = 0; i <= kRows; ++i) block.starts.push_back(start(i));
    }
  }

  std::span<const T> operator[](std::size_t row) const noexcept {
    const auto* block = pages_.find(row / kRows);
    if (block == nullptr) return kept(row);
    const auto [begin, end] = block->range(row % kRows);
    return std::span(block->items).subspan(begin, end - begin);
  }

  /// O(items of the block); O(1) where it has one item a row and goes on so.
  void set(std::size_t row, std::span<const T> items, Edition edition) {
    if (items.empty() && (*this)[row].empty()) return;
    if (!kept_.empty()) take_over(row / kRows, edition);
    auto& block = pages_.edit(row / kRows, edition);
    const auto at = row % kRows;
    if (block.set_only(at, items)) return;
    block.say_starts();
    const auto before = block.starts[at + 1] - block.starts[at];
    const auto place = block.items.begin() + block.starts[at];
    const auto kept = std::min<std::size_t>(before, items.size());
    std::copy_n(items.begin(), kept, place);
    const auto end = place + static_cast<std::ptrdiff_t>(kept);
    if (items.size() > before)
      block.items.insert(end, items.begin() + static_cast<std::ptrdiff_t>(kept), items.end());
    else
      block.items.erase(end, end + static_cast<std::ptrdiff_t>(before - kept));
    const auto size = static_cast<std::uint32_t>(items.size());
    for (auto i = at + 1; i <= kRows; ++i) block.starts[i] = block.starts[i] - before + size;
    block.leave_out_starts();
  }

  std::size_t memory_bytes() const noexcept {
    auto bytes = pages_.memory_bytes();
    pages_.visit([&](std::size_t, const Block& block) {
      bytes += sizeof(block) + block.items.capacity() * sizeof(T) + block.starts.capacity() * sizeof(std::uint32_t);
    });
    return bytes;
  }

  /// Requires: nothing lies in an image.
  void write(ImageOut& out) const {
    std::vector<KeptBlock> blocks;
    std::vector<T> items;
    pages_.visit([&](std::size_t number, const Block& block) {
      blocks.resize(number, KeptBlock{0, 0, 0});
      blocks.push_back({items.size(), static_cast<std::uint32_t>(block.items.size()), block.starts.empty() ? 0U : 1U});
      items.insert(items.end(), block.starts.begin(), block.starts.end());
      items.insert(items.end(), block.items.begin(), block.items.end());
    });
    out.array(blocks);
    out.array(items);
  }
  void read(ImageIn& in) {
    image_ = in.image();
    kept_ = in.array<KeptBlock>();
    kept_items_ = in.array<T>().data();
  }

 private:
  struct KeptBlock {
    std::uint64_t first;  // of its starts, then of its items
    std::uint32_t count;
    std::uint32_t has_starts;
  };
  struct Block {
    Edition edition = 0;
    std::vector<std::uint32_t> starts;  // kRows + 1; empty: the first rows have one item each, the others none
    std::vector<T> items;

    std::pair<std::size_t, std::size_t> range(std::size_t at) const noexcept {
      if (!starts.empty()) return {starts[at], starts[at + 1]};
      return at < items.size() ? std::pair{at, at + 1} : std::pair<std::size_t, std::size_t>{0, 0};
    }
    // Where each row has one item; whether that stays so.
    bool set_only(std::size_t at, std::span<const T> one) {
      if (!starts.empty() || one.size() != 1 || at > items.size()) return false;
      if (at == items.size())
        items.push_back(one.front());
      else
        items[at] = one.front();
      return true;
    }
    void say_starts() {
      if (!starts.empty()) return;
      starts.reserve(kRows + 1);
      for (std::size_t i = 0; i <= kRows; ++i) starts.push_back(static_cast<std::uint32_t>(std::min(i, items.size())));
    }
    void leave_out_starts() {
      for (std::size_t i = 0; i <= kRows; ++i) {
        if (starts[i] != std::min(i, items.size())) return;
      }
      std::vector<std::uint32_t>().swap(starts);
    }
  };

  // Of a block that was never set: what the image says.
  std::span<const T> kept(std::size_t row) const noexcept {
    if (row / kRows >= kept_.size()) return {};
    const auto& block = kept_[row / kRows];
    image_->need(&block, sizeof block);
    const auto at = row % kRows;
    const auto* items = kept_items_ + block.first;
    if (block.has_starts == 0) return at < block.count ? needed(items + at, 1) : std::span<const T>();
    const auto starts = needed(items + at, 2);
    return needed(items + kRows + 1 + starts[0], starts[1] - starts[0]);
  }
  std::span<const T> needed(const T* items, std::size_t count) const {
    const std::span<const T> all(items, count);
    image_->need(all);
    return all;
  }
  void take_over(std::size_t number, Edition edition) {
    if (number >= kept_.size() || pages_.find(number) != nullptr) return;
    image_->need(&kept_[number], sizeof(KeptBlock));
    const auto& kept = kept_[number];
    const auto starts = needed(kept_items_ + kept.first, kept.has_starts != 0 ? kRows + 1 : 0);
    const auto items = needed(kept_items_ + kept.first + starts.size(), kept.count);
    auto& block = pages_.edit(number, edition);
    block.starts.assign(starts.begin(), starts.end());
    block.items.assign(items.begin(), items.end());
  }

  Pages<Block> pages_;
  std::shared_ptr<const Image> image_;
  std::span<const KeptBlock> kept_;
  const T* kept_items_ = nullptr;
};

/// A set of rows as a bitmap, copied when a later edition first writes.
class RowSet {
 public:
  bool has(std::uint32_t row) const noexcept {
    return words_ != nullptr && row / 64 < words_->size() && (((*words_)[row / 64] >> (row % 64)) & 1U) != 0;
  }
  bool empty() const noexcept { return count_ == 0; }
  std::size_t size() const noexcept { return count_; }

  void insert(std::uint32_t row, Edition edition) {
    if (has(row)) return;
    cover(row + 1, edition);
    (*words_)[row / 64] |= std::uint64_t{1} << (row % 64);
    ++count_;
  }
  /// Makes `words` hold a bit for each row below `limit`, where any row is in the set or is about to be.
  void cover(std::uint32_t limit, Edition edition) {
    if (words_ == nullptr || edition_ != edition) {
      words_ = words_ == nullptr ? std::make_shared<Words>() : std::make_shared<Words>(*words_);
      edition_ = edition;
    }
    const auto size = (std::size_t{limit} + 63) / 64;
    if (words_->size() < size) words_->resize(size);
  }
  /// Null: the set is empty and always was.
  const std::uint64_t* words() const noexcept { return words_ == nullptr ? nullptr : words_->data(); }

  template <class Visit>
  void visit(Visit visit) const {
    if (words_ == nullptr) return;
    for (std::size_t word = 0; word < words_->size(); ++word) {
      for (auto bits = (*words_)[word]; bits != 0; bits &= bits - 1)
        visit(static_cast<std::uint32_t>(word * 64 + static_cast<std::size_t>(std::countr_zero(bits))));
    }
  }

 private:
  using Words = std::vector<std::uint64_t>;
  std::shared_ptr<Words> words_;
  Edition edition_ = 0;
  std::size_t count_ = 0;
};

}  // namespace policygraph::inline v0::detail::graph
