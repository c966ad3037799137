#pragma once

#include <string>
#include <string_view>

#include "model/chains.hpp"
#include "policygraph/extract/extraction.hpp"

namespace policygraph::inline v0::detail::extract {

// Leaves out what breaks the schema or the text, with a diagnostic each; fills in extractors that are missing (properties: that
// of their mention); makes values what their property's type wants. `chains` are of the schema.
void validate(std::string_view text, model::Chains& chains, const std::string& document, Extraction& extraction);

// Mentions by span start, longer first; every same_as points at the first mention of its thing; relations and findings follow.
// Requires: validated.
void sort(Extraction& extraction);

}  // namespace policygraph::inline v0::detail::extract
