#include "query/functions/pattern_value.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

Value take_relationship(std::span<const Value> a, const FunctionScope&) {
  if (a[0].kind() == ValueKind::edge) return a[0];
  refuse(ErrorType::type_error, Trouble::invalid_argument_type, "a pattern takes a relationship, not " + std::string(kind_name(a[0].kind())) + " " + excerpt(a[0]));
}

}  // namespace

const Function& taken_relationship() {
  static constexpr Function kTaken{"relationship", 1, 1, Type::edge, take_relationship};
  return kTaken;
}

}  // namespace policygraph::inline v0::detail::query
