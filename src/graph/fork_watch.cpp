#include "graph/fork_watch.hpp"

#include <pthread.h>

namespace policygraph::inline v0::detail::graph {

// The system calls these without an argument: what they look at is the process's.
struct ForkHandlers {
  std::mutex mutex;   // of all below; held while the process forks
  std::mutex moment;  // taken last
  ForkWatch* first = nullptr;
  const ForkWatch::Library* library = nullptr;
  bool is_registered = false;

  static ForkHandlers& all() noexcept {
    static auto* const handlers = new ForkHandlers;  // never destroyed: the last graph may be when all that is static is
    return *handlers;
  }
  void register_once() noexcept {
    if (!is_registered) is_registered = pthread_atfork(before, after_in_parent, after_in_child) == 0;
  }
  void add(ForkWatch& watch) noexcept {
    const std::lock_guard lock(mutex);
    register_once();
    watch.next_ = first;
    if (first != nullptr) first->before_ = &watch;
    first = &watch;
  }
  void remove(ForkWatch& watch) noexcept {
    const std::lock_guard lock(mutex);
    if (watch.next_ != nullptr) watch.next_->before_ = watch.before_;
    (watch.before_ != nullptr ? watch.before_->next_ : first) = watch.next_;
  }

  static void before() {
    auto& handlers = all();
    handlers.mutex.lock();
    for (auto* each = handlers.first; each != nullptr; each = each->next_) each->watched_.before_fork();
    handlers.moment.lock();
    if (handlers.library != nullptr) handlers.library->before_fork();
  }
  static void after(bool is_child) {
    auto& handlers = all();
    if (handlers.library != nullptr) handlers.library->after_fork(is_child);
    handlers.moment.unlock();
    for (auto* each = handlers.first; each != nullptr; each = each->next_) each->watched_.after_fork(is_child);
    handlers.mutex.unlock();
  }
  static void after_in_parent() { after(false); }
  static void after_in_child() { after(true); }
};

void ForkWatch::watch(const Library& library) noexcept {
  auto& handlers = ForkHandlers::all();
  const std::lock_guard lock(handlers.mutex);
  handlers.library = &library;
  handlers.register_once();
}

std::mutex& ForkWatch::moment() noexcept { return ForkHandlers::all().moment; }

ForkWatch::ForkWatch(Watched& watched) noexcept : watched_(watched) { ForkHandlers::all().add(*this); }
ForkWatch::~ForkWatch() { ForkHandlers::all().remove(*this); }

}  // namespace policygraph::inline v0::detail::graph
