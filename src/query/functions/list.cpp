#include <algorithm>
#include <limits>
#include <utility>

#include "policygraph/text/utf8.hpp"
#include "query/functions/function.hpp"
#include "query/functions/pieces.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

const ValueList& list_of(const Value& value, std::string_view function) {
  if (value.kind() != ValueKind::list) refuse_type(function, "a list", value);
  return value.as_list();
}

Value size(std::span<const Value> a, const FunctionScope& scope) {
  if (a[0].kind() == ValueKind::string) return Value(static_cast<std::int64_t>(count_code_points(a[0].as_string(), scope.limits)));
  return Value(static_cast<std::int64_t>(list_of(a[0], "size").size()));
}

Value head(std::span<const Value> a, const FunctionScope&) {
  const auto& list = list_of(a[0], "head");
  return list.empty() ? Value() : list.front();
}

Value last(std::span<const Value> a, const FunctionScope&) {
  const auto& list = list_of(a[0], "last");
  return list.empty() ? Value() : list.back();
}

Value tail(std::span<const Value> a, const FunctionScope& scope) {
  const std::span<const Value> list = list_of(a[0], "tail");
  ValueList out;
  if (!list.empty()) append(out, list.subspan(1), scope.limits);
  return Value(std::move(out));
}

Value reversed_text(std::string_view text, Limits& limits) {
  limits.check(text.size());
  std::string out;
  for (auto at = text.size(); at > 0;) {
    limits.step();
    const auto bytes = code_point_before(text, at).size;
    at -= bytes;
    out.append(text.substr(at, bytes));
  }
  return Value(std::move(out));
}

Value reverse(std::span<const Value> a, const FunctionScope& scope) {
  if (a[0].kind() == ValueKind::string) return reversed_text(a[0].as_string(), scope.limits);
  ValueList out;
  append(out, list_of(a[0], "reverse"), scope.limits);
  scope.limits.step(out.size());
  std::reverse(out.begin(), out.end());
  return Value(std::move(out));
}

Value range(std::span<const Value> a, const FunctionScope& scope) {
  for (const auto& value : a) {
    if (value.kind() != ValueKind::integer) refuse(ErrorType::argument_error, Trouble::invalid_argument_type, "range takes integers, found " + excerpt(value));
  }
  const auto from = a[0].as_integer();
  const auto to = a[1].as_integer();
  const auto step = a.size() > 2 ? a[2].as_integer() : 1;
  if (step == 0) refuse(ErrorType::argument_error, Trouble::number_out_of_range, "a range with a step of 0");
  ValueList out;
  if (step > 0 ? from > to : from < to) return Value(std::move(out));
  // Unsigned, because the distance may be wider than an integer.
  const auto distance = step > 0 ? static_cast<std::uint64_t>(to) - static_cast<std::uint64_t>(from)
                                 : static_cast<std::uint64_t>(from) - static_cast<std::uint64_t>(to);
  const auto width = step > 0 ? static_cast<std::uint64_t>(step) : std::uint64_t{0} - static_cast<std::uint64_t>(step);
  const auto steps = distance / width;
  constexpr auto kMost = std::numeric_limits<std::size_t>::max();
  scope.limits.check(steps >= kMost / sizeof(Value) ? kMost : (steps + 1) * sizeof(Value));
  out.reserve(steps + 1);
  for (std::uint64_t i = 0; i <= steps; ++i) {
    scope.limits.step();
    out.emplace_back(static_cast<std::int64_t>(static_cast<std::uint64_t>(from) + i * static_cast<std::uint64_t>(step)));
  }
  return Value(std::move(out));
}

Value coalesce(std::span<const Value> a, const FunctionScope&) {
  const auto found = std::find_if(a.begin(), a.end(), [](const Value& value) { return !value.is_null(); });
  return found == a.end() ? Value() : *found;
}

Value is_empty(std::span<const Value> a, const FunctionScope&) {
  if (a[0].kind() == ValueKind::string) return Value(a[0].as_string().empty());
  if (a[0].kind() == ValueKind::map) return Value(a[0].as_map().empty());
  return Value(list_of(a[0], "isEmpty").empty());
}

constexpr Function kFunctions[] = {
    {"size", 1, 1, Type::integer, size},       {"head", 1, 1, Type::any, head},
    {"last", 1, 1, Type::any, last},           {"tail", 1, 1, Type::list, tail},
    {"reverse", 1, 1, Type::any, reverse},     {"range", 2, 3, Type::list, range},
    {"coalesce", 1, 255, Type::any, coalesce, true}, {"isEmpty", 1, 1, Type::boolean, is_empty},
};

}  // namespace

std::span<const Function> list_functions() { return kFunctions; }

}  // namespace policygraph::inline v0::detail::query
