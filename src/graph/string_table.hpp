#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string_view>
#include <vector>

#include "graph/image.hpp"

namespace policygraph::inline v0::detail::graph {

/// The strings that the claims, mentions and columns of a graph are made of, numbered from 0 in the order they came; equal
/// strings have equal numbers, 0 is "". It only grows and nothing in it moves, so all snapshots share it: one writer at
/// a time adds, while any thread reads the numbers it has learnt with a snapshot. 16 to 23 bytes a string and its text.
/// The first strings may lie in an image.
class StringTable {
 public:
  using HashKey = std::array<std::uint64_t, 2>;
  StringTable();
  explicit StringTable(const HashKey& key);
  /// With the strings of an image.
  explicit StringTable(ImageIn& in);
  StringTable(const StringTable&) = delete;
  StringTable& operator=(const StringTable&) = delete;

  /// The number of `text`, adding it when new. The writer's. Throws Error(limit) past 2^32 - 1 strings.
  std::uint32_t number(std::string_view text);
  /// Any thread may ask; a string added since by the writer may be found or not.
  std::optional<std::uint32_t> find(std::string_view text) const;
  /// Requires: `number` was given, before the snapshot that named it was published.
  std::string_view operator[](std::uint32_t number) const noexcept {
    if (number < kept_count_) return kept(number);
    const auto [chunk, place] = where(number - kept_count_);
    return text_at(chunks_[chunk][place]);
  }
  const HashKey& hash_key() const noexcept { return key_; }
  std::uint32_t size() const noexcept { return size_; }  ///< the writer's
  /// Requires: no string lies in an image, and nobody adds any.
  void write(ImageOut& out) const;
  std::size_t memory_bytes() const noexcept { return bytes_.load(std::memory_order_relaxed); }

 private:
  static constexpr std::size_t kRecent = 1024;
  static constexpr std::size_t kShort = 24;  // bytes of a string worth remembering
  static std::size_t recent_slot(std::string_view text) noexcept;

  static constexpr std::uint32_t kFirstChunk = 1024;  // each is twice as large as the one before
  struct Place {
    std::uint32_t chunk, place;
  };
  static Place where(std::uint32_t number) noexcept;
  static std::string_view text_at(const char* at) noexcept;

  std::string_view kept(std::uint32_t number) const noexcept;
  std::optional<std::uint32_t> find_kept(std::string_view text) const noexcept;
  std::uint32_t number_of(std::string_view text);
  struct Slot {
    std::size_t place;
    std::uint8_t tag;
  };
  Slot slot_of(std::string_view text) const noexcept;
  void grow();
  const char* keep(std::string_view text);
  char* room(std::size_t size);
  void count(std::size_t bytes) noexcept { bytes_.fetch_add(bytes, std::memory_order_relaxed); }

  std::array<std::unique_ptr<const char*[]>, 23> chunks_;  // by number: where its length and its text stand
  std::uint32_t size_ = 0;
  std::vector<std::uint32_t> slots_;  // open addressing, linear probing: number + 1; 0 is free
  std::vector<std::uint8_t> tags_;    // by slot: a byte of the hash that the place does not tell; written before the slot
  std::vector<std::unique_ptr<char[]>> pages_;
  std::size_t used_ = 0;      // of the last page
  std::size_t capacity_ = 0;  // of the last page
  HashKey key_;  // of the hash
  struct Recent {
    std::string_view text;  // of the table itself
    std::uint32_t number = 0;
  };
  std::array<Recent, kRecent> recent_;  // short strings asked for last: names of properties come again and again
  std::atomic<std::size_t> bytes_ = 0;
  mutable std::shared_mutex slots_mutex_;  // the writer's changes to slots_, against those who find

  std::shared_ptr<const Image> image_;
  std::uint32_t kept_count_ = 0;                // of the strings that lie in the image
  std::span<const std::uint64_t> kept_starts_;  // of each its text; and where the last ends
  std::span<const char> kept_texts_;
  std::span<const std::uint32_t> kept_slots_;   // as slots_
};

}  // namespace policygraph::inline v0::detail::graph
