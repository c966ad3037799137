#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>

namespace policygraph::inline v0::detail::store {

/// XXH3 of 128 bits in its canonical (big-endian) form. It tells damage, not forgery.
using Digest = std::array<char, 16>;

inline std::string_view bytes_of(const Digest& digest) noexcept { return {digest.data(), digest.size()}; }

Digest digest_of(std::string_view bytes) noexcept;
/// Another function for each seed.
Digest digest_of(std::string_view bytes, std::uint64_t seed) noexcept;

/// The digest of rows, field by field (docs/store_format.md, "Digests").
class RowDigest {
 public:
  RowDigest();
  RowDigest(RowDigest&&) noexcept;
  ~RowDigest();
  void number(std::uint64_t number) noexcept;
  void real(double number) noexcept;
  void text(std::string_view text) noexcept;  ///< or bytes
  Digest take() const noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace policygraph::inline v0::detail::store
