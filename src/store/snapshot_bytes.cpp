#include "store/snapshot_bytes.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "policygraph/base/version.hpp"
#include "store/bytes.hpp"
#include "store/value_bytes.hpp"

namespace policygraph::inline v0::detail::store {
namespace {

constexpr std::string_view kMagic = "PGSNAP\r\n";
constexpr std::uint64_t kLayout = 5;  // of the arrays and of the head

/// Of what wrote it: the layout is that of the program's memory, so it is read by the same version alone, on a machine with
/// the same order of bytes.
Digest program_digest() {
  ByteOut out;
  out.raw(kVersion);
  out.fixed64(kLayout);
  out.byte(std::endian::native == std::endian::little ? 1 : 2);
  out.byte(sizeof(void*));
  return digest_of(out.bytes());
}

Digest digest_in(ByteView& in) {
  Digest digest;
  std::memcpy(digest.data(), in.raw(digest.size()).data(), digest.size());
  return digest;
}

}  // namespace

std::string header_bytes(const SnapshotParts& parts, std::string_view machine) {
  ByteOut out;
  out.raw(kMagic);
  out.raw(bytes_of(program_digest()));
  out.fixed64(parts.header.commit);
  out.fixed64(parts.header.records);
  out.fixed64(parts.arrays_size);
  out.fixed64(parts.head_size);
  out.fixed64(parts.retelling_size);
  out.fixed64(parts.header.is_of_writer ? 1 : 0);
  for (const auto part : parts.header.hash_key) out.fixed64(part);
  for (const auto& digest : {parts.header.commit_digest, parts.header.graph_digest, parts.head_digest, parts.chunks_digest})
    out.raw(bytes_of(digest));
  out.raw(bytes_of(SnapshotSeal(parts.header.hash_key, machine).of_header(out.bytes())));
  auto bytes = out.take();
  bytes.resize(kSnapshotHeaderSize, '\0');
  return bytes;
}

std::optional<SnapshotParts> read_header(std::string_view bytes) {
  if (bytes.size() < kSnapshotHeaderSize) return std::nullopt;
  ByteView in(bytes);
  if (in.raw(kMagic.size()) != kMagic || digest_in(in) != program_digest()) return std::nullopt;
  SnapshotParts parts;
  parts.header.commit = in.fixed64();
  parts.header.records = in.fixed64();
  parts.arrays_size = in.fixed64();
  parts.head_size = in.fixed64();
  parts.retelling_size = in.fixed64();
  parts.header.is_of_writer = in.fixed64() != 0;
  for (auto& part : parts.header.hash_key) part = in.fixed64();
  for (auto* digest : {&parts.header.commit_digest, &parts.header.graph_digest, &parts.head_digest, &parts.chunks_digest})
    *digest = digest_in(in);
  const auto used = bytes.size() - in.left();
  if (digest_in(in) != SnapshotSeal(parts.header.hash_key, this_machine()).of_header(bytes.substr(0, used))) return std::nullopt;
  constexpr auto kMost = std::uint64_t{1} << 48U;
  return parts.arrays_size < kMost && parts.head_size < kMost && parts.retelling_size < kMost ? std::optional(parts) : std::nullopt;
}

void ChunkDigests::add(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto taken = bytes.substr(0, graph::Image::kChunk - open_.size());
    bytes.remove_prefix(taken.size());
    if (open_.empty() && taken.size() == graph::Image::kChunk) {
      digests_ += bytes_of(seal_.of(taken));
      continue;
    }
    open_ += taken;
    if (open_.size() < graph::Image::kChunk) continue;
    digests_ += bytes_of(seal_.of(open_));
    open_.clear();
  }
}

const std::string& ChunkDigests::finish() {
  if (!open_.empty()) digests_ += bytes_of(seal_.of(open_));
  open_.clear();
  return digests_;
}

const graph::ValueCodec& value_codec() noexcept {
  static const graph::ValueCodec codec{value_bytes, read_value};
  return codec;
}

}  // namespace policygraph::inline v0::detail::store
