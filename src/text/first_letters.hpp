#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace policygraph::inline v0::detail::text {

/// The first two bytes of the words of a list, small: most words of a text begin otherwise, and are in no list then,
/// nor with an ending. False positives are a few in a hundred.
class FirstLetters {
 public:
  /// Requires: a key of WordKey.
  void add(std::string_view key) noexcept {
    const auto pair = pair_of(key);
    if (!pair) return;  // a word as written that has it is of no plain letters either
    put(*pair);
    if (key.size() > 1) return;
    for (unsigned second = 'a'; second <= 'z'; ++second) put(key[0], second);  // it may take an ending
  }

  /// Whether a word as written may be one of them or begin with one. Requires: not empty.
  bool may_begin(std::string_view word) const noexcept {
    const auto pair = pair_of(word);
    return !pair || (bits_[*pair / 64] >> *pair % 64 & 1U) != 0;
  }

 private:
  static constexpr unsigned kBits = 2048;

  static constexpr unsigned place(unsigned first, unsigned second) noexcept {
    return (first * 61 + second * 7) % kBits;
  }
  void put(unsigned pair) noexcept { bits_[pair / 64] |= std::uint64_t{1} << pair % 64; }
  void put(char first, unsigned second) noexcept { put(place(static_cast<unsigned char>(first), second)); }

  /// None for what does not begin with two letters of ASCII, one and no more, or one from U+0410 to U+044F.
  static std::optional<unsigned> pair_of(std::string_view word) noexcept {
    const auto first = static_cast<unsigned char>(word[0]),
               second = static_cast<unsigned char>(word.size() > 1 ? word[1] : '\0');
    const unsigned small = first | 0x20U, next = second | 0x20U;
    if (small >= 'a' && small <= 'z') {
      if (word.size() == 1) return place(small, 0);
      if (next < 'a' || next > 'z' || second >= 0x80) return std::nullopt;
      return place(small, next);
    }
    const unsigned letter = (first & 0x1FU) << 6U | (second & 0x3FU);
    if ((first & 0xFEU) != 0xD0U || letter < 0x410 || letter >= 0x450) return std::nullopt;
    return place(0xD0, letter < 0x430 ? letter + 0x20 : letter);
  }

  std::array<std::uint64_t, kBits / 64> bits_{};
};

}  // namespace policygraph::inline v0::detail::text
