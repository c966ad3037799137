#include "document/mime.hpp"

#include <algorithm>

namespace policygraph::inline v0::detail::document {
namespace {

constexpr std::size_t kMostFields = 1000;
constexpr std::size_t kLongestFields = std::size_t{256} << 10;
constexpr std::size_t kMostParts = 100'000;

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) { return lower(c); });
  return out;
}

std::string_view without_blanks(std::string_view text) noexcept {
  const auto start = text.find_first_not_of(" \t\r\n");
  if (start == std::string_view::npos) return {};
  return text.substr(start, text.find_last_not_of(" \t\r\n") - start + 1);
}

int hex(char c) noexcept {
  if (c >= '0' && c <= '9') return c - '0';
  const char low = lower(c);
  return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

int base64(char c) noexcept {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

// How many bytes the end of a line after '=' takes; 0: it is none.
std::size_t soft_break(std::string_view text, std::size_t at) noexcept {
  const auto blank = std::min(text.find_first_not_of(" \t", at), text.size());
  if (blank == text.size()) return blank - at;
  if (text[blank] == '\n') return blank + 1 - at;
  return text.substr(blank, 2) == "\r\n" ? blank + 2 - at : 0;
}

MimeBody decode_quoted(std::string_view text) {
  MimeBody body;
  for (std::size_t at = 0; at < text.size();) {
    const auto mark = std::min(text.find('=', at), text.size());
    body.bytes.append(text.substr(at, mark - at));
    if (mark > at) body.map.copy(at, mark - at);
    if (mark == text.size()) break;
    const int high = mark + 2 < text.size() ? hex(text[mark + 1]) : -1;
    const int low = high >= 0 ? hex(text[mark + 2]) : -1;
    const auto broken = soft_break(text, mark + 1);
    if (low >= 0) {
      body.bytes += static_cast<char>(high << 4 | low);
      body.map.replace(mark, 3, 1);
      at = mark + 3;
    } else if (broken > 0 || mark + 1 == text.size()) {
      at = mark + 1 + broken;
    } else {
      body.bytes += '=';
      body.map.copy(mark, 1);
      at = mark + 1;
    }
  }
  return body;
}

MimeBody decode_base64(std::string_view text) {
  MimeBody body;
  body.bytes.reserve(text.size() / 4 * 3);
  unsigned held = 0;
  int bits = 0;
  for (const char c : text) {
    const int value = base64(c);
    if (value < 0) continue;
    held = (held << 6 | static_cast<unsigned>(value)) & 0xFFFFU;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    body.bytes += static_cast<char>(held >> bits & 0xFFU);
  }
  if (!body.bytes.empty()) body.map.replace(0, text.size(), body.bytes.size());
  return body;
}

MimeBody plain(std::string_view text) {
  MimeBody body;
  body.bytes = text;
  if (!text.empty()) body.map.copy(0, text.size());
  return body;
}

}  // namespace

MimeHeaders MimeHeaders::read(std::string_view text) {
  MimeHeaders headers;
  const auto most = text.substr(0, kLongestFields);
  std::size_t at = 0;
  while (at < most.size()) {
    const auto end = std::min(most.find('\n', at), most.size());
    const auto line = most.substr(at, end - at);
    at = std::min(end + 1, most.size());
    headers.size_ = at;
    if (without_blanks(line).empty()) break;
    const bool is_folded = line.front() == ' ' || line.front() == '\t';
    if (is_folded && !headers.fields_.empty()) {
      headers.fields_.back().second.append(" ").append(without_blanks(line));
      continue;
    }
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || headers.fields_.size() >= kMostFields) continue;
    headers.fields_.emplace_back(lower(without_blanks(line.substr(0, colon))), without_blanks(line.substr(colon + 1)));
  }
  return headers;
}

std::string_view MimeHeaders::value(std::string_view name_in_lower_case) const noexcept {
  const auto found = std::find_if(fields_.begin(), fields_.end(), [&](const auto& field) { return field.first == name_in_lower_case; });
  return found == fields_.end() ? std::string_view() : std::string_view(found->second);
}

std::string MimeHeaders::kind(std::string_view name_in_lower_case) const {
  const auto whole = value(name_in_lower_case);
  return lower(without_blanks(whole.substr(0, whole.find(';'))));
}

std::string MimeHeaders::parameter(std::string_view name_in_lower_case, std::string_view key) const {
  auto rest = value(name_in_lower_case);
  for (auto mark = rest.find(';'); mark != std::string_view::npos; mark = rest.find(';')) {
    rest.remove_prefix(mark + 1);
    const auto equals = std::min(rest.find('='), rest.size());
    if (lower(without_blanks(rest.substr(0, equals))) != key || equals == rest.size()) continue;
    rest = without_blanks(rest.substr(equals + 1));
    if (rest.starts_with('"')) return std::string(rest.substr(1, rest.find('"', 1) - 1));
    return std::string(without_blanks(rest.substr(0, rest.find(';'))));
  }
  return {};
}

MimeBody decode_transfer(std::string_view text, std::string_view encoding) {
  if (encoding == "quoted-printable") return decode_quoted(text);
  return encoding == "base64" ? decode_base64(text) : plain(text);
}

std::vector<std::pair<std::size_t, std::size_t>> split_parts(std::string_view text, std::string_view boundary) {
  std::vector<std::pair<std::size_t, std::size_t>> parts;
  if (boundary.empty()) return parts;
  const std::string mark = "--" + std::string(boundary);
  std::size_t start = std::string_view::npos;
  for (auto at = text.find(mark); at != std::string_view::npos && parts.size() < kMostParts; at = text.find(mark, at + mark.size())) {
    if (at > 0 && text[at - 1] != '\n') continue;
    auto end = at;
    if (end > 0 && text[end - 1] == '\n') --end;
    if (end > 0 && text[end - 1] == '\r') --end;
    if (start != std::string_view::npos) parts.emplace_back(start, std::max(start, end));
    const auto line_end = text.find('\n', at);
    const bool is_last = text.substr(at + mark.size(), 2) == "--";
    start = is_last || line_end == std::string_view::npos ? std::string_view::npos : line_end + 1;
    if (is_last) break;
  }
  if (start != std::string_view::npos) parts.emplace_back(start, text.size());
  return parts;
}

}  // namespace policygraph::inline v0::detail::document
