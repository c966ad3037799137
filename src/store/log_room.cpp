#include "store/log_room.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <array>

namespace policygraph::inline v0::detail::store {
namespace {

constexpr std::int64_t kHeader = 32, kFrame = 24 + 4096;
constexpr std::int64_t kFewFrames = 4;  // whoever commits once pays for nothing
constexpr std::int64_t kLeast = 8 * kFrame, kMost = std::int64_t{1} << 20;
constexpr std::size_t kPiece = std::size_t{1} << 16;  // SQLite writes no more than 128 KiB at once

sqlite3_file* log_of(const Database& database) noexcept {
  sqlite3_file* file = nullptr;
  const auto result = sqlite3_file_control(database.handle(), "main", SQLITE_FCNTL_JOURNAL_POINTER, &file);
  return result == SQLITE_OK && file != nullptr && file->pMethods != nullptr ? file : nullptr;
}

// Frames have salts that zeros have not, so whoever recovers the log stops where it ended.
std::int64_t extend(sqlite3_file* log, std::int64_t size, std::int64_t until) noexcept {
  static constexpr std::array<char, kPiece> zeros{};
  while (size < until) {
    const auto piece = static_cast<int>(std::min<std::int64_t>(until - size, kPiece));
    if (log->pMethods->xWrite(log, zeros.data(), piece, size) != SQLITE_OK) return size;
    size += piece;
  }
  return size;
}

}  // namespace

void LogRoom::make() noexcept {
  const auto state = index_.state();
  if (!state) return;
  const auto frames = static_cast<std::int64_t>(LogIndex::frame_count(*state));
  const auto end = kHeader + frames * kFrame;
  if (frames < frames_) size_ = 0;  // the log was begun again, and may have been cut off
  frames_ = frames;
  if (frames < kFewFrames || end + kLeast <= size_) return;
  auto* const log = log_of(database_);
  sqlite3_int64 size = 0;
  if (log == nullptr || log->pMethods->xFileSize(log, &size) != SQLITE_OK) return;
  size_ = size;
  if (end + kLeast <= size_) return;
  size_ = extend(log, std::max(size_, end), std::max(size_, end) + std::clamp(end, 2 * kLeast, kMost));
}

}  // namespace policygraph::inline v0::detail::store
