#pragma once

#include <string>
#include <string_view>

#include "policygraph/model/value.hpp"

namespace policygraph::inline v0::detail::store {

/// Any value as bytes (docs/store_format.md, "Values"). Throws Error(limit) for lists and maps nested deeper than 1,000.
std::string value_bytes(const Value& value);
/// Throws Error(format) where the bytes are not just one value.
Value read_value(std::string_view bytes);

}  // namespace policygraph::inline v0::detail::store
