// The constructors: date(), localtime(), time(), localdatetime(), datetime(), from maps, texts and other values, and
// the clocks behind them.
#include <utility>

#include "query/functions/temporal_fields.hpp"
#include "query/functions/temporal_parts.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

enum class Clock : std::uint8_t { statement, realtime };

Value now(TemporalKind kind, Clock clock, const Zone& zone, const FunctionScope& scope) {
  const auto moment = clock == Clock::statement ? scope.clock.statement : scope.clock.realtime();
  const ZonedDateTime utc{local_from_seconds(moment.seconds, moment.nanoseconds), 0, {}};
  return build(kind, parts_of(Value(move_to(utc, zone, scope))), scope);
}

Value parse(TemporalKind kind, const std::string& text, const FunctionScope& scope) {
  switch (kind) {
    case TemporalKind::date:
      return Value(parse_day(text));
    case TemporalKind::local_time:
      return Value(parse_local_time(text));
    case TemporalKind::time:
      return Value(parse_zoned_time(text));
    case TemporalKind::local_date_time:
      return Value(parse_local_date_time(text));
    case TemporalKind::date_time:
      return Value(parse_zoned_date_time(text, scope.zones));
  }
  return {};
}

Moment moment_of_millis(std::int64_t millis) {
  const auto rest = millis % 1000;
  const bool is_cut = rest < 0;
  return {millis / 1000 - int{is_cut}, static_cast<std::int32_t>((is_cut ? rest + 1000 : rest) * 1'000'000)};
}

TemporalParts parts_at(const Moment& moment, const Zone& zone, const FunctionScope& scope) {
  const ZonedDateTime utc{local_from_seconds(moment.seconds, moment.nanoseconds), 0, {}};
  return parts_of(Value(move_to(utc, zone, scope)));
}

// {epochSeconds, nanosecond} or {epochMillis, nanosecond}, and a zone to show it in.
TemporalParts of_epoch(const TemporalFields& fields, const Zone& zone, const FunctionScope& scope) {
  const bool has_millis = fields.has(Field::epoch_millis);
  if (has_millis && fields.has(Field::epoch_seconds)) {
    refuse(ErrorType::argument_error, Trouble::invalid_argument_value, "epochSeconds or epochMillis, not both");
  }
  auto moment = has_millis ? moment_of_millis(fields.value(Field::epoch_millis).as_integer())
                           : Moment{fields.value(Field::epoch_seconds).as_integer(), 0};
  const auto limit = has_millis ? 1'000'000 : 1'000'000'000;
  const auto part = fields.time(LocalTime{moment.nanoseconds}, limit);
  moment.nanoseconds = static_cast<std::int32_t>(part.nanoseconds % 1'000'000'000);
  return parts_at(moment, zone, scope);
}

// The value that the map builds on, under that name.
TemporalParts base_of(const TemporalFields& fields, Field field) {
  const auto name = fields.has(Field::datetime) ? Field::datetime : field;
  if (!fields.has(name)) return {};
  auto parts = parts_of(fields.value(name));
  const bool is_fit = name == Field::datetime ? parts.day && parts.time
                      : field == Field::date  ? parts.day.has_value()
                                              : parts.time.has_value();
  if (!is_fit)
    refuse_type(field_name(name), name == Field::time ? "a value with a time of day" : "a value with a date",
                fields.value(name));
  return parts;
}

// A value given under `time` or `datetime` has an instant when it has a zone: another zone shows it by other clocks.
Value in_new_zone(TemporalKind kind, const TemporalParts& parts, const Zone& zone, const FunctionScope& scope) {
  const auto value = build(kind, parts, scope);
  if (kind == TemporalKind::date_time) return Value(move_to(value.as_date_time(), zone, scope));
  TemporalParts wanted = parts;
  wanted.zone = zone;
  return Value(move_to(value.as_time(), build(kind, wanted, scope).as_time().offset_seconds));
}

Value of_fields(TemporalKind kind, const TemporalFields& fields, const FunctionScope& scope) {
  std::optional<Zone> zone;
  if (fields.has(Field::timezone)) zone = read_zone(fields.value(Field::timezone), scope);
  if (zone && fields.is_zone_only()) return now(kind, Clock::statement, *zone, scope);
  if (fields.has(Field::epoch_seconds) || fields.has(Field::epoch_millis)) {
    return build(kind, of_epoch(fields, zone.value_or(Zone{0, {}}), scope), scope);
  }
  if (zone && !has_zone(kind))
    refuse(ErrorType::argument_error, Trouble::invalid_argument_value, std::string(function_name(kind)) + " keeps no timezone");
  const auto date = base_of(fields, Field::date);
  const auto time = base_of(fields, Field::time);
  TemporalParts parts;
  if (has_day(kind)) {
    if (!date.day) fields.need_day();
    const bool has_clock = fields.has_clock() || time.time;
    if (!date.day && has_clock && !fields.says_whole_day())
      refuse(ErrorType::argument_error, Trouble::invalid_argument_value, "a time of day needs a whole date beside it");
    parts.day = fields.day(date.day);
  }
  if (has_time(kind)) {
    if (!time.time && (fields.has_clock() || !has_day(kind))) fields.need_clock();
    parts.time = fields.time(time.time);
  }
  parts.zone = time.zone;
  if (zone && time.zone) return in_new_zone(kind, parts, *zone, scope);
  if (zone) parts.zone = zone;
  return build(kind, parts, scope);
}

template <TemporalKind kKind>
Value construct(std::span<const Value> a, const FunctionScope& scope) {
  if (a.empty()) return now(kKind, Clock::statement, Zone{0, {}}, scope);
  if (a[0].kind() == ValueKind::string) return parse(kKind, a[0].as_string(), scope);
  if (a[0].kind() == ValueKind::map) {
    const auto fields = TemporalFields::read(kKind, a[0].as_map());
    return fields ? of_fields(kKind, *fields, scope) : Value();
  }
  const auto parts = parts_of(a[0]);
  if (!parts.day && !parts.time) refuse_type(function_name(kKind), "a string, a map, a date or a time", a[0]);
  return build(kKind, parts, scope);
}

// date.statement(), date.transaction(), date.realtime(): now, in the zone given by name, by offset or as {timezone:
// ...}.
template <TemporalKind kKind, Clock kClock>
Value current(std::span<const Value> a, const FunctionScope& scope) {
  if (a.empty()) return now(kKind, kClock, Zone{0, {}}, scope);
  if (a[0].kind() != ValueKind::map) return now(kKind, kClock, read_zone(a[0], scope), scope);
  const auto fields = TemporalFields::read(kKind, a[0].as_map());
  if (!fields) return {};
  if (!fields->is_zone_only()) refuse(ErrorType::argument_error, Trouble::invalid_argument_value, "the clock takes a timezone only");
  return now(kKind, kClock,
             fields->has(Field::timezone) ? read_zone(fields->value(Field::timezone), scope) : Zone{0, {}}, scope);
}

std::int64_t whole(const Value& value, std::string_view function) {
  if (value.kind() != ValueKind::integer) refuse_type(function, "an integer", value);
  return value.as_integer();
}

Value from_epoch(std::span<const Value> a, const FunctionScope& scope) {
  const auto nanoseconds = whole(a[1], "datetime.fromEpoch");
  if (nanoseconds < 0 || nanoseconds > 999'999'999) {
    refuse(ErrorType::argument_error, Trouble::invalid_argument_value,
           "nanoseconds are 0 to 999999999, not " + std::to_string(nanoseconds));
  }
  const Moment moment{whole(a[0], "datetime.fromEpoch"), static_cast<std::int32_t>(nanoseconds)};
  return build(TemporalKind::date_time, parts_at(moment, Zone{0, {}}, scope), scope);
}

Value from_epoch_millis(std::span<const Value> a, const FunctionScope& scope) {
  const auto moment = moment_of_millis(whole(a[0], "datetime.fromEpochMillis"));
  return build(TemporalKind::date_time, parts_at(moment, Zone{0, {}}, scope), scope);
}

Value timestamp(std::span<const Value>, const FunctionScope& scope) {
  return Value(scope.clock.statement.seconds * 1000 + scope.clock.statement.nanoseconds / 1'000'000);
}

constexpr auto kStatement = Clock::statement;
constexpr auto kRealtime = Clock::realtime;
using enum TemporalKind;

constexpr Function kFunctions[] = {
    {"date", 0, 1, Type::temporal, construct<date>},
    {"date.statement", 0, 1, Type::temporal, current<date, kStatement>},
    {"date.transaction", 0, 1, Type::temporal, current<date, kStatement>},
    {"date.realtime", 0, 1, Type::temporal, current<date, kRealtime>},
    {"localtime", 0, 1, Type::temporal, construct<local_time>},
    {"localtime.statement", 0, 1, Type::temporal, current<local_time, kStatement>},
    {"localtime.transaction", 0, 1, Type::temporal, current<local_time, kStatement>},
    {"localtime.realtime", 0, 1, Type::temporal, current<local_time, kRealtime>},
    {"time", 0, 1, Type::temporal, construct<time>},
    {"time.statement", 0, 1, Type::temporal, current<time, kStatement>},
    {"time.transaction", 0, 1, Type::temporal, current<time, kStatement>},
    {"time.realtime", 0, 1, Type::temporal, current<time, kRealtime>},
    {"localdatetime", 0, 1, Type::temporal, construct<local_date_time>},
    {"localdatetime.statement", 0, 1, Type::temporal, current<local_date_time, kStatement>},
    {"localdatetime.transaction", 0, 1, Type::temporal, current<local_date_time, kStatement>},
    {"localdatetime.realtime", 0, 1, Type::temporal, current<local_date_time, kRealtime>},
    {"datetime", 0, 1, Type::temporal, construct<date_time>},
    {"datetime.statement", 0, 1, Type::temporal, current<date_time, kStatement>},
    {"datetime.transaction", 0, 1, Type::temporal, current<date_time, kStatement>},
    {"datetime.realtime", 0, 1, Type::temporal, current<date_time, kRealtime>},
    {"datetime.fromEpoch", 2, 2, Type::temporal, from_epoch},
    {"datetime.fromEpochMillis", 1, 1, Type::temporal, from_epoch_millis},
    {"timestamp", 0, 0, Type::integer, timestamp},
};

}  // namespace

std::span<const Function> temporal_functions() { return kFunctions; }

}  // namespace policygraph::inline v0::detail::query
