#include "document/html_hints.hpp"

#include <string>
#include <string_view>

#include "document/cues.hpp"

namespace policygraph::inline v0::detail::document {
namespace {

constexpr std::size_t kLongestClassList = 4096;

std::string lower_ascii(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return lower;
}

// Calls `take` for each part between any of `marks`, until it says true.
template <class Take>
bool any_part(std::string_view text, std::string_view marks, Take take) {
  while (!text.empty()) {
    const auto end = std::min(text.find_first_of(marks), text.size());
    if (end > 0 && take(text.substr(0, end))) return true;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return false;
}

bool is_furniture_class(std::string_view classes) {
  const auto& cues = HtmlCues::built_in();
  const std::string lower = lower_ascii(classes.substr(0, kLongestClassList));
  return any_part(lower, " \t\r\n\f", [&](std::string_view token) {
    if (cues.class_tokens.contains(std::string(token))) return true;
    return any_part(token, "-_", [&](std::string_view word) { return cues.class_words.contains(std::string(word)); });
  });
}

bool is_hidden(const HtmlToken& token) {
  if (token.attribute("hidden") != nullptr) return true;
  const auto* aria = token.attribute("aria-hidden");
  if (aria != nullptr && *aria == "true") return true;
  const auto* style = token.attribute("style");
  if (style == nullptr) return false;
  std::string packed = lower_ascii(style->substr(0, kLongestClassList));
  std::erase_if(packed, [](char c) { return c == ' '; });
  return packed.find("display:none") != std::string::npos || packed.find("visibility:hidden") != std::string::npos;
}

// A class on what holds a whole page says how it is laid out ("has-sidebar"), not what it is.
bool holds_a_page(const HtmlElement& element) noexcept {
  return element.name == "body" || element.name == "html" || element.role == HtmlRole::article;
}

}  // namespace

bool is_furniture_by_hint(const HtmlToken& token, const HtmlElement& element) {
  if (token.attributes.empty() || holds_a_page(element)) return false;
  if (is_hidden(token)) return true;
  if (element.role == HtmlRole::heading || element.role == HtmlRole::table) return false;
  const auto& cues = HtmlCues::built_in();
  const auto* role = token.attribute("role");
  if (role != nullptr && cues.roles.contains(lower_ascii(*role))) return true;
  const auto* classes = token.attribute("class");
  if (classes != nullptr && is_furniture_class(*classes)) return true;
  const auto* id = token.attribute("id");
  return id != nullptr && cues.class_tokens.contains(lower_ascii(*id));
}

}  // namespace policygraph::inline v0::detail::document
