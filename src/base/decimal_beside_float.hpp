#pragma once

#include <compare>

#include "policygraph/base/decimal.hpp"

namespace policygraph::inline v0::detail::base {

/// A decimal beside the number that a float stands for, digit for digit: decimal 0.1 is less than the float 0.1, which is a little more
/// than a tenth. Unordered beside NaN.
std::partial_ordering compare_exactly(const Decimal& a, double b) noexcept;

}  // namespace policygraph::inline v0::detail::base
