#include "graph/packed_numbers.hpp"

#include <algorithm>
#include <bit>
#include <string>

#include "graph/packed_ids.hpp"
#include "policygraph/base/error.hpp"

namespace policygraph::inline v0::detail::graph {

std::uint32_t narrow(std::uint64_t number, const char* what) {
  if (number > kMostKeys) throw Error(ErrorCode::limit, std::string(what) + " is out of range: " + std::to_string(number));
  return static_cast<std::uint32_t>(number);
}

// Takes the numbers of a last block that is not full out again.
void PackedNumbers::reopen() {
  const auto block = blocks_.back();
  const auto count = kBlock - missing_;
  for (std::size_t place = 0; place < count; ++place) open_.push_back(packed(block, place));
  words_.resize(block.word + 2);
  words_[block.word] = words_[block.word + 1] = 0;
  blocks_.pop_back();
  missing_ = 0;
}

void PackedNumbers::pack_open() {
  const auto [least, most] = std::ranges::minmax(open_);
  Block block{least, static_cast<std::uint32_t>(words_.size() - 2), static_cast<std::uint32_t>(std::bit_width(most - least))};
  if (block.width == 0) return close(block);
  words_.resize(words_.size() + (open_.size() * block.width + 63) / 64);
  auto* words = words_.data() + block.word;
  std::size_t bit = 0;
  for (const auto number : open_) {
    const auto bits = std::uint64_t{number - least};
    words[bit / 64] |= bits << (bit % 64);
    if (bit % 64 + block.width > 64) words[bit / 64 + 1] |= bits >> (64 - bit % 64);
    bit += block.width;
  }
  close(block);
}

void PackedNumbers::close(Block block) {
  blocks_.push_back(block);
  open_.clear();
}

void PackedNumbers::seal() {
  if (!open_.empty()) {
    missing_ = kBlock - open_.size();
    pack_open();
  }
  open_.shrink_to_fit();
  blocks_.shrink_to_fit();
  words_.shrink_to_fit();
}

std::size_t PackedNumbers::memory_bytes() const noexcept {
  return blocks_.capacity() * sizeof(Block) + words_.capacity() * sizeof(words_[0]) + open_.capacity() * sizeof(open_[0]);
}

}  // namespace policygraph::inline v0::detail::graph
