#include "core.hpp"

#include <vector>

namespace policygraph::python {
namespace {

constexpr std::chrono::milliseconds kPoll{20};

/// Threads that were left behind. Never destroyed: the interpreter's last act joins what is in it.
struct LeftBehind {
  std::mutex mutex;
  std::vector<std::thread> threads;
};
LeftBehind& left_behind() {
  static auto* const all = new LeftBehind;
  return *all;
}

void join_left_behind() {
  const py::gil_scoped_release unlocked;
  std::vector<std::thread> threads;
  {
    const std::scoped_lock lock(left_behind().mutex);
    threads.swap(left_behind().threads);
  }
  for (auto& thread : threads) thread.join();
}

bool poll(const std::function<bool(std::chrono::milliseconds)>& is_done, std::chrono::milliseconds time) {
  const py::gil_scoped_release unlocked;
  return is_done(time);
}

/// What Python raised, set aside while the interpreter goes on.
class Aside {
 public:
  Aside() { PyErr_Fetch(&type_, &value_, &trace_); }
  ~Aside() { PyErr_Restore(type_, value_, trace_); }
  Aside(const Aside&) = delete;
  Aside& operator=(const Aside&) = delete;

 private:
  PyObject *type_ = nullptr, *value_ = nullptr, *trace_ = nullptr;
};

}  // namespace

bool wait_for(const std::function<bool(std::chrono::milliseconds)>& is_done, std::stop_source& stop, std::chrono::milliseconds patience) {
  while (!poll(is_done, kPoll)) {
    if (PyErr_CheckSignals() == 0) continue;
    const Aside raised;
    stop.request_stop();
    return poll(is_done, patience);
  }
  return true;
}

void refuse_call(const char* method, const ArgumentNames& names, std::size_t required, const py::args& given, const py::kwargs& named) {
  py::module_::import("policygraph.arguments").attr("refuse_call")(method, names, required, given, named);
  throw py::type_error(std::string(method) + " cannot be called so");
}

void leave_behind(std::thread thread) {
  const std::scoped_lock lock(left_behind().mutex);
  left_behind().threads.push_back(std::move(thread));
}

}  // namespace policygraph::python

PYBIND11_MODULE(_core, core) {
  using namespace policygraph::python;
  core.doc() = "The library as it is in C++; import policygraph instead.";
  core.attr("__version__") = POLICYGRAPH_PYTHON_VERSION;
  py::module_::import("atexit").attr("register")(py::cpp_function(&join_left_behind));
  bind_base(core);
  bind_model(core);
  bind_graph(core);
  bind_measures(core);
  bind_extract(core);
  bind_query(core);
  bind_exchange(core);
  bind_columns(core);
  bind_csv(core);
  bind_picture(core);
  bind_pipeline(core);
  bind_store(core);
  bind_commit_group(core);
  bind_knowledge(core);
  guard_allocations(core);
}
