#pragma once

#include <span>
#include <string_view>

#include "extract/reading.hpp"
#include "policygraph/extract/extraction.hpp"

namespace policygraph::inline v0::detail::extract {

// A built-in recogniser, coreference step or relation rule: reads what came before in `out` and appends. Never reorders, never
// throws for what a document holds.
using Stage = void (*)(const Reading& reading, Extraction& out);

}  // namespace policygraph::inline v0::detail::extract
