#include "picture/dates.hpp"

#include <algorithm>

namespace policygraph::inline v0::detail::picture {

void Dates::take(const PartialDate& date) {
  if (date.is_unknown()) return;
  if (date.earliest() != kFirstDay) from = std::min(from.value_or(date.earliest()), date.earliest());
  if (date.latest() != kLastDay) to = std::max(to.value_or(date.latest()), date.latest());
}

PartialDate date_in(const Value& value) {
  if (value.kind() == ValueKind::partial_date) return value.as_partial_date();
  if (value.kind() != ValueKind::date) return {};
  const auto day = year_month_day(value.as_date());
  return day.year < 1 || day.year > 9999 ? PartialDate() : PartialDate::day(day.year, day.month, day.day);
}

Dates dates_of(const Snapshot& snapshot, NodeRow row) {
  Dates dates;
  for (const auto property : snapshot.properties(row)) dates.take(date_in(snapshot.value(row, property)));
  return dates;
}

Dates dates_of(const Snapshot& snapshot, EdgeRow row) {
  Dates dates;
  if (const auto since = snapshot.valid_from(row); !since.is_unknown() && since.earliest() != kFirstDay) dates.from = since.earliest();
  if (const auto until = snapshot.valid_to(row); !until.is_unknown() && until.latest() != kLastDay) dates.to = until.latest();
  return dates;
}

std::string day_text(Day day) {
  const auto parts = year_month_day(day);
  return PartialDate::day(parts.year, parts.month, parts.day).to_string();
}

std::string attributes(const Dates& dates) {
  std::string out;
  if (dates.from) out += " data-from=\"" + day_text(*dates.from) + "\"";
  if (dates.to) out += " data-to=\"" + day_text(*dates.to) + "\"";
  return out;
}

}  // namespace policygraph::inline v0::detail::picture
