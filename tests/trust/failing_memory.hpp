#pragma once

#include <cstddef>
#include <cstdint>

namespace policygraph::testing {

// While it lives, allocations of this process are counted, operator new's and SQLite's, and the n-th fails: that one alone,
// or all from then on. One at a time.
class FailingMemory {
 public:
  explicit FailingMemory(std::size_t at, bool for_good = false) noexcept;
  ~FailingMemory();
  FailingMemory(const FailingMemory&) = delete;
  FailingMemory& operator=(const FailingMemory&) = delete;

  std::size_t count() const noexcept;
  // What operator new gave and was not given back, in pieces; SQLite's are not among them.
  static std::int64_t living() noexcept;
};

}  // namespace policygraph::testing
