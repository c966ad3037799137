#pragma once

#include <string_view>
#include <vector>

#include "policygraph/text/tokens.hpp"

namespace policygraph::inline v0::detail::text {

/// `tokenize`, its tokens put behind those that `tokens` holds: for one who reads a text in parts. Their spans are of the part.
void append_tokens(std::string_view text, std::vector<Token>& tokens);

}  // namespace policygraph::inline v0::detail::text
