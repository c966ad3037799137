#pragma once

#include "reference/expressions.hpp"

namespace policygraph::testing::reference {

// The aggregate of one group: `values` are its argument for each row of the group, nulls included; true for count(*).
Value aggregate_of(const bound::BoundAggregate& aggregate, const std::vector<Value>& values, const Value& second);

}  // namespace policygraph::testing::reference
