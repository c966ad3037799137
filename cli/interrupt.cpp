#include "cli/interrupt.hpp"

#include <csignal>
#include <cstdlib>
#include <ctime>

#include "cli/exit_code.hpp"
#include "cli/terminal.hpp"

namespace policygraph::cli {
namespace {

constexpr long kPollNanoseconds = 20'000'000;
constexpr int kPollsBeforeExit = 7;

sigset_t stop_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  return set;
}

bool has_come(const sigset_t& signals) {
  const timespec wait{0, kPollNanoseconds};
  return sigtimedwait(&signals, nullptr, &wait) > 0;
}

}  // namespace

Interrupt::Interrupt() {
  std::signal(SIGPIPE, SIG_DFL);
  const auto signals = stop_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  watcher_ = std::jthread([this](const std::stop_token& over) { watch(over); });
}

Interrupt::~Interrupt() { watcher_.request_stop(); }

void Interrupt::watch(const std::stop_token& over) {
  const auto signals = stop_signals();
  while (!has_come(signals))
    if (over.stop_requested()) return;
  stop_.request_stop();
  for (int i = 0; i < kPollsBeforeExit; ++i) {
    if (over.stop_requested()) return;
    has_come(signals);
  }
  say_interrupted();
  std::_Exit(kInterrupted);
}

}  // namespace policygraph::cli
