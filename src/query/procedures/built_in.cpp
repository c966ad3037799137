#include "query/procedures/built_in.hpp"

#include <string>

#include "policygraph/base/error.hpp"

namespace policygraph::inline v0::detail::query {

std::size_t limit_of(const Value& argument) {
  const auto limit = argument.as_integer();
  if (limit < 0) throw Error(ErrorCode::invalid_argument, "a limit of " + std::to_string(limit) + "; 0 or more");
  return static_cast<std::size_t>(limit);
}

std::string_view text_of(const Value& argument) { return argument.is_null() ? std::string_view() : std::string_view(argument.as_string()); }

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
