#pragma once

#include <mutex>

namespace policygraph::inline v0::detail::graph {

/// What another thread is about when the process forks stays half done in the child for ever. Whoever is watched is asked, before every
/// fork, to be whole and at rest, and after it, in both processes, to go on.
class ForkWatch {
 public:
  class Watched {
   public:
    virtual void before_fork() noexcept = 0;
    virtual void after_fork(bool is_child) noexcept = 0;

   protected:
    ~Watched() = default;
  };
  /// A library that those who are watched call, so that it comes to rest after them. There is one.
  struct Library {
    void (*before_fork)() noexcept;
    void (*after_fork)(bool is_child) noexcept;
  };
  static void watch(const Library& library) noexcept;
  /// Held for moments, and before no other lock that is watched, by whoever changes what children may go on reading.
  static std::mutex& moment() noexcept;

  /// To be the last member: it ends before anything that is asked for. O(1), no memory.
  explicit ForkWatch(Watched& watched) noexcept;
  ~ForkWatch();
  ForkWatch(const ForkWatch&) = delete;
  ForkWatch& operator=(const ForkWatch&) = delete;

 private:
  friend struct ForkHandlers;
  Watched& watched_;
  ForkWatch *next_ = nullptr, *before_ = nullptr;
};

}  // namespace policygraph::inline v0::detail::graph
