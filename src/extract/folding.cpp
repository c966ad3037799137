#include "extract/folding.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

#include "policygraph/text/normalise.hpp"
#include "policygraph/text/tokens.hpp"
#include "policygraph/text/utf8.hpp"

namespace policygraph::inline v0::detail::extract {
namespace {

bool is_plain(std::string_view word) {
  return std::all_of(word.begin(), word.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

constexpr std::array<char, 128> make_plain_folds() {
  std::array<char, 128> folds{};
  for (std::size_t i = 0; i < folds.size(); ++i) folds[i] = static_cast<char>(i >= 'A' && i <= 'Z' ? i - 'A' + 'a' : i);
  folds['\''] = folds['`'] = '\0';
  return folds;
}
constexpr std::array<char, 128> kPlainFolds = make_plain_folds();  // 0: left out

void append_plain(std::string_view word, std::string& out) {
  const std::size_t start = out.size();
  out.append(word);
  bool has_apostrophe = false;
  for (std::size_t i = start; i < out.size(); ++i) {
    out[i] = kPlainFolds[static_cast<unsigned char>(out[i])];
    has_apostrophe = has_apostrophe || out[i] == '\0';
  }
  if (has_apostrophe) out.erase(std::remove(out.begin() + static_cast<std::ptrdiff_t>(start), out.end(), '\0'), out.end());
}

// Russian letters and some of their kin, U+0410 to U+045F, the capitals first, and "Ё", which is written "Е" as often as not; false:
// the next letter is none of them.
bool append_russian(std::string_view rest, std::string& out) {
  const auto byte = static_cast<unsigned char>(rest[0]), tail = static_cast<unsigned char>(rest.size() > 1 ? rest[1] : '\0');
  const unsigned point = (byte & 0x1FU) << 6U | (tail & 0x3FU);
  if ((byte & 0xFEU) != 0xD0U || (tail & 0xC0U) != 0x80U || ((point < 0x410 || point >= 0x460) && point != 0x401)) return false;
  const bool is_yo = point == 0x401 || point == 0x451;
  const unsigned folded = is_yo ? 0x435 : point < 0x430 ? point + 0x20 : point;
  out.push_back(static_cast<char>(0xC0U | folded >> 6U));
  out.push_back(static_cast<char>(0x80U | (folded & 0x3FU)));
  return true;
}

// One letter of any kind.
void append_rare(std::string_view letter, std::string& out) {
  if (is_plain(letter)) return append_plain(letter, out);
  const std::string folded = fold_case(letter);
  if (!is_apostrophe(code_point_at(folded, 0).value)) out += folded;
}

bool is_plain_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Bytes of a sign that neither joins letters nor stands in numbers; 0: another begins the text.
std::size_t plain_sign_size(std::string_view text) {
  const char c = text[0];
  const bool may_join = c == '\'' || c == '`' || c == '-' || (c >= '0' && c <= '9');
  if (c >= ' ' && c < '\x7F') return may_join ? 0 : 1;
  if (text.starts_with("\u00AB") || text.starts_with("\u00BB")) return 2;
  return text.starts_with("\u201C") || text.starts_with("\u201D") || text.starts_with("\u201E") || text.starts_with("\u2013") || text.starts_with("\u2014") ? 3 : 0;
}

// Writes the letter that begins the text, of ASCII or of Russian, as it folds; how many bytes it has, there as here. 0: another sign does.
std::size_t put_plain_letter(std::string_view text, char* out) {
  const auto byte = static_cast<unsigned char>(text[0]);
  if (is_plain_letter(text[0])) {
    out[0] = static_cast<char>(byte | 0x20U);
    return 1;
  }
  const auto tail = static_cast<unsigned char>(text.size() > 1 ? text[1] : '\0');
  unsigned point = (byte & 0x1FU) << 6U | (tail & 0x3FU);
  if ((byte & 0xFEU) != 0xD0U || (tail & 0xC0U) != 0x80U) return 0;
  if (point == 0x401 || point == 0x451) point = 0x435;  // "Ё"
  if (point < 0x410 || point >= 0x450) return 0;
  if (point < 0x430) point += 0x20;
  out[0] = static_cast<char>(0xC0U | point >> 6U);
  out[1] = static_cast<char>(0x80U | (point & 0x3FU));
  return 2;
}

// Adds a word to a line of them; one of which folding leaves nothing is none.
void add_word(std::string_view word, std::string& line, std::vector<Span>& words) {
  const std::size_t before = line.size();
  if (before != 0) line.push_back(' ');
  const std::size_t start = line.size();
  fold_word(word, line);
  if (line.size() == start) return line.resize(before);
  words.push_back({static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(line.size())});
}

// A text of nothing but such letters and signs: its words are its runs of letters. False for any other; then nothing counts that it wrote.
bool add_plain_words(std::string_view text, std::string& line, std::vector<Span>& words) {
  line.resize(text.size());  // a sign stands between two words, a blank in its place
  std::size_t size = 0;
  while (!text.empty()) {
    const std::size_t start = size == 0 ? 0 : size + 1;
    std::size_t end = start;
    for (std::size_t taken = 1; taken != 0 && !text.empty(); end += taken, text.remove_prefix(taken)) {
      if (end >= line.size()) break;
      taken = put_plain_letter(text, line.data() + end);
    }
    if (end > start) {
      if (start != 0) line[start - 1] = ' ';
      words.push_back({static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(end)});
      size = end;
    }
    if (text.empty()) break;
    const std::size_t sign = plain_sign_size(text);
    if (sign == 0) return false;
    text.remove_prefix(sign);
  }
  line.resize(size);
  return true;
}

bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

}  // namespace

std::size_t genitive_size(std::string_view word) {
  if (!word.ends_with('s')) return 0;
  for (const std::string_view ending : {"'s", "\u2019s", "\u2018s", "\u02BCs"}) {
    if (!word.ends_with(ending)) continue;
    const auto stem = word.substr(0, word.size() - ending.size());
    if (stem.size() >= 3 || (stem.size() == 2 && is_capital(stem[0]) && is_capital(stem[1]))) return ending.size();
  }
  return 0;
}

bool is_in_capitals(std::string_view word, const Token& token) {
  if (token.is_upper || !token.is_capitalised) return token.is_upper;
  const auto tail = genitive_size(word);
  if (tail == 0) return false;
  word.remove_suffix(tail);
  for (std::size_t i = 0; i < word.size();) {
    const CodePoint point = code_point_at(word, i);
    if (is_lower(point.value)) return false;
    i += point.size;
  }
  return true;
}

void fold_word(std::string_view word, std::string& out) {
  word.remove_suffix(genitive_size(word));
  if (is_plain(word)) return append_plain(word, out);
  for (std::size_t i = 0; i < word.size();) {
    if (append_russian(word.substr(i), out)) {
      i += 2;
      continue;
    }
    const CodePoint point = code_point_at(word, i);
    append_rare(word.substr(i, point.size), out);
    i += point.size;
  }
}

std::string fold_word(std::string_view word) {
  std::string out;
  fold_word(word, out);
  return out;
}

namespace {

constexpr std::size_t kTogether = 8;
constexpr std::uint64_t kEach = 0x0101010101010101U;

// Makes the capitals of eight bytes small where all are ASCII; whether they are.
bool lower_together(char* at) noexcept {
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, at, kTogether);
  if ((bytes & kEach * 0x80U) != 0) return false;
  const std::uint64_t from_a = bytes + kEach * (0x80U - 'A'), past_z = bytes + kEach * (0x7FU - 'Z');  // the high bit says so
  bytes |= ((from_a & ~past_z) & kEach * 0x80U) >> 2U;  // the bit that tells small letters
  std::memcpy(at, &bytes, kTogether);
  return true;
}

// Makes a capital from U+0410 to U+042F small; how many bytes are done, one of any other letter.
std::size_t lower_one(std::string& out, std::size_t at) noexcept {
  if (static_cast<unsigned char>(out[at]) != 0xD0 || at + 1 == out.size()) return 1;
  const auto tail = static_cast<unsigned char>(out[at + 1]);
  if (tail >= 0x90 && tail < 0xA0) out[at + 1] = static_cast<char>(tail + 0x20U);
  if (tail >= 0xA0 && tail < 0xB0) out[at] = static_cast<char>(0xD1), out[at + 1] = static_cast<char>(tail - 0x20U);
  return tail >= 0x80 ? 2 : 1;
}

}  // namespace

std::string lowered(std::string_view text) {
  std::string out(text);
  for (std::size_t i = 0; i < out.size();) {
    while (i + kTogether <= out.size() && lower_together(out.data() + i)) i += kTogether;
    while (i < out.size() && static_cast<unsigned char>(out[i]) < 0x80) {
      if (is_capital(out[i])) out[i] = static_cast<char>(out[i] | 0x20);
      ++i;
    }
    while (i < out.size() && static_cast<unsigned char>(out[i]) >= 0x80) i += lower_one(out, i);
  }
  return out;
}

bool folds_in_place(std::string_view text, Span word) noexcept {
  if (word.empty() || word.size() > kTogether || word.start + kTogether > text.size()) return folds_in_place(text.substr(word.start, word.size()));
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, text.data() + word.start, kTogether);
  const std::size_t past = 8 * (kTogether - word.size());
  if constexpr (std::endian::native == std::endian::little) bytes <<= past;  // what is behind the word goes
  else bytes = bytes >> past << past;
  const std::uint64_t apostrophe = bytes ^ kEach * static_cast<unsigned char>('\''), grave = bytes ^ kEach * static_cast<unsigned char>('`');
  const std::uint64_t zero = ((apostrophe - kEach) & ~apostrophe) | ((grave - kEach) & ~grave);
  if (((bytes | zero) & kEach * 0x80U) == 0) return true;
  return folds_in_place(text.substr(word.start, word.size()));
}

bool folds_in_place(std::string_view word) noexcept {
  for (std::size_t i = 0; i < word.size(); ++i) {
    const auto byte = static_cast<unsigned char>(word[i]);
    if (byte < 0x80) {
      if (byte == '\'' || byte == '`') return false;
      continue;
    }
    const auto tail = static_cast<unsigned char>(i + 1 < word.size() ? word[i + 1] : '\0');
    if ((byte != 0xD0 || tail < 0x90) && (byte != 0xD1 || tail >= 0xA0 || tail == 0x91)) return false;  // U+0410 to U+045F but for Ё
    ++i;
  }
  return true;
}

std::string folded_line(std::string_view text, std::vector<Span>& words) {
  std::string line;
  words.clear();
  if (add_plain_words(text, line, words)) return line;
  line.clear();
  words.clear();
  for (const Token& token : tokenize(text)) {
    if (token.kind == TokenKind::word || token.kind == TokenKind::number) add_word(text.substr(token.span.start, token.span.size()), line, words);
  }
  return line;
}

std::vector<std::string> folded_words(std::string_view text) {
  std::vector<Span> words;
  const std::string line = folded_line(text, words);
  std::vector<std::string> out;
  out.reserve(words.size());
  for (const Span word : words) out.emplace_back(line, word.start, word.size());
  return out;
}

std::string join_words(const std::vector<std::string>& words, std::size_t first, std::size_t last) {
  std::string out;
  for (std::size_t i = first; i < last; ++i) {
    if (i != first) out += ' ';
    out += words[i];
  }
  return out;
}

}  // namespace policygraph::inline v0::detail::extract
