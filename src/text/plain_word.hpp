#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace policygraph::inline v0::detail::text {

/// A word of one to sixteen letters of ASCII in small letters, as two numbers: most words of most texts are one, and are
/// folded and compared so without a branch a letter.
class PlainWord {
 public:
  static constexpr std::size_t kMostLetters = 16;

  /// The word of `size` bytes at `start`; is_plain() tells whether it is such a one.
  PlainWord(std::string_view text, std::size_t start, std::size_t size) noexcept {
    if (std::endian::native != std::endian::little || size == 0 || size > kMostLetters) return;
    if (start + kMostLetters <= text.size()) {
      std::memcpy(&head_, text.data() + start, 8);
      std::memcpy(&tail_, text.data() + start + 8, 8);
    } else {
      std::uint64_t both[2] = {0, 0};
      std::memcpy(both, text.data() + start, size);
      head_ = both[0];
      tail_ = both[1];
    }
    take(first(size < 8 ? size : 8), first(size < 8 ? 0 : size - 8));
  }

  bool is_plain() const noexcept { return is_plain_; }
  std::uint64_t hash() const noexcept {
    const std::uint64_t mixed = (head_ ^ (tail_ << 29U | tail_ >> 35U)) * 0x9E3779B97F4A7C15U;
    return mixed ^ mixed >> 32U;
  }
  bool operator==(const PlainWord& other) const noexcept { return head_ == other.head_ && tail_ == other.tail_; }

 private:
  static constexpr std::uint64_t kOnes = 0x0101010101010101U;

  /// The low `bytes` bytes, of eight at most.
  static std::uint64_t first(std::size_t bytes) noexcept { return bytes == 8 ? ~std::uint64_t{0} : (std::uint64_t{1} << bytes * 8U) - 1U; }

  /// Of the bytes of a word of ASCII letters have 0x40 and an apostrophe, a digit or a hyphen has not; "`" alone looks like one.
  void take(std::uint64_t in_head, std::uint64_t in_tail) noexcept {
    const std::uint64_t others = ((head_ ^ kOnes * 0x40U) & in_head & kOnes * 0xC0U) | ((tail_ ^ kOnes * 0x40U) & in_tail & kOnes * 0xC0U);
    head_ = (head_ | kOnes * 0x20U) & in_head;
    tail_ = (tail_ | kOnes * 0x20U) & in_tail;
    is_plain_ = (others | grave(head_ | ~in_head) | grave(tail_ | ~in_tail)) == 0;
  }

  /// 0 where no byte is "`".
  static std::uint64_t grave(std::uint64_t bytes) noexcept {
    const std::uint64_t differ = bytes ^ kOnes * 0x60U;
    return (differ - kOnes) & ~differ & kOnes * 0x80U;
  }

  std::uint64_t head_ = 0, tail_ = 0;
  bool is_plain_ = false;
};

/// Bits by word; made once, then asked often.
class PlainWords {
 public:
  /// The bits of a word that is not there so far. Requires: plain, and bits that are not 0.
  void add(const PlainWord& word, std::uint32_t bits) {
    if ((++count_) * 2 > slots_.size()) grow();
    slots_[place(word)] = {word, bits};
  }
  /// 0 for a word that is not there.
  std::uint32_t find(const PlainWord& word) const noexcept { return slots_.empty() ? 0 : slots_[place(word)].bits; }

 private:
  struct Slot {
    PlainWord word{{}, 0, 0};
    std::uint32_t bits = 0;
  };

  std::size_t place(const PlainWord& word) const noexcept {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = word.hash() & mask;
    while (slots_[at].bits != 0 && !(slots_[at].word == word)) at = (at + 1) & mask;
    return at;
  }

  void grow() {
    std::vector<Slot> old(slots_.empty() ? 64 : slots_.size() * 2);
    old.swap(slots_);
    for (const Slot& slot : old)
      if (slot.bits != 0) slots_[place(slot.word)] = slot;
  }

  std::vector<Slot> slots_;
  std::size_t count_ = 0;
};

}  // namespace policygraph::inline v0::detail::text
