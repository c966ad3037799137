// Procedures written in Python, and exchange rates, for CALL; the clock.
#include "core.hpp"
#include "policygraph/query/exchange_rates.hpp"

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

std::vector<ExchangeRate> rates_of(const py::object& rates) {
  std::vector<ExchangeRate> out;
  for (const auto rate : rates) {
    const auto fields = py::tuple(py::reinterpret_borrow<py::object>(rate));
    if (fields.size() != 5) throw Error(ErrorCode::invalid_argument, "an exchange rate has five fields: from, to, rate, date and source");
    const auto number = from_python(fields[2]);
    const auto date = from_python(fields[3]);
    const bool is_integer = number.kind() == ValueKind::integer;
    if (!is_integer && number.kind() != ValueKind::decimal) {
      throw Error(ErrorCode::invalid_argument, "the rate " + number.to_string() + " is not exact; write decimal.Decimal('" + number.to_string() + "')");
    }
    if (date.kind() != ValueKind::date) throw Error(ErrorCode::invalid_argument, "a rate is of a datetime.date, not of " + date.to_string());
    out.push_back({fields[0].cast<std::string>(), fields[1].cast<std::string>(), is_integer ? Decimal(number.as_integer()) : number.as_decimal(),
                   date.as_date(), fields[4].cast<std::string>()});
  }
  return out;
}

}  // namespace

std::shared_ptr<const Procedures> procedures_of(const py::dict& bodies, const py::object& rates) {
  if (bodies.empty() && rates.is_none()) return nullptr;
  auto out = std::make_shared<Procedures>();
  for (const auto& [signature, body] : bodies) {
    const auto kept = held(py::reinterpret_borrow<py::object>(body));
    out->add(Procedure(signature.cast<std::string>(), [kept](std::span<const Value> arguments, const Snapshot& snapshot) {
      return call(*kept, arguments, snapshot);
    }));
  }
  if (!rates.is_none()) out->add(conversion(rates_of(rates)));
  return out;
}

std::optional<std::chrono::sys_time<std::chrono::nanoseconds>> now_of(const py::object& now) {
  if (now.is_none()) return std::nullopt;
  const auto value = from_python(now);
  const auto make = [](const LocalDateTime& local, std::int32_t offset) {
    const auto seconds = std::chrono::seconds(local.day.days * 86'400 - offset);
    return std::chrono::sys_time<std::chrono::nanoseconds>(seconds + std::chrono::nanoseconds(local.time.nanoseconds));
  };
  if (value.kind() == ValueKind::local_date_time) return make(value.as_local_date_time(), 0);
  if (value.kind() == ValueKind::date_time) return make(value.as_date_time().local, value.as_date_time().offset_seconds);
  throw Error(ErrorCode::invalid_argument, "now is a datetime.datetime, not " + value.to_string());
}

}  // namespace policygraph::python
