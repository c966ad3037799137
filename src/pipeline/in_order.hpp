#pragma once

#include <condition_variable>
#include <cstddef>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace policygraph::inline v0::detail::pipeline {

/// Makes numbered things on several threads and hands them on one by one, in order of number, on the caller's thread.
/// No more than a few a thread are made ahead, so what is made need not be held for long, however many there are. The
/// caller makes too, whenever the next one is not ready.
///
///     InOrder<Text>(paths.size(), threads).run([&](std::size_t i) { return read(paths[i]); },
///                                              [&](std::size_t i, Text text) { print(i, text); });
template <class Made>
class InOrder {
 public:
  InOrder(std::size_t size, unsigned threads)
      : size_(size), threads_(threads), places_(threads > 1 ? kAhead * threads : 1) {}

  /// What `make` or `take` throws ends the run and is thrown again: of several failures that of the lowest number.
  template <class Make, class Take>
  void run(const Make& make, const Take& take) {
    std::vector<std::jthread> pool;
    const Ending ending(*this);
    for (unsigned i = 1; i < threads_; ++i) pool.emplace_back([this, &make] { serve(make); });
    for (std::size_t number = 0; number < size_; ++number) take(number, wait_for(number, make));
  }

 private:
  static constexpr std::size_t kAhead = 4;

  struct Place {
    std::optional<Made> made;
    std::exception_ptr failure;
    bool is_full() const noexcept { return made || failure; }
  };

  /// However a run ends, its threads do.
  class Ending {
   public:
    explicit Ending(InOrder& run) : run_(run) {}
    Ending(const Ending&) = delete;
    Ending& operator=(const Ending&) = delete;
    ~Ending() {
      const std::scoped_lock lock(run_.mutex_);
      run_.next_ = run_.size_;
      run_.has_room_.notify_all();
    }

   private:
    InOrder& run_;
  };

  bool has_room() const noexcept { return next_ < taken_ + places_.size(); }

  template <class Make>
  void serve(const Make& make) {
    std::unique_lock lock(mutex_);
    while (true) {
      has_room_.wait(lock, [this] { return next_ >= size_ || has_room(); });
      if (next_ >= size_) return;
      make_next(lock, make);
    }
  }

  /// Requires: the lock is held, and there is a next one and room for it.
  template <class Make>
  void make_next(std::unique_lock<std::mutex>& lock, const Make& make) {
    const auto number = next_++;
    lock.unlock();
    Place place;
    try {
      place.made.emplace(make(number));
    } catch (...) {
      place.failure = std::current_exception();
    }
    lock.lock();
    places_[number % places_.size()] = std::move(place);
    is_made_.notify_one();
  }

  template <class Make>
  Made wait_for(std::size_t number, const Make& make) {
    std::unique_lock lock(mutex_);
    auto& place = places_[number % places_.size()];
    while (!place.is_full()) {
      if (next_ < size_ && has_room())
        make_next(lock, make);
      else
        is_made_.wait(lock);
    }
    Place taken = std::exchange(place, Place());
    taken_ = number + 1;
    has_room_.notify_all();
    if (taken.failure) std::rethrow_exception(taken.failure);
    return std::move(*taken.made);
  }

  std::size_t size_;
  unsigned threads_;
  std::mutex mutex_;  // of what follows
  std::condition_variable has_room_, is_made_;
  std::vector<Place> places_;  // of number % size
  std::size_t next_ = 0;       // to be made
  std::size_t taken_ = 0;
};

}  // namespace policygraph::inline v0::detail::pipeline
