#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "query/functions/temporal_parts.hpp"

namespace policygraph::inline v0::detail::query {

// What the maps of date({year: 2024, week: 10}) and its kin may say; the finest last within its group.
enum class Field : std::uint8_t {
  year,
  quarter,
  month,
  week,
  day,
  ordinal_day,
  day_of_week,
  day_of_quarter,
  hour,
  minute,
  second,
  millisecond,
  microsecond,
  nanosecond,
  epoch_seconds,
  epoch_millis,
  timezone,
  date,
  time,
  datetime,
};
inline constexpr std::size_t kFieldCount = 20;
std::string_view field_name(Field field) noexcept;  // "dayOfWeek"

// The fields of one map. Reading refuses names that the function does not take, values that are no integers, and
// integers that no such field has.
class TemporalFields {
 public:
  // Empty where a value of the map is null: then the result is null too.
  static std::optional<TemporalFields> read(TemporalKind kind, const ValueMap& map);

  bool has(Field field) const noexcept { return values_[static_cast<std::size_t>(field)] != nullptr; }
  const Value& value(Field field) const noexcept { return *values_[static_cast<std::size_t>(field)]; }
  // The map says nothing but, perhaps, a zone.
  bool is_zone_only() const noexcept;
  bool has_clock() const noexcept;  // a field of the time of day
  // Refuses fields that leave out a coarser one, when there is no other value to take it from.
  void need_day() const;
  void need_clock() const;
  bool says_whole_day() const noexcept;

  // The day and the time of day; what the map leaves out is taken from `base`, else it is the first.
  Day day(std::optional<Day> base) const;
  // `limit`: nanoseconds below it are replaced together (a whole second, unless `base` was cut to something finer).
  LocalTime time(std::optional<LocalTime> base, std::int64_t limit = 1'000'000'000) const;

 private:
  enum class Calendar : std::uint8_t { months, weeks, quarters, days_of_year };
  TemporalFields(TemporalKind kind) noexcept : kind_(kind) {}
  void take(Field field, const Value& value);
  int number(Field field, int otherwise) const noexcept;
  Calendar calendar() const;
  void need_chain(std::span<const Field> chain) const;
  std::int64_t fraction(std::int64_t base, std::int64_t limit) const;

  TemporalKind kind_;
  std::array<const Value*, kFieldCount> values_{};
};

}  // namespace policygraph::inline v0::detail::query
