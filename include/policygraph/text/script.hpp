#pragma once

#include <cstdint>

namespace policygraph::inline v0 {

/// The writing system of a word or a language. `none`: no letters; `mixed`: letters of two.
enum class Script : std::uint8_t { none, latin, cyrillic, other, mixed };

}  // namespace policygraph::inline v0
