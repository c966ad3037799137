#pragma once

#include <optional>
#include <string>

#include "policygraph/base/partial_date.hpp"
#include "policygraph/graph/snapshot.hpp"

namespace policygraph::inline v0::detail::picture {

/// The first and the last day that something may be about; an end that no text names is absent.
struct Dates {
  std::optional<Day> from;
  std::optional<Day> to;

  bool is_known() const noexcept { return from.has_value() || to.has_value(); }
  /// Widened by a date; an open or unknown one changes nothing.
  void take(const PartialDate& date);
};

/// A date or a partial date as a partial date; the unknown one for other values.
PartialDate date_in(const Value& value);

/// Over all properties of a node that are dates.
Dates dates_of(const Snapshot& snapshot, NodeRow row);
/// Of an edge: since when and until when it holds.
Dates dates_of(const Snapshot& snapshot, EdgeRow row);

/// "2024-05-01".
std::string day_text(Day day);
/// As attributes: ` data-from="2024-01-01" data-to="2024-12-31"`; "" when unknown.
std::string attributes(const Dates& dates);

}  // namespace policygraph::inline v0::detail::picture
