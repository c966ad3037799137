// The calls by which the library writes a snapshot file, noted on their way: a program's own names come before those of the
// C library.
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cstdarg>
#include <mutex>
#include <string>
#include <string_view>

#include "store/recording_vfs.hpp"

namespace policygraph::testing {
namespace {

// Of open files that are recorded; a folder's ends with '/'.
std::mutex names_mutex;
std::array<std::string, 1024> names;

bool is_snapshot(std::string_view path) { return path.find("-snapshot") != std::string_view::npos; }

// Empty: it is none of those.
std::string name_of(int file) {
  if (!is_recording() || file < 0 || static_cast<std::size_t>(file) >= names.size()) return {};
  const std::lock_guard lock(names_mutex);
  return names[static_cast<std::size_t>(file)];
}

int opened(const char* path, int flags, mode_t mode) {
  const auto file = static_cast<int>(syscall(SYS_openat, AT_FDCWD, path, flags, mode));
  if (!is_recording() || file < 0 || static_cast<std::size_t>(file) >= names.size()) return file;
  const std::lock_guard lock(names_mutex);
  auto& name = names[static_cast<std::size_t>(file)];
  if ((flags & O_DIRECTORY) != 0) name = std::string(path) + "/";
  else if (is_snapshot(path) && (flags & O_ACCMODE) != O_RDONLY) name = path;
  return file;
}

int synced(int file, long number) {
  const auto name = name_of(file);
  if (name.empty()) return static_cast<int>(syscall(number, file));
  note_call(name.ends_with('/') ? FileEvent::Kind::sync_folder : FileEvent::Kind::sync, name);
  return 0;
}

ssize_t written(int file, const void* from, size_t size, off_t at) {
  if (const auto name = name_of(file); !name.empty()) note_call(FileEvent::Kind::write, name, at, std::string(static_cast<const char*>(from), size));
  return syscall(SYS_pwrite64, file, from, size, at);
}

}  // namespace
}  // namespace policygraph::testing

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
int close(int file) {
  if (file >= 0 && static_cast<std::size_t>(file) < names.size()) {
    const std::lock_guard lock(names_mutex);
    names[static_cast<std::size_t>(file)].clear();
  }
  return static_cast<int>(syscall(SYS_close, file));
}
ssize_t pwrite(int file, const void* from, size_t size, off_t at) { return written(file, from, size, at); }
int fsync(int file) { return synced(file, SYS_fsync); }
int ftruncate(int file, off_t size) noexcept {
  if (const auto name = name_of(file); !name.empty()) note_call(FileEvent::Kind::truncate, name, size);
  return static_cast<int>(syscall(SYS_ftruncate, file, size));
}
int rename(const char* from, const char* to) noexcept {
  if (is_recording() && is_snapshot(from)) {
    const std::string_view name(to);
    note_call(FileEvent::Kind::rename, from, 0, std::string(name.substr(name.rfind('/') + 1)));
  }
  return static_cast<int>(syscall(SYS_rename, from, to));
}
int unlink(const char* path) noexcept {
  if (is_recording() && is_snapshot(path)) note_call(FileEvent::Kind::remove, path);
  return static_cast<int>(syscall(SYS_unlink, path));
}

}  // extern "C"
#pragma GCC visibility pop
