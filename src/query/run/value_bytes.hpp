#pragma once

#include <cstddef>

#include "policygraph/model/value.hpp"

namespace policygraph::inline v0::detail::query {

// How deep lists and maps may stand in one another: what walks a value may recurse that deep.
inline constexpr std::size_t kMaxValueDepth = 1'000;

// Near enough: the bytes of a value and of all it holds. What is shared counts as often as it is reached, for so often it is walked by
// whoever compares or prints the value; counting ends past `most`. Without recursion.
std::size_t value_bytes(const Value& value, std::size_t most = ~std::size_t{0});

// The same of a value just made. Throws Error(limit) past `most` bytes, or where it is nested deeper than kMaxValueDepth.
std::size_t check_value(const Value& value, std::size_t most);

}  // namespace policygraph::inline v0::detail::query
