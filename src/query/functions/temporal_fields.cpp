#include "query/functions/temporal_fields.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "model/suggestion.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

struct FieldRule {
  std::string_view name;
  std::int64_t least, greatest;
};
constexpr std::int64_t kAny = INT64_MAX;
constexpr std::array<FieldRule, kFieldCount> kRules = {{
    {"year", -kMaxYear, kMaxYear},
    {"quarter", 1, 4},
    {"month", 1, 12},
    {"week", 1, 53},
    {"day", 1, 31},
    {"ordinalDay", 1, 366},
    {"dayOfWeek", 1, 7},
    {"dayOfQuarter", 1, 92},
    {"hour", 0, 23},
    {"minute", 0, 59},
    {"second", 0, 59},
    {"millisecond", 0, 999},
    {"microsecond", 0, 999'999},
    {"nanosecond", 0, 999'999'999},
    {"epochSeconds", -kAny, kAny},
    {"epochMillis", -kAny, kAny},
    {"timezone", 0, 0},
    {"date", 0, 0},
    {"time", 0, 0},
    {"datetime", 0, 0},
}};

constexpr Field kMonths[] = {Field::year, Field::month, Field::day};
constexpr Field kWeeks[] = {Field::year, Field::week, Field::day_of_week};
constexpr Field kQuarters[] = {Field::year, Field::quarter, Field::day_of_quarter};
constexpr Field kDaysOfYear[] = {Field::year, Field::ordinal_day};
constexpr Field kClock[] = {Field::hour, Field::minute, Field::second};

bool is_taken(TemporalKind kind, Field field) {
  if (field <= Field::day_of_quarter || field == Field::date) return has_day(kind);
  if (field <= Field::nanosecond || field == Field::time) return has_time(kind);
  return field == Field::timezone || (has_day(kind) && has_time(kind));
}

[[noreturn]] void refuse_value(std::string text) { refuse(ErrorType::argument_error, Trouble::invalid_argument_value, std::move(text)); }

[[noreturn]] void refuse_name(TemporalKind kind, std::string_view name) {
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < kFieldCount; ++i) {
    if (is_taken(kind, static_cast<Field>(i))) names.push_back(kRules[i].name);
  }
  refuse_value(std::string(function_name(kind)) + " takes no '" + std::string(name) + "'" + model::did_you_mean(name, names));
}

int weeks_in_year(int year) { return year_week_day(make_day(year, 12, 28)).week; }

int days_in_quarter(int year, int quarter) {
  int days = 0;
  for (int month = 3 * quarter - 2; month <= 3 * quarter; ++month) days += days_in_month(year, month);
  return days;
}

}  // namespace

std::string_view field_name(Field field) noexcept { return kRules[static_cast<std::size_t>(field)].name; }

std::optional<TemporalFields> TemporalFields::read(TemporalKind kind, const ValueMap& map) {
  TemporalFields fields(kind);
  bool is_null = false;
  for (const auto& [name, value] : map) {
    const auto* rule = std::find_if(kRules.begin(), kRules.end(), [&](const FieldRule& r) { return r.name == name; });
    const auto field = static_cast<Field>(rule - kRules.begin());
    if (rule == kRules.end() || !is_taken(kind, field)) refuse_name(kind, name);
    is_null = is_null || value.is_null();
    if (!value.is_null()) fields.take(field, value);
  }
  if (is_null) return std::nullopt;
  if (fields.has(Field::datetime) && (fields.has(Field::date) || fields.has(Field::time))) {
    refuse_value("datetime stands for date and time; say it, or them");
  }
  return fields;
}

void TemporalFields::take(Field field, const Value& value) {
  const auto& rule = kRules[static_cast<std::size_t>(field)];
  if (field < Field::timezone) {
    if (value.kind() != ValueKind::integer) refuse_type(rule.name, "an integer", value);
    const auto number = value.as_integer();
    if (number < rule.least || number > rule.greatest) {
      refuse_value(std::string(rule.name) + " is " + std::to_string(rule.least) + " to " +
                   std::to_string(rule.greatest) + ", not " + std::to_string(number));
    }
  }
  values_[static_cast<std::size_t>(field)] = &value;
}

int TemporalFields::number(Field field, int otherwise) const noexcept {
  return has(field) ? static_cast<int>(value(field).as_integer()) : otherwise;
}

bool TemporalFields::is_zone_only() const noexcept {
  for (std::size_t i = 0; i < kFieldCount; ++i) {
    if (values_[i] != nullptr && static_cast<Field>(i) != Field::timezone) return false;
  }
  return true;
}

bool TemporalFields::has_clock() const noexcept {
  for (auto i = static_cast<std::size_t>(Field::hour); i <= static_cast<std::size_t>(Field::nanosecond); ++i) {
    if (values_[i] != nullptr) return true;
  }
  return false;
}

TemporalFields::Calendar TemporalFields::calendar() const {
  const bool months = has(Field::month) || has(Field::day);
  const bool weeks = has(Field::week) || has(Field::day_of_week);
  const bool quarters = has(Field::quarter) || has(Field::day_of_quarter);
  if (int{months} + int{weeks} + int{quarters} + int{has(Field::ordinal_day)} > 1) {
    refuse_value(
        "a day is said in one way: month and day, week and dayOfWeek, quarter and dayOfQuarter, or ordinalDay");
  }
  return weeks                     ? Calendar::weeks
         : quarters                ? Calendar::quarters
         : has(Field::ordinal_day) ? Calendar::days_of_year
                                   : Calendar::months;
}

void TemporalFields::need_chain(std::span<const Field> chain) const {
  for (std::size_t i = 1; i < chain.size(); ++i) {
    if (has(chain[i]) && !has(chain[i - 1])) {
      refuse_value("'" + std::string(field_name(chain[i])) + "' needs '" + std::string(field_name(chain[i - 1])) +
                   "' beside it");
    }
  }
}

void TemporalFields::need_day() const {
  switch (calendar()) {
    case Calendar::months:
      need_chain(kMonths);
      break;
    case Calendar::weeks:
      need_chain(kWeeks);
      break;
    case Calendar::quarters:
      need_chain(kQuarters);
      break;
    case Calendar::days_of_year:
      need_chain(kDaysOfYear);
  }
  if (!has(Field::year)) refuse_value(std::string(function_name(kind_)) + " needs a year");
}

void TemporalFields::need_clock() const {
  need_chain(kClock);
  if (!has(Field::hour)) refuse_value(std::string(function_name(kind_)) + " needs an hour");
  for (const auto field : {Field::millisecond, Field::microsecond, Field::nanosecond}) {
    const Field chain[] = {Field::second, field};
    need_chain(chain);
  }
}

bool TemporalFields::says_whole_day() const noexcept {
  return has(Field::day) || has(Field::day_of_week) || has(Field::day_of_quarter) || has(Field::ordinal_day);
}

// A day that was not said itself becomes the last one there is: the month after 31 January ends on the 28th.
Day TemporalFields::day(std::optional<Day> base) const {
  const auto way = calendar();
  if (way == Calendar::weeks) {
    const auto from = base ? year_week_day(*base) : YearWeekDay{0, 1, 1};
    const auto year = number(Field::year, from.year);
    const auto week = number(Field::week, std::min(from.week, weeks_in_year(year)));
    return make_week_day(year, week, number(Field::day_of_week, from.day));
  }
  const auto from = base ? year_month_day(*base) : YearMonthDay{0, 1, 1};
  const auto year = number(Field::year, from.year);
  if (way == Calendar::days_of_year) return make_ordinal_day(year, number(Field::ordinal_day, 1));
  if (way == Calendar::quarters) {
    const auto quarter = number(Field::quarter, (from.month - 1) / 3 + 1);
    const auto day = base ? std::min(day_of_quarter(*base), days_in_quarter(year, quarter)) : 1;
    return make_quarter_day(year, quarter, number(Field::day_of_quarter, day));
  }
  const auto month = number(Field::month, from.month);
  return make_day(year, month, number(Field::day, std::min(from.day, days_in_month(year, month))));
}

LocalTime TemporalFields::time(std::optional<LocalTime> base, std::int64_t limit) const {
  const auto nanoseconds = base.value_or(LocalTime{}).nanoseconds;
  const auto seconds = static_cast<int>(nanoseconds / kSecond);
  const std::int64_t hour = number(Field::hour, seconds / 3600);
  const std::int64_t minute = number(Field::minute, seconds / 60 % 60);
  const std::int64_t second = number(Field::second, seconds % 60);
  return {((hour * 60 + minute) * 60 + second) * kSecond + fraction(nanoseconds % kSecond, limit)};
}

// {millisecond: 123, microsecond: 456} is .123456; each field lies below the coarser one beside it.
std::int64_t TemporalFields::fraction(std::int64_t base, std::int64_t limit) const {
  constexpr std::pair<Field, std::int64_t> kUnits[] = {
      {Field::millisecond, 1'000'000}, {Field::microsecond, 1'000}, {Field::nanosecond, 1}};
  auto total = base - base % limit;
  auto room = limit;
  bool is_said = false;
  for (const auto& [field, unit] : kUnits) {
    if (!has(field)) continue;
    const auto amount = value(field).as_integer() * unit;
    if (amount >= room) {
      refuse_value(std::string(field_name(field)) + " is 0 to " +
                   std::to_string(std::max<std::int64_t>(room / unit, 1) - 1) + " here, not " +
                   std::to_string(value(field).as_integer()));
    }
    total += amount;
    room = unit;
    is_said = true;
  }
  return is_said ? total : base;
}

}  // namespace policygraph::inline v0::detail::query
