#pragma once

#include <memory>

#include "policygraph/query/procedure.hpp"

namespace policygraph::testing {

// What random queries CALL: test.upto(n) :: (i), the numbers below n; test.nodes(label) :: (n, k), nodes with the property k of each;
// test.half(x) :: (half), one row; test.nothing() :: ().
std::shared_ptr<const Procedures> test_procedures();

}  // namespace policygraph::testing
