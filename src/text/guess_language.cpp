#include <algorithm>
#include <array>

#include "guess_votes.hpp"

namespace policygraph::inline v0 {
namespace {

using detail::text::kLooksAt;
using detail::text::WordVotes;
using Told = std::span<const WordVotes::Votes* const>;

constexpr std::size_t kMostWords = 2000;
// What speaks for a language and against it, in tenths: a stop word, a typical group of letters, a foreign one.
constexpr int kStopWord = 10;
constexpr int kTypical = 7;
constexpr int kForeign = -9;
/// By bits: a stop word is 1, a typical group 2, a foreign one 4.
constexpr std::array<int, 8> kWeights = {
    0, kStopWord, kTypical, kStopWord + kTypical, kForeign, kStopWord + kForeign, kTypical + kForeign, kStopWord + kTypical + kForeign};

std::string_view head_of(std::string_view text) {
  if (text.size() <= kLooksAt) return text;
  std::size_t end = kLooksAt;
  while (end > 0 && (static_cast<std::uint8_t>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

/// A language that a text may be in, and what speaks for it so far.
struct Contender {
  const std::string* code;
  int tenths = 0;
};

/// The languages of one part of a script's, weighed by the words of that script.
class Contest {
 public:
  /// Adds them to `contenders`.
  Contest(const WordVotes& votes, std::vector<Contender>& contenders) : votes_(votes), contenders_(contenders), first_(contenders.size()) {
    for (const Language& language : votes.languages()) contenders_.push_back({&language.code()});
  }

  /// How many words there were.
  std::size_t weigh(std::string_view head, std::span<const Token> tokens, Script script, Told told) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      const Token& token = tokens[i];
      if (token.kind != TokenKind::word || token.script != script) continue;
      if (count++ == kMostWords) return kMostWords;
      const WordVotes::Votes* const known = i < told.size() ? told[i] : nullptr;
      weigh(known != nullptr ? *known : votes_.of(head, token.span.start, token.span.size()));
    }
    return count;
  }

 private:
  void weigh(WordVotes::Votes votes) {
    if ((votes.telling | votes.groups) == 0) return;
    for (std::size_t i = first_; i < contenders_.size(); ++i) {
      contenders_[i].tenths += kWeights[(votes.telling & 1U) | (votes.groups & 3U) << 1U];
      votes.telling >>= 1U;
      votes.groups >>= 2U;
    }
  }

  const WordVotes& votes_;
  std::vector<Contender>& contenders_;
  std::size_t first_;  ///< of its own
};

}  // namespace

std::span<const detail::text::WordVotes> Languages::votes_of(Script script) const {
  if (votes_ == nullptr) return {};
  const auto found = votes_->by_script.find(script);
  return found == votes_->by_script.end() ? std::span<const WordVotes>() : found->second;
}

Languages::Guess Languages::guess(std::string_view text) const {
  const std::string_view head = head_of(text);
  return guess(head, tokenize(head));
}

Languages::Guess Languages::guess(std::string_view text, std::span<const Token> tokens) const {
  if (text.size() > kLooksAt) return guess(text);
  const Script script = detail::text::main_script(tokens);
  return detail::text::guess(votes_of(script), script, text, tokens, {});
}

Script detail::text::main_script(std::span<const Token> tokens) {
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

Languages::Guess detail::text::guess(std::span<const WordVotes> parts, Script script, std::string_view text,
                                     std::span<const Token> tokens, Told told) {
  std::vector<Contender> contenders;
  contenders.reserve(8);
  std::size_t words = 0;
  for (const WordVotes& votes : parts) {
    words = Contest(votes, contenders).weigh(text, tokens, script, &votes == parts.data() ? told : Told());
  }
  double best = 0;
  double second = 0;
  Languages::Guess guess;
  for (const Contender& contender : contenders) {
    const double score = contender.tenths / 10.0;
    if (score <= best) {
      second = std::max(second, score);
      continue;
    }
    second = best;
    best = score;
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
