#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/sip_hash.hpp"

namespace policygraph::inline v0::detail::extract {

using TextNumber = std::uint32_t;
inline constexpr TextNumber kNoText = 0;

// Numbers of texts, from 1, in the order they are met; of the empty text kNoText. Keyed, for the texts come from documents; keeps
// copies of them.
class TextNumbers {
 public:
  // The number of a text, a new one where it has none.
  TextNumber add(std::string_view text) {
    if (text.empty()) return kNoText;
    if ((ends_.size() + 1) * 2 > slots_.size()) grow();
    const std::uint32_t tag = tag_of(text);
    Slot& slot = slots_[place(text, tag)];
    if (slot.number != kNoText) return slot.number;
    bytes_.append(text);
    ends_.push_back(static_cast<std::uint32_t>(bytes_.size()));
    slot = {tag, static_cast<TextNumber>(ends_.size())};
    return slot.number;
  }
  // kNoText for one that was never added.
  TextNumber find(std::string_view text) const noexcept {
    return slots_.empty() || text.empty() ? kNoText : slots_[place(text, tag_of(text))].number;
  }

 private:
  static constexpr std::size_t kFirst = 128;        // slots
  static constexpr std::size_t kBytesOfText = 10;  // a slot

  struct Slot {
    std::uint32_t tag = 0;
    TextNumber number = kNoText;
  };

  static std::uint32_t tag_of(std::string_view text) noexcept {
    return static_cast<std::uint32_t>(base::SipHash(base::random_hash_key())(text));
  }

  std::string_view text_of(TextNumber number) const noexcept {
    const std::uint32_t start = number == 1 ? 0 : ends_[number - 2];
    return std::string_view(bytes_).substr(start, ends_[number - 1] - start);
  }

  // Where the text is, or the free slot it would take.
  std::size_t place(std::string_view text, std::uint32_t tag) const noexcept {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = tag & mask;
    while (slots_[at].number != kNoText && (slots_[at].tag != tag || text_of(slots_[at].number) != text)) at = (at + 1) & mask;
    return at;
  }

  void grow() {
    if (slots_.empty()) {
      ends_.reserve(kFirst / 2);
      bytes_.reserve(kFirst * kBytesOfText);
    }
    std::vector<Slot> old(slots_.empty() ? kFirst : slots_.size() * 2);
    old.swap(slots_);
    const std::size_t mask = slots_.size() - 1;
    for (const Slot& slot : old) {
      if (slot.number == kNoText) continue;
      std::size_t at = slot.tag & mask;
      while (slots_[at].number != kNoText) at = (at + 1) & mask;
      slots_[at] = slot;
    }
  }

  std::vector<Slot> slots_;
  std::vector<std::uint32_t> ends_;  // of each text in bytes_
  std::string bytes_;
};

}  // namespace policygraph::inline v0::detail::extract
