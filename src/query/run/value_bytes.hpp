#pragma once

#include <cstddef>

#include "policygraph/model/value.hpp"
#include "query/limits.hpp"

namespace policygraph::inline v0::detail::query {

// How deep lists and maps may stand in one another: what walks a value may recurse that deep.
inline constexpr std::size_t kMaxValueDepth = 1'000;

// Near enough: the bytes of a value and of all it holds. What is shared counts as often as it is reached, for so often it is walked by
// whoever compares or prints the value; counting ends past `most`, or by the limits. Without recursion.
std::size_t value_bytes(const Value& value, std::size_t most = ~std::size_t{0}, Limits* limits = nullptr);

// The same, and 0 for a value that is not worth counting: a number, a time, a short text.
std::size_t long_bytes(const Value& value, Limits& limits);

// The bytes of a value just made. Throws Error(limit) past `most` bytes, or where it is nested deeper than kMaxValueDepth.
std::size_t check_value(const Value& value, std::size_t most, Limits* limits = nullptr);

}  // namespace policygraph::inline v0::detail::query
