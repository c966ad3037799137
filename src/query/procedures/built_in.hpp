#pragma once

#include "policygraph/query/procedure.hpp"

// The procedures of the library, a file a subject.
namespace policygraph::inline v0::detail::query {

void add_name_procedures(Procedures& out);
void add_text_procedures(Procedures& out);

// How many answers an argument asks for.
std::size_t limit_of(const Value& argument);
// An optional text: null is "".
std::string_view text_of(const Value& argument);

}  // namespace policygraph::inline v0::detail::query
