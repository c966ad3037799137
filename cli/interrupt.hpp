#pragma once

#include <stop_token>
#include <thread>

namespace policygraph::cli {

/// Turns Ctrl-C and SIGTERM into a stop request. Signals are blocked in every thread and taken by one of its own, so a handler never
/// runs in the middle of anything. Work that has no stop token (reading an export) is left by ending the process 150 ms later: files
/// are written by rename, so nothing half done is seen.
///
/// Requires: made in main before any other thread.
class Interrupt {
 public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  std::stop_token token() const noexcept { return stop_.get_token(); }

 private:
  void watch(const std::stop_token& over);

  std::stop_source stop_;
  std::jthread watcher_;
};

}  // namespace policygraph::cli
