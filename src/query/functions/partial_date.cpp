// Partial dates as values: partial_date('2024/2029'), its ends, its parts, overlap and containment.
#include <array>
#include <utility>

#include "query/functions/temporal_parts.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

PartialDate of_day(Day day) {
  if (day < kFirstDay || day > kLastDay) {
    refuse(ErrorType::argument_error, Trouble::invalid_argument_value,
           "partial dates are of the years 0001 to 9999, not " + to_string(day));
  }
  const auto date = year_month_day(day);
  return PartialDate::day(date.year, date.month, date.day);
}

PartialDate partial_of(const Value& value, std::string_view function) {
  switch (value.kind()) {
    case ValueKind::partial_date:
      return value.as_partial_date();
    case ValueKind::date:
      return of_day(value.as_date());
    case ValueKind::local_date_time:
      return of_day(value.as_local_date_time().day);
    case ValueKind::date_time:
      return of_day(value.as_date_time().local.day);
    default:
      refuse_type(function, "a partial date or a date", value);
  }
}

// partial_date('2024'), partial_date(date), partial_date('2024', '2029-06'): an interval; null leaves an end open.
Value partial_date(std::span<const Value> a, const FunctionScope&) {
  const auto read = [](const Value& value) {
    if (value.kind() == ValueKind::string) return PartialDate::parse(value.as_string());
    return partial_of(value, "partial_date");
  };
  if (a.size() == 1) return a[0].is_null() ? Value() : Value(read(a[0]));
  if (a[0].is_null() && a[1].is_null()) return {};
  if (a[0].is_null()) return Value(PartialDate::until(read(a[1])));
  if (a[1].is_null()) return Value(PartialDate::since(read(a[0])));
  return Value(PartialDate::interval(read(a[0]), read(a[1])));
}

// The first and the last day it may mean; null where that end is open or unknown.
Value first_day(const PartialDate& date) { return date.earliest() == kFirstDay ? Value() : Value(date.earliest()); }
Value last_day(const PartialDate& date) { return date.latest() == kLastDay ? Value() : Value(date.latest()); }

Value earliest(std::span<const Value> a, const FunctionScope&) {
  return a[0].kind() == ValueKind::date ? a[0] : first_day(partial_of(a[0], "earliest"));
}
Value latest(std::span<const Value> a, const FunctionScope&) {
  return a[0].kind() == ValueKind::date ? a[0] : last_day(partial_of(a[0], "latest"));
}

Value overlaps(std::span<const Value> a, const FunctionScope&) {
  return Value(may_overlap(partial_of(a[0], "overlaps"), partial_of(a[1], "overlaps")));
}
Value lies_within(std::span<const Value> a, const FunctionScope&) {
  return Value(within(partial_of(a[0], "within"), partial_of(a[1], "within")));
}

std::string_view precision_name(const PartialDate& date) {
  static constexpr std::array<std::string_view, 8> kNames = {"day",    "month",   "season",  "year",
                                                             "decade", "century", "unknown", "open"};
  return date.is_interval() ? "interval" : kNames[static_cast<std::size_t>(date.from().precision)];
}

// Null for a plain date that was stated without one.
Value qualifier_name(const PartialDate& date) {
  static constexpr std::array<std::string_view, 4> kNames = {"", "uncertain", "approximate", "both"};
  const auto name = kNames[static_cast<std::size_t>(date.from().qualifier)];
  return date.is_interval() || name.empty() ? Value() : Value(name);
}

Value number_or_null(int number, int greatest) { return number == 0 || number > greatest ? Value() : Value(number); }

constexpr Function kFunctions[] = {
    {"partial_date", 1, 2, Type::temporal, partial_date, true},
    {"earliest", 1, 1, Type::temporal, earliest},
    {"latest", 1, 1, Type::temporal, latest},
    {"overlaps", 2, 2, Type::boolean, overlaps},
    {"within", 2, 2, Type::boolean, lies_within},
};

}  // namespace

std::optional<Value> partial_date_part(const PartialDate& date, std::string_view part) {
  const auto& from = date.from();
  const bool is_coarse = from.precision == PartialDate::Precision::decade || from.precision == PartialDate::Precision::century;
  if (part == "year") return number_or_null(is_coarse ? 0 : from.year, 9999);
  if (part == "month") return number_or_null(from.month, 12);
  if (part == "day") return number_or_null(from.day, 31);
  if (part == "from") return date.first().is_unknown() ? Value() : Value(date.first());
  if (part == "to") return date.last().is_unknown() ? Value() : Value(date.last());
  if (part == "earliest") return first_day(date);
  if (part == "latest") return last_day(date);
  if (part == "precision") return Value(precision_name(date));
  if (part == "qualifier") return qualifier_name(date);
  return std::nullopt;
}

std::span<const Function> partial_date_functions() { return kFunctions; }

}  // namespace policygraph::inline v0::detail::query
