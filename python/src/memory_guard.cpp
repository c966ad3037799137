// Objects that find no memory. pybind11 (3.0) uses what a type's tp_alloc gives without looking: where that is nothing, the process
// ends. Here tp_alloc throws, which pybind11 turns into an exception of Python, and tp_new, which Python calls, catches that.
#include "core.hpp"

namespace policygraph::python {
namespace {

PyObject* alloc_or_throw(PyTypeObject* type, Py_ssize_t items) {
  auto* const self = PyType_GenericAlloc(type, items);
  if (self == nullptr) throw py::error_already_set();
  return self;
}

// As pybind11_object_new.
PyObject* new_or_null(PyTypeObject* type, PyObject*, PyObject*) {
  py::object self;
  try {
    self = py::reinterpret_steal<py::object>(type->tp_alloc(type, 0));
    if (self) reinterpret_cast<py::detail::instance*>(self.ptr())->allocate_layout();
    return self.release().ptr();
  } catch (py::error_already_set& error) {
    error.restore();
  } catch (const std::exception&) {
    self.release();  // its layout is not made: nothing may take it apart
    PyErr_NoMemory();
  }
  return nullptr;
}

}  // namespace

void guard_allocations(const py::module_& core) {
  auto* const base = reinterpret_cast<PyTypeObject*>(py::detail::get_internals().instance_base);
  for (const auto& [name, object] : core.attr("__dict__").cast<py::dict>()) {
    if (PyType_Check(object.ptr()) == 0) continue;
    auto* const type = reinterpret_cast<PyTypeObject*>(object.ptr());
    if (PyType_IsSubtype(type, base) == 0) continue;
    type->tp_alloc = alloc_or_throw;
    type->tp_new = new_or_null;
    PyType_Modified(type);
  }
}

}  // namespace policygraph::python
