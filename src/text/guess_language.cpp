#include <algorithm>

#include "language_data.hpp"
#include "policygraph/text/tokens.hpp"
#include "policygraph/text/utf8.hpp"
#include "word_key.hpp"

namespace policygraph::inline v0 {
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

/// A language that a text may be in, and what speaks for it so far.
struct Contender {
  const std::string* code;
  const Language::Data* data;
  double score = 0;

  void weigh(const detail::text::HashedWord& word) {
    if (data->telling.contains(word)) score += kStopWord;
    const std::uint8_t marks = data->groups.marks(word.text);
    if ((marks & detail::text::LetterGroups::typical) != 0) score += kTypical;
    if ((marks & detail::text::LetterGroups::foreign) != 0) score += kForeign;
  }
};

/// Weighs the words of one script; how many there were.
std::size_t weigh_words(std::string_view head, std::span<const Token> tokens, Script script,
                        std::vector<Contender>& contenders) {
  std::size_t count = 0;
  for (const Token& token : tokens) {
    if (token.kind != TokenKind::word || token.script != script) continue;
    if (count++ == kMostWords) return kMostWords;
    const detail::text::WordKey key(head.substr(token.span.start, token.span.size()));
    const detail::text::HashedWord word(key.view());
    for (Contender& contender : contenders) contender.weigh(word);
  }
  return count;
}

}  // namespace

Languages::Guess Languages::guess(std::string_view text) const {
  const std::string_view head = head_of(text);
  return guess(head, tokenize(head));
}

Languages::Guess Languages::guess(std::string_view text, std::span<const Token> tokens) const {
  if (text.size() > kLooksAt) return guess(text);
  const Script script = main_script(tokens);
  std::vector<Contender> contenders;
  for (const auto& [code, language] : languages_) {
    if (language.script() == script) contenders.push_back({&code, &language.data()});
  }
  const std::size_t words = weigh_words(text, tokens, script, contenders);
  double best = 0;
  double second = 0;
  Guess guess;
  for (const Contender& contender : contenders) {
    if (contender.score <= best) {
      second = std::max(second, contender.score);
      continue;
    }
    second = best;
    best = contender.score;
    guess.code = *contender.code;
  }
  // One word in twenty-five must speak for a language, and one at least.
  if (best < std::max(0.6, 0.04 * static_cast<double>(words))) return {};
  const double margin = (best - std::max(second, 0.0)) / best;
  const double amount = std::min(1.0, best / 3.0);
  guess.confidence = margin * (0.5 + 0.5 * amount);
  return guess;
}

}  // namespace policygraph::inline v0
