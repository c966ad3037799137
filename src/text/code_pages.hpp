#pragma once

#include <array>

#include "policygraph/text/encoding.hpp"

namespace policygraph::inline v0::detail::text {

/// The code points of bytes 0x80 to 0xFF; U+FFFD where there is none; null for an encoding that is no code page.
const std::array<char16_t, 128>* code_page(Encoding encoding) noexcept;

}  // namespace policygraph::inline v0::detail::text
