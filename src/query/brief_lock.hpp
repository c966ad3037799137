#pragma once

#include <mutex>
#include <thread>

namespace policygraph::inline v0::detail::query {

/// Of what is kept so as not to be made again: who cannot have it soon goes on without. After a fork a thread that held
/// the lock may be none of the process.
class BriefLock {
 public:
  explicit BriefLock(std::mutex& mutex) : lock_(mutex, std::try_to_lock) {
    constexpr int kTries = 100;
    for (int i = 0; i < kTries && !lock_.owns_lock(); ++i) {
      std::this_thread::yield();
      static_cast<void>(lock_.try_lock());
    }
  }
  explicit operator bool() const noexcept { return lock_.owns_lock(); }

 private:
  std::unique_lock<std::mutex> lock_;
};

}  // namespace policygraph::inline v0::detail::query
