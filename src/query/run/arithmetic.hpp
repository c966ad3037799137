#pragma once

#include "query/functions/function.hpp"
#include "query/syntax/ast.hpp"

namespace policygraph::inline v0::detail::query {

// + - * / % ^ on two values; null in, null out. Throws ValueTrouble: overflow, division by zero, kinds that do not go together.
Value calculate(Operation op, const Value& a, const Value& b, const FunctionScope& scope);
Value negate(const Value& value);
// Exact over decimals and integers; refuses a decimal beside a float.
Value add_numbers(const Value& a, const Value& b);
// A number divided by a count, as avg does: exact decimals keep ten more digits.
Value divide_by_count(const Value& sum, std::int64_t count);

}  // namespace policygraph::inline v0::detail::query
