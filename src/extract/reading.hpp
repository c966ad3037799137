#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "extract/packs.hpp"
#include "policygraph/extract/recognizer.hpp"
#include "policygraph/model/schema.hpp"

namespace policygraph::inline v0::detail::extract {

class Words;

// What a document is read for: all there is, or citations of acts alone, which a few of the packs' phrases and no names are needed for.
enum class ReadFor : std::uint8_t { everything, acts };

// One document being read: what every built-in recogniser and rule is given. Made once a document; all phrases of the packs
// are matched then, so a stage only looks them up.
class Reading {
 public:
  Reading(const DocumentView& view, const Packs::Data& packs, const Languages& languages, const Schema& schema, ReadFor what = ReadFor::everything);
  Reading(const Reading&) = delete;  // its lines view it
  Reading& operator=(const Reading&) = delete;
  ~Reading();

  const DocumentView& view() const noexcept { return *view_; }
  const Packs::Data& packs() const noexcept { return *packs_; }
  const Languages& languages() const noexcept { return *languages_; }
  const Schema& schema() const noexcept { return *schema_; }

  std::string_view text() const noexcept { return view_->text(); }
  std::span<const Token> tokens() const noexcept { return tokens_; }
  const Token& token(std::uint32_t index) const noexcept { return tokens_[index]; }
  std::string_view text(std::uint32_t token) const noexcept { return text(tokens_[token].span); }
  std::string_view text(Span span) const noexcept { return {text_ + span.start, span.size()}; }
  std::string_view folded(std::uint32_t token) const noexcept { return view_->folded(token); }
  // The bytes of tokens [first, last). Requires: first < last.
  Span span(std::uint32_t first, std::uint32_t last) const noexcept {
    return {token(first).span.start, token(last - 1).span.end};
  }

  // Sentences, joined where a number sign or a full stop within a number came between ("2012.19.04. № 492", "2024. 12. 3."): what
  // recognisers of notation read.
  std::span<const Sentence> stretches() const noexcept { return stretches_; }
  // The categories whose phrases begin in a stretch.
  const CategorySet& categories(std::size_t stretch) const noexcept { return categories_[stretch]; }
  // Of the stretches that hold tokens [first, last).
  CategorySet categories_in(std::uint32_t first, std::uint32_t last) const noexcept;
  CategoryIndex number(CategoryName category) const noexcept { return packs_->numbers.find(category); }
  const Language& language(const Sentence& stretch) const noexcept { return view_->language(first_sentence(stretch)); }
  // How a language marks cases; null where it does not.
  const CaseGrammar* grammar(const Language& language) const noexcept {
    for (const auto& [known, cases] : grammars_) {
      if (known == &language) return cases;
    }
    return packs_->grammar(language.code());
  }
  // The first sentence of a stretch or a line.
  const Sentence& first_sentence(const Sentence& stretch) const noexcept {
    const std::less<> before;
    const bool is_own = !before(&stretch, stretches_.data()) && before(&stretch, stretches_.data() + stretches_.size());
    return is_own ? *firsts_[static_cast<std::size_t>(&stretch - stretches_.data())] : *view_->sentence_at(stretch.span.start);
  }

  // The stretches that are read for names, those joined that a line break parts in the middle of a name, as words.
  std::span<const Words> lines() const noexcept;
  // The code point of a token that is a punctuation mark or symbol, else 0.
  char32_t sign(std::uint32_t token) const noexcept { return signs_[token]; }

  // One bit of 64 for a category: of several things none of which has the bit, none is of the category.
  static constexpr std::uint64_t bit(CategoryName category) noexcept { return bit(category.hash()); }
  static constexpr std::uint64_t bit(std::uint64_t hash) noexcept { return std::uint64_t{1} << (hash & 63U); }
  static constexpr std::uint64_t bits(std::span<const CategoryName> categories) noexcept {
    std::uint64_t out = 0;
    for (const CategoryName category : categories) out |= bit(category);
    return out;
  }
  // The bits of the categories that begin at a token; 0: no phrase does.
  std::uint64_t starting(std::uint32_t token) const noexcept { return held_[token].starts; }

  // Matches of a category in the whole document, in order; empty for a category that no pack has.
  std::span<const PhraseMatch> matches(CategoryName category) const noexcept { return matches_.of(packs_->numbers.find(category)); }
  std::span<const PhraseMatch> matches(CategoryIndex category) const noexcept { return matches_.of(category); }
  // Whether any phrase of any category starts at a token.
  bool begins_phrase(std::uint32_t token) const noexcept { return starting(token) != 0; }
  // The match of a category that starts at a token; null if none.
  const PhraseMatch* match_at(CategoryName category, std::uint32_t token) const noexcept {
    return token < held_.size() && (starting(token) & bit(category)) != 0 ? find_at(category, token) : nullptr;
  }
  // The match of a category that covers a token; null if none.
  const PhraseMatch* match_over(CategoryName category, std::uint32_t token) const noexcept {
    return token < held_.size() && (held_[token].covers & bit(category)) != 0 ? find_over(category, token) : nullptr;
  }
  // The bits of the categories that cover a token.
  std::uint64_t covering(std::uint32_t token) const noexcept { return held_[token].covers; }
  // Matches of a category within tokens [first, last).
  std::span<const PhraseMatch> matches_in(CategoryName category, std::uint32_t first, std::uint32_t last) const noexcept {
    const auto all = matches(category);
    return all.empty() ? all : within(all, first, last);
  }
  // The tokens of [first, last) that are numbers.
  std::span<const std::uint32_t> numbers_in(std::uint32_t first, std::uint32_t last) const noexcept {
    const auto begin = std::ranges::lower_bound(numbers_, first);
    return {begin, std::lower_bound(begin, numbers_.end(), last)};
  }
  const PackEntry& entry(const PhraseMatch& match) const noexcept { return packs_->entry(match.entry); }
  Span span(const PhraseMatch& match) const noexcept { return span(match.first, match.last); }

 private:
  struct Held {
    std::uint64_t starts = 0;  // bits of the categories whose phrases begin at a token
    std::uint64_t covers = 0;  // and of those whose phrases cover it
  };
  const PhraseMatch* find_at(CategoryName category, std::uint32_t token) const noexcept;
  const PhraseMatch* find_over(CategoryName category, std::uint32_t token) const noexcept;
  static std::span<const PhraseMatch> within(std::span<const PhraseMatch> all, std::uint32_t first, std::uint32_t last) noexcept;
  PhraseMatches match_all(const PhraseBook& book);
  struct Finding;
  void find_phrases(Finding& finding, const PhraseTrie& trie, std::uint32_t token);
  void hold(const PhraseMatch& match, std::uint64_t category) noexcept;
  void mark_signs();
  void find_grammars();
  void make_lines();

  const DocumentView* view_;
  const Packs::Data* packs_;
  const Languages* languages_;
  const Schema* schema_;
  std::span<const Token> tokens_;  // of the view, as its text: asked for most
  const char* text_;
  std::vector<Sentence> stretches_;
  std::vector<const Sentence*> firsts_;  // of each stretch
  std::vector<std::pair<const Language*, const CaseGrammar*>> grammars_;  // of the languages it is in
  std::vector<char32_t> signs_;  // by token
  std::vector<std::uint32_t> numbers_;  // the tokens that are numbers
  std::vector<CategorySet> categories_;  // by stretch
  std::vector<Held> held_;       // by token
  PhraseMatches matches_;
  std::vector<Sentence> joined_;
  std::vector<std::uint32_t> line_tokens_;  // of lines_, one after another
  std::vector<std::uint32_t> line_marked_;  // those of their words that begin with a capital, and numbers
  std::vector<Words> lines_;  // of joined_
};

}  // namespace policygraph::inline v0::detail::extract
