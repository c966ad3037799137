#pragma once

#include <array>
#include <cstdint>
#include <optional>

namespace policygraph::inline v0::detail::store {

class Database;

/// The header of SQLite's index of its log (the -shm; sqlite.org/walformat.html, "WAL-Index Header"), where SQLite has
/// it mapped: it differs after every commit, of whatever process, and looking at it costs a few loads where asking
/// SQLite takes locks of the system.
class LogIndex {
 public:
  /// Its first copy: 48 bytes. One that is read while it is written differs from what was before as from what comes.
  using State = std::array<std::uint64_t, 6>;

  /// Looks in vain where the log is not shared with others. The database must outlive it, and be in WAL mode until
  /// then.
  explicit LogIndex(const Database& database);
  /// Empty: there is none, ask SQLite.
  std::optional<State> state() const noexcept;
  /// Whether of two states, the first seen under the lock for writing, one commit is all that lies between them.
  static bool is_one_commit(const State& before, const State& after) noexcept;
  /// Frames of the log that are in use.
  static std::uint32_t frame_count(const State& state) noexcept;

 private:
  const volatile void* header_ = nullptr;  // of the connection
};

}  // namespace policygraph::inline v0::detail::store
