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

// Numbers are gathered first: a call for each costs more than its eight bytes.
struct RowDigest::State {
  XXH3_state_t xxh;
  std::size_t gathered = 0;
  std::array<char, 1024> bytes;

  void add(const char* data, std::size_t size) noexcept {
    if (size > bytes.size() - gathered) flush();
    if (size > bytes.size()) {
      XXH3_128bits_update(&xxh, data, size);
    } else if (size > 0) {
      std::memcpy(bytes.data() + gathered, data, size);
      gathered += size;
    }
  }
  void flush() noexcept {
    XXH3_128bits_update(&xxh, bytes.data(), gathered);
    gathered = 0;
  }
};

RowDigest::RowDigest() : state_(std::make_unique<State>()) { XXH3_128bits_reset(&state_->xxh); }
RowDigest::RowDigest(RowDigest&&) noexcept = default;
RowDigest::~RowDigest() = default;

void RowDigest::number(std::uint64_t number) noexcept {
  std::array<char, 8> bytes;
  for (unsigned i = 0; i < 8; ++i) bytes[i] = static_cast<char>(number >> (8 * i));
  state_->add(bytes.data(), bytes.size());
}

void RowDigest::real(double value) noexcept { number(std::bit_cast<std::uint64_t>(value)); }

void RowDigest::text(std::string_view text) noexcept {
  number(text.size());
  state_->add(text.data(), text.size());
}

Digest RowDigest::take() const noexcept {
  state_->flush();
  return canonical(XXH3_128bits_digest(&state_->xxh));
}

}  // namespace policygraph::inline v0::detail::store
