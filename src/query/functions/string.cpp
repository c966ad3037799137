#include <algorithm>
#include <utility>
#include <vector>

#include "policygraph/text/normalise.hpp"
#include "policygraph/text/utf8.hpp"
#include "query/functions/function.hpp"
#include "query/functions/pieces.hpp"

// Strings count in code points, as Cypher does.
namespace policygraph::inline v0::detail::query {
namespace {

const std::string& text_of(const Value& value, std::string_view function) {
  if (value.kind() != ValueKind::string) refuse_type(function, "a string", value);
  return value.as_string();
}

std::int64_t count_of(const Value& value, std::string_view function) {
  if (value.kind() != ValueKind::integer) refuse_type(function, "an integer", value);
  if (value.as_integer() < 0) refuse(ErrorType::argument_error, Trouble::number_out_of_range, std::string(function) + " takes no negative number");
  return value.as_integer();
}

std::size_t byte_after(std::string_view text, std::size_t start, std::int64_t points, Limits& limits) {
  for (; points > 0 && start < text.size(); --points) {
    limits.step();
    start += code_point_at(text, start).size;
  }
  return start;
}

Value part(std::string_view text, Limits& limits) {
  std::string out;
  append(out, text, limits);
  return Value(std::move(out));
}

// Upper case of ASCII, Latin-1, Latin Extended-A pairs, Greek and Cyrillic; the rest stays.
char32_t upper_of(char32_t c) {
  if (c >= U'a' && c <= U'z') return c - 32;
  if ((c >= 0xE0 && c <= 0xFE && c != 0xF7) || (c >= 0x3B1 && c <= 0x3C9 && c != 0x3C2)) return c - 32;
  if (c >= 0x430 && c <= 0x44F) return c - 32;
  if (c >= 0x450 && c <= 0x45F) return c - 80;
  const bool is_pair = (c >= 0x100 && c <= 0x137) || (c >= 0x14A && c <= 0x177) || (c >= 0x460 && c <= 0x481) || (c >= 0x48A && c <= 0x4BF) ||
                       (c >= 0x4D0 && c <= 0x52F) || (c >= 0x1E00 && c <= 0x1E95);
  return is_pair && (c & 1U) != 0 ? c - 1 : c;
}

Value to_upper(std::span<const Value> a, const FunctionScope& scope) {
  const auto& text = text_of(a[0], "toUpper");
  std::string out;
  scope.limits.check(text.size());
  for (std::size_t at = 0; at < text.size();) {
    scope.limits.step();
    const auto point = code_point_at(text, at);
    append_utf8(out, upper_of(point.value));
    at += point.size;
  }
  return Value(std::move(out));
}

Value to_lower(std::span<const Value> a, const FunctionScope& scope) {
  const auto& text = text_of(a[0], "toLower");
  std::string out;
  scope.limits.check(text.size());
  for (std::size_t at = 0; at < text.size();) {
    scope.limits.step();
    const auto point = code_point_at(text, at);
    if (point.value < 0x80) {
      out += point.value >= U'A' && point.value <= U'Z' ? static_cast<char>(point.value + 32) : static_cast<char>(point.value);
    } else if (is_upper(point.value)) {
      out += fold_case(std::string_view(text).substr(at, point.size));
    } else {
      out.append(text, at, point.size);
    }
    at += point.size;
  }
  return Value(std::move(out));
}

std::string_view trimmed(std::string_view text, bool left, bool right, Limits& limits) {
  const auto is_space = [](char32_t c) { return c == U'\n' || c == U'\r' || c == 0x0B || c == 0x0C || is_blank(c); };
  while (left && !text.empty() && is_space(code_point_at(text, 0).value)) {
    limits.step();
    text.remove_prefix(code_point_at(text, 0).size);
  }
  while (right && !text.empty()) {
    limits.step();
    const auto point = code_point_before(text, text.size());
    if (!is_space(point.value)) break;
    text.remove_suffix(point.size);
  }
  return text;
}

Value trim(std::span<const Value> a, const FunctionScope& scope) {
  return part(trimmed(text_of(a[0], "trim"), true, true, scope.limits), scope.limits);
}
Value left_trim(std::span<const Value> a, const FunctionScope& scope) {
  return part(trimmed(text_of(a[0], "lTrim"), true, false, scope.limits), scope.limits);
}
Value right_trim(std::span<const Value> a, const FunctionScope& scope) {
  return part(trimmed(text_of(a[0], "rTrim"), false, true, scope.limits), scope.limits);
}

ValueList characters(std::string_view text, Limits& limits) {
  limits.check(text.size() * sizeof(Value));
  ValueList out;
  for (std::size_t at = 0; at < text.size();) {
    limits.step();
    const auto size = code_point_at(text, at).size;
    out.emplace_back(text.substr(at, size));
    at += size;
  }
  return out;
}

Value split(std::span<const Value> a, const FunctionScope& scope) {
  const std::string_view text = text_of(a[0], "split");
  const std::string_view mark = text_of(a[1], "split");
  if (mark.empty()) return Value(characters(text, scope.limits));
  ValueList out;
  TextSearch search(mark, scope.limits);
  Room room(scope.limits);
  const auto add = [&](std::string_view piece) {
    room.take(sizeof(Value) + (piece.size() > 15 ? piece.size() : 0));
    out.push_back(part(piece, scope.limits));
  };
  std::size_t start = 0;
  for (auto at = search.find(text, 0); at != std::string_view::npos; at = search.find(text, start)) {
    add(text.substr(start, at - start));
    start = at + mark.size();
  }
  add(text.substr(start));
  return Value(std::move(out));
}

Value replace(std::span<const Value> a, const FunctionScope& scope) {
  const std::string_view text = text_of(a[0], "replace");
  const std::string_view from = text_of(a[1], "replace");
  const std::string_view to = text_of(a[2], "replace");
  if (from.empty()) return a[0];
  TextSearch search(from, scope.limits);
  std::string out;
  std::size_t start = 0;
  for (auto at = search.find(text, 0); at != std::string_view::npos; at = search.find(text, start)) {
    append(out, text.substr(start, at - start), scope.limits);
    append(out, to, scope.limits);
    start = at + from.size();
  }
  append(out, text.substr(start), scope.limits);
  return Value(std::move(out));
}

Value substring(std::span<const Value> a, const FunctionScope& scope) {
  const std::string_view text = text_of(a[0], "substring");
  const auto start = byte_after(text, 0, count_of(a[1], "substring"), scope.limits);
  const auto end = a.size() < 3 ? text.size() : byte_after(text, start, count_of(a[2], "substring"), scope.limits);
  return part(text.substr(start, end - start), scope.limits);
}

Value left(std::span<const Value> a, const FunctionScope& scope) {
  const std::string_view text = text_of(a[0], "left");
  return part(text.substr(0, byte_after(text, 0, count_of(a[1], "left"), scope.limits)), scope.limits);
}

Value right(std::span<const Value> a, const FunctionScope& scope) {
  const std::string_view text = text_of(a[0], "right");
  const auto wanted = count_of(a[1], "right");
  const auto all = static_cast<std::int64_t>(count_code_points(text, scope.limits));
  return part(text.substr(byte_after(text, 0, std::max<std::int64_t>(0, all - wanted), scope.limits)), scope.limits);
}

// Folded for comparing names: case, accents, apostrophes and punctuation do not count.
Value fold(std::span<const Value> a, const FunctionScope& scope) { return Value(fold_words(text_of(a[0], "fold"), scope.limits)); }

constexpr Function kFunctions[] = {
    {"toUpper", 1, 1, Type::string, to_upper},     {"upper", 1, 1, Type::string, to_upper},
    {"toLower", 1, 1, Type::string, to_lower},     {"lower", 1, 1, Type::string, to_lower},
    {"trim", 1, 1, Type::string, trim},            {"lTrim", 1, 1, Type::string, left_trim},
    {"rTrim", 1, 1, Type::string, right_trim},     {"split", 2, 2, Type::list, split},
    {"replace", 3, 3, Type::string, replace},      {"substring", 2, 3, Type::string, substring},
    {"left", 2, 2, Type::string, left},            {"right", 2, 2, Type::string, right},
    {"fold", 1, 1, Type::string, fold},
};

}  // namespace

std::span<const Function> string_functions() { return kFunctions; }

}  // namespace policygraph::inline v0::detail::query
