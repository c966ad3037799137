#include "graph/crew.hpp"

#include <system_error>
#include <utility>

namespace policygraph::inline v0::detail::graph {

Crew::Crew(unsigned count) {
  threads_.reserve(count);
  try {
    for (unsigned worker = 1; worker < count; ++worker)
      threads_.emplace_back([this, worker](const std::stop_token& stop) { serve(stop, worker); });
  } catch (const std::system_error&) {  // no more threads: fewer do the same
  }
}

void Crew::share(std::size_t blocks, const Job& job) {
  {
    const std::lock_guard lock(mutex_);
    job_ = &job;
    blocks_ = blocks;
    next_ = 0;
    is_open_ = true;
    ++round_;
  }
  called_.notify_all();
  take_blocks(0);
  std::unique_lock lock(mutex_);
  is_open_ = false;
  left_.wait(lock, [this] { return inside_ == 0; });
  if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
}

void Crew::serve(const std::stop_token& stop, unsigned worker) {
  std::size_t seen = 0;
  std::unique_lock lock(mutex_);
  while (called_.wait(lock, stop, [&] { return is_open_ && round_ != seen; })) {
    seen = round_;
    ++inside_;
    lock.unlock();
    take_blocks(worker);
    lock.lock();
    if (--inside_ == 0) left_.notify_one();
  }
}

void Crew::take_blocks(unsigned worker) {
  try {
    for (auto block = next_++; block < blocks_; block = next_++) (*job_)(block, worker);
  } catch (...) {
    const std::lock_guard lock(mutex_);
    next_ = blocks_;
    failure_ = std::current_exception();
  }
}

}  // namespace policygraph::inline v0::detail::graph
