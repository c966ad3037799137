#pragma once

#include <optional>
#include <string_view>

#include "policygraph/model/value.hpp"

namespace policygraph::inline v0::detail::query {

// date.year, duration.days, partial_date.earliest and their kin. Empty for a value that has no parts; throws ValueTrouble for a
// part that a temporal value does not have.
std::optional<Value> temporal_part(const Value& value, std::string_view part);

}  // namespace policygraph::inline v0::detail::query
