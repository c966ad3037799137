#pragma once

#include <optional>
#include <stdexcept>
#include <string>

#include "policygraph/model/value.hpp"

// Cypher's comparisons, written plainly and apart from the engine: no shared code, no fast paths.
namespace policygraph::testing::reference {

// The query asks for something impossible (a type error, an overflow): where the interpreter throws it the engine may throw too.
struct Refused : std::runtime_error {
  using std::runtime_error::runtime_error;
};
// The interpreter does not know this, or would take too long: the query is not compared.
struct Unsupported : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// True, false, or empty for unknown.
using Logic = std::optional<bool>;

Logic negation(Logic a);
Logic conjunction(Logic a, Logic b);
Logic disjunction(Logic a, Logic b);

// a = b, a < b, a <= b.
Logic is_equal(const Value& a, const Value& b);
Logic is_less(const Value& a, const Value& b);
Logic is_at_most(const Value& a, const Value& b);
// ORDER BY: -1, 0 or 1 over all values.
int ordered(const Value& a, const Value& b);
// DISTINCT and grouping: null is null, NaN is NaN, 1 is 1.0.
bool is_same(const Value& a, const Value& b);

Value to_value(Logic logic);
bool is_numeric(const Value& value);

}  // namespace policygraph::testing::reference
