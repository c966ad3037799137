#include "core.hpp"

#include <chrono>

namespace policygraph::python {

void wait_for(const std::function<bool(std::chrono::milliseconds)>& is_done, std::stop_source& stop) {
  constexpr std::chrono::milliseconds kPoll{20};
  bool is_over = false;
  while (!is_over) {
    {
      const py::gil_scoped_release unlocked;
      is_over = is_done(kPoll);
    }
    if (!is_over && !stop.stop_requested() && PyErr_CheckSignals() != 0) {
      // The exception waits, set aside, until the work has wound down; only then may Python go on.
      PyObject *type = nullptr, *value = nullptr, *trace = nullptr;
      PyErr_Fetch(&type, &value, &trace);
      stop.request_stop();
      while (!is_over) {
        const py::gil_scoped_release unlocked;
        is_over = is_done(kPoll);
      }
      PyErr_Restore(type, value, trace);
    }
  }
}

}  // namespace policygraph::python

PYBIND11_MODULE(_core, core) {
  using namespace policygraph::python;
  core.doc() = "The library as it is in C++; import policygraph instead.";
  core.attr("__version__") = POLICYGRAPH_PYTHON_VERSION;
  bind_base(core);
  bind_model(core);
  bind_graph(core);
  bind_extract(core);
  bind_query(core);
  bind_exchange(core);
  bind_picture(core);
  bind_pipeline(core);
}
