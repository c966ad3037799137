#include "policygraph/model/value.hpp"

#include <array>
#include <charconv>
#include <cmath>

// Values as Cypher literals.
namespace policygraph::inline v0 {
namespace {

constexpr std::size_t kDeepest = 1000;

void append_control(std::string& out, unsigned char letter) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  out.append("\\u00").push_back(kDigits[letter >> 4U]);
  out.push_back(kDigits[letter & 0xFU]);
}

void append_string(std::string& out, std::string_view text) {
  out.push_back('\'');
  for (char letter : text) {
    switch (letter) {
      case '\'':
        out.append("\\'");
        break;
      case '\\':
        out.append("\\\\");
        break;
      case '\n':
        out.append("\\n");
        break;
      case '\r':
        out.append("\\r");
        break;
      case '\t':
        out.append("\\t");
        break;
      default:
        if (static_cast<unsigned char>(letter) < 0x20U)
          append_control(out, static_cast<unsigned char>(letter));
        else
          out.push_back(letter);
    }
  }
  out.push_back('\'');
}

// Cypher's exponents take no plus sign, and a number without point or exponent would read back as an integer.
void append_float(std::string& out, double value) {
  if (std::isnan(value)) {
    out.append("NaN");
    return;
  }
  if (std::isinf(value)) {
    out.append(value < 0 ? "-Infinity" : "Infinity");
    return;
  }
  std::array<char, 40> digits{};
  const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  std::string text(digits.data(), written.ptr);
  if (const auto plus = text.find('+'); plus != std::string::npos) text.erase(plus, 1);
  if (text.find_first_of(".e") == std::string::npos) text.append(".0");
  out.append(text);
}

void append_call(std::string& out, std::string_view function, std::string_view argument) {
  out.append(function).push_back('(');
  append_string(out, argument);
  out.push_back(')');
}

void append_key(std::string& out, std::string_view key) {
  bool is_plain = !key.empty() && (key.front() < '0' || key.front() > '9');
  for (char letter : key) {
    is_plain = is_plain && (letter == '_' || (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z') ||
                            (letter >= 'A' && letter <= 'Z'));
  }
  if (is_plain) {
    out.append(key);
    return;
  }
  out.push_back('`');
  for (char letter : key) out.append(letter == '`' ? 2 : 1, letter);
  out.push_back('`');
}

void append_path(std::string& out, const Path& path) {
  for (std::size_t i = 0; i < path.nodes.size(); ++i) {
    out.append("(#").append(std::to_string(path.nodes[i].value)).push_back(')');
    if (i < path.edges.size()) out.append("-[#").append(std::to_string(path.edges[i].value)).append("]-");
  }
}

void append_temporal(std::string& out, const Value& value) {
  switch (value.kind()) {
    case ValueKind::partial_date:
      return append_call(out, "partial_date", value.as_partial_date().to_string());
    case ValueKind::date:
      return append_call(out, "date", to_string(value.as_date()));
    case ValueKind::local_time:
      return append_call(out, "localtime", to_string(value.as_local_time()));
    case ValueKind::time:
      return append_call(out, "time", to_string(value.as_time()));
    case ValueKind::local_date_time:
      return append_call(out, "localdatetime", to_string(value.as_local_date_time()));
    case ValueKind::date_time:
      return append_call(out, "datetime", to_string(value.as_date_time()));
    default:
      return append_call(out, "duration", to_string(value.as_duration()));
  }
}

// Any value but a list or a map.
void append_single(std::string& out, const Value& value) {
  switch (value.kind()) {
    case ValueKind::null:
      out.append("null");
      return;
    case ValueKind::boolean:
      out.append(value.as_bool() ? "true" : "false");
      return;
    case ValueKind::integer:
      out.append(std::to_string(value.as_integer()));
      return;
    case ValueKind::decimal:
      return append_call(out, "decimal", value.as_decimal().to_string());
    case ValueKind::floating:
      return append_float(out, value.as_double());
    case ValueKind::string:
      return append_string(out, value.as_string());
    case ValueKind::node:
      out.append("(#").append(std::to_string(value.as_node().value)).append(")");
      return;
    case ValueKind::edge:
      out.append("[#").append(std::to_string(value.as_edge().value)).append("]");
      return;
    case ValueKind::path:
      return append_path(out, value.as_path());
    default:
      return append_temporal(out, value);
  }
}

// A list or a map that is being printed, and how far.
struct Open {
  const ValueList* list = nullptr;
  const ValueMap* map = nullptr;
  std::size_t index = 0;
  ValueMap::const_iterator entry;
};

// Opens a list or a map, or prints a value that is neither.
void begin(std::string& out, const Value& value, std::vector<Open>& open) {
  const bool is_list = value.kind() == ValueKind::list;
  if (!is_list && value.kind() != ValueKind::map) return append_single(out, value);
  if (open.size() >= kDeepest) {
    out.append("...");
    return;
  }
  out.push_back(is_list ? '[' : '{');
  if (is_list)
    open.push_back({.list = &value.as_list(), .map = nullptr, .index = 0, .entry = {}});
  else
    open.push_back({.list = nullptr, .map = &value.as_map(), .index = 0, .entry = value.as_map().begin()});
}

// The next value of the innermost list or map, with what stands before it; null when that one is closed.
const Value* next(std::string& out, Open& inner) {
  const auto size = inner.list != nullptr ? inner.list->size() : inner.map->size();
  if (inner.index == size) {
    out.push_back(inner.list != nullptr ? ']' : '}');
    return nullptr;
  }
  if (inner.index != 0) out.append(", ");
  const auto index = inner.index++;
  if (inner.list != nullptr) return &(*inner.list)[index];
  append_key(out, inner.entry->first);
  out.append(": ");
  return &(inner.entry++)->second;
}

}  // namespace

std::string Value::to_string() const {
  std::string out;
  std::vector<Open> open;
  begin(out, *this, open);
  while (!open.empty()) {
    if (const auto* value = next(out, open.back()))
      begin(out, *value, open);
    else
      open.pop_back();
  }
  return out;
}

}  // namespace policygraph::inline v0
