#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "base/name_table.hpp"
#include "base/sip_hash.hpp"
#include "graph/record_tables.hpp"

namespace policygraph::inline v0::detail::graph {

/// Finds evidence that was given before. Keeps ids and tags alone, 16 to 32 bytes each; the records stay where they are.
class EvidenceIndex {
 public:
  /// What of a record tells its place. Keyed, for a document may choose its spans.
  static std::uint32_t tag(const EvidenceView& evidence) noexcept {
    constexpr std::uint64_t kMultiplier = 0x9E3779B97F4A7C15U;
    const auto& key = base::random_hash_key();
    auto mixed = (((std::uint64_t{evidence.span.start} << 32) | evidence.span.end) ^ key[0]) * kMultiplier;
    mixed = (mixed ^ (mixed >> 29) ^ key[1] ^ evidence.document.value) * kMultiplier;
    mixed ^= base::name_hash(evidence.extractor);
    return static_cast<std::uint32_t>((mixed * kMultiplier) >> 32);
  }

  /// The id of an equal record; `is_equal(id)` compares. None: there is none.
  template <class IsEqual>
  EvidenceId find(std::uint32_t tag, IsEqual is_equal) const {
    if (slots_.empty()) return {};
    for (auto slot = tag & (slots_.size() - 1); slots_[slot].id != 0; slot = (slot + 1) & (slots_.size() - 1)) {
      if (slots_[slot].tag == tag && is_equal(EvidenceId{slots_[slot].id})) return EvidenceId{slots_[slot].id};
    }
    return {};
  }

  /// Requires: the evidence is not there yet; ids fit in 32 bits.
  void add(std::uint32_t tag, EvidenceId id) {
    if (count_ * 2 >= slots_.size()) grow();
    put({static_cast<std::uint32_t>(id.value), tag});
    ++count_;
  }

 private:
  struct Slot {
    std::uint32_t id = 0;  // 0: free
    std::uint32_t tag = 0;
  };

  void put(Slot added) {
    auto slot = added.tag & (slots_.size() - 1);
    while (slots_[slot].id != 0) slot = (slot + 1) & (slots_.size() - 1);
    slots_[slot] = added;
  }

  void grow() {
    std::vector<Slot> old(std::max<std::size_t>(8, slots_.size() * 2));
    old.swap(slots_);
    for (const auto& slot : old) {
      if (slot.id != 0) put(slot);
    }
  }

  std::vector<Slot> slots_;
  std::size_t count_ = 0;
};

}  // namespace policygraph::inline v0::detail::graph
