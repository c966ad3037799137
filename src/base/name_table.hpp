#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace policygraph::inline v0::detail::base {

/// All bytes of a name of less than eight; of one length, different for different names.
inline std::uint64_t short_name(std::string_view name) noexcept {
  if (name.size() >= 4) {
    std::uint32_t head = 0;
    std::uint32_t tail = 0;  // may overlap
    std::memcpy(&head, name.data(), 4);
    std::memcpy(&tail, name.data() + name.size() - 4, 4);
    return std::uint64_t{head} << 32 | tail;
  }
  std::uint64_t all = 0;
  for (const char c : name) all = all << 8 | static_cast<unsigned char>(c);
  return all;
}

/// A quick hash of a short name, eight bytes at a time.
inline std::uint64_t name_hash(std::string_view name) noexcept {
  constexpr std::uint64_t kMultiplier = 0x9E3779B97F4A7C15U;
  std::uint64_t mixed = name.size();
  const auto mix = [&](const char* at) {
    std::uint64_t part = 0;
    std::memcpy(&part, at, 8);
    mixed = (mixed ^ mixed >> 29 ^ part) * kMultiplier;
  };
  if (name.size() >= 8) {
    const char* const last = name.data() + name.size() - 8;  // may overlap what was mixed before
    for (const char* at = name.data(); at < last; at += 8) mix(at);
    mix(last);
  } else {
    mixed = (mixed ^ short_name(name)) * kMultiplier;
  }
  return mixed ^ mixed >> 32;
}

/// The same bytes; names are short, and a call of memcmp costs more than most of them.
inline bool are_same_names(std::string_view a, std::string_view b) noexcept {
  if (a.size() != b.size()) return false;
  if (a.data() == b.data()) return true;
  if (a.size() < 8) return short_name(a) == short_name(b);
  const auto differ = [&](std::size_t at) {
    std::uint64_t x = 0;
    std::uint64_t y = 0;
    std::memcpy(&x, a.data() + at, 8);
    std::memcpy(&y, b.data() + at, 8);
    return x != y;
  };
  const std::size_t last = a.size() - 8;
  for (std::size_t at = 0; at < last; at += 8) {
    if (differ(at)) return false;
  }
  return !differ(last);
}

/// Numbers of names that a schema or a pack fixes; views them. Made once, then asked often: open addressing, a probe or two.
class NameTable {
 public:
  static constexpr std::uint32_t kNone = 0xFFFFFFFFU;

  /// The first number given to a name stands.
  void add(std::string_view name, std::uint32_t number) {
    if (find(name) != kNone) return;
    if ((count_ + 1) * 2 > slots_.size()) grow();
    put({name, number});
    ++count_;
  }

  std::uint32_t find(std::string_view name) const noexcept {
    if (slots_.empty()) return kNone;
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = name_hash(name) & mask; slots_[at].number != kNone; at = (at + 1) & mask) {
      if (are_same_names(slots_[at].name, name)) return slots_[at].number;
    }
    return kNone;
  }

 private:
  struct Slot {
    std::string_view name;
    std::uint32_t number = kNone;
  };

  void put(const Slot& slot) noexcept {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = name_hash(slot.name) & mask;
    while (slots_[at].number != kNone) at = (at + 1) & mask;
    slots_[at] = slot;
  }

  void grow() {
    std::vector<Slot> old(slots_.empty() ? 16 : slots_.size() * 2);
    old.swap(slots_);
    for (const auto& slot : old)
      if (slot.number != kNone) put(slot);
  }

  std::vector<Slot> slots_;
  std::size_t count_ = 0;
};

}  // namespace policygraph::inline v0::detail::base
