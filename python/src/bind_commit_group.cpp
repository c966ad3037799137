// graph: commits in groups.
#include "policygraph/graph/commit_group.hpp"

#include "core.hpp"
#include "held_transaction.hpp"

namespace policygraph::python {
namespace {

constexpr std::chrono::milliseconds kTry{20};  // how long one call waits before Ctrl-C is asked for

GroupOptions options_of(std::size_t most_commits, double longest) {
  GroupOptions options;
  options.most_commits = most_commits;
  options.longest = std::chrono::milliseconds(static_cast<std::int64_t>(longest * 1000));
  options.timeout = kTry;
  return options;
}

/// A group belongs to one thread at a time, as a transaction does.
class HeldGroup {
 public:
  HeldGroup(const Graph& graph, std::size_t most_commits, double longest, double timeout)
      : group_(graph, options_of(most_commits, longest)), patience_(static_cast<std::int64_t>(timeout * 1000)) {}

  std::unique_ptr<HeldTransaction> begin(const std::string& author) {
    const Turn turn(is_used_);
    try {
      return begin_at_once(author);
    } catch (const Error& error) {
      if (error.code() != ErrorCode::busy || group_.waiting() > 0) throw;
    }
    return wait_and_begin(author);
  }
  void flush() {
    const Turn turn(is_used_);
    const py::gil_scoped_release unlocked;
    group_.flush();
  }
  std::size_t waiting() const { return group_.waiting(); }

 private:
  class Turn {
   public:
    explicit Turn(std::atomic<bool>& is_used) : is_used_(is_used) {
      if (is_used_.exchange(true)) throw Error(ErrorCode::busy, "the group is in use by another thread");
    }
    ~Turn() { is_used_ = false; }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

   private:
    std::atomic<bool>& is_used_;
  };

  std::unique_ptr<HeldTransaction> begin_at_once(const std::string& author) {
    const py::gil_scoped_release unlocked;
    return std::make_unique<HeldTransaction>(group_.begin(author));
  }
  std::unique_ptr<HeldTransaction> wait_and_begin(const std::string& author) {
    return run_interruptibly([&](const std::stop_token& stop) {
      const auto end = std::chrono::steady_clock::now() + patience_;
      for (;;) {
        try {
          return std::make_unique<HeldTransaction>(group_.begin(author));
        } catch (const Error& error) {
          if (error.code() != ErrorCode::busy || stop.stop_requested() || std::chrono::steady_clock::now() >= end) throw;
        }
      }
    });
  }

  CommitGroup group_;
  std::chrono::milliseconds patience_;
  std::atomic<bool> is_used_ = false;
};

}  // namespace

void bind_commit_group(py::module_& core) {
  py::class_<HeldGroup>(core, "CommitGroup")
      .def(py::init<const Graph&, std::size_t, double, double>())
      .def("begin", &HeldGroup::begin)
      .def("flush", &HeldGroup::flush)
      .def_property_readonly("waiting", &HeldGroup::waiting);
}

}  // namespace policygraph::python
