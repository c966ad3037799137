#include "policygraph/base/sha256.hpp"

#include <array>
#include <cstddef>
#include <cstring>

#include "base/sha256_blocks.hpp"

namespace policygraph::inline v0 {
namespace {

using State = detail::base::Sha256State;
constexpr State kInitial = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                            0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
constexpr std::size_t kBlock = detail::base::kSha256Block;

// The last, partial block with its 0x80 and its length in bits: one block or two.
void finish(State& state, std::string_view rest, std::uint64_t size) noexcept {
  std::array<unsigned char, 2 * kBlock> tail{};
  if (!rest.empty()) std::memcpy(tail.data(), rest.data(), rest.size());
  tail[rest.size()] = 0x80;
  const std::size_t end = rest.size() + 9 <= kBlock ? kBlock : 2 * kBlock;
  for (std::size_t i = 0; i < 8; ++i) tail[end - 1 - i] = static_cast<unsigned char>((size * 8) >> (8 * i));
  detail::base::sha256_blocks(state, tail.data(), end / kBlock);
}

}  // namespace

Sha256Digest sha256(std::string_view bytes) noexcept {
  State state = kInitial;
  const std::size_t blocks = bytes.size() / kBlock;
  detail::base::sha256_blocks(state, reinterpret_cast<const unsigned char*>(bytes.data()), blocks);
  finish(state, bytes.substr(blocks * kBlock), bytes.size());
  Sha256Digest digest;
  for (std::size_t i = 0; i < digest.size(); ++i)
    digest[i] = static_cast<std::uint8_t>(state[i / 4] >> (24 - 8 * (i % 4)));
  return digest;
}

std::string sha256_hex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  out.reserve(64);
  for (const std::uint8_t byte : sha256(bytes)) {
    out += kDigits[byte >> 4U];
    out += kDigits[byte & 15U];
  }
  return out;
}

}  // namespace policygraph::inline v0
