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

constexpr std::array<char, 128> make_plain_keys() {
  std::array<char, 128> keys{};
  keys['-'] = '-';
  for (char c = '0'; c <= '9'; ++c) keys[static_cast<std::size_t>(c)] = c;
  for (char c = 'a'; c <= 'z'; ++c) keys[static_cast<std::size_t>(c)] = keys[static_cast<std::size_t>(c - 'a' + 'A')] = c;
  return keys;
}
constexpr std::array<char, 128> kPlainKeys = make_plain_keys();  // 0: looked at closer

}  // namespace

WordKey::WordKey(std::string_view word) noexcept {
  if (word.size() > kMostBytes) return;
  for (std::size_t at = take_plain(word); at < word.size();) {
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

/// Takes the ASCII letters, digits and hyphens and the letters from U+0410 to U+044F that the word begins with; how many
/// bytes, which the key has as many of.
std::size_t WordKey::take_plain(std::string_view word) noexcept {
  std::size_t at = 0;
  for (std::size_t size = 0; at < word.size(); at += size) {
    const auto byte = static_cast<std::uint8_t>(word[at]);
    if (byte < 0x80) {
      const char folded = kPlainKeys[byte];
      if (folded == 0) break;
      bytes_[at] = folded;
      size = 1;
      continue;
    }
    const auto tail = static_cast<std::uint8_t>(at + 1 < word.size() ? word[at + 1] : '\0');
    const bool is_capital = byte == 0xD0 && tail >= 0x90 && tail < 0xB0;
    if (!is_capital && (byte != 0xD0 || tail < 0xB0 || tail >= 0xC0) && (byte != 0xD1 || tail < 0x80 || tail >= 0x90)) break;
    const bool changes_row = is_capital && tail >= 0xA0;  // the last sixteen small letters begin with another byte
    bytes_[at] = static_cast<char>(changes_row ? 0xD1U : byte);
    bytes_[at + 1] = static_cast<char>(!is_capital ? tail : changes_row ? tail - 0x20U : tail + 0x20U);
    size = 2;
  }
  size_ = at;
  return at;
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
