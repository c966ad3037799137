#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace policygraph::testing {

// How a call to the system fails.
enum class Trouble : std::uint8_t {
  none,
  io,           // EIO; ENOMEM where a file is mapped
  full,         // ENOSPC, of what takes space
  sync,         // EIO of fsync and fdatasync alone
  short_write,  // half of the bytes are written, and it says so
  interrupted,  // EINTR, three times
};

// While it lives, the calls of this process that are about files of one folder are counted, and the n-th of those that the
// trouble can be of fails: SQLite's, the library's and the standard library's alike, as all go through the C library. Syncs
// succeed at once. One at a time.
class FailingCalls {
 public:
  FailingCalls(std::string folder, Trouble trouble, std::size_t at, bool for_good);
  ~FailingCalls();
  FailingCalls(const FailingCalls&) = delete;
  FailingCalls& operator=(const FailingCalls&) = delete;

  // From now on none fails.
  void relent();
  // Those that the trouble can be of, so far.
  std::size_t count() const;
  // Of those, by other threads than the one that began.
  std::size_t count_aside() const;
  bool has_failed() const;
  // Files of the folder that were opened and not closed.
  std::size_t open_files() const;
};

}  // namespace policygraph::testing
