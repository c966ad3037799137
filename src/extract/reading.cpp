#include "extract/reading.hpp"

#include <algorithm>

#include "extract/recognizers/words.hpp"
#include "extract/word_memory.hpp"
#include "policygraph/text/utf8.hpp"

namespace policygraph::inline v0::detail::extract {
namespace {

using Found = PhraseTrie::Found;

bool comes_first(const Found& a, const Found& b) {
  if (a.category != b.category) return a.category < b.category;
  if (a.match.last != b.match.last) return a.match.last > b.match.last;
  return a.match.entry < b.match.entry;
}

// In order: of each category the longest, then in the packs' order; each once.
void sort_longest(std::vector<Found>& found) {
  constexpr std::size_t kFew = 12;
  if (found.size() < 2) return;
  if (found.size() > kFew) {
    std::ranges::sort(found, comes_first);
  } else {
    for (std::size_t i = 1; i < found.size(); ++i) {  // they are few and nearly in order
      const Found moved = found[i];
      std::size_t at = i;
      for (; at > 0 && comes_first(moved, found[at - 1]); --at) found[at] = found[at - 1];
      found[at] = moved;
    }
  }
  const auto are_twins = [](const Found& a, const Found& b) {
    return a.category == b.category && a.match.last == b.match.last && a.match.entry == b.match.entry;
  };
  found.erase(std::unique(found.begin(), found.end(), are_twins), found.end());
}

constexpr std::uint32_t kMostTokens = 4096;  // of a stretch

bool is_number_sign(const DocumentView& view, std::uint32_t token) {
  const std::string_view text = view.text(view.tokens()[token]);
  return text == "№" || text == "No" || text == "N" || text == "Nos" || text == "Nr";
}

bool is_stop(const DocumentView& view, std::uint32_t token) { return view.text(view.tokens()[token]) == "."; }

bool ends_within(const DocumentView& view, const Sentence& a, const Sentence& b) {
  if (!is_stop(view, a.last - 1)) return is_number_sign(view, a.last - 1);
  const std::uint32_t before = a.last - 2;
  if (is_number_sign(view, before)) return true;
  if (view.tokens()[before].kind != TokenKind::number) return false;
  return is_number_sign(view, b.first) || view.tokens()[b.first].kind == TokenKind::number;
}

// Whether the sentence `b` only seems to begin anew after `a`.
bool goes_on(const DocumentView& view, const Sentence& a, const Sentence& b) {
  if (b.first != a.last || a.last - a.first < 2 || b.last - a.first > kMostTokens) return false;
  if (!ends_within(view, a, b)) return false;
  return view.document().block_at(a.span.start) == view.document().block_at(b.span.start);
}

std::vector<Sentence> join_sentences(const DocumentView& view) {
  std::vector<Sentence> out;
  for (const Sentence& sentence : view.sentences()) {
    if (!out.empty() && goes_on(view, out.back(), sentence)) {
      out.back().last = sentence.last;
      out.back().span = cover(out.back().span, sentence.span);
    } else {
      out.push_back(sentence);
    }
  }
  return out;
}

std::vector<const Sentence*> first_sentences(const DocumentView& view, std::span<const Sentence> stretches) {
  std::vector<const Sentence*> out;
  out.reserve(stretches.size());
  const Sentence* sentence = view.sentences().data();
  for (const Sentence& stretch : stretches) {
    while (sentence->first != stretch.first) ++sentence;  // a stretch begins with a sentence
    out.push_back(sentence);
  }
  return out;
}

}  // namespace

Reading::Reading(const DocumentView& view, const Packs::Data& packs, const Languages& languages, const Schema& schema, ReadFor what)
    : view_(&view), packs_(&packs), languages_(&languages), schema_(&schema), tokens_(view.tokens()), text_(view.text().data()), stretches_(join_sentences(view)),
      firsts_(first_sentences(view, stretches_)), signs_(view.tokens().size()), held_(view.tokens().size()),
      matches_(match_all(what == ReadFor::acts ? packs.act_phrases : packs.phrases)) {
  mark_signs();
  if (what == ReadFor::acts) return;
  find_grammars();
  make_lines();
}

Reading::~Reading() = default;

std::span<const Words> Reading::lines() const noexcept { return lines_; }

void Reading::find_grammars() {
  if (packs_->grammars.empty()) return;
  const auto is_known = [&](const Language& language) { return std::ranges::find(grammars_, &language, [](const auto& known) { return known.first; }) != grammars_.end(); };
  for (const Sentence& sentence : view_->sentences()) {
    const Language& language = view_->language(sentence);
    if (!is_known(language)) grammars_.emplace_back(&language, packs_->grammar(language.code()));
  }
}

void Reading::hold(const PhraseMatch& match, std::uint64_t category) noexcept {
  held_[match.first].starts |= category;
  for (std::uint32_t i = match.first; i < match.last; ++i) held_[i].covers |= category;
}

// The phrases of one document while they are found.
struct Reading::Finding {
  PhraseTrie::Hits hits;
  PhraseMatches::Builder out;
  PhraseOpenings* openings = nullptr;  // what words open in the trie of the stretch; null: nothing is known
  CategorySet* categories = nullptr;   // of the stretch
  std::uint32_t last = 0;              // its end
  std::vector<Found> found{};          // at one token; room, nothing else
};

// What starts at a token.
void Reading::find_phrases(Finding& finding, const PhraseTrie& trie, std::uint32_t token) {
  const auto take = [&](CategoryIndex category, const PhraseMatch& match) {
    if (!finding.out.add(category, match)) return;
    finding.categories->add(category);
    hold(match, bit(packs_->hashes[category]));
  };
  std::vector<Found>& found = finding.found;
  found.clear();
  const std::uint32_t number = finding.openings == nullptr ? WordMemory::kNotKept : view_->word_numbers()[token];
  if (number == WordMemory::kNotKept) {
    trie.match(finding.hits, token, finding.last, found);
  } else {
    PhraseOpenings& openings = *finding.openings;
    const PhraseOpenings::Opening opening = openings.of(number, finding.hits, token);
    if (opening.is_none()) return;
    for (const std::uint32_t node : openings.nodes(opening)) trie.go_on(finding.hits, node, token, finding.last, found);
    if (found.empty()) {
      std::uint64_t held = 0;
      for (const PhraseTrie::Alone& one : openings.alones(opening)) {
        if (!finding.out.add(one.category, {token, token + 1, one.entry})) continue;
        finding.categories->add(one.category);
        held |= bit(packs_->hashes[one.category]);
      }
      held_[token].starts |= held;
      held_[token].covers |= held;
      return;
    }
    for (const PhraseTrie::Alone& one : openings.alones(opening)) found.push_back({{token, token + 1, one.entry}, one.category});
  }
  sort_longest(found);
  for (const Found& one : found) take(one.category, one.match);
}

// Marks what tokens hold as matches are found: a match lies in its stretch.
PhraseMatches Reading::match_all(const PhraseBook& book) {
  Finding finding{PhraseTrie::Hits(*view_, book.vocabulary), PhraseMatches::Builder(packs_->numbers.size())};
  const Language* language = nullptr;
  const PhraseTrie* trie = nullptr;
  categories_.resize(stretches_.size());
  for (std::size_t at = 0; at < stretches_.size(); ++at) {
    const Language& own = view_->language(*firsts_[at]);
    if (language != &own) {
      trie = &book.trie(own.code());
      WordMemory* const memory = finding.hits.memory();
      finding.openings = memory == nullptr ? nullptr : &memory->openings(*trie);
    }
    language = &own;
    finding.categories = &categories_[at];
    finding.last = stretches_[at].last;
    for (std::uint32_t i = stretches_[at].first; i < finding.last; ++i) {
      const std::uint32_t number = finding.openings == nullptr ? WordMemory::kNotKept : view_->word_numbers()[i];
      const bool opens_none = number != WordMemory::kNotKept && finding.openings->of(number, finding.hits, i).is_none();
      if (!opens_none) find_phrases(finding, *trie, i);
    }
  }
  return finding.out.build();
}

void Reading::mark_signs() {
  const auto all = tokens();
  const std::string_view bytes = text();
  for (std::size_t i = 0; i < all.size(); ++i) {
    const TokenKind kind = all[i].kind;
    if (kind == TokenKind::number) numbers_.push_back(static_cast<std::uint32_t>(i));
    if (kind != TokenKind::punctuation && kind != TokenKind::symbol) continue;
    const auto byte = static_cast<unsigned char>(bytes[all[i].span.start]);
    signs_[i] = byte < 0x80 ? byte : code_point_at(bytes, all[i].span.start).value;
  }
}

void Reading::make_lines() {
  joined_ = joined_lines(*this);
  std::erase_if(joined_, [&](const Sentence& line) { return !is_read_for_names(view_->zone(*view_->sentence_at(line.span.start))); });
  std::size_t most = 0;
  for (const Sentence& line : joined_) most += line.last - line.first;
  line_tokens_.reserve(most);  // all of them: lines view it
  line_marked_.reserve(most);
  lines_.reserve(joined_.size());
  for (const Sentence& line : joined_) {
    const std::size_t first = line_tokens_.size();
    append_words(*this, line, line_tokens_);
    lines_.emplace_back(*this, line, std::span<const std::uint32_t>(line_tokens_).subspan(first), line_marked_);
  }
}

CategorySet Reading::categories_in(std::uint32_t first, std::uint32_t last) const noexcept {
  CategorySet out;
  auto stretch = std::ranges::upper_bound(stretches_, first, {}, &Sentence::last);
  for (; stretch != stretches_.end() && stretch->first < last; ++stretch) out.add(categories_[static_cast<std::size_t>(stretch - stretches_.begin())]);
  return out;
}

const PhraseMatch* Reading::find_at(CategoryName category, std::uint32_t token) const noexcept {
  return matches_.starting(packs_->numbers.find(category), token);
}

const PhraseMatch* Reading::find_over(CategoryName category, std::uint32_t token) const noexcept {
  return matches_.covering(packs_->numbers.find(category), token);
}

std::span<const PhraseMatch> Reading::within(std::span<const PhraseMatch> all, std::uint32_t first, std::uint32_t last) noexcept {
  const auto begin = std::ranges::lower_bound(all, first, {}, &PhraseMatch::first);
  auto end = begin;
  while (end != all.end() && end->last <= last) ++end;
  return {begin, end};
}

}  // namespace policygraph::inline v0::detail::extract
