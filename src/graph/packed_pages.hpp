#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "graph/image.hpp"
#include "graph/pages.hpp"
#include "policygraph/base/id.hpp"

namespace policygraph::inline v0::detail::graph {

// What is kept as a number below 2^32: ids and keys, enumerators, numbers.
template <class Tag>
constexpr std::uint32_t number_kept(Id<Tag> id) noexcept {
  return static_cast<std::uint32_t>(id.value);
}
template <class T>
constexpr std::uint32_t number_kept(T value) noexcept {
  return static_cast<std::uint32_t>(value);
}
template <class T>
constexpr T from_number(std::uint32_t number) noexcept {
  if constexpr (requires { T{}.value; })
    return T{number};
  else
    return static_cast<T>(number);
}

/// A value for each number from 0, T() where it was never set, in blocks of 1,024 that snapshots share. A block keeps of
/// each value by how much it differs from its place and the least such difference, in as many bits as that needs: keys
/// that count up cost nothing. Reading takes a few cycles; setting packs the block again. Blocks that an image holds are
/// read there until they are set.
template <class T>
class PackedPages {
 public:
  PackedPages() = default;
  /// O(values).
  template <class Values>
  explicit PackedPages(const Values& values) {
    std::vector<std::uint32_t> numbers;
    for (std::size_t first = 0; first < values.size(); first += kRows) {
      numbers.clear();
      for (auto i = first; i < std::min(first + kRows, values.size()); ++i) numbers.push_back(number_kept(values[i]));
      numbers.resize(kRows, number_kept(T()));
      pages_.edit(first / kRows, 0).pack(numbers);
    }
  }

  T operator[](std::size_t number) const noexcept {
    const auto* block = pages_.find(number / kRows);
    return block == nullptr ? kept(number) : from_number<T>(block->at(number % kRows));
  }
  /// O(1), but O(values of the block) when it is first written in this edition or the value needs more bits.
  void set(std::size_t number, T value, Edition edition) {
    if (!kept_.empty()) take_over(number / kRows, edition);
    auto& block = pages_.edit(number / kRows, edition);
    const auto place = number % kRows;
    if (block.has_room(place, number_kept(value))) return block.put(place, number_kept(value));
    std::vector<std::uint32_t> numbers(kRows, number_kept(T()));
    for (std::size_t i = 0; i < kRows && !block.words.empty(); ++i) numbers[i] = block.at(i);
    numbers[place] = number_kept(value);
    block.pack(numbers);
  }
  std::size_t memory_bytes() const noexcept {
    auto bytes = pages_.memory_bytes();
    pages_.visit([&](std::size_t, const Block& block) { bytes += sizeof(block) + block.words.capacity() * 8; });
    return bytes;
  }

  /// Requires: nothing lies in an image.
  void write(ImageOut& out) const {
    std::vector<KeptBlock> blocks;
    std::vector<std::uint64_t> words;
    pages_.visit([&](std::size_t number, const Block& block) {
      blocks.resize(number, KeptBlock{0, 0, kNoBlock, 0});
      blocks.push_back({block.least, words.size(), block.width, 0});
      words.insert(words.end(), block.words.begin(), block.words.end() - 2);
    });
    words.insert(words.end(), {0, 0});
    out.array(blocks);
    out.array(words);
  }
  void read(ImageIn& in) {
    image_ = in.image();
    kept_ = in.array<KeptBlock>();
    kept_words_ = in.array<std::uint64_t>().data();
  }

 private:
  static constexpr std::size_t kRows = 1024;
  static std::uint32_t read_at(const std::uint64_t* word, std::size_t place, std::uint32_t width, std::int64_t least) noexcept {
    const auto shift = place * width % 64;
    const auto bits = ((word[0] >> shift) | ((word[1] << 1) << (63 - shift))) & ((std::uint64_t{1} << width) - 1);
    return static_cast<std::uint32_t>(least + static_cast<std::int64_t>(place + bits));
  }
  static constexpr std::uint32_t kNoBlock = 0xFFFFFFFFU;
  struct KeptBlock {
    std::int64_t least;
    std::uint64_t word;  // where its bits begin
    std::uint32_t width;
    std::uint32_t unused;
  };
  struct Block {
    Edition edition = 0;
    std::int64_t least = 0;
    std::uint32_t width = 0;
    std::vector<std::uint64_t> words;  // and two more, that a read may touch

    std::uint64_t over(std::size_t place, std::uint32_t number) const noexcept {
      return static_cast<std::uint64_t>(std::int64_t{number} - static_cast<std::int64_t>(place) - least);
    }
    bool has_room(std::size_t place, std::uint32_t number) const noexcept {
      return !words.empty() && over(place, number) < std::uint64_t{1} << width;  // one below `least` is huge
    }
    // Requires: there is room.
    void put(std::size_t place, std::uint32_t number) noexcept {
      const auto bit = place * width;
      const auto mask = (std::uint64_t{1} << width) - 1;
      auto* word = words.data() + bit / 64;
      const auto shift = bit % 64;
      const auto bits = over(place, number);
      word[0] = (word[0] & ~(mask << shift)) | (bits << shift);
      if (shift + width > 64) word[1] = (word[1] & ~(mask >> (64 - shift))) | (bits >> (64 - shift));
    }
    std::uint32_t at(std::size_t place) const noexcept {
      return read_at(words.data() + place * width / 64, place, width, least);
    }
    void pack(std::span<const std::uint32_t> numbers) {
      least = numbers.front();
      auto most = least;
      for (std::size_t i = 1; i < numbers.size(); ++i) {
        const auto difference = std::int64_t{numbers[i]} - static_cast<std::int64_t>(i);
        least = std::min(least, difference);
        most = std::max(most, difference);
      }
      width = static_cast<std::uint32_t>(std::bit_width(static_cast<std::uint64_t>(most - least)));
      words.assign((numbers.size() * width + 63) / 64 + 2, 0);
      words.shrink_to_fit();
      for (std::size_t i = 0; i < numbers.size(); ++i) put(i, numbers[i]);
    }
  };

  // Of a block that was never set: what the image says.
  T kept(std::size_t number) const noexcept {
    if (number / kRows >= kept_.size()) return T();
    const auto& block = kept_[number / kRows];
    image_->need(&block, sizeof block);
    if (block.width == kNoBlock) return T();
    const auto place = number % kRows;
    const auto* word = kept_words_ + block.word + place * block.width / 64;
    image_->need(word, 2 * sizeof *word);
    return from_number<T>(read_at(word, place, block.width, block.least));
  }
  void take_over(std::size_t number, Edition edition) {
    if (number >= kept_.size() || pages_.find(number) != nullptr) return;
    image_->need(&kept_[number], sizeof(KeptBlock));
    if (kept_[number].width == kNoBlock) return;
    std::vector<std::uint32_t> numbers(kRows);
    for (std::size_t i = 0; i < kRows; ++i) numbers[i] = number_kept(kept(number * kRows + i));
    pages_.edit(number, edition).pack(numbers);
  }

  Pages<Block> pages_;
  std::shared_ptr<const Image> image_;
  std::span<const KeptBlock> kept_;
  const std::uint64_t* kept_words_ = nullptr;
};

/// A number below 2^32 - 1 for each number from 0, or kNone.
class PagedNumbers {
 public:
  PagedNumbers() = default;
  explicit PagedNumbers(const std::vector<std::uint32_t>& numbers) : pages_(Shifted{numbers}) {}
  std::uint32_t operator[](std::size_t number) const noexcept { return pages_[number] - 1; }
  void set(std::size_t number, std::uint32_t value, Edition edition) { pages_.set(number, value + 1, edition); }
  std::size_t memory_bytes() const noexcept { return pages_.memory_bytes(); }
  void write(ImageOut& out) const { pages_.write(out); }
  void read(ImageIn& in) { pages_.read(in); }

 private:
  struct Shifted {
    const std::vector<std::uint32_t>& numbers;
    std::size_t size() const noexcept { return numbers.size(); }
    std::uint32_t operator[](std::size_t i) const noexcept { return numbers[i] + 1; }
  };
  PackedPages<std::uint32_t> pages_;  // plus one; 0: none
};

}  // namespace policygraph::inline v0::detail::graph
