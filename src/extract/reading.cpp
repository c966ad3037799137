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

// The words of a stretch, of which a memory of this vocabulary knows most.
void look_up(const DocumentView& view, const Vocabulary& vocabulary, const Sentence& stretch,
             std::vector<Vocabulary::Hit>& out) {
  const WordMemory* const memory = view.memory();
  const bool is_of_it = memory != nullptr && &memory->vocabulary() == &vocabulary;
  out.clear();
  for (std::uint32_t i = stretch.first; i < stretch.last; ++i) {
    const std::uint32_t number = is_of_it ? view.word_numbers()[i] : WordMemory::kNotKept;
    out.push_back(number != WordMemory::kNotKept ? (*memory)[number].hit
                                                 : look_up(vocabulary, view.text(view.tokens()[i]), view.folded(i)));
  }
}


}  // namespace

Reading::Reading(const DocumentView& view, const Packs::Data& packs, const Languages& languages, const Schema& schema, ReadFor what)
    : view_(&view), packs_(&packs), languages_(&languages), schema_(&schema), tokens_(view.tokens()), text_(view.text().data()), stretches_(join_sentences(view)),
      firsts_(first_sentences(view, stretches_)), marks_(view.tokens().size()),
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

// What the tokens of one stretch hold after another.
class Reading::Holdings {
 public:
  explicit Holdings(std::vector<Held>& held) : held_(held), places_(64) { held_.assign(1, {}); }

  void begin(const Sentence& stretch) {
    first_ = stretch.first;
    own_.assign(stretch.last - stretch.first, {});
  }

  void add(const PhraseMatch& match, std::uint64_t category) {
    own_[match.first - first_].starts |= category;
    for (std::uint32_t i = match.first; i < match.last; ++i) own_[i - first_].covers |= category;
  }

  void mark(std::span<Mark> marks) {
    for (std::size_t i = 0; i < own_.size(); ++i) {
      if (own_[i].covers != 0) marks[first_ + i].held = place_of(own_[i]);
    }
  }

 private:
  std::uint32_t place_of(const Held& held) {
    std::uint32_t* slot = &slot_of(held);
    if (*slot != 0) return *slot;
    if (held_.size() * 2 > places_.size()) {
      grow();
      slot = &slot_of(held);
    }
    *slot = static_cast<std::uint32_t>(held_.size());
    held_.push_back(held);
    return *slot;
  }

  // The slot of what is known, or the free one it would take.
  std::uint32_t& slot_of(const Held& held) noexcept {
    const std::size_t mask = places_.size() - 1;
    const std::uint64_t mixed = (held.covers ^ (held.starts << 32U | held.starts >> 32U)) * 0x9E3779B97F4A7C15U;
    std::size_t at = (mixed ^ mixed >> 32U) & mask;
    while (places_[at] != 0 && held_[places_[at]] != held) at = (at + 1) & mask;
    return places_[at];
  }

  void grow() {
    places_.assign(places_.size() * 2, 0);
    for (std::uint32_t i = 1; i < held_.size(); ++i) slot_of(held_[i]) = i;
  }

  std::vector<Held>& held_;            // the first holds nothing
  std::vector<std::uint32_t> places_;  // in held_, by hash; 0: free
  std::vector<Held> own_;              // by token of the stretch
  std::uint32_t first_ = 0;            // its first
};

// Marks what tokens hold as matches are found: a match lies in its stretch.
PhraseMatches Reading::match_all(const PhraseBook& book) {
  PhraseMatches::Builder out(packs_->numbers.size());
  std::vector<Vocabulary::Hit> words;
  Holdings holdings(held_);
  std::vector<Found> found;
  const Language* language = nullptr;
  const PhraseTrie* trie = nullptr;
  for (std::size_t at = 0; at < stretches_.size(); ++at) {
    const Sentence& stretch = stretches_[at];
    const Language& own = view_->language(*firsts_[at]);
    if (language != &own) trie = &book.trie(own.code());
    language = &own;
    holdings.begin(stretch);
    look_up(*view_, book.vocabulary, stretch, words);
    const PhraseTrie::Hits hits{words, book.vocabulary.shorter(), stretch.first};
    for (std::uint32_t i = stretch.first; i < stretch.last; ++i) {
      if (hits.of(i).word == kNoWord && hits.of(i).stem == kNoWord) continue;
      found.clear();
      trie->match(*view_, hits, i, stretch.last, found);
      sort_longest(found);
      for (const Found& one : found) {
        if (out.add(one.category, one.match)) holdings.add(one.match, bit(packs_->hashes[one.category]));
      }
    }
    holdings.mark(marks_);
  }
  return out.build();
}

void Reading::mark_signs() {
  const auto all = tokens();
  const std::string_view bytes = text();
  for (std::size_t i = 0; i < all.size(); ++i) {
    const TokenKind kind = all[i].kind;
    if (kind != TokenKind::punctuation && kind != TokenKind::symbol) continue;
    const auto byte = static_cast<unsigned char>(bytes[all[i].span.start]);
    marks_[i].sign = byte < 0x80 ? byte : code_point_at(bytes, all[i].span.start).value;
  }
}

void Reading::make_lines() {
  joined_ = joined_lines(*this);
  std::erase_if(joined_, [&](const Sentence& line) { return !is_read_for_names(view_->zone(*view_->sentence_at(line.span.start))); });
  std::size_t most = 0;
  for (const Sentence& line : joined_) most += line.last - line.first;
  line_tokens_.reserve(most);  // all of them: lines view it
  lines_.reserve(joined_.size());
  for (const Sentence& line : joined_) {
    const std::size_t first = line_tokens_.size();
    append_words(*this, line, line_tokens_);
    lines_.emplace_back(*this, line, std::span<const std::uint32_t>(line_tokens_).subspan(first));
  }
}

std::span<const PhraseMatch> Reading::within(std::span<const PhraseMatch> all, std::uint32_t first, std::uint32_t last) noexcept {
  const auto begin = std::ranges::lower_bound(all, first, {}, &PhraseMatch::first);
  auto end = begin;
  while (end != all.end() && end->last <= last) ++end;
  return {begin, end};
}

}  // namespace policygraph::inline v0::detail::extract
