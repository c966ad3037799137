#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <random>

#include "query/functions/decimal_parts.hpp"
#include "query/functions/function.hpp"
#include "query/functions/rounding.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

double number_of(const Value& value, std::string_view function) {
  const auto kind = value.kind();
  if (kind != ValueKind::integer && kind != ValueKind::floating && kind != ValueKind::decimal) refuse_type(function, "a number", value);
  return value.as_double();
}

Value absolute(std::span<const Value> a, const FunctionScope&) {
  if (a[0].kind() == ValueKind::decimal) return a[0].as_decimal().is_negative() ? Value(-a[0].as_decimal()) : a[0];
  if (a[0].kind() != ValueKind::integer) return Value(std::fabs(number_of(a[0], "abs")));
  if (a[0].as_integer() == std::numeric_limits<std::int64_t>::min()) refuse(ErrorType::arithmetic_error, Trouble::integer_overflow, "abs of the least integer");
  return Value(std::abs(a[0].as_integer()));
}

Value sign(std::span<const Value> a, const FunctionScope&) {
  const auto number = number_of(a[0], "sign");
  return Value(std::int64_t{number > 0} - std::int64_t{number < 0});
}

Rounding rounding_in(const Value& value) {
  if (value.kind() != ValueKind::string) refuse_type("round", "the name of a mode", value);
  if (const auto found = rounding_of(value.as_string())) return *found;
  refuse(ErrorType::argument_error, Trouble::invalid_argument_value,
         "round knows no mode " + excerpt(value) + "; UP, DOWN, CEILING, FLOOR, HALF_UP, HALF_DOWN, HALF_EVEN");
}

std::int64_t places_in(const Value& value) {
  if (value.kind() != ValueKind::integer) refuse_type("round", "a number of places", value);
  if (value.as_integer() < 0) refuse(ErrorType::argument_error, Trouble::number_out_of_range, "round takes no negative number of places");
  return value.as_integer();
}

// As in Neo4j: without places and a mode, midway goes to the greater; with places, away from zero; else as the mode says.
Value round(std::span<const Value> a, const FunctionScope&) {
  const auto places = a.size() > 1 ? places_in(a[1]) : 0;
  const auto mode = a.size() > 2 ? rounding_in(a[2]) : places == 0 ? Rounding::half_ceiling : Rounding::half_up;
  if (a[0].kind() == ValueKind::decimal) return Value(rounded(a[0].as_decimal(), places, mode));
  const auto number = number_of(a[0], "round");
  return Value(mode == Rounding::half_ceiling ? rounded(number) : rounded(number, places, mode));
}

Value ceiling(std::span<const Value> a, const FunctionScope&) {
  if (a[0].kind() == ValueKind::decimal) return Value(ceiling_of(a[0].as_decimal()));
  return Value(std::ceil(number_of(a[0], "ceil")));
}
Value floor_down(std::span<const Value> a, const FunctionScope&) {
  if (a[0].kind() == ValueKind::decimal) return Value(floor_of(a[0].as_decimal()));
  return Value(std::floor(number_of(a[0], "floor")));
}
Value square_root(std::span<const Value> a, const FunctionScope&) { return Value(std::sqrt(number_of(a[0], "sqrt"))); }
Value exponential(std::span<const Value> a, const FunctionScope&) { return Value(std::exp(number_of(a[0], "exp"))); }
Value logarithm(std::span<const Value> a, const FunctionScope&) { return Value(std::log(number_of(a[0], "log"))); }
Value logarithm10(std::span<const Value> a, const FunctionScope&) { return Value(std::log10(number_of(a[0], "log10"))); }
Value sine(std::span<const Value> a, const FunctionScope&) { return Value(std::sin(number_of(a[0], "sin"))); }
Value cosine(std::span<const Value> a, const FunctionScope&) { return Value(std::cos(number_of(a[0], "cos"))); }
Value tangent(std::span<const Value> a, const FunctionScope&) { return Value(std::tan(number_of(a[0], "tan"))); }
Value cotangent(std::span<const Value> a, const FunctionScope&) { return Value(1.0 / std::tan(number_of(a[0], "cot"))); }
Value arc_sine(std::span<const Value> a, const FunctionScope&) { return Value(std::asin(number_of(a[0], "asin"))); }
Value arc_cosine(std::span<const Value> a, const FunctionScope&) { return Value(std::acos(number_of(a[0], "acos"))); }
Value arc_tangent(std::span<const Value> a, const FunctionScope&) { return Value(std::atan(number_of(a[0], "atan"))); }
Value arc_tangent2(std::span<const Value> a, const FunctionScope&) {
  return Value(std::atan2(number_of(a[0], "atan2"), number_of(a[1], "atan2")));
}
Value degrees(std::span<const Value> a, const FunctionScope&) { return Value(number_of(a[0], "degrees") * 180.0 / std::numbers::pi); }
Value radians(std::span<const Value> a, const FunctionScope&) { return Value(number_of(a[0], "radians") * std::numbers::pi / 180.0); }
Value haversin(std::span<const Value> a, const FunctionScope&) { return Value((1.0 - std::cos(number_of(a[0], "haversin"))) / 2.0); }
Value pi(std::span<const Value>, const FunctionScope&) { return Value(std::numbers::pi); }
Value euler(std::span<const Value>, const FunctionScope&) { return Value(std::numbers::e); }
Value is_nan(std::span<const Value> a, const FunctionScope&) { return Value(std::isnan(number_of(a[0], "isNaN"))); }

Value random(std::span<const Value>, const FunctionScope&) {
  thread_local std::mt19937_64 generator{std::random_device{}()};
  return Value(std::uniform_real_distribution<double>(0.0, 1.0)(generator));
}

constexpr Function kFunctions[] = {
    {"abs", 1, 1, Type::any, absolute},          {"sign", 1, 1, Type::integer, sign},
    {"round", 1, 3, Type::any, round},           {"ceil", 1, 1, Type::any, ceiling},
    {"floor", 1, 1, Type::any, floor_down},   {"sqrt", 1, 1, Type::floating, square_root},
    {"exp", 1, 1, Type::floating, exponential},  {"log", 1, 1, Type::floating, logarithm},
    {"log10", 1, 1, Type::floating, logarithm10}, {"sin", 1, 1, Type::floating, sine},
    {"cos", 1, 1, Type::floating, cosine},       {"tan", 1, 1, Type::floating, tangent},
    {"cot", 1, 1, Type::floating, cotangent},    {"asin", 1, 1, Type::floating, arc_sine},
    {"acos", 1, 1, Type::floating, arc_cosine},  {"atan", 1, 1, Type::floating, arc_tangent},
    {"atan2", 2, 2, Type::floating, arc_tangent2}, {"degrees", 1, 1, Type::floating, degrees},
    {"radians", 1, 1, Type::floating, radians},  {"haversin", 1, 1, Type::floating, haversin},
    {"pi", 0, 0, Type::floating, pi},            {"e", 0, 0, Type::floating, euler},
    {"isNaN", 1, 1, Type::boolean, is_nan},      {"rand", 0, 0, Type::floating, random},
};

}  // namespace

std::span<const Function> numeric_functions() { return kFunctions; }

}  // namespace policygraph::inline v0::detail::query
