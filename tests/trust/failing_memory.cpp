#include "trust/failing_memory.hpp"

#include <sqlite3.h>

#include <atomic>
#include <cstdlib>
#include <new>

namespace policygraph::testing {
namespace {

// Operator new has no argument for it.
std::atomic<bool> is_counting = false, is_for_good = false;
std::atomic<std::size_t> counted = 0, fails_at = 0;
std::atomic<std::int64_t> alive = 0;

bool is_refused() noexcept {
  if (!is_counting.load(std::memory_order_relaxed)) return false;
  const auto number = counted.fetch_add(1);
  return number == fails_at || (is_for_good && number > fails_at);
}

void* allocated(std::size_t size, std::size_t alignment = 0) noexcept {
  if (is_refused()) return nullptr;
  if (size == 0) size = 1;
  auto* const memory = alignment == 0 ? std::malloc(size) : std::aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment);
  if (memory != nullptr) alive.fetch_add(1, std::memory_order_relaxed);
  return memory;
}

void* allocated_or_throw(std::size_t size, std::size_t alignment = 0) {
  if (auto* const memory = allocated(size, alignment)) return memory;
  throw std::bad_alloc();
}

void release(void* memory) noexcept {
  if (memory != nullptr) alive.fetch_sub(1, std::memory_order_relaxed);
  std::free(memory);
}

// SQLite's own, with the same counting before it.
sqlite3_mem_methods system_memory;
void* sqlite_malloc(int size) { return is_refused() ? nullptr : system_memory.xMalloc(size); }
void* sqlite_realloc(void* memory, int size) { return is_refused() ? nullptr : system_memory.xRealloc(memory, size); }

// Before SQLite is first used.
const bool is_counted_in_sqlite = [] {
  if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &system_memory) != SQLITE_OK) return false;
  auto own = system_memory;
  own.xMalloc = sqlite_malloc;
  own.xRealloc = sqlite_realloc;
  return sqlite3_config(SQLITE_CONFIG_MALLOC, &own) == SQLITE_OK;
}();

}  // namespace

FailingMemory::FailingMemory(std::size_t at, bool for_good) noexcept {
  fails_at = at;
  is_for_good = for_good;
  counted = 0;
  is_counting = true;
}
FailingMemory::~FailingMemory() { is_counting = false; }
std::size_t FailingMemory::count() const noexcept { return is_counted_in_sqlite ? counted.load() : 0; }
std::int64_t FailingMemory::living() noexcept { return alive; }

}  // namespace policygraph::testing

using namespace policygraph::testing;  // NOLINT: the operators have to be outside of it

void* operator new(std::size_t size) { return allocated_or_throw(size); }
void* operator new[](std::size_t size) { return allocated_or_throw(size); }
void* operator new(std::size_t size, std::align_val_t alignment) { return allocated_or_throw(size, static_cast<std::size_t>(alignment)); }
void* operator new[](std::size_t size, std::align_val_t alignment) { return allocated_or_throw(size, static_cast<std::size_t>(alignment)); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return allocated(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return allocated(size); }
void operator delete(void* memory) noexcept { release(memory); }
void operator delete[](void* memory) noexcept { release(memory); }
void operator delete(void* memory, std::size_t) noexcept { release(memory); }
void operator delete[](void* memory, std::size_t) noexcept { release(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { release(memory); }
void operator delete[](void* memory, std::align_val_t) noexcept { release(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { release(memory); }
void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept { release(memory); }
void operator delete(void* memory, const std::nothrow_t&) noexcept { release(memory); }
void operator delete[](void* memory, const std::nothrow_t&) noexcept { release(memory); }
