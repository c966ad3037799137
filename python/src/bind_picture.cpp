// picture: the page and the drawing.
#include "core.hpp"
#include "policygraph/picture/page.hpp"

namespace policygraph::python {

void bind_picture(py::module_& core) {
  core.def("write_page", [](const Snapshot& snapshot, const std::string& path, const std::string& title, std::size_t max_nodes) {
    run_interruptibly([&](const std::stop_token&) {
      write_page(snapshot, path, {title, max_nodes});
      return true;
    });
  });
  core.def("to_svg", [](const Snapshot& snapshot, const std::string& title, std::size_t max_nodes) {
    const py::gil_scoped_release unlocked;
    return to_svg(snapshot, {title, max_nodes});
  });
}

}  // namespace policygraph::python
