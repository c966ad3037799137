#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
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
  // Finds the stems that begin longer stems, and makes finding fast. Requires: nothing is added any more; nothing was found so far.
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
  // A node once all are known, with the bytes that must come after it before anything else can: its tail. The children of one stand
  // side by side, ordered by slot; of those that share a slot the first, from which `twin` leads to the others.
  struct alignas(32) Place {
    std::uint64_t next = 0;  // a bit of each slot that a child has
    WordId word = kNoWord;
    WordId stem = kNoWord;
    std::uint32_t child = 0;  // the first
    std::uint32_t twin = 0;
    std::uint32_t tail = 0;  // its place in tails_
    unsigned char byte = 0;
    unsigned char tail_size = 0;
  };
  std::uint32_t step(std::uint32_t node, unsigned char byte) const noexcept;
  std::uint32_t grow(std::uint32_t node, unsigned char byte);
  class Layout;
  std::uint32_t follow(const Place& place, unsigned char byte) const noexcept;
  bool has_tail(const Place& place, std::string_view rest) const noexcept;

  std::vector<Node> nodes_;  // while words are added
  std::vector<Place> places_;
  std::string tails_;
  std::vector<WordId> shorter_;
  std::array<std::uint32_t, 65536> pairs_{};  // the node after the first two bytes; its place once there are places
  std::array<std::uint32_t, 256> firsts_{};
  std::uint32_t next_ = 1;
};

}  // namespace policygraph::inline v0::detail::extract
