#pragma once

#include "policygraph/query/procedure.hpp"

// The procedures of the library, a file a subject.
namespace policygraph::inline v0::detail::query {

void add_name_procedures(Procedures& out);
void add_text_procedures(Procedures& out);

// How many answers an argument asks for.
std::size_t limit_of(const Value& argument);
// The label that the answers are to have; null is "", any. Where the schema is open and no node has it, that is noted; a label that
// another schema does not know, the search refuses.
std::string_view label_of(const Value& argument, const Snapshot& snapshot, ProcedureAnswer& out);

}  // namespace policygraph::inline v0::detail::query
