#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace policygraph::inline v0::detail::text {

/// A word as language data spells it: case folded, every apostrophe as ', "ё" as "е", no soft hyphens. Kept in place, without
/// allocation; a word longer than kMostBytes is in no word list and gives the empty view.
class WordKey {
 public:
  static constexpr std::size_t kMostBytes = 96;
  explicit WordKey(std::string_view word) noexcept;
  std::string_view view() const noexcept { return {bytes_.data(), size_}; }

 private:
  std::size_t take_plain(std::string_view word) noexcept;

  std::array<char, kMostBytes + 8> bytes_;
  std::size_t size_ = 0;
};

/// The same for a word of any length.
std::string word_key(std::string_view word);
/// "т. д", "т.д." -> "т.д": an abbreviation of several parts without its blanks and last stop.
std::string abbreviation_key(std::string_view text);

}  // namespace policygraph::inline v0::detail::text
