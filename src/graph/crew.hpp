#pragma once

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

namespace policygraph::inline v0::detail::graph {

/// Nodes or edges that a worker takes at a time.
inline constexpr std::uint32_t kBlock = 1024;

/// Threads that a measure keeps from its first step to its last. The caller works too, and never waits for a thread that
/// has not come: whoever is free takes the next block, so a busy machine costs nothing but the help.
class Crew {
 public:
  /// Starts count - 1 threads, or as many as the system gives.
  explicit Crew(unsigned count);
  /// Workers are numbered from 0, the caller, to below this.
  unsigned size() const noexcept { return static_cast<unsigned>(threads_.size()) + 1; }

  /// Calls work(first, end, block, worker) for the blocks of [0, size) and waits for all. Rethrows one of the failures,
  /// after which some blocks were not worked on.
  template <class Work>
  void run(std::uint32_t size, const Work& work) {
    const auto blocks = (std::size_t{size} + kBlock - 1) / kBlock;
    const auto one = [&](std::size_t block, unsigned worker) {
      const auto first = static_cast<std::uint32_t>(block * kBlock);
      work(first, std::min(size - first, kBlock) + first, block, worker);
    };
    if (threads_.empty() || blocks < kWorthACall) {
      for (std::size_t block = 0; block < blocks; ++block) one(block, 0U);
    } else {
      share(blocks, one);
    }
  }

 private:
  using Job = std::function<void(std::size_t block, unsigned worker)>;
  static constexpr std::size_t kWorthACall = 8;  // blocks: to wake a thread costs as much as some thousand nodes

  void share(std::size_t blocks, const Job& job);
  void serve(const std::stop_token& stop, unsigned worker);
  void take_blocks(unsigned worker);

  std::mutex mutex_;
  std::condition_variable_any called_;  // a round was opened
  std::condition_variable left_;        // the last helper has left it
  const Job* job_ = nullptr;
  std::size_t blocks_ = 0;
  std::size_t round_ = 0;
  bool is_open_ = false;   // helpers may come in
  unsigned inside_ = 0;    // helpers
  std::exception_ptr failure_;
  std::atomic<std::size_t> next_ = 0;  // block
  std::vector<std::jthread> threads_;  // last: they end before what they use
};

/// What each worker gathers, each in lines of the cache of its own: lists that grow side by side in one line make every
/// push of one worker wait for the other's.
template <class T>
class ByWorker {
 public:
  explicit ByWorker(unsigned workers) : lists_(workers) {}
  std::vector<T>& operator[](unsigned worker) noexcept { return lists_[worker].items; }
  /// visit(items) worker by worker; the lists are empty after it.
  template <class Visit>
  void take(Visit visit) {
    for (auto& list : lists_) {
      visit(list.items);
      list.items.clear();
    }
  }

 private:
  struct alignas(128) List {
    std::vector<T> items;
  };
  std::vector<List> lists_;
};

}  // namespace policygraph::inline v0::detail::graph
