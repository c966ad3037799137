#include "store/log_index.hpp"

#include <sqlite3.h>

#include <atomic>
#include <bit>

#include "store/database.hpp"

namespace policygraph::inline v0::detail::store {
namespace {

constexpr int kPage = 32768;  // of the index, as SQLite maps it

// Whether SQLite keeps the index in shared memory: not for a file that stays as it is, nor for one that it has locked
// for itself.
bool is_shared(const Database& database) {
  const char* const name = sqlite3_db_filename(database.handle(), "main");
  return sqlite3_uri_boolean(name, "immutable", 0) == 0 && database.text("PRAGMA journal_mode") == "wal" &&
         database.text("PRAGMA locking_mode") == "normal";
}

std::uint32_t half(std::uint64_t word, bool is_second) noexcept {
  const bool is_high = is_second == (std::endian::native == std::endian::little);
  return static_cast<std::uint32_t>(is_high ? word >> 32U : word);
}
// "iVersion", "iChange" and "mxFrame" of the header.
std::uint32_t version(const LogIndex::State& state) noexcept { return half(state[0], false); }
std::uint32_t changes(const LogIndex::State& state) noexcept { return half(state[1], false); }

}  // namespace

LogIndex::LogIndex(const Database& database) {
  if (!is_shared(database)) return;
  static_cast<void>(
      database.number("SELECT count(*) FROM commits WHERE id = 0"));  // SQLite maps it when it first reads
  sqlite3_file* file = nullptr;
  if (sqlite3_file_control(database.handle(), "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK || file == nullptr)
    return;
  const auto* const calls = file->pMethods;
  if (calls == nullptr || calls->iVersion < 2 || calls->xShmMap == nullptr) return;
  volatile void* at = nullptr;
  const auto result = calls->xShmMap(file, 0, kPage, 0, &at);
  if (result == SQLITE_OK || result == SQLITE_READONLY) header_ = at;
}

std::optional<LogIndex::State> LogIndex::state() const noexcept {
  if (header_ == nullptr) return std::nullopt;
  auto* const words = static_cast<std::uint64_t*>(const_cast<void*>(header_));
  State state;
  for (std::size_t i = 0; i < state.size(); ++i) state[i] = std::atomic_ref(words[i]).load(std::memory_order_acquire);
  return state;
}

bool LogIndex::is_one_commit(const State& before, const State& after) noexcept {
  return version(before) == version(after) && changes(after) == changes(before) + 1;
}

std::uint32_t LogIndex::frame_count(const State& state) noexcept { return half(state[2], false); }

}  // namespace policygraph::inline v0::detail::store
