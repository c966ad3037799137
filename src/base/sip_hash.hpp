#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace policygraph::inline v0::detail::base {

/// One a process: asking the device costs as much as a thousand lookups, and a graph makes a table of strings a column.
const std::array<std::uint64_t, 2>& random_hash_key();

/// SipHash-1-3 (Aumasson and Bernstein 2012). Keyed, because the strings come from documents: nobody outside can choose
/// ones that collide. Numbers are given in order of arrival, so nothing that leaves a table depends on the key.
class SipHash {
 public:
  explicit SipHash(const std::array<std::uint64_t, 2>& key) noexcept
      : v0_(key[0] ^ 0x736f6d6570736575U),
        v1_(key[1] ^ 0x646f72616e646f6dU),
        v2_(key[0] ^ 0x6c7967656e657261U),
        v3_(key[1] ^ 0x7465646279746573U) {}

  std::uint64_t operator()(std::string_view text) noexcept {
    const std::size_t size = text.size();
    for (; text.size() >= 8; text.remove_prefix(8)) absorb(word_at(text.data(), 8));
    absorb(word_at(text.data(), text.size()) | (static_cast<std::uint64_t>(size) << 56U));
    v2_ ^= 0xFFU;
    for (int i = 0; i < 3; ++i) round();
    return v0_ ^ v1_ ^ v2_ ^ v3_;
  }

 private:
  static std::uint64_t word_at(const char* at, std::size_t size) noexcept {
    std::uint64_t word = 0;
    if (size != 0) std::memcpy(&word, at, size);
    return word;
  }
  void absorb(std::uint64_t word) noexcept {
    v3_ ^= word;
    round();
    v0_ ^= word;
  }
  void round() noexcept {
    v0_ += v1_;
    v1_ = std::rotl(v1_, 13) ^ v0_;
    v0_ = std::rotl(v0_, 32);
    v2_ += v3_;
    v3_ = std::rotl(v3_, 16) ^ v2_;
    v0_ += v3_;
    v3_ = std::rotl(v3_, 21) ^ v0_;
    v2_ += v1_;
    v1_ = std::rotl(v1_, 17) ^ v2_;
    v2_ = std::rotl(v2_, 32);
  }
  std::uint64_t v0_, v1_, v2_, v3_;
};

}  // namespace policygraph::inline v0::detail::base
