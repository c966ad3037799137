#include "exchange/json_out.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <sstream>
#include <variant>
#include <vector>

#include "policygraph/text/utf8.hpp"

namespace policygraph::inline v0::detail::exchange {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";

void append_escape(std::string& out, unsigned char c) {
  switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\n': out += "\\n"; return;
    case '\t': out += "\\t"; return;
    case '\r': out += "\\r"; return;
    default: break;
  }
  out += "\\u00";
  out += kHex[c >> 4U];
  out += kHex[c & 15U];
}

bool needs_escape(unsigned char c) { return c < 0x20 || c == '"' || c == '\\' || c == 0x7F; }

void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  std::size_t start = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (!needs_escape(c)) continue;
    out.append(text, start, i - start);
    append_escape(out, c);
    start = i + 1;
  }
  out.append(text, start);
  out += '"';
}

template <class Real>
std::string shortest(Real value) {
  std::array<char, 64> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  return {digits.data(), end};
}

}  // namespace

void JsonOut::put(std::string_view raw) {
  buffer_ += raw;
  if (buffer_.size() >= kFlushAt) flush();
}

void JsonOut::flush() {
  out_.write(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
  buffer_.clear();
}

void JsonOut::separate() {
  if (needs_comma_) put(",");
  needs_comma_ = true;
}

void JsonOut::begin_object() {
  separate();
  put("{");
  needs_comma_ = false;
}

void JsonOut::end_object() {
  put("}");
  needs_comma_ = true;
}

void JsonOut::begin_list() {
  separate();
  put("[");
  needs_comma_ = false;
}

void JsonOut::end_list() {
  put("]");
  needs_comma_ = true;
}

void JsonOut::new_line() {
  if (needs_comma_) put(",");
  put("\n");
  needs_comma_ = false;
}

void JsonOut::raw_line() {
  put("\n");
  needs_comma_ = false;
}

void JsonOut::key(std::string_view name) {
  text(name);
  put(":");
  needs_comma_ = false;
}

void JsonOut::text(std::string_view value) {
  separate();
  if (is_valid_utf8(value)) append_quoted(buffer_, value);
  else append_quoted(buffer_, repair_utf8(value));
  if (buffer_.size() >= kFlushAt) flush();
}

void JsonOut::number(std::uint64_t value) {
  separate();
  put(std::to_string(value));
}

void JsonOut::real(double value) {
  if (!std::isfinite(value)) return null();
  separate();
  put(shortest(value));
}

void JsonOut::real(float value) {
  if (!std::isfinite(value)) return null();
  separate();
  put(shortest(value));
}

void JsonOut::boolean(bool value) {
  separate();
  put(value ? "true" : "false");
}

void JsonOut::null() {
  separate();
  put("null");
}

namespace {

/// A float that looks like an integer keeps its point, so that it reads back as a float.
std::string float_text(double value) {
  auto text = shortest(value);
  if (text.find_first_of(".e") == std::string::npos) text += ".0";
  return text;
}

/// What is left to write of a nested value: a list or a map and how far it has come.
struct Nest {
  const ValueList* list = nullptr;
  std::size_t item = 0;
  const ValueMap* map = nullptr;
  ValueMap::const_iterator entry;
};

std::string date_text(const Value& value) {
  switch (value.kind()) {
    case ValueKind::decimal: return value.as_decimal().to_string();
    case ValueKind::partial_date: return value.as_partial_date().to_string();
    case ValueKind::date: return to_string(value.as_date());
    case ValueKind::local_time: return to_string(value.as_local_time());
    case ValueKind::time: return to_string(value.as_time());
    case ValueKind::local_date_time: return to_string(value.as_local_date_time());
    case ValueKind::date_time: return to_string(value.as_date_time());
    case ValueKind::duration: return to_string(value.as_duration());
    default: return value.to_string();
  }
}

}  // namespace

void JsonOut::value(const Value& root) {
  std::vector<Nest> open;
  const Value* next = &root;
  while (next != nullptr || !open.empty()) {
    if (next != nullptr) {
      switch (next->kind()) {
        case ValueKind::null: null(); break;
        case ValueKind::boolean: boolean(next->as_bool()); break;
        case ValueKind::integer: separate(); put(std::to_string(next->as_integer())); break;
        case ValueKind::floating:
          if (!std::isfinite(next->as_double())) null();
          else separate(), put(float_text(next->as_double()));
          break;
        case ValueKind::string: text(next->as_string()); break;
        case ValueKind::list: begin_list(); open.push_back({&next->as_list(), 0, nullptr, {}}); break;
        case ValueKind::map: begin_object(); open.push_back({nullptr, 0, &next->as_map(), next->as_map().begin()}); break;
        default: text(date_text(*next)); break;
      }
    }
    next = nullptr;
    if (open.empty()) return;
    auto& nest = open.back();
    if (nest.list != nullptr && nest.item < nest.list->size()) next = &(*nest.list)[nest.item++];
    else if (nest.list != nullptr) end_list(), open.pop_back();
    else if (nest.entry != nest.map->end()) key(nest.entry->first), next = &(nest.entry++)->second;
    else end_object(), open.pop_back();
  }
}

std::string value_text(const Value& value) {
  std::ostringstream out;
  JsonOut json(out);
  json.value(value);
  json.flush();
  return out.str();
}

}  // namespace policygraph::inline v0::detail::exchange
