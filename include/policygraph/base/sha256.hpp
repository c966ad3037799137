#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "policygraph/export.hpp"

namespace policygraph::inline v0 {

using Sha256Digest = std::array<std::uint8_t, 32>;

/// FIPS 180-4 SHA-256 of a byte string; about 200–400 MB/s.
POLICYGRAPH_EXPORT Sha256Digest sha256(std::string_view bytes) noexcept;
/// 64 lower-case hexadecimal digits.
POLICYGRAPH_EXPORT std::string sha256_hex(std::string_view bytes);

}  // namespace policygraph::inline v0
