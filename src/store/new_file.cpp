#include "store/new_file.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "policygraph/base/error.hpp"

namespace policygraph::inline v0::detail::store {
namespace {

std::array<std::string, 4> with_all_beside(const std::string& path) { return {path, path + "-wal", path + "-shm", path + "-journal"}; }

void check_free(const std::string& to) {
  std::error_code error;
  for (const auto& file : with_all_beside(to)) {
    if (std::filesystem::exists(file, error))
      throw Error(ErrorCode::conflict, "'" + file + "' is there already; name another file, or remove it");
  }
}

void sync_folder(const std::string& path) {
  const auto folder = std::filesystem::absolute(path).parent_path();
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;  // it may not be read; the name is there all the same
  fsync(descriptor);
  ::close(descriptor);
}

}  // namespace

NewFile::NewFile(const std::string& to, const char* part)
    : to_(to), files_(with_all_beside(std::filesystem::absolute(to + ".unfinished-" + part + std::to_string(getpid())).string())) {
  check_free(to);
}

NewFile::~NewFile() {
  for (const auto& file : files_) ::unlink(file.c_str());
}

// `link`, not `rename`, which would replace what came there meanwhile.
void NewFile::give_name() {
  std::error_code error;
  std::filesystem::create_hard_link(path(), to_, error);
  if (error == std::errc::file_exists) check_free(to_);
  if (error) std::filesystem::rename(path(), to_, error);
  if (error) throw Error(ErrorCode::io, "cannot make '" + to_ + "': " + error.message());
  sync_folder(to_);
}

void copy_pages(const Database& from, const Database& to) {
  auto* const backup = sqlite3_backup_init(to.handle(), "main", from.handle(), "main");
  if (backup == nullptr) to.check(sqlite3_errcode(to.handle()));
  errno = 0;
  const auto stepped = sqlite3_backup_step(backup, -1);
  const auto finished = sqlite3_backup_finish(backup);
  to.check(stepped == SQLITE_DONE ? finished : stepped);
}

}  // namespace policygraph::inline v0::detail::store
