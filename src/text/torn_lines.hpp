#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace policygraph::inline v0::detail::text {

/// Lines with no empty one between, of which is asked whether they are running text in ragged lines: as wide as such text is, each about as
/// wide as the widest, and most of those that no mark closes go on in a small letter or behind a small word. A list of short lines is none,
/// though each of its entries may take two.
class TornLines {
 public:
  static constexpr std::size_t kSmallWord = 3;  ///< letters of a word that ends no line of its own: "of", "for", "на", "va"

  /// A line above another; `goes_on`: that one begins with a small letter, or this one ends in a small word.
  void add(std::size_t width, bool is_open, bool goes_on) {
    widest_ = std::max(widest_, width);
    if (!is_open) return;
    open_.push_back(width);
    going_on_ += goes_on ? 1 : 0;
    is_torn_ = false;
  }
  void add_last(std::size_t width) { widest_ = std::max(widest_, width); }

  /// All lines were added.
  void close() {
    const auto wide = std::ranges::count_if(open_, [&](std::size_t width) { return is_near(width); });
    is_torn_ = going_on_ >= kFewest && going_on_ * 3 > open_.size() * 2 && widest_ >= kNarrowest &&
               static_cast<std::size_t>(wide) * 4 >= open_.size() * 3;
  }

  bool is_torn() const noexcept { return is_torn_; }

  /// A line below one of `width` letters is its rest, though it begins with no small letter: its first word would not have fitted above.
  /// Letters are not all of one width: by a tenth lines of one column differ.
  bool holds(std::size_t width, std::size_t first_word, bool is_behind_small_word) const noexcept {
    return is_torn_ && (is_behind_small_word || (is_near(width) && (width + 1 + first_word) * 10 > widest_ * 9));
  }

 private:
  static constexpr std::size_t kNarrowest = 36;  // letters of the widest line
  static constexpr std::size_t kFewest = 2;      // lines that go on below

  bool is_near(std::size_t width) const noexcept { return width * 4 >= widest_ * 3; }

  std::vector<std::size_t> open_;  // widths of lines that no mark closes
  std::size_t widest_ = 0;
  std::size_t going_on_ = 0;
  bool is_torn_ = false;
};

}  // namespace policygraph::inline v0::detail::text
