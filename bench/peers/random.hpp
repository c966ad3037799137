#pragma once

#include <cstdint>

namespace bench::peers {

/// SplitMix64 (Steele, Lea and Flood 2014), and integers alone, so that every machine draws the same.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    auto z = (state_ += 0x9E3779B97F4A7C15U);
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
  }
  std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(next() % bound); }
  /// Low numbers come often: the cube of an even number of [0, 1), times the bound.
  std::uint32_t skewed(std::uint32_t bound) {
    const auto u = next() >> 32U;
    return scaled((((u * u) >> 32U) * u) >> 32U, bound);
  }
  /// The square of one.
  std::uint32_t leaning(std::uint32_t bound) {
    const auto u = next() >> 32U;
    return scaled((u * u) >> 32U, bound);
  }

 private:
  static std::uint32_t scaled(std::uint64_t share, std::uint32_t bound) {
    return static_cast<std::uint32_t>((share * bound) >> 32U);
  }
  std::uint64_t state_;
};

}  // namespace bench::peers
