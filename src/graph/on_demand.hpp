#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <utility>

namespace policygraph::inline v0::detail::graph {

/// What a snapshot makes when it is first asked for; any thread may ask. A copy starts empty.
template <class T>
class OnDemand {
 public:
  OnDemand() = default;
  OnDemand(const OnDemand&) noexcept : OnDemand() {}
  OnDemand& operator=(const OnDemand&) = delete;

  template <class Make>
  const T& get(Make make) const {
    if (const auto* ready = made()) return *ready;
    const std::lock_guard lock(mutex_);
    if (!held_) {
      held_ = std::make_unique<const T>(make());
      made_.store(held_.get(), std::memory_order_release);
    }
    return *held_;
  }
  /// As `get`, for what is soon made: without a lock, which a process that forks meanwhile would take along. Several may make it, and one is
  /// kept. A value is made by `get` or by this, never by both.
  template <class Make>
  const T& race(Make make) const {
    if (const auto* ready = made()) return *ready;
    auto own = std::make_unique<const T>(make());
    const T* winner = nullptr;
    if (!made_.compare_exchange_strong(winner, own.get(), std::memory_order_acq_rel)) return *winner;
    held_ = std::move(own);
    return *held_;
  }
  /// Null until first asked for.
  const T* made() const noexcept { return made_.load(std::memory_order_acquire); }
  /// Requires: nobody else sees it yet, and nothing was made.
  void put(T value) {
    held_ = std::make_unique<const T>(std::move(value));
    made_.store(held_.get(), std::memory_order_release);
  }

 private:
  mutable std::mutex mutex_;
  mutable std::unique_ptr<const T> held_;
  mutable std::atomic<const T*> made_ = nullptr;
};

}  // namespace policygraph::inline v0::detail::graph
