#include "query/procedures/built_in.hpp"

#include <ranges>
#include <string>

#include "model/suggestion.hpp"
#include "policygraph/base/error.hpp"

namespace policygraph::inline v0::detail::query {

std::size_t limit_of(const Value& argument) {
  const auto limit = argument.as_integer();
  if (limit < 0) throw Error(ErrorCode::invalid_argument, "a limit of " + std::to_string(limit) + "; 0 or more");
  return static_cast<std::size_t>(limit);
}

std::string_view label_of(const Value& argument, const Snapshot& snapshot, ProcedureAnswer& out) {
  if (argument.is_null()) return {};
  const auto& label = argument.as_string();
  if (snapshot.schema().is_open() && !snapshot.label(label)) {
    const auto numbers = std::views::iota(std::size_t{0}, snapshot.label_count());
    const auto name_of = [&](std::size_t i) { return snapshot.name(Label(i)); };
    out.notes.push_back("no node has the label '" + label + "'" + model::did_you_mean(label, numbers, name_of));
  }
  return label;
}

ProcedureAnswer call_for(const Procedure& procedure, std::span<const Value> arguments, const Snapshot& snapshot, const WantedAnswer& wanted) {
  static const auto* const words = built_in_procedures().find("text.nodes");
  static const auto* const prefix = built_in_procedures().find("names.prefix");
  if (&procedure == words && !wanted.evidence && !wanted.has(2) && !wanted.has(3)) return nodes_by_words(arguments, snapshot);
  if (&procedure == prefix && !wanted.evidence && !wanted.has(1)) return nodes_by_prefix(arguments, snapshot);
  return procedure.call(arguments, snapshot);
}

}  // namespace policygraph::inline v0::detail::query

namespace policygraph::inline v0 {

const Procedures& built_in_procedures() {
  static const Procedures all = [] {
    Procedures out;
    detail::query::add_name_procedures(out);
    detail::query::add_text_procedures(out);
    return out;
  }();
  return all;
}

}  // namespace policygraph::inline v0
