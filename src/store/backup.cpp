#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <memory>

#include "policygraph/base/error.hpp"
#include "policygraph/store/file.hpp"
#include "store/access.hpp"

namespace policygraph::inline v0 {
namespace {

namespace store = detail::store;

/// Under another name until it is whole; what is left of one that failed goes.
class Unfinished {
 public:
  explicit Unfinished(const std::string& path) : files_{path, path + "-wal", path + "-shm", path + "-journal"} {}
  ~Unfinished() {
    for (const auto& file : files_) ::unlink(file.c_str());
  }
  Unfinished(const Unfinished&) = delete;
  Unfinished& operator=(const Unfinished&) = delete;
  const std::string& path() const noexcept { return files_.front(); }

 private:
  const std::array<std::string, 4> files_;
};

void check_free(const std::string& to) {
  std::error_code error;
  for (const auto* ending : {"", "-wal", "-shm", "-journal"}) {
    if (std::filesystem::exists(to + ending, error))
      throw Error(ErrorCode::conflict, "'" + to + ending + "' is there already; name another file, or remove it");
  }
}

void copy_pages(const store::Database& from, const store::Database& to) {
  auto* const backup = sqlite3_backup_init(to.handle(), "main", from.handle(), "main");
  if (backup == nullptr) to.check(sqlite3_errcode(to.handle()));
  errno = 0;
  const auto stepped = sqlite3_backup_step(backup, -1);
  const auto finished = sqlite3_backup_finish(backup);
  to.check(stepped == SQLITE_DONE ? finished : stepped);
}

void sync_folder(const std::string& path) {
  const auto folder = std::filesystem::absolute(path).parent_path();
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;  // it may not be read; the name is there all the same
  fsync(descriptor);
  ::close(descriptor);
}

/// `link`, not `rename`, which would replace what came there meanwhile.
void give_name(const std::string& unfinished, const std::string& to) {
  std::error_code error;
  std::filesystem::create_hard_link(unfinished, to, error);
  if (error == std::errc::file_exists) check_free(to);
  if (error) std::filesystem::rename(unfinished, to, error);
  if (error) throw Error(ErrorCode::io, "cannot make '" + to + "': " + error.message());
  sync_folder(to);
}

}  // namespace

void backup_file(const std::string& path, const std::string& to) {
  const auto from = store::open_for_reading(path);
  check_free(to);
  const Unfinished unfinished(to + ".unfinished-" + std::to_string(getpid()));
  {
    const store::Database copy(std::filesystem::absolute(unfinished.path()).string(), to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    copy_pages(*from, copy);
  }
  give_name(unfinished.path(), to);
}

}  // namespace policygraph::inline v0
