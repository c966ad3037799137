#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace policygraph::testing {

// What was done to a file, in order; `told` says what the writer had been told by then.
struct FileEvent {
  enum class Kind : std::uint8_t { write, truncate, sync, remove, rename, sync_folder };
  Kind kind = Kind::write;
  std::string file;
  std::int64_t offset = 0;  // of a write; the new size of a truncate; 1: the folder was synced after the removal
  std::string bytes;        // of a write; the new name of a rename
  std::uint64_t told = 0;
  bool is_aside = false;    // done by another thread than the one that recorded first
};

// While it lives every file that SQLite opens in this process goes through it, and so do the calls that write a snapshot
// file, by whatever thread. One at a time.
class Recording {
 public:
  // `keeps` false: it notes nothing, and spares the time that syncs take.
  explicit Recording(bool keeps = true);
  ~Recording();
  Recording(const Recording&) = delete;
  Recording& operator=(const Recording&) = delete;

  // The writer was told that so many commits last.
  void tell(std::uint64_t commits);
  const std::vector<FileEvent>& events() const;
};

// For calls that are not SQLite's.
bool is_recording();
void note_call(FileEvent::Kind kind, const std::string& file, std::int64_t offset = 0, std::string bytes = {});

// What a disk may hold after a crash: what was synced, and some of what was not.
class Disk {
 public:
  void apply(const FileEvent& event, bool has_syncs = true);

  enum class Loss : std::uint8_t { nothing, all, some, torn, zeroed };
  static constexpr std::size_t kLosses = 5;
  // The files as they may be found; `seed` says what is lost. Of a torn write whole sectors of 512 bytes or pages of
  // 4,096 are there; of a zeroed one there is the room, and zeros in some of its pages.
  std::map<std::string, std::string> image(Loss loss, std::uint32_t seed) const;

 private:
  struct File {
    std::string synced;
    std::vector<FileEvent> pending;
    bool is_removed = false;  // the name may not have gone yet
  };
  void settle_names();

  std::map<std::string, File> files_;
  std::vector<std::pair<std::string, std::string>> renames_;  // that may not have happened yet
};

}  // namespace policygraph::testing
