#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace policygraph::inline v0::detail::extract {

using WordId = std::uint32_t;
inline constexpr WordId kNoWord = 0;

// The folded words of all packs, numbered from 1; one walk over a token's bytes finds both the whole word and the longest
// stem that it begins with. Most tokens of a document fail within a few bytes.
class Vocabulary {
 public:
  struct Hit {
    WordId word = kNoWord;
    WordId stem = kNoWord;
  };

  Vocabulary();
  WordId add(std::string_view folded, bool is_stem);
  Hit find(std::string_view folded) const noexcept;
  // Finds the stems that begin longer stems. Requires: nothing is added any more.
  void close();
  // By the number of a stem: the longest stem that it begins with, else kNoWord.
  std::span<const WordId> shorter() const noexcept { return shorter_; }
  std::uint32_t size() const noexcept { return next_; }

 private:
  struct Node {
    std::uint32_t child = 0;    // first child
    std::uint32_t sibling = 0;  // next child of the parent
    WordId word = kNoWord;
    WordId stem = kNoWord;
    unsigned char byte = 0;
  };
  std::uint32_t step(std::uint32_t node, unsigned char byte) const noexcept;
  std::uint32_t grow(std::uint32_t node, unsigned char byte);

  std::vector<Node> nodes_;
  std::vector<WordId> shorter_;
  std::array<std::uint32_t, 65536> pairs_{};  // the node after the first two bytes
  std::array<std::uint32_t, 256> firsts_{};
  std::uint32_t next_ = 1;
};

}  // namespace policygraph::inline v0::detail::extract
