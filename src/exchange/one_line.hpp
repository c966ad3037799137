#pragma once

#include <string>
#include <string_view>

namespace policygraph::inline v0::detail::exchange {

/// One line, without characters that move the cursor or turn the direction of what follows.
std::string one_line(std::string_view text);

}  // namespace policygraph::inline v0::detail::exchange
