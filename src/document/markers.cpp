#include "document/markers.hpp"

#include <algorithm>

#include "policygraph/text/normalise.hpp"
#include "policygraph/text/utf8.hpp"

namespace policygraph::inline v0::detail::document {
namespace {

constexpr std::size_t kLongestNumber = 3;

std::size_t blanks_at(std::string_view line, std::size_t offset) noexcept {
  std::size_t at = offset;
  while (at < line.size()) {
    const auto c = code_point_at(line, at);
    if (!is_blank(c.value)) break;
    at += c.size;
  }
  return at - offset;
}

std::size_t digits_at(std::string_view line, std::size_t offset) noexcept {
  std::size_t at = offset;
  while (at < line.size() && line[at] >= '0' && line[at] <= '9') ++at;
  return at - offset;
}

bool is_bullet(char32_t c) noexcept {
  constexpr std::u32string_view kBullets = U"•◦·▪▫●○■□‣⁃∙➢➤►✓✔";
  return kBullets.find(c) != std::u32string_view::npos;
}

// A dash or an asterisk is a bullet before a blank; an em dash not where another follows, which is how Russian sets
// direct speech.
bool is_dash_bullet(std::string_view line, CodePoint c) noexcept {
  if (c.value != '*' && c.value != '-' && c.value != 0x2013 && c.value != 0x2014) return false;
  if (blanks_at(line, c.size) == 0) return false;
  return c.value != 0x2014 || line.substr(0, 400).find(" — ", c.size) == std::string_view::npos;
}

std::optional<Marker> bracketed(std::string_view line, char open, char close) {
  if (!line.starts_with(open)) return {};
  const auto end = line.substr(0, 8).find(close);
  if (end == std::string_view::npos || end < 2) return {};
  const auto name = line.substr(1, end - 1);
  const auto digits = digits_at(name, 0);
  const bool is_letter_mark = open == '(' && digits == 0 && name.size() <= 4 &&
                              is_letter(code_point_at(name, 0).value) &&
                              (count_code_points(name) == 1 || name.find_first_not_of("ivx") == std::string_view::npos);
  if ((digits == 0 || digits != name.size() || digits > kLongestNumber) && !is_letter_mark) return {};
  std::size_t size = end + 1;
  if (size < line.size() && (line[size] == '.' || line[size] == ':')) ++size;
  size += blanks_at(line, size);
  return Marker{open == '[' ? "[" + std::string(name) + "]" : std::string(name), size, false};
}

std::optional<Marker> numbered(std::string_view line) {
  std::size_t at = 0;
  while (true) {
    const auto digits = digits_at(line, at);
    if (digits == 0 || digits > kLongestNumber) break;
    at += digits;
    if (at >= line.size() || (line[at] != '.' && line[at] != ')')) return {};
    ++at;
    if (line[at - 1] == ')') break;
  }
  if (at == 0 || at >= line.size()) return {};
  const auto blanks = blanks_at(line, at);
  if (blanks == 0) return {};
  return Marker{std::string(line.substr(0, at - 1)), at + blanks, false};
}

// "a)", "б)", "iv)"
std::optional<Marker> lettered(std::string_view line) {
  const auto end = line.substr(0, 6).find(')');
  if (end == std::string_view::npos || end == 0 || blanks_at(line, end + 1) == 0) return {};
  const auto name = line.substr(0, end);
  const bool is_roman = name.find_first_not_of("ivx") == std::string_view::npos;
  if (!is_roman && (count_code_points(name) != 1 || !is_lower(code_point_at(name, 0).value))) return {};
  return Marker{std::string(name), end + 1 + blanks_at(line, end + 1), false};
}

}  // namespace

std::optional<Marker> marker_at(std::string_view line) {
  if (line.empty()) return {};
  const auto first = code_point_at(line, 0);
  if (is_bullet(first.value) || is_dash_bullet(line, first)) {
    const std::size_t size = first.size + blanks_at(line, first.size);
    if (auto inner = bracketed(line.substr(size), '[', ']')) {
      inner->size += size;
      return inner;
    }
    return Marker{std::string(line.substr(0, first.size)), size, true};
  }
  if (auto found = bracketed(line, '[', ']')) return found;
  if (auto found = bracketed(line, '(', ')')) return found;
  if (auto found = numbered(line)) return found;
  return lettered(line);
}

std::size_t heading_number_depth(std::string_view line) noexcept {
  std::size_t at = 0;
  std::size_t depth = 0;
  while (true) {
    const auto digits = digits_at(line, at);
    if (digits == 0 || digits > 2) break;
    at += digits;
    ++depth;
    if (at >= line.size() || line[at] != '.') break;
    ++at;
  }
  if (depth == 0 || at >= line.size() || blanks_at(line, at) == 0) return 0;
  return depth == 1 && line[at - 1] != '.' ? 0 : depth;
}

}  // namespace policygraph::inline v0::detail::document
