#include "document/html_references.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <vector>

#include "document/html_data.hpp"
#include "policygraph/text/utf8.hpp"

namespace policygraph::inline v0::detail::document {
namespace {

constexpr std::size_t kLongestName = 31;
constexpr std::size_t kLongestBareName = 6;

struct NamedReference {
  std::string_view name;
  std::string_view code_points;  // hexadecimal, joined by '+'
  bool is_bare = false;
};

std::string_view cut_field(std::string_view& line) {
  const auto end = std::min(line.find(' '), line.size());
  const auto field = line.substr(0, end);
  line.remove_prefix(std::min(end + 1, line.size()));
  return field;
}

std::vector<NamedReference> read_table() {
  std::vector<NamedReference> table;
  for (std::string_view rest = html_data().front().text; !rest.empty();) {
    const auto end = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.empty() || line.front() == '#') continue;
    const auto name = cut_field(line);
    const auto code_points = cut_field(line);
    table.push_back({name, code_points, line == "bare"});
  }
  std::sort(table.begin(), table.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return table;
}

const NamedReference* find_name(std::string_view name) {
  static const std::vector<NamedReference> table = read_table();
  const auto found =
      std::lower_bound(table.begin(), table.end(), name, [](const auto& row, auto key) { return row.name < key; });
  return found != table.end() && found->name == name ? &*found : nullptr;
}

std::string text_of(const NamedReference& row) {
  std::string text;
  for (auto rest = row.code_points; !rest.empty();) {
    const auto end = std::min(rest.find('+'), rest.size());
    std::uint32_t value = 0;
    std::from_chars(rest.data(), rest.data() + end, value, 16);
    append_utf8(text, value);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return text;
}

constexpr bool is_alphanumeric(char c) noexcept {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// What browsers make of numbers in 0x80..0x9F: the letters of windows-1252.
constexpr std::array<std::uint16_t, 32> kWindows1252 = {0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                        0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
                                                        0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                        0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

char32_t meant_by(std::uint32_t value) noexcept {
  if (value == 0 || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return 0xFFFD;
  if (value >= 0x80 && value <= 0x9F) return kWindows1252[value - 0x80];
  return value;
}

int digit_value(char c, unsigned base) noexcept {
  if (c >= '0' && c <= '9') return c - '0';
  if (base == 16 && c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (base == 16 && c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

HtmlReference numeric_reference(std::string_view html, std::size_t offset) {
  std::size_t at = offset + 2;
  const bool is_hex = at < html.size() && (html[at] == 'x' || html[at] == 'X');
  const unsigned base = is_hex ? 16 : 10;
  if (is_hex) ++at;
  const std::size_t first = at;
  std::uint32_t value = 0;
  for (; at < html.size() && digit_value(html[at], base) >= 0; ++at) {
    value = std::min<std::uint32_t>(value * base + static_cast<unsigned>(digit_value(html[at], base)), 0x110000);
  }
  if (at == first) return {};
  if (at < html.size() && html[at] == ';') ++at;
  HtmlReference reference;
  append_utf8(reference.text, meant_by(value));
  reference.size = at - offset;
  return reference;
}

bool is_text_in_attribute(std::string_view html, std::size_t end) {
  return end < html.size() && (html[end] == '=' || is_alphanumeric(html[end]));
}

HtmlReference named_reference(std::string_view html, std::size_t offset, bool in_attribute) {
  std::size_t end = offset + 1;
  const std::size_t limit = std::min(html.size(), end + kLongestName + 1);
  while (end < limit && is_alphanumeric(html[end])) ++end;
  const auto name = html.substr(offset + 1, end - offset - 1);
  if (end < html.size() && html[end] == ';') {
    if (const auto* row = find_name(name)) return {text_of(*row), end + 1 - offset};
  }
  for (std::size_t size = std::min(name.size(), kLongestBareName); size >= 2; --size) {
    const auto* row = find_name(name.substr(0, size));
    if (row == nullptr || !row->is_bare) continue;
    if (in_attribute && is_text_in_attribute(html, offset + 1 + size)) return {};
    return {text_of(*row), size + 1};
  }
  return {};
}

}  // namespace

HtmlReference html_reference_at(std::string_view html, std::size_t offset, bool in_attribute) {
  if (offset + 1 < html.size() && html[offset + 1] == '#') return numeric_reference(html, offset);
  return named_reference(html, offset, in_attribute);
}

std::string decode_html_references(std::string_view html, bool in_attribute) {
  std::string text;
  std::size_t done = 0;
  for (auto at = html.find('&'); at != std::string_view::npos; at = html.find('&', at)) {
    const auto reference = html_reference_at(html, at, in_attribute);
    if (reference.size == 0) {
      ++at;
      continue;
    }
    text.append(html.substr(done, at - done)).append(reference.text);
    at += reference.size;
    done = at;
  }
  return text.append(html.substr(done));
}

}  // namespace policygraph::inline v0::detail::document
