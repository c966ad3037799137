// SQLite keeps a list of the files that are open in a process, with the locks it has on each, behind mutexes of its own. A child that is
// forked has a copy: a mutex may be held there by a thread that is not, and locks of the list are not the child's. A file that it opened
// and that is in the list would be read and written without any, and its log be removed by the parent that closes.
#include "store/sqlite_forks.hpp"

#include <sqlite3.h>
#include <sys/stat.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <mutex>

#include "graph/fork_watch.hpp"
#include "policygraph/base/error.hpp"

namespace policygraph::inline v0::detail::store {
namespace {

// In the order in which SQLite takes them: opening, the shared caches, files, random numbers, pages (two), memory.
constexpr std::array kMutexes = {SQLITE_MUTEX_STATIC_OPEN, SQLITE_MUTEX_STATIC_MASTER, SQLITE_MUTEX_STATIC_VFS1, SQLITE_MUTEX_STATIC_PRNG,
                                 SQLITE_MUTEX_STATIC_LRU,  SQLITE_MUTEX_STATIC_PMEM,   SQLITE_MUTEX_STATIC_MEM};

std::array<sqlite3_mutex*, kMutexes.size()> mutexes{};
std::atomic<std::uint64_t> generation = 0;  // forks between the first process and this one
std::atomic<bool> is_apart = true;          // files opened here are told from those of the parent

// SQLite tells files by device and inode: those of each generation are on a device of their own.
int look_at_file(int file, struct stat* facts) {
  constexpr unsigned kAboveDevices = 48;
  const auto result = fstat(file, facts);
  if (result == 0) facts->st_dev ^= static_cast<dev_t>(generation.load(std::memory_order_relaxed) << kAboveDevices);
  return result;
}

bool tell_files_apart() noexcept {
  if (sizeof(dev_t) < sizeof(std::uint64_t) || sizeof(off_t) < sizeof(std::uint64_t)) return false;
  auto* const system = sqlite3_vfs_find("unix");
  if (system == nullptr || system->iVersion < 3 || system->xSetSystemCall == nullptr) return false;
  return system->xSetSystemCall(system, "fstat", reinterpret_cast<sqlite3_syscall_ptr>(look_at_file)) == SQLITE_OK;
}

void before_fork() noexcept {
  for (auto* const mutex : mutexes) sqlite3_mutex_enter(mutex);
}

void after_fork(bool is_child) noexcept {
  for (auto at = mutexes.rbegin(); at != mutexes.rend(); ++at) sqlite3_mutex_leave(*at);
  if (!is_child) return;
  ++generation;
  is_apart = tell_files_apart();
}

constexpr graph::ForkWatch::Library kSqlite{before_fork, after_fork};

}  // namespace

void let_sqlite_fork() {
  static std::once_flag once;
  std::call_once(once, [] {
    sqlite3_initialize();
    for (std::size_t i = 0; i < kMutexes.size(); ++i) mutexes[i] = sqlite3_mutex_alloc(kMutexes[i]);
    graph::ForkWatch::watch(kSqlite);
  });
  if (!is_apart) throw Error(ErrorCode::io, "this SQLite cannot open files in a process that was forked; start it anew (spawn)");
}

}  // namespace policygraph::inline v0::detail::store
