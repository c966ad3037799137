#include "query/functions/temporal_parts.hpp"

#include <utility>

namespace policygraph::inline v0::detail::query {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kDay = 86'400 * kSecond;

std::int32_t fraction(LocalTime time) { return static_cast<std::int32_t>(time.nanoseconds % kSecond); }

LocalTime turned(LocalTime time, std::int64_t seconds) {
  const auto moved = (time.nanoseconds + seconds * kSecond) % kDay;
  return {moved < 0 ? moved + kDay : moved};
}

Day day_of(const PartialDate& partial) {
  if (!partial.is_day()) {
    refuse(ErrorType::argument_error, Trouble::invalid_argument_value,
           "'" + partial.to_string() + "' is no single day; take earliest() or latest() of it");
  }
  return partial.earliest();
}

Day wanted_day(TemporalKind kind, const TemporalParts& parts) {
  if (parts.day) return *parts.day;
  refuse(ErrorType::argument_error, Trouble::invalid_argument_value,
         std::string(function_name(kind)) + " needs a date, and a time of day has none");
}

LocalTime wanted_time(TemporalKind kind, const TemporalParts& parts) {
  if (parts.time) return *parts.time;
  refuse(ErrorType::argument_error, Trouble::invalid_argument_value,
         std::string(function_name(kind)) + " needs a time of day, and a date has none");
}

// A time of day with a zone by name has the offset of its day, or of today.
ZonedTime zoned_time(const TemporalParts& parts, const FunctionScope& scope) {
  const auto local = wanted_time(TemporalKind::time, parts);
  if (!parts.zone) return {local, 0};
  if (parts.zone->offset) return {local, *parts.zone->offset};
  const auto& now = scope.clock.statement;
  if (!parts.day) return {local, scope.zones.find(parts.zone->name).offset_at(now.seconds)};
  return {local, attach({*parts.day, local}, *parts.zone, scope).offset_seconds};
}

}  // namespace

std::string_view function_name(TemporalKind kind) noexcept {
  static constexpr std::string_view kNames[] = {"date", "localtime", "time", "localdatetime", "datetime"};
  return kNames[static_cast<std::size_t>(kind)];
}
bool has_day(TemporalKind kind) noexcept { return kind != TemporalKind::local_time && kind != TemporalKind::time; }
bool has_time(TemporalKind kind) noexcept { return kind != TemporalKind::date; }
bool has_zone(TemporalKind kind) noexcept { return kind == TemporalKind::time || kind == TemporalKind::date_time; }

Zone read_zone(const Value& value, const FunctionScope& scope) {
  if (value.kind() != ValueKind::string) refuse_type("timezone", "a string", value);
  const auto& text = value.as_string();
  const bool is_offset = text == "Z" || text.starts_with('+') || text.starts_with('-');
  if (is_offset) return {parse_utc_offset(text), {}};
  return {std::nullopt, scope.zones.find(text).name()};
}

TemporalParts parts_of(const Value& value) {
  switch (value.kind()) {
    case ValueKind::date:
      return {value.as_date(), {}, {}};
    case ValueKind::partial_date:
      return {day_of(value.as_partial_date()), {}, {}};
    case ValueKind::local_time:
      return {{}, value.as_local_time(), {}};
    case ValueKind::time:
      return {{}, value.as_time().local, Zone{value.as_time().offset_seconds, {}}};
    case ValueKind::local_date_time:
      return {value.as_local_date_time().day, value.as_local_date_time().time, {}};
    case ValueKind::date_time: {
      const auto& at = value.as_date_time();
      return {at.local.day, at.local.time, Zone{at.offset_seconds, at.zone}};
    }
    default:
      return {};
  }
}

Value build(TemporalKind kind, const TemporalParts& parts, const FunctionScope& scope) {
  const auto local = [&] { return LocalDateTime{wanted_day(kind, parts), parts.time.value_or(LocalTime{})}; };
  switch (kind) {
    case TemporalKind::date:
      return Value(wanted_day(kind, parts));
    case TemporalKind::local_time:
      return Value(wanted_time(kind, parts));
    case TemporalKind::time:
      return Value(zoned_time(parts, scope));
    case TemporalKind::local_date_time:
      return Value(local());
    case TemporalKind::date_time:
      return Value(attach(local(), parts.zone.value_or(Zone{0, {}}), scope));
  }
  return {};
}

ZonedDateTime attach(const LocalDateTime& local, const Zone& zone, const FunctionScope& scope) {
  if (zone.name.empty()) return {local, zone.offset.value_or(0), {}};
  const auto& named = scope.zones.find(zone.name);
  if (zone.offset && named.offset_at(unix_seconds(local) - *zone.offset) == *zone.offset)
    return {local, *zone.offset, zone.name};
  return in_zone(local, named);
}

ZonedDateTime move_to(const ZonedDateTime& value, const Zone& zone, const FunctionScope& scope) {
  const auto seconds = unix_seconds(value);
  if (!zone.name.empty()) return at_instant(seconds, fraction(value.local.time), scope.zones.find(zone.name));
  const auto offset = zone.offset.value_or(0);
  return {local_from_seconds(seconds + offset, fraction(value.local.time)), offset, {}};
}

ZonedTime move_to(const ZonedTime& value, std::int32_t offset) {
  return {turned(value.local, std::int64_t{offset} - value.offset_seconds), offset};
}

}  // namespace policygraph::inline v0::detail::query
