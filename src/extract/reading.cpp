#include "extract/reading.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "extract/recognizers/words.hpp"
#include "policygraph/text/utf8.hpp"

namespace policygraph::inline v0::detail::extract {
namespace {

using Found = PhraseTrie::Found;

// Of each category the longest that start at one token, in the packs' order, each once.
void add_longest(std::vector<Found>& found, PhraseMatches::Builder& out) {
  if (found.size() == 1) return out.add(found.front().category, found.front().match);
  std::ranges::sort(found, [](const Found& a, const Found& b) {
    if (a.category != b.category) return a.category < b.category;
    if (a.match.last != b.match.last) return a.match.last > b.match.last;
    return a.match.entry < b.match.entry;
  });
  for (std::size_t i = 0; i < found.size(); ++i) {
    const bool is_first = i == 0 || found[i].category != found[i - 1].category;
    const bool is_twin = !is_first && found[i].match.last == found[i - 1].match.last && found[i].match.entry == found[i - 1].match.entry;
    if (!is_twin) out.add(found[i].category, found[i].match);
  }
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

// "Uzbekistan's", "Uzbekistan’s"
bool is_possessive(std::string_view word) {
  return word.size() > 3 && word.back() == 's' && (word[word.size() - 2] == '\'' || word.ends_with("\u2019s"));
}

// A possessive that no pack knows is looked up as the name it is of.
std::vector<Vocabulary::Hit> look_up(const DocumentView& view, const Vocabulary& vocabulary) {
  std::vector<Vocabulary::Hit> out(view.tokens().size());
  for (std::uint32_t i = 0; i < out.size(); ++i) {
    std::string_view word = view.folded(i);
    out[i] = vocabulary.find(word);
    if (out[i].word != kNoWord || !is_possessive(view.text(view.tokens()[i]))) continue;
    word.remove_suffix(1);
    out[i] = vocabulary.find(word);
  }
  return out;
}

PhraseMatches match_all(const DocumentView& view, const Packs::Data& packs, std::span<const Sentence> stretches, std::span<const Sentence* const> firsts) {
  PhraseMatches::Builder out(packs.numbers.size());
  const std::vector<Vocabulary::Hit> words = look_up(view, packs.vocabulary);
  const PhraseTrie::Hits hits{words, packs.vocabulary.shorter()};
  std::vector<Found> found;
  const Language* language = nullptr;
  const PhraseTrie* trie = nullptr;
  for (std::size_t stretch = 0; stretch < stretches.size(); ++stretch) {
    const Sentence& sentence = stretches[stretch];
    const Language& own = view.language(*firsts[stretch]);
    if (language != &own) trie = &packs.trie(own.code());
    language = &own;
    for (std::uint32_t i = sentence.first; i < sentence.last; ++i) {
      if (words[i].word == kNoWord && words[i].stem == kNoWord) continue;
      found.clear();
      trie->match(view, hits, i, sentence.last, found);
      if (!found.empty()) add_longest(found, out);
    }
  }
  return out.build();
}

}  // namespace

Reading::Reading(const DocumentView& view, const Packs::Data& packs, const Languages& languages, const Schema& schema)
    : view_(&view), packs_(&packs), languages_(&languages), schema_(&schema), stretches_(join_sentences(view)), firsts_(first_sentences(view, stretches_)),
      matches_(match_all(view, packs, stretches_, firsts_)) {
  find_grammars();
  mark();
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

// Gives tokens what they hold. What a token held before tells what it holds now, so that is worked out once a category for all tokens
// that held the same.
class Reading::HoldingMarker {
 public:
  explicit HoldingMarker(std::vector<Held>& held) : held_(held) { place_of({}); }

  void mark(const PhraseMatches& matches, std::span<const std::uint64_t> hashes, std::vector<Mark>& marks) {
    for (CategoryIndex index = 0; index < hashes.size(); ++index) {
      for (const PhraseMatch& match : matches.of(index)) {
        for (std::uint32_t i = match.first; i < match.last; ++i) step(marks[i].held, index, bit(hashes[index]), i == match.first);
      }
    }
  }

 private:
  // Where a place leads, as the category last asked found it.
  struct Step {
    CategoryIndex category = kNone;
    std::uint32_t place = 0;
  };

  void step(std::uint32_t& place, CategoryIndex category, std::uint64_t own, bool is_first) {
    if (steps_[place][is_first].category != category) {
      const auto before = held_[place];
      const auto after = place_of({before.starts | (is_first ? own : 0), before.covers | own});
      steps_[place][is_first] = {category, after};
    }
    place = steps_[place][is_first].place;
  }

  std::uint32_t place_of(Held held) {
    const auto [known, is_new] = places_.try_emplace(held, static_cast<std::uint32_t>(held_.size()));
    if (is_new) {
      held_.push_back(held);
      steps_.emplace_back();
    }
    return known->second;
  }

  static constexpr CategoryIndex kNone = ~CategoryIndex{0};
  std::vector<Held>& held_;
  std::vector<std::array<Step, 2>> steps_;  // by place: of tokens a phrase covers, and begins at
  std::map<Held, std::uint32_t> places_;
};

void Reading::mark() {
  const auto all = tokens();
  const std::string_view bytes = text();
  marks_.resize(all.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    const TokenKind kind = all[i].kind;
    if (kind != TokenKind::punctuation && kind != TokenKind::symbol) continue;
    const auto byte = static_cast<unsigned char>(bytes[all[i].span.start]);
    marks_[i].sign = byte < 0x80 ? byte : code_point_at(bytes, all[i].span.start).value;
  }
  HoldingMarker(held_).mark(matches_, packs_->hashes, marks_);
}

void Reading::make_lines() {
  joined_ = joined_lines(*this);
  std::erase_if(joined_, [&](const Sentence& line) { return !is_read_for_names(view_->zone(*view_->sentence_at(line.span.start))); });
  lines_.reserve(joined_.size());
  for (const Sentence& line : joined_) lines_.emplace_back(*this, line);
}

std::span<const PhraseMatch> Reading::within(std::span<const PhraseMatch> all, std::uint32_t first, std::uint32_t last) noexcept {
  const auto begin = std::ranges::lower_bound(all, first, {}, &PhraseMatch::first);
  auto end = begin;
  while (end != all.end() && end->last <= last) ++end;
  return {begin, end};
}

}  // namespace policygraph::inline v0::detail::extract
