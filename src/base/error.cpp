#include "policygraph/base/error.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace policygraph::inline v0 {
namespace {

constexpr std::array<std::string_view, 15> kCodeNames = {
    "invalid_argument", "not_found", "io",  "encoding",    "format", "limit",  "schema",           "conflict",
    "syntax",           "bind",      "run", "interrupted", "busy",   "closed", "feature_not_built"};

constexpr std::size_t kLineBefore = 120;  // code points of a long line kept before the column, of 200 in all
constexpr std::size_t kLineKept = 200;
constexpr std::size_t kBytesKept = 4 * kLineKept;  // bytes that are not UTF-8 may hold no code point at all

constexpr bool is_continuation(char c) noexcept { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

// The end is kept too: what to do instead stands there.
constexpr std::size_t kTextKept = 4000;
constexpr std::size_t kTextEnd = 800;

std::string bounded(std::string text) {
  if (text.size() <= kTextKept) return text;
  std::size_t first = kTextKept - kTextEnd - 5;
  std::size_t second = text.size() - kTextEnd;
  while (first > 0 && is_continuation(text[first])) --first;
  while (second < text.size() && is_continuation(text[second])) ++second;
  return text.substr(0, first) + " ... " + text.substr(second);
}

std::string one_line(const std::string& text, const std::optional<Place>& place) {
  if (!place || place->line == 0) return text;
  return std::to_string(place->line) + ':' + std::to_string(std::max(place->column, 1U)) + ": " + text;
}

std::string where(const Place& place) {
  std::string out = place.document;
  const auto add = [&out](const std::string& part) {
    if (!out.empty()) out += ':';
    out += part;
  };
  if (place.line != 0) add(std::to_string(place.line));
  if (place.line != 0 && place.column != 0) add(std::to_string(place.column));
  if (place.line == 0 && place.span) {
    if (!out.empty()) out += ", ";
    out += "bytes " + std::to_string(place.span->start) + " to " + std::to_string(place.span->end);
  }
  return out;
}

// A source line is hostile text on its way to a terminal: control characters become blanks, a tab stays a tab.
std::string printable(std::string_view line) {
  std::string out(line);
  for (char& c : out) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte < 0x20 && c != '\t') || byte == 0x7F) c = ' ';
  }
  return out;
}

// Blanks as wide as the code points before the caret, tabs kept so that it stands below its character.
std::string caret_line(const Place& place) {
  std::string out;
  std::size_t left = place.column - 1 - std::min(place.line_cut, place.column - 1);
  for (const char c : place.source_line) {
    if (is_continuation(c)) continue;
    if (left == 0) break;
    out += c == '\t' ? '\t' : ' ';
    --left;
  }
  return out + '^';
}

std::size_t back_code_points(std::string_view text, std::size_t from, std::size_t count) noexcept {
  const std::size_t least = from - std::min(from, kBytesKept);
  while (from > least && count > 0) {
    --from;
    if (!is_continuation(text[from])) --count;
  }
  return from;
}

std::size_t forward_code_points(std::string_view text, std::size_t from, std::size_t count) noexcept {
  const std::size_t most = std::min(text.size(), from + kBytesKept);
  while (from < most) {
    if (!is_continuation(text[from]) && count-- == 0) break;
    ++from;
  }
  return from;
}

std::uint32_t count_code_points(std::string_view text) noexcept {
  return static_cast<std::uint32_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return !is_continuation(c); }));
}

}  // namespace

std::string_view code_name(ErrorCode code) noexcept {
  const auto index = static_cast<std::size_t>(code);
  return index < kCodeNames.size() ? kCodeNames[index] : std::string_view("unknown");
}

Error::Error(ErrorCode code, std::string text) : code_(code), text_(bounded(std::move(text))), what_(text_) {}

Error::Error(ErrorCode code, std::string text, Place place)
    : code_(code), text_(bounded(std::move(text))), place_(std::move(place)), what_(one_line(text_, place_)) {}

Error Error::at(Place place) const { return Error(code_, text_, std::move(place)); }

std::string Error::report() const {
  std::string out = text_;
  if (!place_) return out;
  if (const std::string place = where(*place_); !place.empty()) out += "\n  at " + place;
  if (place_->source_line.empty()) return out;
  out += "\n  | " + printable(place_->source_line);
  if (place_->column != 0) out += "\n  | " + caret_line(*place_);
  return out;
}

Place place_in(std::string_view source, std::size_t offset) {
  offset = std::min(offset, source.size());
  while (offset > 0 && offset < source.size() && is_continuation(source[offset])) --offset;
  const std::string_view before = source.substr(0, offset);
  const std::size_t newline = before.rfind('\n');
  const std::size_t line_start = newline == std::string_view::npos ? 0 : newline + 1;
  std::size_t line_end = std::min(source.find('\n', offset), source.size());
  if (line_end > line_start && source[line_end - 1] == '\r') --line_end;

  Place place;
  place.line = static_cast<std::uint32_t>(1 + std::count(before.begin(), before.end(), '\n'));
  place.column = 1 + count_code_points(before.substr(line_start));
  const std::string_view line = source.substr(line_start, line_end - line_start);
  const std::size_t at = std::min(offset - line_start, line.size());
  std::size_t cut = 0;
  if (line.size() > kBytesKept || count_code_points(line) > kLineKept) cut = back_code_points(line, at, kLineBefore);
  place.line_cut = count_code_points(line.substr(0, cut));
  place.source_line = line.substr(cut, forward_code_points(line, cut, kLineKept) - cut);
  return place;
}

}  // namespace policygraph::inline v0
