// Procedures written in Python, for CALL.
#include "core.hpp"

namespace policygraph::python {
namespace {

/// Whatever thread lets go of it last, Python's object goes with the interpreter's lock held.
std::shared_ptr<py::object> held(py::object object) {
  return {new py::object(std::move(object)), [](py::object* kept) {
            const py::gil_scoped_acquire locked;
            delete kept;
          }};
}

ProcedureRows rows_of(const py::object& answer) {
  ProcedureRows out;
  if (answer.is_none()) return out;
  for (const auto row : answer) {
    if (!py::isinstance<py::tuple>(row) && !py::isinstance<py::list>(row)) {
      throw Error(ErrorCode::invalid_argument, "a procedure gives rows: tuples, a value for each result");
    }
    auto& values = out.emplace_back();
    for (const auto value : row) values.push_back(from_python(value));
  }
  return out;
}

ProcedureRows call(const py::object& body, std::span<const Value> arguments, const Snapshot& snapshot) {
  const py::gil_scoped_acquire locked;
  try {
    py::tuple given(arguments.size());
    for (std::size_t i = 0; i < arguments.size(); ++i) given[i] = to_python(arguments[i], snapshot);
    return rows_of(body(*given));
  } catch (py::error_already_set& error) {
    const auto text = py::str(error.type().attr("__name__")).cast<std::string>() + ": " + py::str(error.value()).cast<std::string>();
    throw Error(ErrorCode::run, text);
  }
}

}  // namespace

std::shared_ptr<const Procedures> procedures_of(const py::dict& bodies) {
  if (bodies.empty()) return nullptr;
  auto out = std::make_shared<Procedures>();
  for (const auto& [signature, body] : bodies) {
    const auto kept = held(py::reinterpret_borrow<py::object>(body));
    out->add(Procedure(signature.cast<std::string>(), [kept](std::span<const Value> arguments, const Snapshot& snapshot) {
      return call(*kept, arguments, snapshot);
    }));
  }
  return out;
}

}  // namespace policygraph::python
