#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policygraph/export.hpp"

namespace policygraph::inline v0 {

/// A set of strings numbered from 0 in the order they came; equal strings have equal numbers. Views it gives stay valid
/// for the life of the Interner (moving it included). Not for use from several threads while one adds.
class POLICYGRAPH_EXPORT Interner {
 public:
  using Number = std::uint32_t;

  /// The number of `text`, adding it when new. Amortised O(length). Throws Error(limit) past 2^32 - 2 strings.
  Number intern(std::string_view text);
  std::optional<Number> find(std::string_view text) const noexcept;
  /// Requires: number < size().
  std::string_view operator[](Number number) const noexcept { return views_[number]; }
  std::size_t size() const noexcept { return views_.size(); }
  std::size_t memory_bytes() const noexcept;

  Interner();
  Interner(Interner&&) noexcept;
  Interner& operator=(Interner&&) noexcept;
  Interner(const Interner& other);
  Interner& operator=(const Interner& other);
  ~Interner();

 private:
  void grow();
  std::size_t slot_of(std::string_view text, std::uint32_t hash) const noexcept;
  std::uint32_t hash_of(std::string_view text) const noexcept;
  std::string_view keep(std::string_view text);

  std::vector<std::string_view> views_;
  std::vector<std::uint64_t> slots_;  // open addressing, linear probing; hash << 32 | number + 1, 0 is free
  std::vector<std::unique_ptr<char[]>> blocks_;
  std::array<std::uint64_t, 2> key_;  // of the hash
  std::size_t used_ = 0;              // of the last block
  std::size_t capacity_ = 0;          // of the last block
  std::size_t bytes_ = 0;             // of all blocks
};

}  // namespace policygraph::inline v0
