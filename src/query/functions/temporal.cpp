#include <algorithm>
#include <chrono>
#include <utility>

#include "policygraph/base/error.hpp"
#include "query/functions/function.hpp"
#include "query/functions/temporal_parts.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

// Reads text with `parse`; trouble of its format becomes the function's.
template <class Parse>
Value read(const Value& value, std::string_view function, Parse parse) {
  if (value.kind() != ValueKind::string) refuse_type(function, "a string", value);
  try {
    return Value(parse(value.as_string()));
  } catch (const Error& error) {
    refuse("ArgumentError", "InvalidArgumentValue", error.text());
  }
}

std::int64_t now_seconds() {
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

int whole(const ValueMap& map, std::string_view key, int otherwise) {
  const auto found = map.find(key);
  if (found == map.end()) return otherwise;
  if (found->second.kind() != ValueKind::integer) refuse_type(key, "an integer", found->second);
  return static_cast<int>(std::clamp<std::int64_t>(found->second.as_integer(), -1'000'000'000, 1'000'000'000));
}

Value day_of_map(const ValueMap& map) {
  if (map.find("year") == map.end()) refuse("ArgumentError", "InvalidArgumentValue", "date needs a year");
  try {
    return Value(make_day(whole(map, "year", 1), whole(map, "month", 1), whole(map, "day", 1)));
  } catch (const Error& error) {
    refuse("ArgumentError", "InvalidArgumentValue", error.text());
  }
}

Value date(std::span<const Value> a, const FunctionScope&) {
  if (a.empty()) return Value(Day{static_cast<std::int32_t>(now_seconds() / 86'400)});
  switch (a[0].kind()) {
    case ValueKind::date: return a[0];
    case ValueKind::local_date_time: return Value(a[0].as_local_date_time().day);
    case ValueKind::date_time: return Value(a[0].as_date_time().local.day);
    case ValueKind::partial_date: {
      const auto& partial = a[0].as_partial_date();
      if (!partial.is_day()) refuse("ArgumentError", "InvalidArgumentValue", "no single day: " + partial.to_string() + "; take earliest() or latest()");
      return Value(partial.earliest());
    }
    case ValueKind::map: return day_of_map(a[0].as_map());
    default: return read(a[0], "date", [](std::string_view text) { return parse_day(text); });
  }
}

Value local_time(std::span<const Value> a, const FunctionScope&) {
  return read(a[0], "localtime", [](std::string_view text) { return parse_local_time(text); });
}
Value time_of(std::span<const Value> a, const FunctionScope&) {
  return read(a[0], "time", [](std::string_view text) { return parse_zoned_time(text); });
}
Value local_date_time(std::span<const Value> a, const FunctionScope&) {
  return read(a[0], "localdatetime", [](std::string_view text) { return parse_local_date_time(text); });
}

Value date_time(std::span<const Value> a, const FunctionScope&) {
  if (!a.empty()) return read(a[0], "datetime", [](std::string_view text) { return parse_zoned_date_time(text); });
  const auto now = now_seconds();
  return Value(ZonedDateTime{{Day{static_cast<std::int32_t>(now / 86'400)}, LocalTime{now % 86'400 * kSecond}}, 0, ""});
}

Value duration(std::span<const Value> a, const FunctionScope&) {
  if (a[0].kind() != ValueKind::map) return read(a[0], "duration", [](std::string_view text) { return parse_duration(text); });
  const auto& map = a[0].as_map();
  Duration out;
  out.months = whole(map, "years", 0) * std::int64_t{12} + whole(map, "months", 0);
  out.days = whole(map, "weeks", 0) * std::int64_t{7} + whole(map, "days", 0);
  out.seconds = whole(map, "hours", 0) * std::int64_t{3600} + whole(map, "minutes", 0) * std::int64_t{60} + whole(map, "seconds", 0);
  return Value(std::move(out));
}

Value partial_date(std::span<const Value> a, const FunctionScope&) {
  if (a[0].kind() == ValueKind::partial_date) return a[0];
  if (a[0].kind() == ValueKind::date) {
    const auto day = year_month_day(a[0].as_date());
    return Value(PartialDate::day(day.year, day.month, day.day));
  }
  return read(a[0], "partial_date", [](std::string_view text) { return PartialDate::parse(text); });
}

const PartialDate& partial_of(const Value& value, std::string_view function) {
  if (value.kind() != ValueKind::partial_date) refuse_type(function, "a partial date", value);
  return value.as_partial_date();
}

// The first and the last day it may mean; null where that end is open or unknown.
Value earliest(std::span<const Value> a, const FunctionScope&) {
  if (a[0].kind() == ValueKind::date) return a[0];
  const auto day = partial_of(a[0], "earliest").earliest();
  return day == kFirstDay ? Value() : Value(day);
}
Value latest(std::span<const Value> a, const FunctionScope&) {
  if (a[0].kind() == ValueKind::date) return a[0];
  const auto day = partial_of(a[0], "latest").latest();
  return day == kLastDay ? Value() : Value(day);
}

Value overlaps(std::span<const Value> a, const FunctionScope& scope) {
  const auto left = partial_date(a.subspan(0, 1), scope);
  const auto right = partial_date(a.subspan(1, 1), scope);
  return Value(may_overlap(left.as_partial_date(), right.as_partial_date()));
}
Value lies_within(std::span<const Value> a, const FunctionScope& scope) {
  const auto inner = partial_date(a.subspan(0, 1), scope);
  const auto outer = partial_date(a.subspan(1, 1), scope);
  return Value(within(inner.as_partial_date(), outer.as_partial_date()));
}

Value timestamp(std::span<const Value>, const FunctionScope&) {
  return Value(static_cast<std::int64_t>(
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count()));
}

std::optional<Value> day_part(Day day, std::string_view part) {
  const auto date = year_month_day(day);
  if (part == "year") return Value(date.year);
  if (part == "quarter") return Value((date.month - 1) / 3 + 1);
  if (part == "month") return Value(date.month);
  if (part == "day") return Value(date.day);
  if (part == "ordinalDay") return Value(day.days - make_day(date.year, 1, 1).days + 1);
  if (part == "dayOfWeek" || part == "weekDay") return Value(((day.days % 7 + 7) % 7 + 3) % 7 + 1);
  return std::nullopt;
}

std::optional<Value> clock_part(LocalTime time, std::string_view part) {
  const auto seconds = time.nanoseconds / kSecond;
  if (part == "hour") return Value(seconds / 3600);
  if (part == "minute") return Value(seconds / 60 % 60);
  if (part == "second") return Value(seconds % 60);
  if (part == "millisecond") return Value(time.nanoseconds % kSecond / 1'000'000);
  if (part == "microsecond") return Value(time.nanoseconds % kSecond / 1'000);
  if (part == "nanosecond") return Value(time.nanoseconds % kSecond);
  return std::nullopt;
}

std::optional<Value> duration_part(const Duration& d, std::string_view part) {
  if (part == "years") return Value(d.months / 12);
  if (part == "months") return Value(d.months);
  if (part == "weeks") return Value(d.days / 7);
  if (part == "days") return Value(d.days);
  if (part == "hours") return Value(d.seconds / 3600);
  if (part == "minutes") return Value(d.seconds / 60);
  if (part == "seconds") return Value(d.seconds);
  return std::nullopt;
}

std::optional<Value> partial_part(const PartialDate& date, std::string_view part) {
  if (part == "year") return date.from().year == 0 ? Value() : Value(int{date.from().year});
  if (part == "month") return date.from().month == 0 || date.from().month > 12 ? Value() : Value(int{date.from().month});
  if (part == "day") return date.from().day == 0 ? Value() : Value(int{date.from().day});
  if (part == "from") return date.first().is_unknown() ? Value() : Value(date.first());
  if (part == "to") return date.last().is_unknown() ? Value() : Value(date.last());
  return std::nullopt;
}

std::optional<Value> part_of(const Value& value, std::string_view part) {
  switch (value.kind()) {
    case ValueKind::date: return day_part(value.as_date(), part);
    case ValueKind::partial_date: return partial_part(value.as_partial_date(), part);
    case ValueKind::local_time: return clock_part(value.as_local_time(), part);
    case ValueKind::time: return clock_part(value.as_time().local, part);
    case ValueKind::duration: return duration_part(value.as_duration(), part);
    case ValueKind::local_date_time:
    case ValueKind::date_time: {
      const auto& at = value.kind() == ValueKind::date_time ? value.as_date_time().local : value.as_local_date_time();
      auto found = day_part(at.day, part);
      return found ? found : clock_part(at.time, part);
    }
    default: return std::nullopt;
  }
}

constexpr Function kFunctions[] = {
    {"date", 0, 1, Type::temporal, date},
    {"localtime", 1, 1, Type::temporal, local_time},
    {"time", 1, 1, Type::temporal, time_of},
    {"localdatetime", 1, 1, Type::temporal, local_date_time},
    {"datetime", 0, 1, Type::temporal, date_time},
    {"duration", 1, 1, Type::temporal, duration},
    {"partial_date", 1, 1, Type::temporal, partial_date},
    {"earliest", 1, 1, Type::temporal, earliest},
    {"latest", 1, 1, Type::temporal, latest},
    {"overlaps", 2, 2, Type::boolean, overlaps},
    {"within", 2, 2, Type::boolean, lies_within},
    {"timestamp", 0, 0, Type::integer, timestamp},
};

}  // namespace

std::optional<Value> temporal_part(const Value& value, std::string_view part) {
  if (value.kind() < ValueKind::partial_date || value.kind() > ValueKind::duration) return std::nullopt;
  auto found = part_of(value, part);
  if (!found) {
    refuse("TypeError", "InvalidArgumentType", "a " + std::string(kind_name(value.kind())) + " has no part '" + std::string(part) + "'");
  }
  return found;
}

std::span<const Function> temporal_functions() { return kFunctions; }

}  // namespace policygraph::inline v0::detail::query
