#pragma once

#include <string>
#include <string_view>

#include "policygraph/extract/extraction.hpp"
#include "policygraph/model/schema.hpp"

namespace policygraph::inline v0::detail::extract {

// Leaves out what breaks the schema or the text, with a diagnostic each; fills in extractors that are missing (properties: that
// of their mention); makes values what their property's type wants.
void validate(std::string_view text, const Schema& schema, const std::string& document, Extraction& extraction);

// Mentions by span start, longer first; every same_as points at the first mention of its thing; relations and findings follow.
// Requires: validated.
void sort(Extraction& extraction);

}  // namespace policygraph::inline v0::detail::extract
