#include "picture/markup.hpp"

#include <algorithm>
#include <cmath>

#include "policygraph/text/utf8.hpp"

namespace policygraph::inline v0::detail::picture {
namespace {

bool is_forbidden(char32_t c) {
  return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) ||
         c == 0x200E || c == 0x200F || c == 0x061C || c == 0xFFFE || c == 0xFFFF;
}

bool is_wide(char32_t c) {
  return (c >= 0x1100 && c < 0x1160) || (c >= 0x2E80 && c < 0xD7FF) || (c >= 0xF900 && c < 0xFB00) || (c >= 0xFE30 && c < 0xFE70) ||
         (c >= 0xFF00 && c < 0xFF61) || (c >= 0x1F300 && c < 0x1FB00) || c >= 0x20000;
}

bool is_cyrillic(char32_t c) { return c >= 0x400 && c < 0x530; }
bool is_capital(char32_t c) { return c >= U'A' && c <= U'Z'; }

void append_escaped(std::string& out, char32_t c) {
  switch (c) {
    case U'&': out += "&amp;"; break;
    case U'<': out += "&lt;"; break;
    case U'>': out += "&gt;"; break;
    case U'"': out += "&quot;"; break;
    case U'\'': out += "&#39;"; break;
    default:
      if (!is_forbidden(c)) append_utf8(out, c);
  }
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string repaired;
  if (!is_valid_utf8(text)) {
    repaired = repair_utf8(text);
    text = repaired;
  }
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const auto point = code_point_at(text, i);
    append_escaped(out, point.value);
    i += point.size;
  }
  return out;
}

std::string link_address(std::string_view uri) {
  if (!uri.starts_with("https://") && !uri.starts_with("http://")) return {};
  return uri.find_first_of(" \t\n\r") == std::string_view::npos ? escaped(uri) : std::string();
}

std::string shortened(std::string_view text, std::size_t width) {
  std::string out;
  std::size_t points = 0, last = 0;
  for (std::size_t i = 0; i < text.size();) {
    const auto point = code_point_at(text, i);
    if (points++ == width) {
      out.resize(last);
      return out += "…";
    }
    last = out.size();
    append_utf8(out, point.value);
    i += point.size;
  }
  return out;
}

double letters_wide(std::string_view text) {
  std::size_t tenths = 0;
  for (std::size_t i = 0; i < text.size();) {
    const auto point = code_point_at(text, i);
    tenths += is_wide(point.value) ? 20U : is_cyrillic(point.value) || is_capital(point.value) ? 12U : 10U;
    i += point.size;
  }
  return static_cast<double>(tenths) / 10;
}

std::string grouped(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789";
  const auto digits = std::min(text.find_first_not_of(kDigits), text.size());
  const bool is_amount = digits == text.size() || text[digits] == ' ' || text[digits] == '.';
  if (digits < 5 || !is_amount) return std::string(text);
  std::string out;
  for (std::size_t i = 0; i < digits; ++i) {
    if (i > 0 && (digits - i) % 3 == 0) out += "\u202f";
    out += text[i];
  }
  return out += text.substr(digits);
}

std::string number(double value) {
  const auto tenths = static_cast<long long>(std::llround(value * 10));
  const auto whole = std::to_string(tenths / 10);
  const auto rest = std::llabs(tenths % 10);
  std::string out = tenths < 0 && tenths > -10 ? "-0" : whole;
  if (rest != 0) out += "." + std::to_string(rest);
  return out == "-0" ? "0" : out;
}

}  // namespace policygraph::inline v0::detail::picture
