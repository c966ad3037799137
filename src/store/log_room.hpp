#pragma once

#include <cstdint>

#include "store/database.hpp"
#include "store/log_index.hpp"

namespace policygraph::inline v0::detail::store {

/// Keeps zeros behind the end of SQLite's log, so that small commits overwrite what is there: the sync of a file that
/// grows takes some one and a half times as long, and after every opening the log grows for a thousand pages. Of the
/// writer alone.
class LogRoom {
 public:
  /// The log must be that of the database's; both must outlive it.
  LogRoom(const Database& database, const LogIndex& index) noexcept : database_(database), index_(index) {}
  /// Where little is left, makes the log larger, by as much as it has and at most 1 MiB. Nothing depends on whether it
  /// can. Requires: the lock for writing.
  void make() noexcept;

 private:
  const Database& database_;
  const LogIndex& index_;
  std::int64_t size_ = 0;    // of the log when it was last looked at
  std::int64_t frames_ = 0;  // in use then
};

}  // namespace policygraph::inline v0::detail::store
