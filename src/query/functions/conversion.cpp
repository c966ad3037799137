#include <charconv>
#include <cmath>
#include <limits>
#include <utility>

#include "query/functions/decimal_parts.hpp"
#include "query/functions/function.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

std::string text_of(const Value& value) {
  switch (value.kind()) {
    case ValueKind::decimal: return value.as_decimal().to_string();
    case ValueKind::partial_date: return value.as_partial_date().to_string();
    case ValueKind::date: return to_string(value.as_date());
    case ValueKind::local_time: return to_string(value.as_local_time());
    case ValueKind::time: return to_string(value.as_time());
    case ValueKind::local_date_time: return to_string(value.as_local_date_time());
    case ValueKind::date_time: return to_string(value.as_date_time());
    case ValueKind::duration: return to_string(value.as_duration());
    case ValueKind::boolean:
    case ValueKind::integer:
    case ValueKind::floating: return value.to_string();
    default: refuse_type("toString", "a plain value", value);
  }
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  if (text.size() > 1 && text.front() == '+' && text[1] != '-') text.remove_prefix(1);
  return text;
}

Value float_of(std::string_view text) {
  text = trimmed(text);
  double out = 0;
  const auto [end, trouble] = std::from_chars(text.data(), text.data() + text.size(), out);
  return trouble == std::errc() && end == text.data() + text.size() && !text.empty() ? Value(out) : Value();
}

Value whole_of(double number) {
  if (!(number >= -9223372036854775808.0 && number < 9223372036854775808.0)) return {};
  return Value(static_cast<std::int64_t>(number));
}

Value to_text(std::span<const Value> a, const FunctionScope&) { return a[0].kind() == ValueKind::string ? a[0] : Value(text_of(a[0])); }

Value to_integer(std::span<const Value> a, const FunctionScope&) {
  switch (a[0].kind()) {
    case ValueKind::integer: return a[0];
    case ValueKind::boolean: return Value(std::int64_t{a[0].as_bool()});
    case ValueKind::floating: return whole_of(a[0].as_double());
    case ValueKind::decimal: {
      const auto whole = truncated(a[0].as_decimal()).to_int64();
      return whole ? Value(*whole) : Value();
    }
    case ValueKind::string: {
      const auto text = trimmed(a[0].as_string());
      std::int64_t out = 0;
      const auto [end, trouble] = std::from_chars(text.data(), text.data() + text.size(), out);
      if (trouble == std::errc() && end == text.data() + text.size()) return Value(out);
      if (const auto exact = Decimal::try_parse(text)) {
        const auto whole = truncated(*exact).to_int64();
        return whole ? Value(*whole) : Value();
      }
      const auto number = float_of(text);
      return number.is_null() ? Value() : whole_of(number.as_double());
    }
    default: refuse_type("toInteger", "a number or a string", a[0]);
  }
}

Value to_float(std::span<const Value> a, const FunctionScope&) {
  switch (a[0].kind()) {
    case ValueKind::floating: return a[0];
    case ValueKind::integer:
    case ValueKind::decimal: return Value(a[0].as_double());
    case ValueKind::string: return float_of(a[0].as_string());
    default: refuse_type("toFloat", "a number or a string", a[0]);
  }
}

Value to_boolean(std::span<const Value> a, const FunctionScope&) {
  if (a[0].kind() == ValueKind::boolean) return a[0];
  if (a[0].kind() == ValueKind::integer) return Value(a[0].as_integer() != 0);
  if (a[0].kind() != ValueKind::string) refuse_type("toBoolean", "a string", a[0]);
  std::string text(trimmed(a[0].as_string()));
  for (auto& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return text == "true" ? Value(true) : text == "false" ? Value(false) : Value();
}

Value value_type(std::span<const Value> a, const FunctionScope&) { return Value(kind_name(a[0].kind())); }

constexpr Function kFunctions[] = {
    {"toString", 1, 1, Type::string, to_text},      {"toInteger", 1, 1, Type::integer, to_integer},
    {"toInt", 1, 1, Type::integer, to_integer},     {"toFloat", 1, 1, Type::floating, to_float},
    {"toBoolean", 1, 1, Type::boolean, to_boolean}, {"valueType", 1, 1, Type::string, value_type, true},
};

}  // namespace

std::span<const Function> conversion_functions() { return kFunctions; }

}  // namespace policygraph::inline v0::detail::query
