#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "graph/image.hpp"
#include "store/snapshot_file.hpp"

// The parts of a snapshot file (docs/store_format.md, "The snapshot file").
namespace policygraph::inline v0::detail::store {

inline constexpr std::size_t kSnapshotHeaderSize = 4096;

/// The header as it lies in the file, with what tells where the parts are.
struct SnapshotParts {
  SnapshotHeader header;
  std::uint64_t arrays_size = 0, head_size = 0, retelling_size = 0;
  Digest head_digest{}, chunks_digest{};  // the head's is that of the retelling too

  std::uint64_t chunk_count() const noexcept { return (arrays_size + graph::Image::kChunk - 1) / graph::Image::kChunk; }
  std::uint64_t head_place() const noexcept { return kSnapshotHeaderSize + arrays_size; }
  std::uint64_t retelling_place() const noexcept { return head_place() + head_size; }
  std::uint64_t chunks_place() const noexcept { return retelling_place() + retelling_size; }
  std::uint64_t file_size() const noexcept { return chunks_place() + chunk_count() * sizeof(Digest); }
};

std::string header_bytes(const SnapshotParts& parts, std::string_view machine = this_machine());
/// Empty where they are of another version or machine, or damaged.
std::optional<SnapshotParts> read_header(std::string_view bytes);

/// Bytes in chunks, each with its digest, as they come.
class ChunkDigests {
 public:
  explicit ChunkDigests(SnapshotSeal seal) : seal_(std::move(seal)) {}
  void add(std::string_view bytes);
  /// The digests of all chunks, the last one that is not full among them.
  const std::string& finish();

 private:
  SnapshotSeal seal_;
  std::string open_;
  std::string digests_;
};

const graph::ValueCodec& value_codec() noexcept;

}  // namespace policygraph::inline v0::detail::store
