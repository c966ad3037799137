#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "graph/image.hpp"
#include "graph/snapshot_data.hpp"
#include "store/digest.hpp"
#include "store/snapshot_seal.hpp"

namespace policygraph::inline v0::detail::store {

/// What a snapshot file says of itself (docs/store_format.md, "The snapshot file").
struct SnapshotHeader {
  std::uint64_t commit = 0;   ///< the newest it knows of
  Digest commit_digest{};     ///< of that commit, so of what its rows are
  Digest graph_digest{};      ///< of the row of `graph`
  std::uint64_t records = 0;  ///< claims, mentions and pieces of evidence
  HashKey hash_key{};
  bool is_of_writer = false;  ///< of a graph that was written to: replaying gives its bytes with a retelling alone (retelling.hpp)
};

/// The snapshot file beside a .pgraph file.
std::string snapshot_path(const std::string& path);

/// Derives the snapshot of those commits from the database anew, to put damaged bytes right. Without a retelling: as whoever
/// opens the graph derives it.
using Derive = std::function<std::shared_ptr<const Snapshot::Data>(const SnapshotHeader& header, std::string_view retelling)>;

/// A snapshot file, mapped into memory. The mapping stays good when the file is replaced or removed.
class SnapshotFile : public graph::Image {
 public:
  /// Null: there is none, it is of another version or machine, it is of a user who is neither the database's, this one nor root, or
  /// what is looked at when it is opened is damaged: its head, and all of one that a writer left without a retelling, for nothing
  /// puts that right.
  static std::shared_ptr<const SnapshotFile> open(const std::string& path, Derive derive);
  const SnapshotHeader& header() const noexcept { return header_; }
  /// Compares all of it with its digests; changes nothing.
  bool is_sound() const noexcept;

 protected:
  SnapshotFile(std::span<const char> arrays, std::string_view head, const graph::ValueCodec& codec) : Image(arrays, head, codec) {}
  SnapshotHeader header_;

 private:
  virtual bool is_sound_chunk(std::size_t chunk) const noexcept = 0;
};

/// Writes it under another name and then in place of the one before, which readers may still have mapped. False: somebody
/// else is writing it, or the system does not let us; nothing has changed then.
bool write_snapshot_file(const std::string& path, const SnapshotHeader& header, const Snapshot::Data& data, std::string_view retelling);

}  // namespace policygraph::inline v0::detail::store
