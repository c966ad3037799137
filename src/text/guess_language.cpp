#include <algorithm>

#include "language_data.hpp"
#include "policygraph/text/tokens.hpp"
#include "policygraph/text/utf8.hpp"
#include "word_key.hpp"

namespace policygraph {
namespace {

constexpr std::size_t kLooksAt = 16384;
constexpr std::size_t kMostWords = 2000;
constexpr double kStopWord = 1.0;
constexpr double kTypical = 0.7;
constexpr double kForeign = -0.9;

std::string_view head_of(std::string_view text) {
  if (text.size() <= kLooksAt) return text;
  std::size_t end = kLooksAt;
  while (end > 0 && (static_cast<std::uint8_t>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

/// Whether the word holds one of the parts; a part with "$" at its end stands for an ending.
bool holds_any(std::string_view word, const std::vector<std::string>& parts) {
  return std::any_of(parts.begin(), parts.end(), [&](std::string_view part) {
    if (!part.ends_with('$')) return word.find(part) != std::string_view::npos;
    return word.ends_with(part.substr(0, part.size() - 1));
  });
}

/// The words of the text's head in one script, as keys.
std::vector<detail::text::WordKey> words_of(std::string_view head, std::span<const Token> tokens, Script script) {
  std::vector<detail::text::WordKey> words;
  for (const Token& token : tokens) {
    if (token.kind != TokenKind::word || token.script != script || words.size() == kMostWords) continue;
    words.emplace_back(head.substr(token.span.start, token.span.size()));
  }
  return words;
}

Script main_script(std::span<const Token> tokens) {
  std::size_t latin = 0;
  std::size_t cyrillic = 0;
  for (const Token& token : tokens) {
    if (token.kind != TokenKind::word) continue;
    if (token.script == Script::latin) latin += token.span.size();
    // A Cyrillic letter takes two bytes.
    if (token.script == Script::cyrillic) cyrillic += token.span.size() / 2;
  }
  if (latin + cyrillic == 0) return Script::none;
  return cyrillic >= latin ? Script::cyrillic : Script::latin;
}

double evidence(const Language::Data& data, std::span<const detail::text::WordKey> words) {
  double score = 0;
  for (const auto& word : words) {
    const std::string_view key = word.view();
    if (data.stop_words.contains(key) || data.frequent.contains(key) || data.months.contains(key)) score += kStopWord;
    if (holds_any(word.view(), data.typical)) score += kTypical;
    if (holds_any(word.view(), data.foreign)) score += kForeign;
  }
  return score;
}

}  // namespace

Languages::Guess Languages::guess(std::string_view text) const {
  const std::string_view head = head_of(text);
  const std::vector<Token> tokens = tokenize(head);
  const Script script = main_script(tokens);
  const auto words = words_of(head, tokens, script);
  double best = 0;
  double second = 0;
  Guess guess;
  for (const auto& [code, language] : languages_) {
    if (language.script() != script) continue;
    const double score = evidence(language.data(), words);
    if (score <= best) {
      second = std::max(second, score);
      continue;
    }
    second = best;
    best = score;
    guess.code = code;
  }
  // One word in twenty-five must speak for a language, and one at least.
  if (best < std::max(0.6, 0.04 * static_cast<double>(words.size()))) return {};
  const double margin = (best - std::max(second, 0.0)) / best;
  const double amount = std::min(1.0, best / 3.0);
  guess.confidence = margin * (0.5 + 0.5 * amount);
  return guess;
}

}  // namespace policygraph
