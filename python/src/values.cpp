// Values to Python's types and back. Recursion is over what a program built, and bounded.
#include <pybind11/gil_safe_call_once.h>

#include "core.hpp"
#include "policygraph/base/partial_date.hpp"
#include "policygraph/base/temporal.hpp"

namespace policygraph::python {
namespace {

constexpr int kMaxDepth = 200;
constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;

py::object datetime(const char* name) { return py::module_::import("datetime").attr(name); }

// Looked for once: an import takes longer than making a number.
const py::object& decimal_type() {
  PYBIND11_CONSTINIT static py::gil_safe_call_once_and_store<py::object> storage;
  return storage.call_once_and_store_result([] { return py::object(py::module_::import("decimal").attr("Decimal")); }).get_stored();
}
const py::object& date_type() {
  PYBIND11_CONSTINIT static py::gil_safe_call_once_and_store<py::object> storage;
  return storage.call_once_and_store_result([] { return datetime("date"); }).get_stored();
}

bool fits_python(Day day) { return day >= kFirstDay && day <= kLastDay; }

py::object date_of(Day day) {
  const auto parts = year_month_day(day);
  return date_type()(parts.year, parts.month, parts.day);
}

struct Clock {
  std::int64_t hour, minute, second, microsecond;
};
Clock clock_of(LocalTime time) {
  const auto seconds = time.nanoseconds / kNanosecondsPerSecond;
  return {seconds / 3600, seconds / 60 % 60, seconds % 60, time.nanoseconds % kNanosecondsPerSecond / 1000};
}

py::object offset_of(std::int32_t seconds) { return datetime("timezone")(datetime("timedelta")(0, seconds)); }

py::object zone_of(const ZonedDateTime& value) {
  if (value.zone.empty()) return offset_of(value.offset_seconds);
  return py::module_::import("zoneinfo").attr("ZoneInfo")(value.zone);
}

py::object time_of(LocalTime time, const py::object& zone) {
  const auto clock = clock_of(time);
  return datetime("time")(clock.hour, clock.minute, clock.second, clock.microsecond, zone);
}

py::object date_time_of(const LocalDateTime& value, const py::object& zone) {
  const auto parts = year_month_day(value.day);
  const auto clock = clock_of(value.time);
  return datetime("datetime")(parts.year, parts.month, parts.day, clock.hour, clock.minute, clock.second, clock.microsecond, zone);
}

/// Days that datetime cannot hold come as text.
py::object temporal(const Value& value) {
  switch (value.kind()) {
    case ValueKind::date:
      return fits_python(value.as_date()) ? date_of(value.as_date()) : py::object(py::str(to_string(value.as_date())));
    case ValueKind::local_time: return time_of(value.as_local_time(), py::none());
    case ValueKind::time: return time_of(value.as_time().local, offset_of(value.as_time().offset_seconds));
    case ValueKind::local_date_time: {
      const auto& local = value.as_local_date_time();
      return fits_python(local.day) ? date_time_of(local, py::none()) : py::object(py::str(to_string(local)));
    }
    case ValueKind::date_time: {
      const auto& zoned = value.as_date_time();
      return fits_python(zoned.local.day) ? date_time_of(zoned.local, zone_of(zoned)) : py::object(py::str(to_string(zoned)));
    }
    default: return py::cast(value.as_duration());
  }
}

py::object decimal_of(const Decimal& value) {
  const auto text = value.to_string();
  const py::str digits(text.data(), text.size());
  auto made = py::reinterpret_steal<py::object>(PyObject_CallOneArg(decimal_type().ptr(), digits.ptr()));
  if (!made) throw py::error_already_set();
  return made;
}

LocalTime local_time_of(py::handle object) {
  const auto part = [&](const char* name) { return object.attr(name).cast<std::int64_t>(); };
  const auto seconds = part("hour") * 3600 + part("minute") * 60 + part("second");
  return {seconds * kNanosecondsPerSecond + part("microsecond") * 1000};
}

Day day_of(py::handle object) {
  return make_day(object.attr("year").cast<int>(), object.attr("month").cast<int>(), object.attr("day").cast<int>());
}

Value time_value(py::handle object) {
  const auto local = local_time_of(object);
  const py::object offset = object.attr("utcoffset")();
  if (offset.is_none()) return local;
  return ZonedTime{local, static_cast<std::int32_t>(offset.attr("total_seconds")().cast<double>())};
}

Value date_time_value(py::handle object) {
  const LocalDateTime local{day_of(object), local_time_of(object)};
  const py::object offset = object.attr("utcoffset")();
  if (offset.is_none()) return local;
  const auto zone = py::getattr(object.attr("tzinfo"), "key", py::none());
  ZonedDateTime zoned{local, static_cast<std::int32_t>(offset.attr("total_seconds")().cast<double>()), ""};
  if (!zone.is_none()) zoned.zone = zone.cast<std::string>();
  return zoned;
}

Value duration_value(py::handle object) {
  Duration duration;
  duration.days = object.attr("days").cast<std::int64_t>();
  duration.seconds = object.attr("seconds").cast<std::int64_t>();
  duration.nanoseconds = object.attr("microseconds").cast<std::int32_t>() * 1000;
  return duration;
}

Value integer_value(py::handle object) {
  int overflow = 0;
  const long long value = PyLong_AsLongLongAndOverflow(object.ptr(), &overflow);
  if (overflow != 0) throw Error(ErrorCode::invalid_argument, "an integer past 64 bits; pass decimal.Decimal");
  if (value == -1 && PyErr_Occurred() != nullptr) throw py::error_already_set();
  return std::int64_t{value};
}

Value converted(py::handle object, int depth);

// What numpy calls a scalar: one number, truth or text. Its times are left out, for their item() may be a bare number.
Value scalar_value(py::handle object, int depth) {
  constexpr std::string_view kPlain = "biufU";
  const py::object type = py::getattr(object, "dtype", py::none());
  const py::object shape = py::getattr(object, "shape", py::none());
  const bool is_scalar = !type.is_none() && py::isinstance<py::tuple>(shape) && py::len(shape) == 0;
  const auto kind = is_scalar ? py::str(py::getattr(type, "kind", py::str())).cast<std::string>() : std::string();
  if (kind.size() == 1 && kPlain.find(kind[0]) != std::string_view::npos) {
    const py::object item = object.attr("item")();
    if (!py::type::of(item).is(py::type::of(object))) return converted(item, depth + 1);
  }
  throw Error(ErrorCode::invalid_argument, "no value has the type " + py::str(py::type::of(object).attr("__name__")).cast<std::string>());
}

Value list_value(py::handle object, int depth) {
  ValueList list;
  for (const auto item : object) {
    hear(list.size());
    list.push_back(converted(item, depth + 1));
  }
  return list;
}

Value map_value(py::handle object, int depth) {
  ValueMap map;
  for (const auto& [key, value] : py::reinterpret_borrow<py::dict>(object)) {
    if (!py::isinstance<py::str>(key)) throw Error(ErrorCode::invalid_argument, "the keys of a map are strings");
    map.emplace(text_of(key, "a key"), converted(value, depth + 1));
  }
  return map;
}

Value special_value(py::handle object, int depth) {
  if (py::isinstance<PartialDate>(object)) return object.cast<PartialDate>();
  if (py::isinstance<Duration>(object)) return object.cast<Duration>();
  if (py::isinstance<HeldNode>(object)) return object.cast<const HeldNode&>().key;
  if (py::isinstance<HeldEdge>(object)) return object.cast<const HeldEdge&>().key;
  if (py::isinstance(object, decimal_type())) return Decimal::parse(py::str(object).cast<std::string>());
  if (py::isinstance(object, datetime("datetime"))) return date_time_value(object);
  if (py::isinstance(object, date_type())) return day_of(object);
  if (py::isinstance(object, datetime("time"))) return time_value(object);
  if (py::isinstance(object, datetime("timedelta"))) return duration_value(object);
  if (const auto number = py::reinterpret_steal<py::object>(PyIndex_Check(object.ptr()) != 0 ? PyNumber_Index(object.ptr()) : nullptr)) {
    return integer_value(number);
  }
  PyErr_Clear();  // of an array, which says that it is a number only when it has one item
  return scalar_value(object, depth);
}

Value converted(py::handle object, int depth) {
  if (depth > kMaxDepth) throw Error(ErrorCode::invalid_argument, "a value nested deeper than 200");
  if (object.is_none()) return {};
  if (py::isinstance<py::bool_>(object)) return object.cast<bool>();
  if (py::isinstance<py::int_>(object)) return integer_value(object);
  if (py::isinstance<py::float_>(object)) return object.cast<double>();
  if (py::isinstance<py::str>(object)) return text_of(object, "a value");
  if (py::isinstance<py::list>(object) || py::isinstance<py::tuple>(object)) return list_value(object, depth);
  if (py::isinstance<py::dict>(object)) return map_value(object, depth);
  return special_value(object, depth);
}

py::object list_of(const ValueList& values, const Snapshot& snapshot) {
  return list_of_each(values, [&](const Value& value) { return to_python(value, snapshot); });
}

py::object dict_of(const ValueMap& values, const Snapshot& snapshot) {
  py::dict dict;
  for (const auto& [key, value] : values) dict[py::str(key)] = to_python(value, snapshot);
  return dict;
}

}  // namespace

py::object to_python(const Value& value, const Snapshot& snapshot) {
  switch (value.kind()) {
    case ValueKind::null: return py::none();
    case ValueKind::boolean: return py::bool_(value.as_bool());
    case ValueKind::integer: return py::int_(value.as_integer());
    case ValueKind::decimal: return decimal_of(value.as_decimal());
    case ValueKind::floating: return py::float_(value.as_double());
    case ValueKind::string: return py::str(value.as_string());
    case ValueKind::partial_date: return py::cast(value.as_partial_date());
    case ValueKind::list: return list_of(value.as_list(), snapshot);
    case ValueKind::map: return dict_of(value.as_map(), snapshot);
    case ValueKind::node: return py::cast(HeldNode{snapshot, value.as_node()});
    case ValueKind::edge: return py::cast(HeldEdge{snapshot, value.as_edge()});
    case ValueKind::path: return py::cast(HeldPath{snapshot, value.as_path()});
    default: return temporal(value);
  }
}

Value from_python(py::handle object) { return converted(object, 0); }

std::string text_of(py::handle text, std::string_view what) {
  Py_ssize_t size = 0;
  const char* const bytes = PyUnicode_AsUTF8AndSize(text.ptr(), &size);
  if (bytes != nullptr) return {bytes, static_cast<std::size_t>(size)};
  PyErr_Clear();
  throw Error(ErrorCode::invalid_argument, std::string(what) + " holds half a surrogate pair, which is no character; decode it again, with errors='replace'");
}

Parameters parameters_of(const py::dict& parameters) {
  Parameters out;
  for (const auto& [name, value] : parameters) {
    if (!py::isinstance<py::str>(name)) {
      throw Error(ErrorCode::invalid_argument, "the name of a parameter is a string, not " + py::repr(name).cast<std::string>());
    }
    out.emplace(text_of(name, "the name of a parameter"), from_python(value));
  }
  return out;
}

std::vector<std::pair<std::string, Value>> properties_of(const py::dict& properties) {
  std::vector<std::pair<std::string, Value>> out;
  for (const auto& [name, value] : properties) {
    if (!py::isinstance<py::str>(name)) {
      throw Error(ErrorCode::invalid_argument, "the name of a property is a string, not " + py::repr(name).cast<std::string>());
    }
    out.emplace_back(text_of(name, "the name of a property"), from_python(value));
  }
  return out;
}

}  // namespace policygraph::python
