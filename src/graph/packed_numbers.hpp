#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "graph/image.hpp"

namespace policygraph::inline v0::detail::graph {

/// A growing list of numbers in blocks of 1,024: of a full block the least is kept, and of each number the bits in
/// which it may differ from it (frame of reference; Goldstein, Ramakrishnan and Shaft 1998). A block of equal numbers
/// costs 12 bytes. Any place is read in a few cycles. One that lies in an image does not grow; whoever holds it sees to
/// it that its bytes were `need`ed.
class PackedNumbers {
 public:
  std::uint32_t operator[](std::size_t place) const noexcept {
    const auto block = place / kBlock;
    return block < blocks_.size() ? packed(blocks_[block], words_.data(), place % kBlock)
                                  : later(block, place % kBlock);
  }
  std::size_t size() const noexcept { return (blocks_.size() + kept_.size()) * kBlock - missing_ + open_count_; }
  /// The numbers at so many places from `first` on, into `out`: many at once take a third of the time that each takes.
  void read(std::size_t first, std::size_t count, std::uint32_t* out) const noexcept;

  void push_back(std::uint32_t number) {
    if (open_count_ == open_.size()) make_room();
    open_[open_count_++] = number;
  }
  /// The end of growing, for now: packs what is left and gives back room.
  void seal();
  std::size_t memory_bytes() const noexcept;

  /// Requires: sealed, and it does not lie in an image.
  void write(ImageOut& out) const;
  void read(ImageIn& in);
  /// Requires: it lies in that image.
  void need(const Image& image) const;

 private:
  static constexpr std::size_t kBlock = 1024;
  static constexpr std::size_t kPadding = 2;
  struct Block {
    std::uint32_t least = 0;
    std::uint32_t word = 0;  // where its bits begin
    std::uint32_t width = 0;
  };

  static std::uint32_t packed(const Block& block, const std::uint64_t* all, std::size_t place) noexcept {
    const auto bit = place * block.width;
    const auto* words = all + block.word + bit / 64;
    const auto shift = bit % 64;
    const auto bits = (words[0] >> shift) | ((words[1] << 1) << (63 - shift));
    return block.least + static_cast<std::uint32_t>(bits & ((std::uint64_t{1} << block.width) - 1));
  }
  std::uint32_t later(std::size_t block, std::size_t place) const noexcept {
    return kept_.empty() ? open_[place] : packed(kept_[block], kept_words_.data(), place);
  }
  static void unpack(const Block& block, const std::uint64_t* all, std::size_t place,
                     std::span<std::uint32_t> out) noexcept;
  void make_room();
  void pack_open();
  void close(Block block);
  void reopen();

  std::vector<Block> blocks_;
  std::vector<std::uint64_t> words_;  // and two more, that a read may touch; none before the first block
  std::vector<std::uint32_t> open_;   // room for numbers that are not packed yet
  std::size_t open_count_ = 0;        // how many there are; a block at most
  std::size_t missing_ = 0;           // numbers that a sealed last block lacks
  std::span<const Block> kept_;       // those that lie in an image, with their words
  std::span<const std::uint64_t> kept_words_;
};

}  // namespace policygraph::inline v0::detail::graph
