// Prepared queries, by Python's own calls (vectorcall): a look-up takes less time than a call through pybind11 does.
#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "core.hpp"
#include "docstrings.hpp"
#include "policygraph/query/columns.hpp"
#include "policygraph/query/query.hpp"

namespace policygraph::python {
namespace {

constexpr std::size_t kFewValues = 4;

/// The interpreter's lock, let go while this lives.
class Unlocked {
 public:
  Unlocked() noexcept : state_(PyEval_SaveThread()) {}
  ~Unlocked() { PyEval_RestoreThread(state_); }
  Unlocked(const Unlocked&) = delete;
  Unlocked& operator=(const Unlocked&) = delete;

 private:
  PyThreadState* state_;
};

/// The arguments of a call as Python hands them over: those by place, then those by name.
struct Given {
  PyObject* const* values;
  std::size_t by_place;
  PyObject* names;  // a tuple, or null
  std::size_t by_name() const { return names == nullptr ? 0 : static_cast<std::size_t>(PyTuple_GET_SIZE(names)); }
  PyObject* name(std::size_t i) const { return PyTuple_GET_ITEM(names, static_cast<Py_ssize_t>(i)); }
};

class Prepared {
 public:
  Prepared(PreparedQuery query, const QueryOptions& options) : query_(std::move(query)), options_(options), moment_(options) {
    moment_.timeout = kMoment;
    for (const auto& name : query_.parameters()) names_.push_back(py::reinterpret_steal<py::object>(PyUnicode_InternFromString(name.c_str())));
  }

  Rows run(const Given& given) const {
    std::array<Value, kFewValues> few;
    std::vector<Value> many(names_.size() > kFewValues ? names_.size() : 0);
    const auto values = many.empty() ? std::span(few).first(names_.size()) : std::span(many);
    if (!take(given, values)) refuse(given);
    if (auto rows = at_once(values)) return std::move(*rows);
    return run_or_leave([query = query_, options = options_, values = std::vector<Value>(values.begin(), values.end())](const std::stop_token& stop) mutable {
      options.stop = stop;
      return query.run_in_order(values, options);
    });
  }
  const PreparedQuery& query() const { return query_; }

 private:
  std::optional<Rows> at_once(std::span<const Value> values) const {
    const Unlocked unlocked;
    try {
      return query_.run_in_order(values, moment_);
    } catch (const Error& trouble) {
      if (trouble.code() != ErrorCode::limit) throw;
      return std::nullopt;
    }
  }

  // False where there are too few or too many, or one comes twice.
  bool take(const Given& given, std::span<Value> values) const {
    if (given.by_place + given.by_name() != values.size()) return false;
    for (std::size_t i = 0; i < given.by_place; ++i) values[i] = from_python(given.values[i]);
    std::uint64_t taken = 0;  // of those by name
    for (std::size_t i = 0; i < given.by_name(); ++i) {
      const auto place = place_of(given.name(i));
      if (place < given.by_place || place >= values.size() || (place < 64 && (taken >> place & 1U) != 0)) return false;
      if (place < 64) taken |= std::uint64_t{1} << place;
      values[place] = from_python(given.values[given.by_place + i]);
    }
    return true;
  }

  std::size_t place_of(PyObject* name) const {
    for (std::size_t i = 0; i < names_.size(); ++i)
      if (names_[i].ptr() == name) return i;
    for (std::size_t i = 0; i < names_.size(); ++i)
      if (PyUnicode_Compare(names_[i].ptr(), name) == 0) return i;
    return names_.size();
  }

  // Says what is wrong, in the words of a query whose values have names.
  [[noreturn]] void refuse(const Given& given) const {
    const auto wanted = query_.parameters();
    if (given.by_place > wanted.size())
      throw Error(ErrorCode::invalid_argument, "the query has " + std::to_string(wanted.size()) + " parameters, and " + std::to_string(given.by_place) + " values are given");
    Parameters named;
    for (std::size_t i = 0; i < given.by_place; ++i) named.emplace(wanted[i], Value());
    for (std::size_t i = 0; i < given.by_name(); ++i) {
      const auto name = text_of(given.name(i), "the name of a parameter");
      if (!named.emplace(name, Value()).second) throw Error(ErrorCode::invalid_argument, "parameter '" + name + "' is given twice");
    }
    query_.run(named, options_);
    throw Error(ErrorCode::invalid_argument, "the values do not fit the query's parameters");
  }

  PreparedQuery query_;
  QueryOptions options_, moment_;
  std::vector<py::object> names_;  // interned, in the order of the query's parameters
};

struct HeldPrepared {
  PyObject_HEAD
  Prepared* prepared;
};
const Prepared& prepared_of(PyObject* self) { return *reinterpret_cast<HeldPrepared*>(self)->prepared; }

/// Calls of Python know no exceptions of C++: null, and Python's own is set.
template <class Make>
PyObject* made(Make make) noexcept {
  try {
    return make().release().ptr();
  } catch (...) {
    py::detail::try_translate_exceptions();
    return nullptr;
  }
}

PyObject* new_prepared(PyTypeObject* type, PyObject* arguments, PyObject*) noexcept {
  return made([&] {
    const auto given = py::reinterpret_borrow<py::tuple>(arguments);
    if (given.size() != 3) throw py::type_error("a snapshot, a text and options");
    const auto snapshot = given[0].cast<Snapshot>();
    const auto text = text_of(given[1], "the query");
    const auto options = given[2].cast<QueryOptions>();
    auto query = run_or_leave([snapshot, text, options = QueryOptions(options)](const std::stop_token& stop) mutable {
      options.stop = stop;
      return prepare(snapshot, text, options);
    });
    auto held = std::make_unique<Prepared>(std::move(query), options);
    auto self = py::reinterpret_steal<py::object>(type->tp_alloc(type, 0));
    if (!self) throw py::error_already_set();
    reinterpret_cast<HeldPrepared*>(self.ptr())->prepared = held.release();
    return self;
  });
}

void end_prepared(PyObject* self) noexcept {
  delete reinterpret_cast<HeldPrepared*>(self)->prepared;
  auto* const type = Py_TYPE(self);
  type->tp_free(self);
  Py_DECREF(type);
}

Given given_of(PyObject* const* values, Py_ssize_t by_place, PyObject* names) { return {values, static_cast<std::size_t>(by_place), names}; }

PyObject* rows_of(PyObject* self, PyObject* const* values, Py_ssize_t by_place, PyObject* names) noexcept {
  return made([&] { return py::cast(prepared_of(self).run(given_of(values, by_place, names))); });
}

PyObject* tuples_of_prepared(PyObject* self, PyObject* const* values, Py_ssize_t by_place, PyObject* names) noexcept {
  return made([&]() -> py::object {
    const auto rows = prepared_of(self).run(given_of(values, by_place, names));
    return tuples_of(rows, 0, rows.size(), 1);
  });
}

PyObject* columns(PyObject* self, void*) noexcept {
  return made([&] { return py::cast(prepared_of(self).query().columns()); });
}
PyObject* parameters(PyObject* self, void*) noexcept {
  return made([&] { return py::cast(prepared_of(self).query().parameters()); });
}

/// Where the call is Python's, its form has a type of its own; PyMethodDef has room for one.
PyCFunction fast(PyObject* (*call)(PyObject*, PyObject* const*, Py_ssize_t, PyObject*) noexcept) {
  return reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(call));
}

// A row whose values hold no others is nothing that the collector of garbage need look at.
bool is_atom(ValueKind kind) { return kind <= ValueKind::string; }

/// Makes tuples of the rows of an answer, of its columns where those are kept by themselves.
class TupleMaker {
 public:
  explicit TupleMaker(const Rows& rows) : rows_(rows), width_(rows.columns().size()) {
    for (std::size_t i = 0; i < width_ && rows.size() >= kManyRows; ++i) columns_.push_back({numbers_of_rows(rows, i), texts_of_rows(rows, i)});
    is_by_columns_ = std::ranges::any_of(columns_, [](const Column& one) { return !one.is_empty(); });
  }

  py::tuple make(std::size_t row) const {
    auto out = py::reinterpret_steal<py::tuple>(PyTuple_New(static_cast<Py_ssize_t>(width_)));
    if (!out) throw py::error_already_set();
    if (is_by_columns_ ? fill_by_columns(row, out.ptr()) : fill(row, out.ptr())) PyObject_GC_UnTrack(out.ptr());
    return out;
  }

 private:
  static constexpr std::size_t kManyRows = 8;
  struct Column {
    NumbersOfRows numbers;
    std::span<const std::string_view> texts;
    bool is_empty() const { return numbers.wholes.empty() && numbers.floats.empty() && numbers.decimals.empty() && texts.empty(); }
  };

  // Both say whether the row holds nothing but atoms.
  bool fill(std::size_t row, PyObject* out) const {
    const auto found = rows_[row];
    bool is_flat = true;
    for (std::size_t i = 0; i < width_; ++i) {
      const auto& value = found[i];
      is_flat = is_flat && is_atom(value.kind());
      put(out, i, to_python(value, rows_.snapshot()));
    }
    return is_flat;
  }
  bool fill_by_columns(std::size_t row, PyObject* out) const {
    bool is_flat = true;
    for (std::size_t i = 0; i < width_; ++i) {
      const auto& [numbers, texts] = columns_[i];
      if (!numbers.wholes.empty()) {
        put(out, i, py::int_(numbers.wholes[row]));
      } else if (!numbers.floats.empty()) {
        put(out, i, py::float_(numbers.floats[row]));
      } else if (!texts.empty()) {
        put(out, i, py::str(texts[row].data(), texts[row].size()));
      } else if (!numbers.decimals.empty()) {
        is_flat = is_flat && is_atom(ValueKind::decimal);
        put(out, i, to_python(Value(numbers.decimals[row]), rows_.snapshot()));
      } else {
        const auto& value = rows_[row][i];
        is_flat = is_flat && is_atom(value.kind());
        put(out, i, to_python(value, rows_.snapshot()));
      }
    }
    return is_flat;
  }
  static void put(PyObject* out, std::size_t i, py::object value) { PyTuple_SET_ITEM(out, static_cast<Py_ssize_t>(i), value.release().ptr()); }

  const Rows& rows_;
  std::size_t width_;
  std::vector<Column> columns_;
  bool is_by_columns_ = false;
};

}  // namespace

py::tuple row_of(const Rows& rows, std::size_t row) {
  rows[row];  // throws where there is none
  return TupleMaker(rows).make(row);
}

py::list tuples_of(const Rows& rows, std::size_t first, std::size_t count, std::ptrdiff_t step) {
  const TupleMaker maker(rows);
  py::list out(count);
  for (std::size_t i = 0; i < count; ++i) {
    hear(i);
    const auto row = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(first) + static_cast<std::ptrdiff_t>(i) * step);
    PyList_SET_ITEM(out.ptr(), static_cast<Py_ssize_t>(i), maker.make(row).release().ptr());
  }
  return out;
}

void bind_prepared(py::module_& core) {
  static std::array methods = {
      PyMethodDef{"_rows", fast(rows_of), METH_FASTCALL | METH_KEYWORDS, "_rows($self, /, *values, **named)\n--\n\n"},
      PyMethodDef{"tuples", fast(tuples_of_prepared), METH_FASTCALL | METH_KEYWORDS, kTuplesDoc},
      PyMethodDef{nullptr, nullptr, 0, nullptr},
  };
  static std::array fields = {
      PyGetSetDef{"columns", columns, nullptr, "Names of the columns, in order.", nullptr},
      PyGetSetDef{"parameters", parameters, nullptr, "Names of the parameters, in the order in which the text names them first.", nullptr},
      PyGetSetDef{nullptr, nullptr, nullptr, nullptr, nullptr},
  };
  std::array slots = {
      PyType_Slot{Py_tp_new, reinterpret_cast<void*>(new_prepared)}, PyType_Slot{Py_tp_dealloc, reinterpret_cast<void*>(end_prepared)},
      PyType_Slot{Py_tp_methods, methods.data()}, PyType_Slot{Py_tp_getset, fields.data()}, PyType_Slot{0, nullptr},
  };
  PyType_Spec spec{"policygraph._core.PreparedQuery", sizeof(HeldPrepared), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, slots.data()};
  const auto type = py::reinterpret_steal<py::object>(PyType_FromModuleAndSpec(core.ptr(), &spec, nullptr));
  if (!type) throw py::error_already_set();
  core.attr("PreparedQuery") = type;
  core.def("tuples_of", &tuples_of);
}

}  // namespace policygraph::python
