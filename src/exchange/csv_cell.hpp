#pragma once

#include <string>
#include <string_view>

namespace policygraph::inline v0::detail::exchange {

/// A cell after RFC 4180, quoted where it must be. Text that a spreadsheet would run gets a ' in front when `escape_formulas` says so;
/// numbers never do.
std::string csv_cell(std::string text, bool is_text, bool escape_formulas);

}  // namespace policygraph::inline v0::detail::exchange
