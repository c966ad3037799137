// base: errors, diagnostics, partial dates and durations.
#include "core.hpp"
#include "docstrings.hpp"
#include "policygraph/base/diagnostic.hpp"
#include "policygraph/base/partial_date.hpp"
#include "policygraph/base/temporal.hpp"
#include "policygraph/query/query.hpp"

namespace policygraph::python {
namespace {

/// The class is chosen by policygraph.errors, the one table of codes and classes.
void raise(const Error& error, const std::string& type, const std::string& phase, const std::string& detail) {
  const auto place = error.place().value_or(Place{});
  const auto make = py::module_::import("policygraph.errors").attr("_made");
  const py::object made = make(std::string(code_name(error.code())), error.text(), place.line, place.column, place.source_line, place.document,
                               error.report(), type, phase, detail);
  PyErr_SetObject(reinterpret_cast<PyObject*>(Py_TYPE(made.ptr())), made.ptr());
}

void translate(std::exception_ptr failure) {
  try {
    if (failure) std::rethrow_exception(failure);
  } catch (const QueryError& error) {
    raise(error, std::string(type_name(error.type())), std::string(phase_name(error.phase())), std::string(detail_name(error.detail())));
  } catch (const Error& error) {
    raise(error, "", "", "");
  }
}

py::object day_or_none(const PartialDate& date, Day day, Day open_end) {
  if (date.is_unknown() || day == open_end) return py::none();
  const auto parts = year_month_day(day);
  return py::module_::import("datetime").attr("date")(parts.year, parts.month, parts.day);
}

/// Of a text, or of a datetime.date: the day.
PartialDate partial_date_of(const py::object& text) {
  if (py::isinstance<py::str>(text)) return PartialDate::parse(text_of(text, "the date"));
  if (py::isinstance(text, py::module_::import("datetime").attr("date")))
    return PartialDate::parse(text.attr("isoformat")().cast<std::string>().substr(0, 10));
  throw Error(ErrorCode::invalid_argument, "the date is of the type " + py::str(py::type::of(text).attr("__name__")).cast<std::string>() +
                                               "; it is a text as '2024-05', or a datetime.date");
}

/// A last constructor: what is given fits none.
template <class Class>
void refuse_other_texts(Class& bound, const char* name, const char* wanted) {
  using Made = typename Class::type;
  py::options options;
  options.disable_function_signatures();
  bound.def(py::init([name, wanted](const py::args& given, const py::kwargs& named) -> Made { refuse_call(name, {{"text", wanted}}, 1, given, named); }));
}

void bind_partial_date(py::module_& core) {
  py::class_<PartialDate> bound(core, "PartialDate", R"(A date as texts state it: a year, a month, a day, or an interval (EDTF level 1).

Parameters
----------
text : str or datetime.date
    ``2024``, ``2024-10``, ``2019-11-21``, ``2018/2021``, ``../2029``, ``2024/..``; the empty text is the unknown date.

Attributes
----------
is_interval, is_unknown : bool
    Whether it goes from one date to another; whether it is the empty text.

Examples
--------
>>> import policygraph as pg
>>> date = pg.PartialDate("2024-10")
>>> date.earliest, date.latest
(datetime.date(2024, 10, 1), datetime.date(2024, 10, 31))
>>> date < pg.PartialDate("2029")
True
)");
  bound.def(py::init(&partial_date_of), py::arg("text"), "__init__(self, text: str | datetime.date) -> None\n\nRead from a text, or of a day.")
      .def_property_readonly("earliest", [](const PartialDate& self) { return day_or_none(self, self.earliest(), kFirstDay); },
                             "The first day it may mean, or None where it is open.")
      .def_property_readonly("latest", [](const PartialDate& self) { return day_or_none(self, self.latest(), kLastDay); },
                             "The last day it may mean, or None where it is open.")
      .def_property_readonly("is_interval", &PartialDate::is_interval)
      .def_property_readonly("is_unknown", &PartialDate::is_unknown)
      .def("overlaps", &may_overlap, py::arg("other"), "overlaps(self, other: PartialDate) -> bool\n\nWhether some day of one may be a day of the other.")
      .def("__eq__", [](const PartialDate& a, const PartialDate& b) { return a == b; }, py::is_operator())
      .def("__lt__", [](const PartialDate& a, const PartialDate& b) { return order(a, b) < 0; }, py::is_operator())
      .def("__le__", [](const PartialDate& a, const PartialDate& b) { return order(a, b) <= 0; }, py::is_operator())
      .def("__gt__", [](const PartialDate& a, const PartialDate& b) { return order(a, b) > 0; }, py::is_operator())
      .def("__ge__", [](const PartialDate& a, const PartialDate& b) { return order(a, b) >= 0; }, py::is_operator())
      .def("__hash__", [](const PartialDate& self) { return py::hash(py::str(self.to_string())); })
      .def("__str__", &PartialDate::to_string)
      .def("__repr__", [](const PartialDate& self) { return "PartialDate('" + self.to_string() + "')"; })
      .def(py::pickle([](const PartialDate& self) { return py::make_tuple(self.to_string()); },
                      [](const py::tuple& state) { return PartialDate::parse(state[0].cast<std::string>()); }));
  refuse_other_texts(bound, "PartialDate", "a text or a datetime.date");
  refuse_others(bound, "overlaps", {{"other", "a PartialDate"}}, 1);
}

void bind_duration(py::module_& core) {
  py::class_<Duration> bound(core, "Duration", R"(Cypher's duration: months, days, seconds and nanoseconds, which do not convert into one another.

Parameters
----------
text : str
    ISO 8601, such as ``P1Y2M10DT2H30M``.

Attributes
----------
months, days, seconds, nanoseconds : int
    Its parts.

Examples
--------
>>> import policygraph as pg
>>> pg.Duration("P1Y2M").months
14
)");
  bound.def(py::init([](const std::string& text) { return parse_duration(text); }), py::arg("text"),
            "__init__(self, text: str) -> None\n\nRead from a text.")
      .def_readonly("months", &Duration::months)
      .def_readonly("days", &Duration::days)
      .def_readonly("seconds", &Duration::seconds)
      .def_readonly("nanoseconds", &Duration::nanoseconds)
      .def("__eq__", [](const Duration& a, const Duration& b) { return a == b; }, py::is_operator())
      .def("__hash__", [](const Duration& self) { return py::hash(py::str(to_string(self))); })
      .def("__str__", [](const Duration& self) { return to_string(self); })
      .def("__repr__", [](const Duration& self) { return "Duration('" + to_string(self) + "')"; });
  refuse_other_texts(bound, "Duration", "a text as 'P1Y2M'");
}

}  // namespace

void bind_base(py::module_& core) {
  py::register_exception_translator(&translate);
  py::class_<Diagnostic>(core, "Diagnostic", kDiagnosticDoc)
      .def_property_readonly("severity", [](const Diagnostic& self) { return std::string(severity_name(self.severity)); })
      .def_property_readonly("code", [](const Diagnostic& self) { return std::string(code_name(self.code)); })
      .def_readonly("text", &Diagnostic::text)
      .def_readonly("document", &Diagnostic::document)
      .def("__repr__", [](const Diagnostic& self) {
        return py::str("<Diagnostic {}: {}{}>").format(std::string(severity_name(self.severity)),
                                                       self.document.empty() ? "" : self.document + ": ", self.text);
      });
  bind_partial_date(core);
  bind_duration(core);
}

}  // namespace policygraph::python
