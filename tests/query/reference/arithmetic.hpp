#pragma once

#include "policygraph/base/timezone.hpp"
#include "query/syntax/ast.hpp"
#include "reference/logic.hpp"

// Cypher's + - * / % ^, written plainly and apart from the engine. Calendars are base's, which the engine uses too.
namespace policygraph::testing::reference {

Value calculated(detail::query::Operation op, const Value& a, const Value& b, TimeZones& zones);
Value negated(const Value& value);
// What sum() adds, and what avg() divides by.
Value sum_of(const Value& a, const Value& b);
Value shared_out(const Value& sum, std::size_t count);

}  // namespace policygraph::testing::reference
