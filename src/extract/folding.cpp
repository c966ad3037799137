#include "extract/folding.hpp"

#include <algorithm>
#include <array>

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

// One letter of any kind.
void append_rare(std::string_view letter, std::string& out) {
  if (is_plain(letter)) return append_plain(letter, out);
  const std::string folded = fold_case(letter);
  if (!is_apostrophe(code_point_at(folded, 0).value)) out += folded;
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
    const CodePoint point = code_point_at(word, i);
    if (point.value >= 0x410 && point.value < 0x460) {  // Russian letters and some of their kin; the capitals come first
      append_utf8(out, point.value < 0x430 ? point.value + 0x20 : point.value);
    } else {
      append_rare(word.substr(i, point.size), out);
    }
    i += point.size;
  }
}

std::string fold_word(std::string_view word) {
  std::string out;
  fold_word(word, out);
  return out;
}

std::vector<std::string> folded_words(std::string_view text) {
  std::vector<std::string> out;
  for (const Token& token : tokenize(text)) {
    if (token.kind != TokenKind::word && token.kind != TokenKind::number) continue;
    std::string word = fold_word(text.substr(token.span.start, token.span.size()));
    if (!word.empty()) out.push_back(std::move(word));
  }
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
