#pragma once

#include <string_view>

namespace policygraph::inline v0 {

/// The library's version, "major.minor.patch" (semantic versioning 2.0).
inline constexpr std::string_view kVersion = "0.1.0";

}  // namespace policygraph::inline v0
