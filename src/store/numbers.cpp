#include "store/numbers.hpp"

#include <algorithm>
#include <array>
#include <bit>

namespace policygraph::inline v0::detail::store {
namespace {

constexpr std::size_t kBlock = 1024;
enum class BlockForm : std::uint8_t { distances = 0, differences = 1 };

/// The 64 bits from bit `at` on; zeros past the end.
std::uint64_t bits_at(std::string_view bytes, std::size_t at) noexcept {
  std::uint64_t value = 0;
  const auto first = at / 8;
  const auto shift = static_cast<unsigned>(at % 8);
  for (std::size_t i = 0; i < 8 && first + i < bytes.size(); ++i)
    value |= std::uint64_t{static_cast<std::uint8_t>(bytes[first + i])} << (8 * i);
  value >>= shift;
  if (shift > 0 && first + 8 < bytes.size())
    value |= std::uint64_t{static_cast<std::uint8_t>(bytes[first + 8])} << (64 - shift);
  return value;
}

void unpack_bits(std::string_view bytes, unsigned width, std::span<std::uint64_t> numbers) noexcept {
  const auto mask = width == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << width) - 1;
  std::size_t at = 0;
  for (auto& number : numbers) {
    number = bits_at(bytes, at) & mask;
    at += width;
  }
}

std::size_t bytes_for(std::size_t count, unsigned width) noexcept { return (count * width + 7) / 8; }

struct Frame {
  std::uint64_t least = 0;
  unsigned width = 0;
};

Frame frame_of(std::span<const std::uint64_t> numbers) noexcept {
  if (numbers.empty()) return {};
  const auto [least, most] = std::ranges::minmax(numbers);
  return {least, static_cast<unsigned>(std::bit_width(most - least))};
}

// As distances from the least.
void pack_bits(std::span<const std::uint64_t> numbers, const Frame& frame, ByteOut& out) {
  if (frame.width == 0) return;
  std::uint64_t held = 0;
  unsigned held_bits = 0;
  for (const auto each : numbers) {
    const auto number = each - frame.least;
    held |= number << held_bits;  // fewer than 64 are held
    const auto fitted = 64 - held_bits;
    held_bits += frame.width;
    if (held_bits < 64) continue;
    out.fixed64(held);
    held_bits -= 64;
    held = fitted < 64 && held_bits > 0 ? number >> fitted : 0U;
  }
  for (; held_bits > 0; held_bits -= std::min(held_bits, 8U), held >>= 8) out.byte(static_cast<std::uint8_t>(held));
}

using Block = std::array<std::uint64_t, kBlock>;

// Differences, so that the order of signed ones is that of numbers.
std::span<const std::uint64_t> differences_of(std::span<const std::uint64_t> numbers, Block& room) noexcept {
  for (std::size_t i = 1; i < numbers.size(); ++i) room[i - 1] = zigzag(static_cast<std::int64_t>(numbers[i] - numbers[i - 1]));
  return std::span(room).first(numbers.size() - 1);
}

void pack_block(std::span<const std::uint64_t> numbers, ByteOut& out) {
  Block room;
  const auto plain = frame_of(numbers);
  const auto differences = differences_of(numbers, room);
  const auto steps = frame_of(differences);
  const bool is_plain = plain.width <= steps.width;
  const auto& frame = is_plain ? plain : steps;
  out.byte(static_cast<std::uint8_t>(is_plain ? BlockForm::distances : BlockForm::differences));
  out.byte(static_cast<std::uint8_t>(frame.width));
  out.varint(frame.least);
  if (!is_plain) out.varint(numbers.front());
  pack_bits(is_plain ? numbers : differences, frame, out);
}

void unpack_block(ByteView& bytes, std::span<std::uint64_t> numbers) {
  const auto form = bytes.byte();
  const unsigned width = bytes.byte();
  const auto least = bytes.varint();
  if (form > 1 || width > 64) refuse_bytes("a block of numbers has no such form");
  const bool is_plain = form == static_cast<std::uint8_t>(BlockForm::distances);
  if (!is_plain) numbers.front() = bytes.varint();
  const auto packed = is_plain ? numbers : numbers.subspan(1);
  unpack_bits(bytes.raw(bytes_for(packed.size(), width)), width, packed);
  for (auto& number : packed) number += least;
  if (is_plain) return;
  for (std::size_t i = 1; i < numbers.size(); ++i)
    numbers[i] = numbers[i - 1] + static_cast<std::uint64_t>(unzigzag(numbers[i]));
}

}  // namespace

void pack_numbers(std::span<const std::uint64_t> numbers, ByteOut& out) {
  out.varint(numbers.size());
  for (std::size_t from = 0; from < numbers.size(); from += kBlock)
    pack_block(numbers.subspan(from, std::min(kBlock, numbers.size() - from)), out);
}

std::vector<std::uint64_t> unpack_numbers(ByteView& bytes, std::size_t most) {
  const auto count = bytes.varint();
  if (count > most) refuse_bytes("a list of numbers is longer than its batch");
  std::vector<std::uint64_t> numbers(static_cast<std::size_t>(count));
  const std::span<std::uint64_t> all(numbers);
  for (std::size_t from = 0; from < numbers.size(); from += kBlock)
    unpack_block(bytes, all.subspan(from, std::min(kBlock, numbers.size() - from)));
  return numbers;
}

}  // namespace policygraph::inline v0::detail::store
