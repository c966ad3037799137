// date.truncate('month', d, {day: 2}) and its kin: a value cut to a unit, and then finer fields set.
#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "model/suggestion.hpp"
#include "query/functions/temporal_fields.hpp"
#include "query/functions/temporal_parts.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

enum class Unit : std::uint8_t {
  millennium,
  century,
  decade,
  year,
  week_year,
  quarter,
  month,
  week,
  day,
  hour,
  minute,
  second,
  millisecond,
  microsecond,
};
struct UnitRule {
  std::string_view name;
  int rank;                  // a field set beside it must be finer
  std::int64_t nanoseconds;  // of the time of day; years for the units that are made of them
};
constexpr std::array<UnitRule, 14> kUnits = {{{"millennium", 0, 1000},
                                              {"century", 1, 100},
                                              {"decade", 2, 10},
                                              {"year", 3, 1},
                                              {"weekYear", 3, 0},
                                              {"quarter", 4, 0},
                                              {"month", 5, 0},
                                              {"week", 6, 0},
                                              {"day", 7, 86'400'000'000'000},
                                              {"hour", 8, 3'600'000'000'000},
                                              {"minute", 9, 60'000'000'000},
                                              {"second", 10, 1'000'000'000},
                                              {"millisecond", 11, 1'000'000},
                                              {"microsecond", 12, 1'000}}};
constexpr int kRanks[] = {3, 4, 5, 6, 7, 7, 7, 7, 8, 9, 10, 11, 12, 13};  // of the fields year to nanosecond

const UnitRule& rule(Unit unit) { return kUnits[static_cast<std::size_t>(unit)]; }

bool is_taken(TemporalKind kind, Unit unit) {
  return unit < Unit::day ? has_day(kind) : unit == Unit::day || has_time(kind);
}

Unit read_unit(TemporalKind kind, const Value& value) {
  if (value.kind() != ValueKind::string) refuse_type("truncate", "the name of a unit", value);
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < kUnits.size(); ++i) {
    const auto unit = static_cast<Unit>(i);
    if (!is_taken(kind, unit)) continue;
    if (kUnits[i].name == value.as_string()) return unit;
    names.push_back(kUnits[i].name);
  }
  refuse(ErrorType::argument_error, Trouble::invalid_argument_value,
         std::string(function_name(kind)) + ".truncate knows no unit '" + value.as_string() + "'" + model::did_you_mean(value.as_string(), names));
}

Day cut_years(Day day, int years) {
  const auto year = year_month_day(day).year;
  const auto rest = (year % years + years) % years;
  return make_day(year - rest, 1, 1);
}

Day cut(Day day, Unit unit) {
  const auto date = year_month_day(day);
  switch (unit) {
    case Unit::millennium:
    case Unit::century:
    case Unit::decade:
    case Unit::year:
      return cut_years(day, static_cast<int>(rule(unit).nanoseconds));
    case Unit::week_year:
      return make_week_day(year_week_day(day).year, 1, 1);
    case Unit::quarter:
      return make_day(date.year, (date.month - 1) / 3 * 3 + 1, 1);
    case Unit::month:
      return make_day(date.year, date.month, 1);
    case Unit::week:
      return add(day, Duration{0, 1 - year_week_day(day).day, 0, 0});
    default:
      return day;
  }
}

LocalTime cut(LocalTime time, Unit unit) {
  if (unit <= Unit::day) return {};
  return {time.nanoseconds - time.nanoseconds % rule(unit).nanoseconds};
}

void check_finer(const TemporalFields& fields, Unit unit) {
  for (std::size_t i = 0; i < std::size(kRanks); ++i) {
    const auto field = static_cast<Field>(i);
    if (!fields.has(field) || kRanks[i] > rule(unit).rank) continue;
    refuse(ErrorType::argument_error, Trouble::invalid_argument_value,
           "'" + std::string(field_name(field)) + "' is not finer than the " + std::string(rule(unit).name) +
               " it is cut to");
  }
  for (const auto field : {Field::date, Field::time, Field::datetime, Field::epoch_seconds, Field::epoch_millis}) {
    if (!fields.has(field)) continue;
    refuse(ErrorType::argument_error, Trouble::invalid_argument_value,
           "truncate sets no '" + std::string(field_name(field)) + "'; only finer fields and the timezone");
  }
}

// The zone stays, or is replaced; the clocks show the same.
Value with_fields(TemporalKind kind, TemporalParts parts, Unit unit, const TemporalFields& fields,
                  const FunctionScope& scope) {
  check_finer(fields, unit);
  const auto limit = unit < Unit::millisecond ? 1'000'000'000 : rule(unit).nanoseconds;
  if (parts.day) parts.day = fields.day(parts.day);
  if (parts.time) parts.time = fields.time(parts.time, limit);
  if (fields.has(Field::timezone)) {
    if (!has_zone(kind))
      refuse(ErrorType::argument_error, Trouble::invalid_argument_value, std::string(function_name(kind)) + " keeps no timezone");
    parts.zone = read_zone(fields.value(Field::timezone), scope);
  }
  return build(kind, parts, scope);
}

template <TemporalKind kKind>
Value truncate(std::span<const Value> a, const FunctionScope& scope) {
  const auto unit = read_unit(kKind, a[0]);
  const auto& now = scope.clock.statement;
  auto parts = a.size() > 1 ? parts_of(a[1])
                            : parts_of(Value(ZonedDateTime{local_from_seconds(now.seconds, now.nanoseconds), 0, {}}));
  if (has_day(kKind) ? !parts.day : !parts.time) {
    refuse_type(std::string(function_name(kKind)) + ".truncate",
                has_day(kKind) ? "a value with a date" : "a value with a time of day", a[1]);
  }
  if (parts.day) parts.day = cut(*parts.day, unit);
  if (has_time(kKind)) parts.time = cut(parts.time.value_or(LocalTime{}), unit);
  if (a.size() < 3) return build(kKind, parts, scope);
  if (a[2].kind() != ValueKind::map)
    refuse_type(std::string(function_name(kKind)) + ".truncate", "a map of fields", a[2]);
  const auto fields = TemporalFields::read(kKind, a[2].as_map());
  return fields ? with_fields(kKind, parts, unit, *fields, scope) : Value();
}

using enum TemporalKind;

constexpr Function kFunctions[] = {
    {"date.truncate", 1, 3, Type::temporal, truncate<date>},
    {"localtime.truncate", 1, 3, Type::temporal, truncate<local_time>},
    {"time.truncate", 1, 3, Type::temporal, truncate<time>},
    {"localdatetime.truncate", 1, 3, Type::temporal, truncate<local_date_time>},
    {"datetime.truncate", 1, 3, Type::temporal, truncate<date_time>},
};

}  // namespace

std::span<const Function> truncate_functions() { return kFunctions; }

}  // namespace policygraph::inline v0::detail::query
