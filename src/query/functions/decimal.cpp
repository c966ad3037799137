#include "policygraph/base/error.hpp"
#include "query/functions/decimal_parts.hpp"
#include "query/functions/function.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

// decimal('4.9'), decimal(5); a float has lost its decimals already and is refused.
Value decimal(std::span<const Value> a, const FunctionScope&) {
  switch (a[0].kind()) {
    case ValueKind::decimal: return a[0];
    case ValueKind::integer: return Value(Decimal(a[0].as_integer()));
    case ValueKind::string:
      try {
        return Value(Decimal::parse(a[0].as_string()));
      } catch (const Error& error) {
        refuse(ErrorType::argument_error, Trouble::invalid_argument_value, error.text());
      }
    case ValueKind::floating:
      refuse(ErrorType::type_error, Trouble::invalid_argument_type, "a float is not exact; write decimal('" + a[0].to_string() + "')");
    default: refuse_type("decimal", "a string or an integer", a[0]);
  }
}

}  // namespace

Decimal floor_of(const Decimal& value) {
  const auto near = value.rescaled(0);
  return near > value ? near - Decimal(1) : near;
}

Decimal ceiling_of(const Decimal& value) { return -floor_of(-value); }
Decimal truncated(const Decimal& value) { return value.is_negative() ? ceiling_of(value) : floor_of(value); }

namespace {

constexpr Function kFunctions[] = {{"decimal", 1, 1, Type::decimal, decimal}};

}  // namespace

std::span<const Function> decimal_functions() { return kFunctions; }

}  // namespace policygraph::inline v0::detail::query
