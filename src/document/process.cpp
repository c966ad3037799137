#include "document/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>

#include "policygraph/base/error.hpp"

namespace policygraph::inline v0::detail::document {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kMostComplaints = 4096;
constexpr std::size_t kPiece = std::size_t{64} << 10;
constexpr int kCannotStart = 127;

[[noreturn]] void refuse(const std::string& program, const char* step) {
  throw Error(ErrorCode::io, "cannot run '" + program + "': " + step + ": " + std::strerror(errno));
}

class Descriptor {
 public:
  explicit Descriptor(int number = -1) noexcept : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { reset(); }
  void reset(int number = -1) noexcept {
    if (number_ >= 0) ::close(number_);
    number_ = number;
  }
  int get() const noexcept { return number_; }

 private:
  int number_;
};

struct Pipe {
  explicit Pipe(const std::string& program) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) refuse(program, "no pipe");
    from.reset(ends[0]);
    to.reset(ends[1]);
  }
  Descriptor from, to;
};

void write_all(int file, std::string_view bytes, const std::string& program) {
  while (!bytes.empty()) {
    const auto count = ::write(file, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) refuse(program, "its input cannot be written");
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

// No more of a resource, nor more than the host itself may have.
void bound(decltype(RLIMIT_AS) resource, std::size_t wanted) noexcept {
  struct rlimit limit {};
  if (::getrlimit(resource, &limit) != 0) return;
  limit.rlim_max = limit.rlim_max == RLIM_INFINITY ? wanted : std::min<rlim_t>(wanted, limit.rlim_max);
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(resource, &limit);
}

// In the child of a program that may have threads: system calls and nothing that could take a lock.
[[noreturn]] void become(const char* program, char* const* arguments, const std::array<int, 3>& streams, const ProcessLimits& limits) noexcept {
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  for (int i = 0; i < 3; ++i) {
    if (::dup2(streams[static_cast<std::size_t>(i)], i) < 0) ::_exit(kCannotStart);
  }
  bound(RLIMIT_CORE, 0);
  bound(RLIMIT_FSIZE, 0);
  bound(RLIMIT_AS, limits.memory_bytes);
  bound(RLIMIT_CPU, static_cast<std::size_t>(limits.time.count()) + 1);
  ::execv(program, arguments);
  ::_exit(kCannotStart);
}

class Child {
 public:
  Child(const std::string& program, std::vector<std::string> arguments, int input, const ProcessLimits& limits)
      : limits_(limits), deadline_(Clock::now() + limits.time), output_(program), complaints_(program) {
    arguments.insert(arguments.begin(), program);
    std::vector<char*> pointers;
    for (auto& argument : arguments) pointers.push_back(argument.data());
    pointers.push_back(nullptr);
    const std::array<int, 3> streams = {input, output_.to.get(), complaints_.to.get()};
    process_ = ::fork();
    if (process_ < 0) refuse(program, "no new process");
    if (process_ == 0) become(program.c_str(), pointers.data(), streams, limits);
    output_.to.reset();
    complaints_.to.reset();
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    if (process_ > 0) finish(true);
  }

  ProcessResult run() {
    while (is_open() && result_.end == ProcessResult::End::exited) wait_for_words();
    finish(result_.end != ProcessResult::End::exited);
    return std::move(result_);
  }

 private:
  bool is_open() const noexcept { return output_.from.get() >= 0 || complaints_.from.get() >= 0; }

  void wait_for_words() {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline_ - Clock::now()).count();
    if (left <= 0) {
      result_.end = ProcessResult::End::out_of_time;
      return;
    }
    std::array<pollfd, 2> watched = {{{output_.from.get(), POLLIN, 0}, {complaints_.from.get(), POLLIN, 0}}};
    const int ready = ::poll(watched.data(), watched.size(), static_cast<int>(std::min<long long>(left, 1000)));
    if (ready <= 0) return;
    if (watched[0].revents != 0) take(output_.from, result_.output, limits_.output_bytes, true);
    if (watched[1].revents != 0) take(complaints_.from, result_.complaints, kMostComplaints, false);
  }

  void take(Descriptor& from, std::string& into, std::size_t most, bool is_refused) {
    piece_.resize(kPiece);
    const auto count = ::read(from.get(), piece_.data(), piece_.size());
    if (count < 0 && errno == EINTR) return;
    if (count <= 0) return from.reset();
    const auto size = std::min(static_cast<std::size_t>(count), most - into.size());
    into.append(piece_, 0, size);
    if (is_refused && size < static_cast<std::size_t>(count)) result_.end = ProcessResult::End::too_much_output;
  }

  void finish(bool by_force) noexcept {
    if (by_force) ::kill(process_, SIGKILL);
    int status = 0;
    pid_t ended = -1;
    do ended = ::waitpid(process_, &status, 0);
    while (ended < 0 && errno == EINTR);
    process_ = -1;
    if (by_force) return;
    if (ended >= 0 && WIFEXITED(status)) {
      result_.exit_code = WEXITSTATUS(status);
    } else if (ended >= 0) {
      result_.end = WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL ? ProcessResult::End::out_of_time : ProcessResult::End::killed;
    }
  }

  const ProcessLimits limits_;
  const Clock::time_point deadline_;
  Pipe output_, complaints_;
  pid_t process_ = -1;
  ProcessResult result_;
  std::string piece_;
};

bool is_program(const std::string& path) noexcept {
  struct stat facts {};
  return ::stat(path.c_str(), &facts) == 0 && S_ISREG(facts.st_mode) && ::access(path.c_str(), X_OK) == 0;
}

}  // namespace

std::string find_program(std::string_view name) {
  const char* path = std::getenv("PATH");
  std::string_view folders = path != nullptr ? path : "/usr/local/bin:/usr/bin:/bin";
  while (!folders.empty()) {
    const auto end = std::min(folders.find(':'), folders.size());
    const auto folder = folders.substr(0, end);
    // An empty or relative entry is the folder one happens to stand in, where a stranger's file may lie.
    std::string candidate = std::string(folder) + "/" + std::string(name);
    if (folder.starts_with('/') && is_program(candidate)) return candidate;
    folders.remove_prefix(std::min(end + 1, folders.size()));
  }
  return {};
}

ProcessResult run_process(const std::string& program, const std::vector<std::string>& arguments, std::string_view input, const ProcessLimits& limits) {
  const Descriptor file(::memfd_create("document", MFD_CLOEXEC));
  if (file.get() < 0) refuse(program, "no memory for its input");
  write_all(file.get(), input, program);
  ::lseek(file.get(), 0, SEEK_SET);
  return Child(program, arguments, file.get(), limits).run();
}

}  // namespace policygraph::inline v0::detail::document
