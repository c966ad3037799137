// duration() from maps and texts, and what lies between two values: duration.between, inMonths, inDays, inSeconds.
#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "model/suggestion.hpp"
#include "query/functions/temporal_parts.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

// So many months, days or seconds; or, for what is finer, so many of them in a second.
struct DurationUnit {
  enum class Part : std::uint8_t { months, days, seconds, parts_of_second };
  std::string_view name;
  Part part;
  std::int64_t count;
};
using Part = DurationUnit::Part;
constexpr std::array<DurationUnit, 11> kUnits = {{{"years", Part::months, 12},
                                                  {"quarters", Part::months, 3},
                                                  {"months", Part::months, 1},
                                                  {"weeks", Part::days, 7},
                                                  {"days", Part::days, 1},
                                                  {"hours", Part::seconds, 3600},
                                                  {"minutes", Part::seconds, 60},
                                                  {"seconds", Part::seconds, 1},
                                                  {"milliseconds", Part::parts_of_second, 1'000},
                                                  {"microseconds", Part::parts_of_second, 1'000'000},
                                                  {"nanoseconds", Part::parts_of_second, 1'000'000'000}}};

const DurationUnit& find_unit(std::string_view name) {
  const auto* found = std::find_if(kUnits.begin(), kUnits.end(), [&](const DurationUnit& u) { return u.name == name; });
  if (found != kUnits.end()) return *found;
  refuse(ErrorType::argument_error, Trouble::invalid_argument_value,
         "duration takes no '" + std::string(name) + "'" + model::did_you_mean(name, kUnits, &DurationUnit::name));
}

// Whole amounts are kept exactly.
Duration whole(const DurationUnit& unit, std::int64_t amount) {
  switch (unit.part) {
    case Part::months:
      return scale_whole(Duration{unit.count, 0, 0, 0}, amount);
    case Part::days:
      return scale_whole(Duration{0, unit.count, 0, 0}, amount);
    case Part::seconds:
      return scale_whole(Duration{0, 0, unit.count, 0}, amount);
    case Part::parts_of_second:
      return scale_whole(Duration{0, 0, 0, static_cast<std::int32_t>(1'000'000'000 / unit.count)}, amount);
  }
  return {};
}

void add_broken(DurationParts& parts, const DurationUnit& unit, double amount) {
  const auto count = static_cast<double>(unit.count);
  switch (unit.part) {
    case Part::months:
      parts.months += amount * count;
      break;
    case Part::days:
      parts.days += amount * count;
      break;
    case Part::seconds:
      parts.seconds += amount * count;
      break;
    case Part::parts_of_second:
      parts.nanoseconds += amount * (1e9 / count);
  }
}

Value of_map(const ValueMap& map) {
  Duration exact;
  DurationParts broken;
  bool is_null = map.empty();
  if (is_null) refuse(ErrorType::argument_error, Trouble::invalid_argument_value, "duration needs an amount: {days: 14}");
  for (const auto& [name, value] : map) {
    const auto& unit = find_unit(name);
    switch (value.kind()) {
      case ValueKind::null:
        is_null = true;
        break;
      case ValueKind::integer:
        exact = exact + whole(unit, value.as_integer());
        break;
      case ValueKind::floating:
      case ValueKind::decimal:
        add_broken(broken, unit, value.as_double());
        break;
      default:
        refuse_type(name, "a number", value);
    }
  }
  return is_null ? Value() : Value(flow_down(exact, broken));
}

Value duration(std::span<const Value> a, const FunctionScope&) {
  switch (a[0].kind()) {
    case ValueKind::duration:
      return a[0];
    case ValueKind::map:
      return of_map(a[0].as_map());
    case ValueKind::string:
      return Value(parse_duration(a[0].as_string()));
    default:
      refuse_type("duration", "a string or a map", a[0]);
  }
}

// Both ends by the clocks of the first. An end without a date takes the other's, one without a zone too.
struct Ends {
  ZonedDateTime from, to;
  bool is_dated = false;
};

Ends ends_of(std::string_view function, std::span<const Value> a, const FunctionScope& scope) {
  const auto from = parts_of(a[0]);
  const auto to = parts_of(a[1]);
  if (!from.day && !from.time) refuse_type(function, "a date or a time", a[0]);
  if (!to.day && !to.time) refuse_type(function, "a date or a time", a[1]);
  const auto day = from.day ? *from.day : to.day.value_or(Day{});
  const auto zone = from.zone ? *from.zone : to.zone.value_or(Zone{0, {}});
  Ends ends;
  ends.is_dated = from.day && to.day;
  ends.from = attach({day, from.time.value_or(LocalTime{})}, zone, scope);
  ends.to = attach({to.day.value_or(day), to.time.value_or(LocalTime{})}, to.zone.value_or(zone), scope);
  return ends;
}

LocalDateTime end_as_shown(const Ends& ends, const FunctionScope& scope) {
  return move_to(ends.to, Zone{ends.from.offset_seconds, ends.from.zone}, scope).local;
}

Value between(std::span<const Value> a, const FunctionScope& scope) {
  const auto ends = ends_of("duration.between", a, scope);
  return Value(ends.is_dated ? policygraph::between(ends.from, ends.to, scope.zones)
                             : seconds_between(ends.from, ends.to));
}

Value in_months(std::span<const Value> a, const FunctionScope& scope) {
  const auto ends = ends_of("duration.inMonths", a, scope);
  return Value(Duration{ends.is_dated ? months_between(ends.from.local, end_as_shown(ends, scope)) : 0, 0, 0, 0});
}

Value in_days(std::span<const Value> a, const FunctionScope& scope) {
  const auto ends = ends_of("duration.inDays", a, scope);
  return Value(Duration{0, ends.is_dated ? days_between(ends.from.local, end_as_shown(ends, scope)) : 0, 0, 0});
}

Value in_seconds(std::span<const Value> a, const FunctionScope& scope) {
  const auto ends = ends_of("duration.inSeconds", a, scope);
  return Value(seconds_between(ends.from, ends.to));
}

constexpr Function kFunctions[] = {
    {"duration", 1, 1, Type::temporal, duration},
    {"duration.between", 2, 2, Type::temporal, between},
    {"duration.inMonths", 2, 2, Type::temporal, in_months},
    {"duration.inDays", 2, 2, Type::temporal, in_days},
    {"duration.inSeconds", 2, 2, Type::temporal, in_seconds},
};

}  // namespace

std::span<const Function> duration_functions() { return kFunctions; }

}  // namespace policygraph::inline v0::detail::query
