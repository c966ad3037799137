#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "policygraph/query/query.hpp"

namespace policygraph::inline v0::detail::query {

// Themselves. Throws Error(invalid_argument) for a size of vectors that there is none of.
const QueryOptions& checked(const QueryOptions& options);

// Stops a query that takes too long, too much memory, or that the caller wants stopped. One for a run: the planner, every operator,
// expression and function come to it, however much one of them does at a time.
class Limits {
 public:
  explicit Limits(const QueryOptions& options);
  // The time counts from when the other began: what was asked before this run, such as its plan, took some of it.
  Limits(const QueryOptions& options, const Limits& since) : options_(options), end_(since.end_) {}
  Limits(const Limits&) = delete;
  Limits& operator=(const Limits&) = delete;

  // For another run with the same options as they are now: nothing is charged, but what is in rooms still is.
  void begin_again(const Limits* since);

  // Call at least once a batch. Throws Error(limit) or Error(interrupted). The clock is not asked the first few times: most queries end
  // before, and asking takes longer than a look-up.
  void tick() {
    if (options_.stop.stop_requested()) refuse_to_go_on();
    if (options_.timeout.count() > 0 && ++ticks_ > kTicksWithoutClock) look_at_clock();
  }
  // In inner loops: looks at the clock once in a thousand calls.
  void step() {
    if ((++steps_ & 1023U) == 0) tick();
  }
  // That many steps at once.
  void step(std::size_t count) {
    const auto before = steps_ >> 10;
    steps_ += count;
    if (steps_ >> 10 != before || count > 1023U) tick();
  }

  // That many bytes are held until the query ends; throws Error(limit) past max_memory.
  void charge(std::size_t bytes) {
    check(bytes);
    held_ += bytes;
  }
  // What is charged so far, and that many bytes of it back: a subquery that ends holds nothing more.
  std::size_t held() const noexcept { return held_; }
  void release(std::size_t bytes) noexcept { held_ -= bytes; }

  // That many bytes are about to be made; throws Error(limit) if they, those charged and those in rooms are past max_memory.
  void check(std::size_t bytes) const {
    const auto all = held_ + in_rooms_;
    if (all > options_.max_memory || bytes > options_.max_memory - all) refuse_bytes();
    if (bytes > largest_) largest_ = bytes;
  }
  // What it came to so far: the most bytes asked for at once, and steps.
  std::size_t largest() const noexcept { return largest_; }
  std::uint64_t steps() const noexcept { return steps_; }
  std::size_t max_bytes() const noexcept { return options_.max_memory; }
  // What may still be held.
  std::size_t free_bytes() const noexcept {
    const auto all = held_ + in_rooms_;
    return all < options_.max_memory ? options_.max_memory - all : 0;
  }

 private:
  friend class Room;
  friend class HeldBytes;
  static constexpr std::uint32_t kTicksWithoutClock = 8;
  [[noreturn]] void refuse_bytes() const;
  [[noreturn]] static void refuse_to_go_on();
  void look_at_clock() const;

  const QueryOptions& options_;
  std::chrono::steady_clock::time_point end_;
  std::size_t held_ = 0;
  std::size_t in_rooms_ = 0;
  mutable std::size_t largest_ = 0;
  std::uint64_t steps_ = 0;
  std::uint32_t ticks_ = 0;
};

// Bytes of values that are held while others are worked out: given back when it ends.
class Room {
 public:
  explicit Room(Limits& limits) noexcept : limits_(limits) {}
  ~Room() { clear(); }
  Room(const Room&) = delete;
  Room& operator=(const Room&) = delete;

  // Throws Error(limit) past max_memory.
  void take(std::size_t bytes) {
    limits_.check(bytes);
    limits_.in_rooms_ += bytes;
    bytes_ += bytes;
  }
  void clear() noexcept {
    limits_.in_rooms_ -= bytes_;
    bytes_ = 0;
  }
  // So many in place of those before.
  void set(std::size_t bytes) {
    clear();
    take(bytes);
  }

 private:
  Limits& limits_;
  std::size_t bytes_ = 0;
};

// Bytes of a thing that moves about: given back when that ends. A copy is of nothing.
class HeldBytes {
 public:
  HeldBytes() noexcept = default;
  HeldBytes(const HeldBytes&) noexcept {}
  HeldBytes(HeldBytes&& from) noexcept : limits_(from.limits_), bytes_(std::exchange(from.bytes_, 0)) {}
  HeldBytes& operator=(const HeldBytes&) noexcept { return *this; }
  HeldBytes& operator=(HeldBytes&& from) noexcept {
    if (this == &from) return *this;
    release();
    limits_ = from.limits_;
    bytes_ = std::exchange(from.bytes_, 0);
    return *this;
  }
  ~HeldBytes() { release(); }

  // So many in place of those before; throws Error(limit) past max_memory. One thing has one run's limits.
  void set(Limits& limits, std::size_t bytes) {
    release();
    limits.check(bytes);
    limits_ = &limits;
    limits.in_rooms_ += bytes;
    bytes_ = bytes;
  }
  void release() noexcept {
    if (bytes_ != 0) limits_->in_rooms_ -= bytes_;
    bytes_ = 0;
  }

 private:
  Limits* limits_ = nullptr;
  std::size_t bytes_ = 0;
};

}  // namespace policygraph::inline v0::detail::query
