#include "store/recording_vfs.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <mutex>
#include <random>
#include <stdexcept>
#include <thread>

namespace policygraph::testing {
namespace {

// SQLite's interface is C: the one recording there is at a time.
sqlite3_vfs* system_vfs = nullptr;
sqlite3_vfs own_vfs;
std::mutex events_mutex;  // of what was noted: logs are taken in on a thread
std::vector<FileEvent> all_events;
std::thread::id first_thread;
std::uint64_t told_commits = 0;
bool is_noting = true;

// Its own calls are noted where they begin.
thread_local bool is_in_sqlite = false;
struct IsSqlite {
  IsSqlite() { is_in_sqlite = true; }
  ~IsSqlite() { is_in_sqlite = false; }
};

struct RecordedFile {
  sqlite3_file base;
  std::string* name;
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

RecordedFile& of(sqlite3_file* file) { return *reinterpret_cast<RecordedFile*>(file); }
sqlite3_file* real_of(sqlite3_file* file) { return of(file).real(); }

void note(FileEvent::Kind kind, const std::string& file, std::int64_t offset = 0, std::string bytes = {}) {
  if (!is_noting) return;
  const std::lock_guard lock(events_mutex);
  all_events.push_back({kind, file, offset, std::move(bytes), told_commits, std::this_thread::get_id() != first_thread});
}

int close_file(sqlite3_file* file) {
  const auto result = real_of(file)->pMethods->xClose(real_of(file));
  delete of(file).name;
  return result;
}
int read_file(sqlite3_file* file, void* to, int size, sqlite3_int64 at) { return real_of(file)->pMethods->xRead(real_of(file), to, size, at); }
int write_file(sqlite3_file* file, const void* from, int size, sqlite3_int64 at) {
  if (is_noting) note(FileEvent::Kind::write, *of(file).name, at, std::string(static_cast<const char*>(from), static_cast<std::size_t>(size)));
  return real_of(file)->pMethods->xWrite(real_of(file), from, size, at);
}
int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
  note(FileEvent::Kind::truncate, *of(file).name, size);
  return real_of(file)->pMethods->xTruncate(real_of(file), size);
}
int sync_file(sqlite3_file* file, int flags) {
  (void)flags;  // the disk is ours: the system need not be asked
  note(FileEvent::Kind::sync, *of(file).name);
  return SQLITE_OK;
}
int file_size(sqlite3_file* file, sqlite3_int64* size) { return real_of(file)->pMethods->xFileSize(real_of(file), size); }
int lock_file(sqlite3_file* file, int level) { return real_of(file)->pMethods->xLock(real_of(file), level); }
int unlock_file(sqlite3_file* file, int level) { return real_of(file)->pMethods->xUnlock(real_of(file), level); }
int check_lock(sqlite3_file* file, int* result) { return real_of(file)->pMethods->xCheckReservedLock(real_of(file), result); }
int control_file(sqlite3_file* file, int operation, void* argument) {
  return real_of(file)->pMethods->xFileControl(real_of(file), operation, argument);
}
int sector_size(sqlite3_file* file) { return real_of(file)->pMethods->xSectorSize(real_of(file)); }
int characteristics(sqlite3_file*) { return 0; }  // no promise: not of atomic pages, nor that what is around a write is safe
int map_shared(sqlite3_file* file, int page, int size, int extend, void volatile** to) {
  return real_of(file)->pMethods->xShmMap(real_of(file), page, size, extend, to);
}
int lock_shared(sqlite3_file* file, int offset, int count, int flags) { return real_of(file)->pMethods->xShmLock(real_of(file), offset, count, flags); }
void barrier_shared(sqlite3_file* file) { real_of(file)->pMethods->xShmBarrier(real_of(file)); }
int unmap_shared(sqlite3_file* file, int must_delete) { return real_of(file)->pMethods->xShmUnmap(real_of(file), must_delete); }

sqlite3_io_methods methods() {
  sqlite3_io_methods all{};
  all.iVersion = 2;
  all.xClose = close_file;
  all.xRead = read_file;
  all.xWrite = write_file;
  all.xTruncate = truncate_file;
  all.xSync = sync_file;
  all.xFileSize = file_size;
  all.xLock = lock_file;
  all.xUnlock = unlock_file;
  all.xCheckReservedLock = check_lock;
  all.xFileControl = control_file;
  all.xSectorSize = sector_size;
  all.xDeviceCharacteristics = characteristics;
  all.xShmMap = map_shared;
  all.xShmLock = lock_shared;
  all.xShmBarrier = barrier_shared;
  all.xShmUnmap = unmap_shared;
  return all;
}
const sqlite3_io_methods recorded_methods = methods();

std::string base_name(const char* path) {
  const std::string_view all(path);
  return std::string(all.substr(all.rfind('/') + 1));
}

int open_file(sqlite3_vfs*, const char* path, sqlite3_file* file, int flags, int* out_flags) {
  file->pMethods = nullptr;
  const IsSqlite by_sqlite;
  const auto result = system_vfs->xOpen(system_vfs, path, real_of(file), flags, out_flags);
  if (result != SQLITE_OK) return result;
  of(file).name = new std::string(path == nullptr ? "" : base_name(path));
  file->pMethods = &recorded_methods;
  return result;
}

int remove_file(sqlite3_vfs*, const char* path, int must_sync) {
  note(FileEvent::Kind::remove, base_name(path), must_sync != 0 ? 1 : 0);
  return system_vfs->xDelete(system_vfs, path, must_sync);
}

void write_at(std::string& content, std::int64_t offset, std::string_view bytes) {
  const auto at = static_cast<std::size_t>(offset);
  if (content.size() < at + bytes.size()) content.resize(at + bytes.size());
  content.replace(at, bytes.size(), bytes);
}

void change(std::string& content, const FileEvent& event) {
  if (event.kind == FileEvent::Kind::truncate) content.resize(static_cast<std::size_t>(event.offset));
  else write_at(content, event.offset, event.bytes);
}

std::string torn(const std::string& bytes, std::mt19937& random) {
  const std::size_t unit = random() % 2 == 0 ? 512 : 4096;
  return bytes.substr(0, std::min(bytes.size(), unit * (random() % (bytes.size() / unit + 1))));
}

// Room was made for it, and not all of it was written.
void zero_some(std::string& bytes, std::mt19937& random) {
  constexpr std::size_t kPage = 4096;
  for (std::size_t at = 0; at < bytes.size(); at += kPage)
    if (random() % 2 == 0) std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), std::min(kPage, bytes.size() - at), '\0');
}

}  // namespace

void note_call(FileEvent::Kind kind, const std::string& file, std::int64_t offset, std::string bytes) {
  note(kind, base_name(file.c_str()), offset, std::move(bytes));
}
bool is_recording() { return is_noting && system_vfs != nullptr && !is_in_sqlite; }

Recording::Recording(bool keeps) {
  is_noting = keeps;
  system_vfs = sqlite3_vfs_find(nullptr);
  own_vfs = *system_vfs;
  own_vfs.zName = "recording";
  own_vfs.szOsFile = static_cast<int>(sizeof(RecordedFile)) + system_vfs->szOsFile;
  own_vfs.xOpen = open_file;
  own_vfs.xDelete = remove_file;
  all_events.clear();
  told_commits = 0;
  first_thread = std::this_thread::get_id();
  if (sqlite3_vfs_register(&own_vfs, 1) != SQLITE_OK) throw std::runtime_error("SQLite takes no VFS");
}

Recording::~Recording() {
  sqlite3_vfs_unregister(&own_vfs);
  system_vfs = nullptr;
}

void Recording::tell(std::uint64_t commits) { told_commits = commits; }
const std::vector<FileEvent>& Recording::events() const { return all_events; }

void Disk::settle_names() {
  for (const auto& [from, to] : renames_) {
    files_[to] = std::move(files_[from]);
    files_.erase(from);
  }
  renames_.clear();
}

void Disk::apply(const FileEvent& event, bool has_syncs) {
  if (event.kind == FileEvent::Kind::sync_folder) return settle_names();
  auto& file = files_[event.file];
  switch (event.kind) {
    case FileEvent::Kind::remove:
      if (event.offset != 0) files_.erase(event.file);
      else file.is_removed = true;
      return;
    case FileEvent::Kind::sync:
      if (!has_syncs) return;
      for (const auto& pending : file.pending) change(file.synced, pending);
      file.pending.clear();
      return;
    case FileEvent::Kind::rename: renames_.emplace_back(event.file, event.bytes); return;
    case FileEvent::Kind::sync_folder: return;
    case FileEvent::Kind::write:
    case FileEvent::Kind::truncate:
      if (file.is_removed) file = File();  // a new one of the name
      file.pending.push_back(event);
  }
}

std::map<std::string, std::string> Disk::image(Loss loss, std::uint32_t seed) const {
  std::mt19937 random(seed);
  std::map<std::string, std::string> image;
  for (const auto& [name, file] : files_) {
    if (file.is_removed && random() % 2 == 0) continue;
    auto content = file.synced;
    for (std::size_t i = 0; i < file.pending.size() && loss != Loss::all; ++i) {
      auto event = file.pending[i];
      if (loss == Loss::some && random() % 2 == 0) continue;
      if (loss == Loss::torn && (i + 1 == file.pending.size() || random() % 4 == 0)) event.bytes = torn(event.bytes, random);
      if (loss == Loss::zeroed) zero_some(event.bytes, random);
      change(content, event);
    }
    image[name] = std::move(content);
  }
  for (const auto& [from, to] : renames_) {
    if (random() % 2 == 0 || !image.contains(from)) continue;
    image[to] = std::move(image[from]);
    image.erase(from);
  }
  return image;
}

}  // namespace policygraph::testing
