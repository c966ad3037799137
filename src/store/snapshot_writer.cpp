#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <future>
#include <string_view>
#include <system_error>

#include "graph/image_snapshot.hpp"
#include "store/snapshot_bytes.hpp"
#include "store/snapshot_file.hpp"

namespace policygraph::inline v0::detail::store {
namespace {

/// The file under the name it has until it is whole. One process at a time writes it: it holds a lock, and gives it the
/// lasting name before it lets go, so that nobody ever writes to what readers have mapped. What a killed one left is
/// written over.
class Unfinished {
 public:
  explicit Unfinished(std::string path) : path_(std::move(path)) {
    file_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    is_ours_ = file_ >= 0 && flock(file_, LOCK_EX | LOCK_NB) == 0 && is_still_there() && ftruncate(file_, 0) == 0;
  }
  ~Unfinished() {
    if (is_ours_) unlink(path_.c_str());
    if (file_ >= 0) ::close(file_);
  }
  Unfinished(const Unfinished&) = delete;
  Unfinished& operator=(const Unfinished&) = delete;

  bool is_ours() const noexcept { return is_ours_; }
  void write(std::string_view bytes, std::uint64_t place) {
    while (is_good_ && !bytes.empty()) {
      const auto count = pwrite(file_, bytes.data(), bytes.size(), static_cast<off_t>(place));
      if (count < 0 && errno == EINTR) continue;
      is_good_ = count > 0;
      if (!is_good_) return;
      bytes.remove_prefix(static_cast<std::size_t>(count));
      place += static_cast<std::uint64_t>(count);
    }
  }
  /// With the rights to read that the database has. It is not waited for: what a crash keeps from the disk differs from its
  /// digest, and is put right or not used. The system begins to write it, so that it is soon there.
  bool finish(const std::string& path, mode_t mode) {
    is_good_ = is_good_ && fchmod(file_, mode & 0444U) == 0 && std::rename(path_.c_str(), path.c_str()) == 0;
    if (is_good_) sync_file_range(file_, 0, 0, SYNC_FILE_RANGE_WRITE);
    if (is_good_) is_ours_ = false;
    return is_good_;
  }

 private:
  bool is_still_there() const noexcept {
    struct stat opened {}, named {};
    return fstat(file_, &opened) == 0 && lstat(path_.c_str(), &named) == 0 && opened.st_ino == named.st_ino && opened.st_dev == named.st_dev;
  }
  std::string path_;
  int file_ = -1;
  bool is_ours_ = false;
  bool is_good_ = true;
};

/// Small pieces are put together; of large arrays the digests are made and the bytes written while the next ones come.
class Arrays {
 public:
  Arrays(Unfinished& file, const SnapshotSeal& seal) : file_(file), digests_(seal) {}
  void add(std::string_view bytes) {
    waiting_ += bytes;
    if (waiting_.size() >= kLot) hand_over();
  }
  const std::string& finish() {
    wait();
    lot_.swap(waiting_);
    put();
    return digests_.finish();
  }

 private:
  static constexpr std::size_t kLot = std::size_t{4} << 20U;
  void wait() {
    if (writing_.valid()) writing_.get();
  }
  void hand_over() {
    wait();
    lot_.swap(waiting_);
    waiting_.clear();
    try {
      writing_ = std::async(std::launch::async, [this] { put(); });
    } catch (const std::system_error&) {  // no thread is to be had
      put();
    }
  }
  void put() {
    digests_.add(lot_);
    file_.write(lot_, place_);
    place_ += lot_.size();
  }
  Unfinished& file_;
  ChunkDigests digests_;
  std::string waiting_, lot_;
  std::uint64_t place_ = kSnapshotHeaderSize;
  std::future<void> writing_;  // last: it ends before what it uses
};

}  // namespace

bool write_snapshot_file(const std::string& path, const SnapshotHeader& header, const Snapshot::Data& data, std::string_view retelling) {
  const auto to = snapshot_path(path);
  struct stat facts {};
  if (stat(path.c_str(), &facts) != 0) return false;
  Unfinished file(to + "-unfinished");
  if (!file.is_ours()) return false;
  const SnapshotSeal seal(header.hash_key, this_machine());
  Arrays arrays(file, seal);
  graph::ImageOut out([&](std::string_view bytes) { arrays.add(bytes); }, value_codec());
  graph::write_image(data, out);
  const auto& digests = arrays.finish();
  const auto head = out.head() + std::string(retelling);
  const SnapshotParts parts{header, out.size(), out.head().size(), retelling.size(), seal.of(head), seal.of(digests)};
  file.write(head, parts.head_place());
  file.write(digests, parts.chunks_place());
  file.write(header_bytes(parts), 0);
  return file.finish(to, facts.st_mode);
}

}  // namespace policygraph::inline v0::detail::store
