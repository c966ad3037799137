#pragma once

#include <vector>

#include "extract/recognizers/act_context.hpp"

namespace policygraph::inline v0::detail::extract {

// Links the citations of one act (same_as, "rule:act-number/1", "rule:act-title/1"), reports what contradicts within one and between them
// (TYPE_CONFLICT, NUMBER_CONFLICT, DATE_CONFLICT, DATE_IS_PUBLICATION), and gives acts the publication references that stand beside them.
void identify_acts(const Reading& reading, const DateIndex& dates, const std::vector<FoundAct>& acts, Extraction& out);

}  // namespace policygraph::inline v0::detail::extract
