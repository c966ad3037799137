#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "policygraph/base/error.hpp"

namespace policygraph::inline v0::detail::extract {

using CategoryIndex = std::uint32_t;

// A category of the packs as the rules name it: its hash is made while compiling, so that asking for a category is one probe.
class CategoryName {
 public:
  template <std::size_t Size>
  consteval CategoryName(const char (&name)[Size]) : hash_(hash_of({name, Size - 1})) {}  // NOLINT: reads as the name it is
  constexpr std::uint64_t hash() const noexcept { return hash_; }

  // FNV-1a
  static constexpr std::uint64_t hash_of(std::string_view name) noexcept {
    std::uint64_t hash = 0xCBF29CE484222325U;
    for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
    return hash;
  }

 private:
  std::uint64_t hash_;
};

// Some categories by their numbers; from kMost on one stands for several.
class CategorySet {
 public:
  static constexpr CategoryIndex kMost = 512;

  void add(CategoryIndex category) noexcept { words_[category % kMost / 64] |= std::uint64_t{1} << category % 64; }
  void add(const CategorySet& others) noexcept {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] |= others.words_[i];
  }
  // False: it is not among them.
  bool may_have(CategoryIndex category) const noexcept { return (words_[category % kMost / 64] >> category % 64 & 1U) != 0; }

 private:
  std::array<std::uint64_t, kMost / 64> words_{};
};

// The numbers of the categories there are, by the hash of their names.
class CategoryNumbers {
 public:
  static constexpr CategoryIndex kNone = 0xFFFFFFFFU;

  // Throws Error(format) for two names of one hash: then a rule could not tell them apart.
  void add(std::string_view name, CategoryIndex number) {
    const std::uint64_t hash = CategoryName::hash_of(name);
    if (find(hash) != kNone) throw Error(ErrorCode::format, "category '" + std::string(name) + "' has the hash of another; rename it");
    if ((count_ + 1) * 2 > slots_.size()) grow();
    put({hash, number});
    ++count_;
  }

  CategoryIndex find(CategoryName name) const noexcept { return find(name.hash()); }
  std::size_t size() const noexcept { return count_; }

 private:
  struct Slot {
    std::uint64_t hash = 0;
    CategoryIndex number = kNone;
  };

  CategoryIndex find(std::uint64_t hash) const noexcept {
    if (slots_.empty()) return kNone;
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = place(hash) & mask;
    while (slots_[at].number != kNone && slots_[at].hash != hash) at = (at + 1) & mask;
    return slots_[at].number;
  }

  static std::size_t place(std::uint64_t hash) noexcept { return static_cast<std::size_t>(hash >> 32U ^ hash); }

  void put(const Slot& slot) noexcept {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = place(slot.hash) & mask;
    while (slots_[at].number != kNone) at = (at + 1) & mask;
    slots_[at] = slot;
  }

  void grow() {
    std::vector<Slot> old(slots_.empty() ? 64 : slots_.size() * 2);
    old.swap(slots_);
    for (const Slot& slot : old)
      if (slot.number != kNone) put(slot);
  }

  std::vector<Slot> slots_;
  std::size_t count_ = 0;
};

}  // namespace policygraph::inline v0::detail::extract
