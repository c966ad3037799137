#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "policygraph/base/temporal.hpp"
#include "policygraph/base/timezone.hpp"
#include "query/functions/function.hpp"

namespace policygraph::inline v0::detail::query {

// An offset from UTC, or a zone by name; a name without an offset takes the one of the local time it is given to.
struct Zone {
  std::optional<std::int32_t> offset;
  std::string name;
};
// "+01:00", "Z" or "Europe/Stockholm". Throws for a zone that is not in tzdata.
Zone read_zone(const Value& value, const FunctionScope& scope);

// What a temporal value has of a day, a time of day and a zone.
struct TemporalParts {
  std::optional<Day> day;
  std::optional<LocalTime> time;
  std::optional<Zone> zone;
};
// Empty where the value is no date and no time. A partial date that is a day counts as one; a coarser one is refused.
TemporalParts parts_of(const Value& value);

enum class TemporalKind : std::uint8_t { date, local_time, time, local_date_time, date_time };
std::string_view function_name(TemporalKind kind) noexcept;  // "localdatetime"
bool has_day(TemporalKind kind) noexcept;
bool has_time(TemporalKind kind) noexcept;
bool has_zone(TemporalKind kind) noexcept;

// The value of that kind; midnight and UTC where the parts have none. Requires the day, or for times the time of day.
Value build(TemporalKind kind, const TemporalParts& parts, const FunctionScope& scope);
// A local time in a zone: the offset it has, where the zone has that one then, else the zone's own.
ZonedDateTime attach(const LocalDateTime& local, const Zone& zone, const FunctionScope& scope);
// The same instant by the clocks of another zone, or at another offset.
ZonedDateTime move_to(const ZonedDateTime& value, const Zone& zone, const FunctionScope& scope);
ZonedTime move_to(const ZonedTime& value, std::int32_t offset);

// date.year, duration.days, partial_date.earliest and their kin. Empty for a value that has no parts; throws
// ValueTrouble for a part that a temporal value does not have.
std::optional<Value> temporal_part(const Value& value, std::string_view part);
// The same of a partial date; empty for a part it does not have.
std::optional<Value> partial_date_part(const PartialDate& date, std::string_view part);

}  // namespace policygraph::inline v0::detail::query
