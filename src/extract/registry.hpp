#pragma once

#include <span>

#include "extract/stage.hpp"

namespace policygraph::inline v0::detail::extract {

// What runs, in this order: recognisers, (the user's own recognisers,) coreference, (relation rules: relations/relate.hpp,) checks.
std::span<const Stage> recognizers();
std::span<const Stage> act_recognizers();  // those of the first that citations of acts need
std::span<const Stage> coreference();
std::span<const Stage> checks();

}  // namespace policygraph::inline v0::detail::extract
