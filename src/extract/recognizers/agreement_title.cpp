#include <algorithm>

#include "extract/recognizers/case_forms.hpp"
#include "extract/recognizers/recognizers.hpp"
#include "extract/recognizers/words.hpp"

// The text of an agreement opens with what it is: "GRANT AGREEMENT", "Меморандум о взаимопонимании", "Hamkorlik memorandumi", and speaks
// of its parties.
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::size_t kWithin = 3;         // sentences from the top
constexpr std::uint32_t kLongTitle = 14;   // words
constexpr std::size_t kPartiesWithin = 8;  // sentences in which the parties are spoken of

// The title ends where the parties, the place or the date begin.
Range title_of(const Words& words, const WordMatch& head) {
  Range out{0, head.range.last};
  const auto ends = [&](std::uint32_t at) {
    return !(words.is_word(at) || words.is_open_quote(at) || words.is_dash(at)) || words.match("agreement_title_stops", at).has_value();
  };
  while (out.last < words.size() && out.last < kLongTitle && !ends(out.last)) ++out.last;
  while (out.last > head.range.last && !words.is_word(out.last - 1)) --out.last;
  return out;
}

bool has_agreement(const Extraction& out, Span until) {
  return std::ranges::any_of(out.mentions, [&](const ExtractedMention& mention) { return mention.label == "Agreement" && mention.span.start < until.end; });
}

// "The Parties", "с одной стороны", "hereinafter" near the top, or in the line itself.
bool speaks_of_parties(const Reading& reading) {
  const auto sentences = reading.view().sentences();
  const std::size_t last = std::min(sentences.size(), kPartiesWithin) - 1;
  const std::size_t near = std::min(sentences.size(), kWithin) - 1;
  return !reading.matches_in("agreement_party_words", sentences.front().first, sentences[last].last).empty() ||
         !reading.matches_in("cue_between", sentences.front().first, sentences[near].last).empty();
}

}  // namespace

void recognise_agreement_titles(const Reading& reading, Extraction& out) {
  const auto sentences = reading.view().sentences();
  if (sentences.empty() || reading.matches("agreement_titles").empty() || !speaks_of_parties(reading)) return;
  for (std::size_t i = 0; i < std::min(sentences.size(), kWithin); ++i) {
    std::vector<std::uint32_t> tokens, marked;
    append_words(reading, sentences[i], tokens);
    const Words words(reading, sentences[i], tokens, marked);
    const auto heads = words.matches("agreement_titles");
    if (heads.begin() == heads.end()) continue;
    const WordMatch head = *heads.begin();
    if (head.range.first >= kLongTitle / 2 || !words.is_capital(0)) continue;
    if (words.grammar() != nullptr && words.grammar()->is_head_last && has_case(words, head.range.last - 1, *words.grammar())) continue;
    if (has_agreement(out, sentences[i].span)) return;
    const Range title = title_of(words, head);
    ExtractedMention found = mention(words, title, "Agreement", "agreement-title/1", 0.8F);
    found.properties.push_back(property("name", Value(words.name(title)), found.span));
    found.properties.push_back(property("kind", Value(head.entry->id), words.span(head.range)));
    out.mentions.push_back(std::move(found));
    return;
  }
}

}  // namespace policygraph::inline v0::detail::extract
