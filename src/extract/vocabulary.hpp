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
  // A node once all are known; the children of one stand side by side in places_, their bytes in bytes_.
  struct Place {
    std::uint64_t next = 0;  // a bit of each byte that may follow: most do not
    WordId word = kNoWord;
    WordId stem = kNoWord;
    std::uint32_t child = 0;  // the first
  };
  static std::uint64_t bit(unsigned char byte) noexcept { return std::uint64_t{1} << (byte & 63U); }
  std::uint32_t step(std::uint32_t node, unsigned char byte) const noexcept;
  std::uint32_t grow(std::uint32_t node, unsigned char byte);
  void lay_out();
  std::uint32_t follow(std::uint32_t place, unsigned char byte) const noexcept;

  std::vector<Node> nodes_;  // while words are added
  std::vector<Place> places_;
  std::vector<unsigned char> bytes_;   // by place: the byte that leads to it
  std::vector<unsigned char> is_last_;  // by place: it is its parent's last child
  std::vector<WordId> shorter_;
  std::array<std::uint32_t, 65536> pairs_{};  // the node after the first two bytes; its place once there are places
  std::array<std::uint32_t, 256> firsts_{};
  std::uint32_t next_ = 1;
};

}  // namespace policygraph::inline v0::detail::extract
