#include "store/digest.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <bit>
#include <cstring>

namespace policygraph::inline v0::detail::store {
namespace {

Digest canonical(XXH128_hash_t hash) noexcept {
  XXH128_canonical_t bytes;
  XXH128_canonicalFromHash(&bytes, hash);
  Digest digest;
  std::memcpy(digest.data(), bytes.digest, digest.size());
  return digest;
}

}  // namespace

Digest digest_of(std::string_view bytes, std::uint64_t seed) noexcept { return canonical(XXH3_128bits_withSeed(bytes.data(), bytes.size(), seed)); }
Digest digest_of(std::string_view bytes) noexcept { return canonical(XXH3_128bits(bytes.data(), bytes.size())); }

struct RowDigest::State {
  XXH3_state_t xxh;
};

RowDigest::RowDigest() : state_(std::make_unique<State>()) { XXH3_128bits_reset(&state_->xxh); }
RowDigest::RowDigest(RowDigest&&) noexcept = default;
RowDigest::~RowDigest() = default;

void RowDigest::number(std::uint64_t number) noexcept {
  std::array<std::uint8_t, 8> bytes;
  for (unsigned i = 0; i < 8; ++i) bytes[i] = static_cast<std::uint8_t>(number >> (8 * i));
  XXH3_128bits_update(&state_->xxh, bytes.data(), bytes.size());
}

void RowDigest::real(double value) noexcept { number(std::bit_cast<std::uint64_t>(value)); }

void RowDigest::text(std::string_view text) noexcept {
  number(text.size());
  XXH3_128bits_update(&state_->xxh, text.data(), text.size());
}

Digest RowDigest::take() const noexcept { return canonical(XXH3_128bits_digest(&state_->xxh)); }

}  // namespace policygraph::inline v0::detail::store
