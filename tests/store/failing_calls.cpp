// The names of the C library that SQLite and the library ask for are found here first: a program's own come before those of
// shared libraries.
#include "store/failing_calls.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <string_view>
#include <thread>

namespace policygraph::testing {
namespace {

// What a call does, for what may happen to it.
enum class Does : std::uint8_t { looks, writes, syncs, names };

struct Plan {
  std::string folder;
  Trouble trouble = Trouble::none;
  std::size_t at = 0;
  bool for_good = false;
};

// The C library has no room for an argument more: the one plan there is.
Plan plan;
std::atomic<bool> is_watching = false;
std::atomic<std::size_t> calls = 0, calls_aside = 0, failures = 0;
std::thread::id first_thread;
std::array<std::atomic<bool>, 4096> watched;

bool can_fail(Does what) {
  switch (plan.trouble) {
    case Trouble::none:
    case Trouble::io: return true;
    case Trouble::full: return what == Does::writes || what == Does::names;
    case Trouble::sync: return what == Does::syncs;
    case Trouble::short_write: return what == Does::writes;
    case Trouble::interrupted: return what != Does::names;
  }
  return false;
}

bool is_now(Does what) {
  if (!is_watching || !can_fail(what)) return false;
  const auto number = calls.fetch_add(1);
  if (std::this_thread::get_id() != first_thread) ++calls_aside;
  if (plan.trouble == Trouble::none || number < plan.at) return false;
  const std::size_t last = plan.trouble == Trouble::interrupted ? 2 : 0;
  if (!plan.for_good && number > plan.at + last) return false;
  ++failures;
  return true;
}

bool is_watched(int file) {
  const auto place = static_cast<std::size_t>(file);
  return is_watching && file >= 0 && place < watched.size() && watched[place];
}

bool is_ours(const char* path) { return is_watching && path != nullptr && std::string_view(path).starts_with(plan.folder); }

int error_of_trouble() {
  if (plan.trouble == Trouble::full) return ENOSPC;
  return plan.trouble == Trouble::interrupted ? EINTR : EIO;
}

long refuse(int error) {
  errno = error;
  return -1;
}

// A call about a path or an open file; -1 where it fails.
template <class Call>
long attempt(bool is_of_ours, Does what, Call call) {
  if (is_of_ours && is_now(what)) return refuse(error_of_trouble());
  return call();
}

template <class Call>
long attempt_writing(int file, std::size_t size, Call call) {
  if (!is_watched(file) || !is_now(Does::writes)) return call(size);
  if (plan.trouble == Trouble::short_write) return call(size > 1 ? size / 2 : size);
  return refuse(error_of_trouble());
}

int opened(const char* path, int flags, mode_t mode) {
  const bool is_of_ours = is_ours(path);
  const auto what = (flags & O_CREAT) != 0 ? Does::names : Does::looks;
  const auto file = static_cast<int>(attempt(is_of_ours, what, [&] { return syscall(SYS_openat, AT_FDCWD, path, flags, mode); }));
  if (is_of_ours && file >= 0 && static_cast<std::size_t>(file) < watched.size()) watched[static_cast<std::size_t>(file)] = true;
  return file;
}

int synced(int file, long number) {
  return static_cast<int>(attempt(is_watched(file), Does::syncs, [&] { return is_watched(file) ? 0L : syscall(number, file); }));
}

int cut(int file, off_t size) {
  return static_cast<int>(attempt(is_watched(file), Does::writes, [&] { return syscall(SYS_ftruncate, file, size); }));
}

void* mapped(void* at, std::size_t size, int protection, int flags, int file, off_t offset) {
  if (is_watched(file) && is_now(Does::looks)) {
    errno = ENOMEM;
    return MAP_FAILED;
  }
  return reinterpret_cast<void*>(syscall(SYS_mmap, at, size, protection, flags, file, offset));
}

}  // namespace

FailingCalls::FailingCalls(std::string folder, Trouble trouble, std::size_t at, bool for_good) {
  plan = {std::move(folder), trouble, at, for_good};
  calls = calls_aside = failures = 0;
  first_thread = std::this_thread::get_id();
  for (auto& one : watched) one = false;
  is_watching = true;
}
FailingCalls::~FailingCalls() { is_watching = false; }
void FailingCalls::relent() { plan.trouble = Trouble::none; }
std::size_t FailingCalls::count() const { return calls; }
std::size_t FailingCalls::count_aside() const { return calls_aside; }
bool FailingCalls::has_failed() const { return failures > 0; }
std::size_t FailingCalls::open_files() const {
  std::size_t count = 0;
  for (const auto& one : watched) count += one ? 1U : 0U;
  return count;
}

}  // namespace policygraph::testing

// ---- the C library's names

using namespace policygraph::testing;  // NOLINT: what follows has to be outside of it

#pragma GCC visibility push(default)
extern "C" {

int open(const char* path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  const auto mode = (flags & O_CREAT) != 0 ? va_arg(more, mode_t) : mode_t{0};
  va_end(more);
  return opened(path, flags, mode);
}
int open64(const char* path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  const auto mode = (flags & O_CREAT) != 0 ? va_arg(more, mode_t) : mode_t{0};
  va_end(more);
  return opened(path, flags, mode);
}
int close(int file) {
  if (is_watched(file)) watched[static_cast<std::size_t>(file)] = false;
  return static_cast<int>(syscall(SYS_close, file));
}
ssize_t read(int file, void* to, size_t size) {
  return attempt(is_watched(file), Does::looks, [&] { return syscall(SYS_read, file, to, size); });
}
ssize_t pread(int file, void* to, size_t size, off_t at) {
  return attempt(is_watched(file), Does::looks, [&] { return syscall(SYS_pread64, file, to, size, at); });
}
ssize_t pread64(int file, void* to, size_t size, off64_t at) {
  return attempt(is_watched(file), Does::looks, [&] { return syscall(SYS_pread64, file, to, size, at); });
}
ssize_t write(int file, const void* from, size_t size) {
  return attempt_writing(file, size, [&](std::size_t some) { return syscall(SYS_write, file, from, some); });
}
ssize_t pwrite(int file, const void* from, size_t size, off_t at) {
  return attempt_writing(file, size, [&](std::size_t some) { return syscall(SYS_pwrite64, file, from, some, at); });
}
ssize_t pwrite64(int file, const void* from, size_t size, off64_t at) {
  return attempt_writing(file, size, [&](std::size_t some) { return syscall(SYS_pwrite64, file, from, some, at); });
}
int fsync(int file) { return synced(file, SYS_fsync); }
int fdatasync(int file) { return synced(file, SYS_fdatasync); }
int ftruncate(int file, off_t size) noexcept { return cut(file, size); }
int ftruncate64(int file, off64_t size) noexcept { return cut(file, size); }
void* mmap(void* at, size_t size, int protection, int flags, int file, off_t offset) noexcept {
  return mapped(at, size, protection, flags, file, offset);
}
void* mmap64(void* at, size_t size, int protection, int flags, int file, off64_t offset) noexcept {
  return mapped(at, size, protection, flags, file, offset);
}
int rename(const char* from, const char* to) noexcept {
  return static_cast<int>(attempt(is_ours(from), Does::names, [&] { return syscall(SYS_rename, from, to); }));
}
int link(const char* from, const char* to) noexcept {
  return static_cast<int>(attempt(is_ours(from), Does::names, [&] { return syscall(SYS_link, from, to); }));
}
int unlink(const char* path) noexcept {
  return static_cast<int>(attempt(is_ours(path), Does::names, [&] { return syscall(SYS_unlink, path); }));
}

}  // extern "C"
#pragma GCC visibility pop
