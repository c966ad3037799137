#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace policygraph::inline v0::detail::graph {

/// A word of a unit of text: units are numbered, and so are the words of each. In order: by unit, then by word.
struct WordPlace {
  std::uint32_t unit;
  std::uint32_t word;
  friend auto operator<=>(const WordPlace&, const WordPlace&) = default;
};
using WordPlaces = std::vector<WordPlace>;

/// An inverted index: where each term stands, in a byte or two a word. Made by a WordTableBuilder.
///
/// The places of a term are numbers of seven bits a byte, the lowest first, the last with the high bit clear: twice the distance to
/// the next word in the unit, or twice the distance to the next unit and one, after which words count from 0 again.
class WordTable {
 public:
  /// Adds those of the term to `out`, in order.
  void add_places(std::string_view term, WordPlaces& out) const;
  /// How many terms begin so.
  std::size_t count_beginning(std::string_view start) const noexcept;
  /// Adds those of all terms that begin so, in no order.
  void add_places_beginning(std::string_view start, WordPlaces& out) const;

  std::uint32_t unit_limit() const noexcept { return static_cast<std::uint32_t>(lengths_.size()); }
  /// Words of a unit; 0 where it has none.
  std::uint32_t length(std::uint32_t unit) const noexcept { return unit < lengths_.size() ? lengths_[unit] : 0; }
  std::size_t memory_bytes() const noexcept;

 private:
  friend class WordTableBuilder;
  std::string_view term(std::size_t number) const noexcept;
  std::size_t lower_bound(std::string_view term) const noexcept;
  void decode(std::size_t number, WordPlaces& out) const;

  std::string terms_;  // sorted, one after the other
  std::vector<std::uint64_t> term_starts_{0};
  std::string places_;
  std::vector<std::uint64_t> place_starts_{0};
  std::vector<std::uint32_t> lengths_;
};

}  // namespace policygraph::inline v0::detail::graph
