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

  // The number of the word or stem, which it keeps. Requires: not empty; `close` was not called.
  WordId add(std::string_view folded, bool is_stem);
  Hit find(std::string_view folded) const noexcept;
  // Finds the stems that begin longer stems, and makes finding fast. Requires: nothing is added any more; nothing was found so far.
  void close();
  // By the number of a stem: the longest stem that it begins with, else kNoWord.
  std::span<const WordId> shorter() const noexcept { return shorter_; }
  std::uint32_t size() const noexcept { return next_; }

 private:
  // What was added, while words are added: a text may be both.
  struct Added {
    std::uint32_t start = 0;  // in bytes_
    std::uint32_t size = 0;
    WordId word = kNoWord;
    WordId stem = kNoWord;
  };
  // A node of the trie, with the bytes that must come after it before anything else can: its tail. The children of one stand
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
  std::string_view text(const Added& added) const noexcept { return std::string_view(bytes_).substr(added.start, added.size); }
  Added& added(std::string_view folded);
  void grow_slots();
  void sort_added();
  class Layout;
  std::uint32_t follow(const Place& place, unsigned char byte) const noexcept;
  bool has_tail(const Place& place, std::string_view rest) const noexcept;

  std::vector<Added> added_;          // until it is closed
  std::string bytes_;                 // of added_
  std::vector<std::uint32_t> slots_;  // places in added_ and one, by hash; 0: free
  std::vector<Place> places_;
  std::string tails_;
  std::vector<WordId> shorter_;
  std::array<std::uint32_t, 65536> pairs_{};  // the place after the first two bytes
  std::array<std::uint32_t, 256> firsts_{};
  std::uint32_t next_ = 1;
};

}  // namespace policygraph::inline v0::detail::extract
