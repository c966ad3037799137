#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "extract/reading.hpp"
#include "policygraph/extract/extraction.hpp"

namespace policygraph::inline v0::detail::extract {

// Most words differ in their length or in their first byte.
inline bool are_equal(std::string_view a, std::string_view b) noexcept {
  return a.size() == b.size() && (a.empty() || (a.front() == b.front() && a == b));
}

// A stretch of the words of one sentence: [first, last).
struct Range {
  std::uint32_t first = 0;
  std::uint32_t last = 0;

  bool is_empty() const noexcept { return first >= last; }
  std::uint32_t size() const noexcept { return last - first; }
  bool operator==(const Range&) const = default;
};

// An entry of a pack within a sentence, by the sentence's own numbering of words.
struct WordMatch {
  Range range;
  const PackEntry* entry = nullptr;
};

class WordMatches;

// The tokens of one sentence without line breaks, numbered from 0: what the recognisers of names walk over.
class Words {
 public:
  // `tokens` are those of the sentence that are no line break; they and the reading must outlive it.
  // Puts what `marked` gives behind what `all_marked` holds, which must outlive it too and stay where it is.
  Words(const Reading& reading, const Sentence& sentence, std::span<const std::uint32_t> tokens, std::vector<std::uint32_t>& all_marked);

  std::uint32_t size() const noexcept { return static_cast<std::uint32_t>(tokens_.size()); }
  const Reading& reading() const noexcept { return *reading_; }
  const Sentence& sentence() const noexcept { return *sentence_; }
  // A heading, or a line of capitals: nearly every word of it begins with a capital, so that capitals tell nothing.
  bool is_title_case() const noexcept { return is_title_case_; }
  // Some word opens a quotation.
  bool has_quotes() const noexcept { return has_quotes_; }
  // How the sentence's language marks cases; null where it does not.
  const CaseGrammar* grammar() const noexcept { return grammar_; }
  // A word that carries grammar rather than meaning, in the language of the sentence.
  bool is_stop_word(std::uint32_t word) const;
  std::uint32_t token(std::uint32_t word) const noexcept { return tokens_[word]; }
  std::span<const std::uint32_t> tokens() const noexcept { return tokens_; }
  // The words that begin with a capital and the numbers, in order: what a name begins with.
  std::span<const std::uint32_t> marked() const noexcept { return marked_; }

  std::string_view text(std::uint32_t word) const noexcept { return word < size() ? reading_->text(tokens_[word]) : std::string_view(); }
  std::string_view folded(std::uint32_t word) const noexcept { return word < size() ? reading_->folded(tokens_[word]) : std::string_view(); }
  bool is(std::uint32_t word, std::string_view folded_text) const noexcept { return word < size() && are_equal(folded(word), folded_text); }
  bool is_any(std::uint32_t word, std::initializer_list<std::string_view> folded_texts) const noexcept;
  bool is_word(std::uint32_t word) const noexcept { return word < size() && of(word).kind == TokenKind::word; }
  bool is_number(std::uint32_t word) const noexcept { return word < size() && of(word).kind == TokenKind::number; }
  bool is_capital(std::uint32_t word) const noexcept { return is_word(word) && of(word).is_capitalised; }  // begins with a capital
  bool is_upper(std::uint32_t word) const noexcept;  // of capitals only, two at least; the genitive apart
  bool is_small(std::uint32_t word) const noexcept { return is_word(word) && !of(word).is_capitalised; }
  bool is_possessive(std::uint32_t word) const noexcept;
  char32_t sign(std::uint32_t word) const noexcept { return word < size() ? reading_->sign(tokens_[word]) : 0; }  // else 0
  bool is_dash(std::uint32_t word) const noexcept;
  bool is_open_quote(std::uint32_t word) const noexcept { return is_opening(sign(word)); }
  // Where what opens at `open` closes; size() when it does not.
  std::uint32_t closing_quote(std::uint32_t open) const noexcept;

  // The entry that starts at a word, or covers it; nothing for none.
  std::optional<WordMatch> match(CategoryName category, std::uint32_t word) const {
    if (word >= size() || (reading_->starting(tokens_[word]) & Reading::bit(category)) == 0) return std::nullopt;  // as most
    return local(reading_->match_at(category, tokens_[word]));
  }
  std::optional<WordMatch> match_over(CategoryName category, std::uint32_t word) const {
    if (word >= size() || (reading_->covering(tokens_[word]) & Reading::bit(category)) == 0) return std::nullopt;
    return local(reading_->match_over(category, tokens_[word]));
  }
  // The bits of the categories that begin at a word.
  std::uint64_t starting(std::uint32_t word) const noexcept { return word < size() ? reading_->starting(tokens_[word]) : 0; }
  // Whether any phrase of any category starts at a word.
  bool begins_phrase(std::uint32_t word) const noexcept { return word < size() && reading_->begins_phrase(tokens_[word]); }
  // The entry that ends where `end` begins.
  std::optional<WordMatch> match_before(CategoryName category, std::uint32_t end) const;
  // Those of a category in the sentence, each made when it is looked at.
  WordMatches matches(CategoryName category) const;

  // The bytes of a range, without the possessive ending of its last word.
  Span span(Range range) const noexcept;
  // Those bytes with each run of blanks as one.
  std::string name(Range range) const;
  // The words that a span of bytes covers.
  Range range(Span span) const noexcept;

 private:
  static bool is_opening(char32_t sign) noexcept { return sign == U'\u201C' || sign == U'\u00AB' || sign == U'\u201E' || sign == U'"'; }
  void tell_case(std::uint32_t capitals, std::uint32_t small) noexcept;
  bool is_told_by_label() const noexcept;
  const Token& of(std::uint32_t word) const noexcept { return reading_->token(tokens_[word]); }
  friend class WordMatches;
  WordMatch made_local(const PhraseMatch& match) const {
    return {{at_or_after(match.first), at_or_after(match.last)}, &reading_->entry(match)};
  }
  std::optional<WordMatch> local(const PhraseMatch* match) const;
  std::uint32_t at_or_after(std::uint32_t token) const noexcept;

  const Reading* reading_;
  const Sentence* sentence_;
  mutable const Language* language_ = nullptr;  // once asked for
  const CaseGrammar* grammar_ = nullptr;
  std::span<const std::uint32_t> tokens_, marked_;
  CategorySet categories_;  // of those whose phrases begin in it
  bool is_title_case_ = false;
  bool has_quotes_ = false;
};

// A list of matches that lie in the sentence of some words. Views both.
class WordMatches {
 public:
  class Iterator {
   public:
    Iterator(const Words* words, const PhraseMatch* at) noexcept : words_(words), at_(at) {}
    WordMatch operator*() const { return words_->made_local(*at_); }
    Iterator& operator++() noexcept {
      ++at_;
      return *this;
    }
    friend bool operator==(Iterator a, Iterator b) noexcept { return a.at_ == b.at_; }

   private:
    const Words* words_;
    const PhraseMatch* at_;
  };

  WordMatches(const Words& words, std::span<const PhraseMatch> found) noexcept : words_(&words), found_(found) {}
  Iterator begin() const noexcept { return {words_, found_.data()}; }
  Iterator end() const noexcept { return {words_, found_.data() + found_.size()}; }
  bool empty() const noexcept { return found_.empty(); }

 private:
  const Words* words_;
  std::span<const PhraseMatch> found_;
};

inline WordMatches Words::matches(CategoryName category) const {
  if (!categories_.may_have(reading_->number(category))) return {*this, {}};
  return {*this, reading_->matches_in(category, sentence_->first, sentence_->last)};
}

// Appends the tokens of a stretch that are no line break: what Words are made of.
void append_words(const Reading& reading, const Sentence& stretch, std::vector<std::uint32_t>& out);

// Words between quotation marks, without them; `outer` has them.
struct Quoted {
  Range inner;
  Range outer;
};
// The quotations of a sentence that open and close in it, in order; of nested ones the outermost.
std::vector<Quoted> quotations(const Words& words);

// "B." before a surname.
bool is_initial(const Words& words, std::uint32_t at);
// Where runs of capitals end: the words from `first` that begin with a capital, joined by "&" or a hyphen. A possessive ends it.
std::uint32_t run_end(const Words& words, std::uint32_t first, std::uint32_t last);
// Where such a run that ends at `last` begins.
std::uint32_t run_begin(const Words& words, std::uint32_t last, std::uint32_t first);

// Names in a list: "A, B, C & D", "A and B", quoted or of capitals. `end` is one past the list.
struct NameList {
  std::vector<Range> names;
  std::uint32_t end = 0;
};
NameList read_list(const Words& words, std::uint32_t first);

// A folded word without the ending of the possessive.
std::string_view without_possessive(const Words& words, std::uint32_t at);
// A word with an ending of surnames.
bool is_surname(const Words& words, std::uint32_t at);
// The folded words and numbers of a range with a blank between: what two names are compared by.
std::string fold_words(const Words& words, Range range);

ExtractedProperty property(std::string_view name, Value value, Span span);
ExtractedMention mention(const Words& words, Range range, std::string_view label, std::string_view extractor, float confidence);
// One with the property `name`, cut from its range.
ExtractedMention named(const Words& words, Range range, std::string_view label, std::string_view extractor, float confidence);

// The mentions that were there when it was made, by where they start.
class MentionsByPlace {
 public:
  explicit MentionsByPlace(const Extraction& found);
  // Those that start within a span. O(log mentions).
  std::span<const MentionIndex> within(Span span) const;

 private:
  std::vector<std::uint64_t> places_;  // where each starts, and its index
  std::vector<MentionIndex> order_;
};

// Which tokens lie under names found so far. Acts do not count: their titles and issuers hold names.
class Cover {
 public:
  explicit Cover(const Reading& reading, const Extraction& found);
  // Without the mentions that a test holds for.
  Cover(const Reading& reading, const Extraction& found, bool (*is_left_out)(const ExtractedMention&));
  void add(const Words& words, Range range);
  bool is_free(const Words& words, Range range) const noexcept;

 private:
  std::vector<bool> taken_;  // by token
};

// Whether a zone is read for names.
bool is_read_for_names(Zone zone) noexcept;
// Whether a description ends before a word: at punctuation, a verb and the like.
bool is_break(const Words& words, std::uint32_t at);
// A run of capitals without "The", "In", "According" at its start.
Range without_leaders(const Words& words, Range run);
// The stretches of a document, those joined that a line break parts in the middle of a name: "Department of International⏎Relations".
// Reading::lines() has them made.
std::vector<Sentence> joined_lines(const Reading& reading);
// Calls `visit(words)` for each sentence that is read for names.
template <class Visit>
void each_sentence(const Reading& reading, Visit visit) {
  for (const Words& words : reading.lines()) visit(words);
}

}  // namespace policygraph::inline v0::detail::extract
