#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policygraph/query/query.hpp"

namespace policygraph::cli {

/// "year=2020", "name=Clean Water", "number='17'": a value that is null, true, false or a number is that (a number with a point is an
/// exact decimal); 'quoted' or anything else is text. Throws Error(invalid_argument) without a name or for a name that comes twice.
Parameters parse_parameters(const std::vector<std::string>& arguments);
/// The same, but every value is text: parameters of questions are names and numbers of acts.
Parameters parse_text_parameters(const std::vector<std::string>& arguments);
/// "" is the unknown date. Throws Error(invalid_argument) for what is no partial date.
PartialDate parse_date(const std::string& text);
/// A day (its first moment), or a day and a time, in UTC where no offset stands behind it; "" is none. Throws Error(invalid_argument).
std::optional<std::chrono::sys_time<std::chrono::nanoseconds>> parse_now(const std::string& text);

}  // namespace policygraph::cli
