#include <algorithm>

#include "graph/text_search.hpp"
#include "text/search_words.hpp"

namespace policygraph::inline v0::detail::graph {
namespace {

constexpr std::uint32_t kMostQuoted = 400;  // bytes

/// A fitting word where it stands.
struct Placed {
  Span span;
  FittingWord word;
};

std::vector<Placed> placed(std::span<const Token> tokens, std::span<const FittingWord> words, std::uint32_t number) {
  std::vector<Placed> out;
  auto word = words.begin();
  for (const auto& token : tokens) {
    if (!text::is_search_word(token)) continue;
    for (; word != words.end() && word->word == number; ++word) out.push_back({token.span, *word});
    ++number;
  }
  return out;
}

double weight_within(std::span<const Placed> words, Span span) {
  std::vector<FittingWord> within;
  for (const auto& [place, word] : words) {
    if (span.contains(place)) within.push_back(word);
  }
  return weight_of(within);
}

/// From a fitting word on, as many tokens as there is room for; of a word that is too long, its beginning.
Span window_from(std::string_view text, std::span<const Token> tokens, std::uint32_t start, std::uint32_t end) {
  Span out{start, start};
  const auto first = std::ranges::lower_bound(tokens, start, {}, [](const Token& token) { return token.span.start; });
  for (auto token = first; token != tokens.end() && token->span.end <= end && token->span.end - start <= kMostQuoted; ++token) {
    if (token->kind != TokenKind::line_break) out.end = token->span.end;
  }
  if (!out.empty()) return out;
  out.end = std::min<std::uint32_t>(end, start + kMostQuoted);
  while (out.end < end && (static_cast<std::uint8_t>(text[out.end]) & 0xC0U) == 0x80U) --out.end;
  return out;
}

/// The part of a long sentence with most; `inside`: the fitting words of it.
Span best_window(std::string_view text, std::span<const Token> tokens, std::span<const Placed> inside, Span sentence) {
  Span best = sentence;
  double most = -1;
  for (std::size_t i = 0; i < inside.size(); ++i) {
    const auto window = window_from(text, tokens, inside[i].span.start, sentence.end);
    auto last = i;
    while (last < inside.size() && inside[last].span.start < window.end) ++last;
    const auto weight = weight_within(inside.subspan(i, last - i), window);
    if (weight > most) {
      most = weight;
      best = window;
    }
  }
  return best;
}

}  // namespace

double weight_of(std::span<const FittingWord> words) {
  std::vector<std::uint32_t> met;
  double out = 0;
  for (const auto& word : words) {
    if (std::ranges::find(met, word.phrase) != met.end()) continue;
    met.push_back(word.phrase);
    out += word.weight;
  }
  return out;
}

Span best_quote(std::string_view text, std::span<const Token> tokens, std::span<const Sentence> sentences, std::span<const FittingWord> words,
                std::uint32_t first_word) {
  const auto all = placed(tokens, words, first_word);
  Span best{0, static_cast<std::uint32_t>(text.size())};
  std::span<const Placed> inside;
  double most = -1;
  auto first = all.begin();
  for (const auto& sentence : sentences) {
    while (first != all.end() && first->span.start < sentence.span.start) ++first;
    const auto last = std::find_if(first, all.end(), [&](const Placed& word) { return word.span.start >= sentence.span.end; });
    const auto weight = first == last ? -1 : weight_within({first, last}, sentence.span);
    if (weight > most) {
      most = weight;
      best = sentence.span;
      inside = {first, last};
    }
    first = last;
  }
  return best.size() <= kMostQuoted ? best : best_window(text, tokens, inside, best);
}

}  // namespace policygraph::inline v0::detail::graph
