#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "store/digest.hpp"

namespace policygraph::inline v0::detail::store {

using HashKey = std::array<std::uint64_t, 2>;  ///< of the graph's table of strings

/// What tells this machine from others and is not told abroad: machine-id(5). "" where the system has none.
const std::string& this_machine();

/// The digests of one snapshot file, which nobody can make who does not know the machine that it was written on: what is in it is used where
/// it lies, so a file that somebody sent along with a graph is not used (decision 16).
class SnapshotSeal {
 public:
  SnapshotSeal(const HashKey& key, std::string_view machine);
  Digest of_header(std::string_view bytes) const;                 ///< a part of SHA-256
  Digest of(std::string_view bytes) const noexcept { return digest_of(bytes, seed_); }  ///< XXH3 with a seed

 private:
  std::string machine_;
  std::uint64_t seed_ = 0;
};

}  // namespace policygraph::inline v0::detail::store
