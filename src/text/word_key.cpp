#include "word_key.hpp"

#include "char_class.hpp"
#include "policygraph/text/normalise.hpp"
#include "policygraph/text/utf8.hpp"

namespace policygraph::inline v0::detail::text {
namespace {

/// The folded code point; 0 for what a key leaves out.
char32_t fold(char32_t c) {
  if (c >= U'a' && c <= U'z') return c;
  if (c >= U'A' && c <= U'Z') return c + 32;
  if (c >= 0x410 && c < 0x430) return c + 32;
  if (c >= 0x430 && c < 0x450) return c;
  const std::uint16_t bits = char_class(c);
  if ((bits & kApostrophe) != 0) return U'\'';
  if ((bits & (kMark | kIgnored)) != 0) return 0;
  if (c == 0x401 || c == 0x451) return 0x435;
  if (c < 0x80) return c;
  std::string one;
  append_utf8(one, c);
  return code_point_at(fold_case(one), 0).value;
}

}  // namespace

WordKey::WordKey(std::string_view word) noexcept {
  if (word.size() > kMostBytes) return;
  const std::size_t plain = take_plain(word);
  for (std::size_t at = plain; at < word.size();) {
    const CodePoint point = code_point_at(word, at);
    at += point.size;
    const char32_t c = fold(point.value);
    if (c == 0) continue;
    if (c < 0x80) {
      bytes_[size_++] = static_cast<char>(c);
    } else if (c < 0x800) {
      bytes_[size_++] = static_cast<char>(0xC0U | (c >> 6U));
      bytes_[size_++] = static_cast<char>(0x80U | (c & 0x3FU));
    } else {
      std::string more;
      append_utf8(more, c);
      for (const char byte : more) bytes_[size_++] = byte;
    }
    if (size_ > kMostBytes) {
      size_ = 0;
      return;
    }
  }
}

/// Takes the ASCII letters, digits and hyphens that the word begins with; how many.
std::size_t WordKey::take_plain(std::string_view word) noexcept {
  for (const char c : word) {
    const bool is_small = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    if (!is_small && (c < 'A' || c > 'Z')) break;
    bytes_[size_++] = is_small ? c : static_cast<char>(c + ('a' - 'A'));
  }
  return size_;
}

std::string word_key(std::string_view word) {
  std::string out;
  out.reserve(word.size());
  for (std::size_t at = 0; at < word.size();) {
    const CodePoint point = code_point_at(word, at);
    at += point.size;
    if (const char32_t c = fold(point.value); c != 0) append_utf8(out, c);
  }
  return out;
}

std::string abbreviation_key(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = code_point_at(text, at);
    at += point.size;
    if (is_blank(point.value) || point.value == U'\n') continue;
    if (const char32_t c = fold(point.value); c != 0) append_utf8(out, c);
  }
  while (!out.empty() && out.back() == '.') out.pop_back();
  return out;
}

}  // namespace policygraph::inline v0::detail::text
