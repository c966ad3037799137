#pragma once

#include "policygraph/base/decimal.hpp"

namespace policygraph::inline v0::detail::query {

// The nearest whole number below, above, or towards zero; exact.
Decimal floor_of(const Decimal& value);
Decimal ceiling_of(const Decimal& value);
Decimal truncated(const Decimal& value);

}  // namespace policygraph::inline v0::detail::query
