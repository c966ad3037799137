#include "graph/packed_numbers.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <span>
#include <string>
#include <utility>

#include "graph/packed_ids.hpp"
#include "policygraph/base/error.hpp"

namespace policygraph::inline v0::detail::graph {

void refuse_key(std::uint64_t number, const char* what) {
  throw Error(ErrorCode::limit, std::string(what) + " is out of range: " + std::to_string(number));
}

// A number more has nowhere to go: packs a full block, or takes the numbers of a last block that is not full out again.
void PackedNumbers::make_room() {
  constexpr std::size_t kFirst = 16;
  if (missing_ != 0) reopen();
  if (open_count_ == kBlock) pack_open();
  if (open_count_ == open_.size()) open_.resize(std::min(kBlock, std::max(kFirst, 2 * open_.size())));
}

void PackedNumbers::reopen() {
  const auto block = blocks_.back();
  open_count_ = kBlock - missing_;
  open_.resize(open_count_);
  for (std::size_t place = 0; place < open_count_; ++place) open_[place] = packed(block, words_.data(), place);
  words_.resize(block.word + kPadding);
  words_[block.word] = words_[block.word + 1] = 0;
  blocks_.pop_back();
  missing_ = 0;
}

void PackedNumbers::pack_open() {
  const std::span numbers(open_.data(), open_count_);
  const auto [least, most] = std::ranges::minmax(numbers);
  const auto used = words_.empty() ? 0 : words_.size() - kPadding;
  Block block{least, static_cast<std::uint32_t>(used), static_cast<std::uint32_t>(std::bit_width(most - least))};
  words_.resize(used + (numbers.size() * block.width + 63) / 64 + kPadding);
  if (block.width == 0) return close(block);
  auto* words = words_.data() + block.word;
  std::size_t bit = 0;
  for (const auto number : numbers) {
    const auto bits = std::uint64_t{number - least};
    words[bit / 64] |= bits << (bit % 64);
    if (bit % 64 + block.width > 64) words[bit / 64 + 1] |= bits >> (64 - bit % 64);
    bit += block.width;
  }
  close(block);
}

void PackedNumbers::close(Block block) {
  blocks_.push_back(block);
  open_count_ = 0;
}

void PackedNumbers::seal() {
  if (open_count_ != 0) {
    missing_ = (kBlock - open_count_) % kBlock;
    pack_open();
  }
  std::vector<std::uint32_t>().swap(open_);
  blocks_.shrink_to_fit();
  words_.shrink_to_fit();
}

void PackedNumbers::read(std::size_t first, std::size_t count, std::uint32_t* out) const noexcept {
  while (count != 0) {
    const auto number = first / kBlock, place = first % kBlock;
    const auto some = std::min(count, kBlock - place);
    if (number < blocks_.size()) {
      unpack(blocks_[number], words_.data(), place, {out, some});
    } else if (!kept_.empty()) {
      unpack(kept_[number], kept_words_.data(), place, {out, some});
    } else {
      std::copy_n(open_.data() + place, some, out);
    }
    first += some;
    count -= some;
    out += some;
  }
}

namespace {

template <unsigned kWidth, unsigned kPlace>
std::uint32_t number_at(const std::uint64_t* words) noexcept {
  constexpr unsigned kBit = kPlace * kWidth, kWord = kBit / 64, kShift = kBit % 64;
  auto bits = words[kWord] >> kShift;
  if constexpr (kShift + kWidth > 64) bits |= words[kWord + 1] << (64 - kShift);
  return static_cast<std::uint32_t>(bits & ((std::uint64_t{1} << kWidth) - 1));
}

// Sixty-four numbers, which begin with a word: each knows where its bits are.
template <unsigned kWidth>
void unpack_64(const std::uint64_t* words, std::uint32_t least, std::uint32_t* out) noexcept {
  [&]<unsigned... kPlaces>(std::integer_sequence<unsigned, kPlaces...>) {
    ((out[kPlaces] = least + number_at<kWidth, kPlaces>(words)), ...);
  }(std::make_integer_sequence<unsigned, 64>());
}

using Unpack = void (*)(const std::uint64_t*, std::uint32_t, std::uint32_t*) noexcept;

template <unsigned... kWidths>
constexpr std::array<Unpack, sizeof...(kWidths)> unpack_of_widths(std::integer_sequence<unsigned, kWidths...>) {
  return {&unpack_64<kWidths>...};
}

// Of wider ones there are few: dates of a hundred years take 16 bits, texts in order of appearance seldom 20.
constexpr auto kUnpack = unpack_of_widths(std::make_integer_sequence<unsigned, 22>());

}  // namespace

void PackedNumbers::unpack(const Block& block, const std::uint64_t* all, std::size_t place,
                           std::span<std::uint32_t> out) noexcept {
  if (block.width == 0) return void(std::ranges::fill(out, block.least));
  // The bits of a number begin in one byte and end within the next seven, where the lowest byte comes first.
  std::size_t done = 0;
  const auto mask = (std::uint64_t{1} << block.width) - 1;
  const auto one_by_one = [&, bytes = reinterpret_cast<const char*>(all + block.word)](std::size_t end) {
    for (auto bit = (place + done) * block.width; done < end; ++done, bit += block.width) {
      if constexpr (std::endian::native != std::endian::little) {
        out[done] = packed(block, all, place + done);
      } else {
        std::uint64_t bits = 0;
        std::memcpy(&bits, bytes + bit / 8, sizeof bits);
        out[done] = block.least + static_cast<std::uint32_t>((bits >> (bit % 8)) & mask);
      }
    }
  };
  if (block.width >= kUnpack.size()) return one_by_one(out.size());
  one_by_one(std::min(out.size(), (64 - place % 64) % 64));
  for (; done + 64 <= out.size(); done += 64)
    kUnpack[block.width](all + block.word + (place + done) / 64 * block.width, block.least, out.data() + done);
  one_by_one(out.size());
}

void PackedNumbers::write(ImageOut& out) const {
  out.number(std::uint64_t{missing_});
  out.array(blocks_);
  static constexpr std::array<std::uint64_t, kPadding> kNone{};
  out.array(words_.empty() ? std::span<const std::uint64_t>(kNone) : std::span(words_));
}

void PackedNumbers::read(ImageIn& in) {
  missing_ = static_cast<std::size_t>(in.number<std::uint64_t>());
  kept_ = in.array<Block>();
  kept_words_ = in.array<std::uint64_t>();
}

void PackedNumbers::need(const Image& image) const {
  image.need(kept_);
  image.need(kept_words_);
}

std::size_t PackedNumbers::memory_bytes() const noexcept {
  return blocks_.capacity() * sizeof(Block) + words_.capacity() * sizeof(words_[0]) +
         open_.capacity() * sizeof(open_[0]);
}

}  // namespace policygraph::inline v0::detail::graph
