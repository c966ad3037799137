#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace policygraph::inline v0::detail::graph {

/// Words of name keys, sorted, each with what bounds from above how alike another can be to it: which letters it has, and how it
/// begins. Finds the words that text's word_similarity holds to be partners of a word, all of them and no others, without comparing
/// with each: the bound takes a few nanoseconds a word, the comparison most of a microsecond.
class AlikeWords {
 public:
  struct Found {
    std::uint32_t word;
    double alike;
  };

  AlikeWords() = default;
  /// Requires: sorted, each once.
  explicit AlikeWords(std::vector<std::string> words);

  std::size_t size() const noexcept { return words_.size(); }
  const std::string& operator[](std::uint32_t word) const noexcept { return words_[word]; }
  /// Partners of a word, the likest first, then in order of word.
  std::vector<Found> find(std::string_view word) const;
  std::size_t memory_bytes() const noexcept;

 private:
  // How often each of a to z stands in a word, up to twice, two bits each; all other letters are `more`.
  struct Sketch {
    std::uint64_t letters = 0;
    std::uint32_t start = 0;  // its first four bytes
    std::uint16_t more = 0;
    std::uint16_t length = 0;  // code points
  };
  struct Group {
    std::uint16_t length;
    std::uint32_t first, last;  // of by_length_
  };
  static Sketch sketch_of(std::string_view word);
  static std::array<double, 5> least_common(double a, double b);
  void find_initials(std::string_view word, std::vector<Found>& out) const;
  void compare(std::string_view word, std::uint32_t with, std::vector<Found>& out) const;

  std::vector<std::string> words_;
  std::vector<Sketch> sketches_;           // in order of length
  std::vector<std::uint32_t> by_length_;   // the word of a sketch
  std::vector<Group> groups_;
};

}  // namespace policygraph::inline v0::detail::graph
