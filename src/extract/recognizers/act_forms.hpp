#pragma once

#include <optional>

#include "extract/recognizers/act_number.hpp"

namespace policygraph::inline v0::detail::extract {

// Forms that a jurisdiction's pack tells (`act_forms`): "Executive Order 14028", "Public Law 117-58", "S.I. 2019/419", by the words
// that begin at a token and the shape of the number behind them; and the volumes of a code, "42 U.S.C.", by the words behind a number.
std::optional<ActNumber> read_act_form(const Walk& walk, std::uint32_t i);

}  // namespace policygraph::inline v0::detail::extract
