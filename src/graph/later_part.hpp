#pragma once

#include <atomic>
#include <mutex>
#include <optional>
#include <utility>

#include "graph/image.hpp"

namespace policygraph::inline v0::detail::graph {

/// The part of something that is read from an image when it is first needed, by any thread; nothing where all is there.
class LaterPart {
 public:
  LaterPart() = default;
  explicit LaterPart(ImageIn::Later part) : part_(std::move(part)), is_wanted_(true) {}
  LaterPart(const LaterPart&) = delete;
  LaterPart& operator=(LaterPart&& other) noexcept {
    part_ = std::move(other.part_);
    is_wanted_.store(other.is_wanted_.load());
    return *this;
  }

  bool is_wanted() const noexcept { return is_wanted_.load(std::memory_order_acquire); }
  template <class Read>
  void take(Read read) const {
    const std::lock_guard lock(mutex_);
    if (!is_wanted_.load(std::memory_order_relaxed)) return;
    auto in = part_->in();
    read(in);
    is_wanted_.store(false, std::memory_order_release);
  }

 private:
  std::optional<ImageIn::Later> part_;
  mutable std::mutex mutex_;
  mutable std::atomic<bool> is_wanted_ = false;
};

}  // namespace policygraph::inline v0::detail::graph
