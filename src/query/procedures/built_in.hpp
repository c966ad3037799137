#pragma once

#include "policygraph/query/procedure.hpp"

// The procedures of the library, a file a subject.
namespace policygraph::inline v0::detail::query {

/// What of an answer is looked at.
struct WantedAnswer {
  std::vector<bool> results;  // by number
  bool evidence = true;
  bool has(std::size_t result) const noexcept { return results[result]; }
};
/// The answer of a procedure of the library with null for what nobody looks at, where that saves something; else `call`'s.
ProcedureAnswer call_for(const Procedure& procedure, std::span<const Value> arguments, const Snapshot& snapshot, const WantedAnswer& wanted);

void add_name_procedures(Procedures& out);
void add_text_procedures(Procedures& out);

// How many answers an argument asks for.
std::size_t limit_of(const Value& argument);
// The label that the answers are to have; null is "", any. Where the schema is open and no node has it, that is noted; a label that
// another schema does not know, the search refuses.
std::string_view label_of(const Value& argument, const Snapshot& snapshot, ProcedureAnswer& out);

// Nodes and scores alone (graph/lean_search.hpp).
ProcedureAnswer nodes_by_words(std::span<const Value> arguments, const Snapshot& snapshot);
ProcedureAnswer nodes_by_prefix(std::span<const Value> arguments, const Snapshot& snapshot);

}  // namespace policygraph::inline v0::detail::query
