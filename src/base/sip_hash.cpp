#include "base/sip_hash.hpp"

#include <random>

namespace policygraph::inline v0::detail::base {

const std::array<std::uint64_t, 2>& random_hash_key() {
  static const auto key = [] {
    std::random_device device;
    const auto word = [&device] { return (std::uint64_t{device()} << 32U) | device(); };
    return std::array<std::uint64_t, 2>{word(), word()};
  }();
  return key;
}

}  // namespace policygraph::inline v0::detail::base
