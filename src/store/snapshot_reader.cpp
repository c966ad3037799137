#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <mutex>
#include <optional>
#include <utility>

#include "graph/image_snapshot.hpp"
#include "policygraph/base/error.hpp"
#include "store/snapshot_bytes.hpp"
#include "store/snapshot_file.hpp"

namespace policygraph::inline v0::detail::store {
namespace {

/// A file in memory, as it was when it was mapped; what is written to it stays in this process.
class Mapping {
 public:
  /// Of a user who is none of these, nothing is mapped: what lies there is used as it is.
  Mapping(const std::string& path, uid_t owner) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (file < 0) return;
    struct stat facts {};
    const auto is_trusted = [&] { return facts.st_uid == owner || facts.st_uid == geteuid() || facts.st_uid == 0; };
    if (fstat(file, &facts) == 0 && S_ISREG(facts.st_mode) && facts.st_size > 0 && is_trusted()) map(file, static_cast<std::size_t>(facts.st_size));
    ::close(file);
  }
  Mapping(Mapping&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}
  ~Mapping() {
    if (bytes_.data() != nullptr) munmap(bytes_.data(), bytes_.size());
  }
  std::span<char> bytes() const noexcept { return bytes_; }
  /// They are about to be read; nothing around them is.
  void expect(std::size_t place, std::size_t size) const noexcept {
    static const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
    if (place >= bytes_.size()) return;
    const auto first = place / page * page;
    madvise(bytes_.data() + first, std::min(size + place - first, bytes_.size() - first), MADV_WILLNEED);
  }
  /// All of them, in order.
  void expect_all() const noexcept {
    madvise(bytes_.data(), bytes_.size(), MADV_SEQUENTIAL);
#ifdef MADV_POPULATE_READ
    madvise(bytes_.data(), bytes_.size(), MADV_POPULATE_READ);
#endif
  }
  std::string_view view() const noexcept { return {bytes_.data(), bytes_.size()}; }

 private:
  void map(int file, std::size_t size) {
    auto* const at = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
    if (at == MAP_FAILED) return;
    madvise(at, size, MADV_RANDOM);  // else the system reads much that nobody asks for around each page
    bytes_ = {static_cast<char*>(at), size};
  }
  std::span<char> bytes_;
};

std::string_view part(const Mapping& mapping, std::uint64_t place, std::uint64_t size) {
  return mapping.view().substr(static_cast<std::size_t>(place), static_cast<std::size_t>(size));
}

class MappedSnapshot final : public SnapshotFile {
 public:
  MappedSnapshot(std::string path, Mapping mapping, const SnapshotParts& parts, Derive derive)
      : SnapshotFile(std::span<const char>(part(mapping, kSnapshotHeaderSize, parts.arrays_size)),
                     part(mapping, parts.head_place(), parts.head_size), value_codec()),
        path_(std::move(path)),
        retelling_(part(mapping, parts.retelling_place(), parts.retelling_size)),
        digests_(part(mapping, parts.chunks_place(), parts.chunk_count() * sizeof(Digest))),
        seal_(parts.header.hash_key, this_machine()),
        mapping_(std::move(mapping)),
        derive_(std::move(derive)) {
    header_ = parts.header;
  }
  /// Compares all of it now; whether nothing is damaged.
  bool see_all() const {
    mapping_.expect_all();
    for (std::size_t chunk = 0; chunk < chunk_count(); ++chunk) {
      if (!is_sound_chunk(chunk)) return false;
      mark_sound(chunk);
    }
    return true;
  }

 private:
  std::string_view chunk_bytes(std::size_t chunk) const noexcept {
    return std::string_view(arrays().data(), arrays().size()).substr(chunk * kChunk, kChunk);
  }
  std::string_view digest(std::size_t chunk) const noexcept { return digests_.substr(chunk * sizeof(Digest), sizeof(Digest)); }
  bool is_sound_chunk(std::size_t chunk) const noexcept override { return bytes_of(seal_.of(chunk_bytes(chunk))) == digest(chunk); }

  void make_sound(std::size_t chunk) const override {
    const bool is_next = last_.exchange(chunk, std::memory_order_relaxed) + 1 == chunk;
    mapping_.expect(kSnapshotHeaderSize + chunk * kChunk, is_next ? kAhead : kChunk);
    if (!is_sound_chunk(chunk)) {
      const std::lock_guard lock(mutex_);
      if (!is_sound_chunk(chunk)) put_right();
    }
    mark_sound(chunk);
  }
  void put_right() const;
  void put_right(std::size_t chunk, std::string_view bytes) const;

  const std::string path_;
  const std::string_view retelling_, digests_;
  const SnapshotSeal seal_;
  const Mapping mapping_;
  const Derive derive_;
  mutable std::mutex mutex_;
  static constexpr std::size_t kAhead = 16 * kChunk;  // of chunks that are read one after the other
  mutable std::atomic<std::size_t> last_ = 0;
};

// What is derived anew is equal byte for byte, so what of it differs from the file is what was damaged. Rows that others
// have read stay what they were.
void MappedSnapshot::put_right() const {
  unlink(path_.c_str());  // whoever opens it next derives it; where that is not allowed, as here
  const auto data = derive_(header_, retelling_);
  std::string open;
  std::size_t chunk = 0;
  const auto add = [&](std::string_view bytes) {
    while (!bytes.empty()) {
      const auto taken = bytes.substr(0, kChunk - open.size());
      open += taken;
      bytes.remove_prefix(taken.size());
      if (open.size() < kChunk) continue;
      put_right(chunk++, open);
      open.clear();
    }
  };
  graph::ImageOut out(add, value_codec());
  graph::write_image(*data, out);
  put_right(chunk, open);
}

void MappedSnapshot::put_right(std::size_t chunk, std::string_view bytes) const {
  if (chunk >= chunk_count() || is_sound_chunk(chunk)) return;
  if (bytes_of(seal_.of(bytes)) != digest(chunk))
    throw Error(ErrorCode::format, "'" + path_ + "' is damaged and cannot be put right; it was removed, open the graph again");
  // Pages are whole: chunks begin on them, as the header is one.
  auto* const at = mapping_.bytes().data() + kSnapshotHeaderSize + chunk * kChunk;
  if (mprotect(at, bytes.size(), PROT_READ | PROT_WRITE) != 0) throw std::bad_alloc();
  std::memcpy(at, bytes.data(), bytes.size());
  mprotect(at, bytes.size(), PROT_READ);
}

bool is_whole(const Mapping& mapping, const SnapshotParts& parts) {
  const SnapshotSeal seal(parts.header.hash_key, this_machine());
  return mapping.bytes().size() == parts.file_size() &&
         seal.of(part(mapping, parts.head_place(), parts.head_size + parts.retelling_size)) == parts.head_digest &&
         seal.of(part(mapping, parts.chunks_place(), parts.chunk_count() * sizeof(Digest))) == parts.chunks_digest;
}

}  // namespace

std::string snapshot_path(const std::string& path) { return path + "-snapshot"; }

std::shared_ptr<const SnapshotFile> SnapshotFile::open(const std::string& path, Derive derive) {
  struct stat database {};
  Mapping mapping(snapshot_path(path), stat(path.c_str(), &database) == 0 ? database.st_uid : geteuid());
  const auto parts = read_header(mapping.view());
  if (parts) mapping.expect(parts->head_place(), parts->file_size() - parts->head_place());
  if (!parts || !is_whole(mapping, *parts)) return nullptr;
  auto file = std::make_shared<const MappedSnapshot>(snapshot_path(path), std::move(mapping), *parts, std::move(derive));
  return !parts->header.is_of_writer || parts->retelling_size > 0 || file->see_all() ? file : nullptr;
}

bool SnapshotFile::is_sound() const noexcept {
  for (std::size_t chunk = 0; chunk < chunk_count(); ++chunk) {
    if (!is_sound_chunk(chunk)) return false;
  }
  return true;
}

}  // namespace policygraph::inline v0::detail::store
