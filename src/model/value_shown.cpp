#include "model/value_shown.hpp"

namespace policygraph::inline v0::detail::model {
namespace {

constexpr std::size_t kLongest = 60;
constexpr std::size_t kMostItems = 20;

bool is_continuation(char byte) noexcept { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

std::string cut(std::string text) {
  if (text.size() <= kLongest) return text;
  auto end = kLongest;
  while (end > 0 && is_continuation(text[end])) --end;
  return text.substr(0, end) + "...";
}

// Printing a long value in full, to cut it then, would cost its length in every error.
std::string text_of(const Value& value) {
  if (value.kind() == ValueKind::string && value.as_string().size() > kLongest) {
    return cut(Value(std::string_view(value.as_string()).substr(0, kLongest + 4)).to_string());
  }
  if (value.kind() == ValueKind::list && value.as_list().size() > kMostItems) {
    return "of " + std::to_string(value.as_list().size()) + " elements";
  }
  if (value.kind() == ValueKind::map && value.as_map().size() > kMostItems) {
    return "of " + std::to_string(value.as_map().size()) + " entries";
  }
  return cut(value.to_string());
}

}  // namespace

std::string shown(const Value& value) {
  std::string text(kind_name(value.kind()));
  return value.is_null() ? text : text + " " + text_of(value);
}

}  // namespace policygraph::inline v0::detail::model
