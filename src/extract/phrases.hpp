#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "extract/category.hpp"
#include "extract/vocabulary.hpp"
#include "policygraph/extract/recognizer.hpp"

namespace policygraph::inline v0::detail::extract {

using EntryIndex = std::uint32_t;

// Phrases as packs write them, over folded words:
//   "held under"         these words, whatever their case
//   "European Union"     a word written with a capital wants one in the document; one all in capitals wants all ("EU", "IT")
//   "qaror*"             a word that begins so ("qarori", "qaroriga")
//   "funded {3} by"      up to three tokens of any kind between (0 to 6); at most two such gaps a phrase
struct PhrasePattern {
  enum class Case : std::uint8_t { any, capitalised, upper };
  struct Step {
    WordId word = kNoWord;
    Case letters = Case::any;
    std::uint8_t gap = 0;  // tokens that may stand before this word
  };
  std::vector<Step> steps;
};
// Throws Error(format), without a place, for an empty phrase, a gap at an end or out of range, or one longer than 16 words.
PhrasePattern compile_phrase(std::string_view phrase, Vocabulary& vocabulary);

// Where an entry of a pack stands in a document: tokens [first, last).
struct PhraseMatch {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  EntryIndex entry = 0;
};

// A trie over words. Matching is linear in the tokens, with a factor that the packs alone decide.
class PhraseTrie {
 public:
  PhraseTrie();
  void add(const PhrasePattern& pattern, EntryIndex entry, CategoryIndex category);

  struct Found {
    PhraseMatch match;
    CategoryIndex category = 0;
  };
  // Everything that starts at tokens[at] and ends before `last`; `words` are the hits of all tokens of the document.
  void match(const DocumentView& view, std::span<const Vocabulary::Hit> words, std::uint32_t at, std::uint32_t last,
             std::vector<Found>& out) const;

 private:
  struct Terminal {
    EntryIndex entry = 0;
    CategoryIndex category = 0;
    std::vector<PhrasePattern::Case> letters;  // empty: any
  };
  struct Node {
    std::vector<Terminal> terminals;
    std::uint8_t max_gap = 0;  // the widest gap that may follow
  };
  struct Walk;
  std::uint32_t grow(std::uint32_t node, const PhrasePattern::Step& step);
  void advance(Walk& walk, std::uint32_t node, std::uint32_t token, std::uint32_t depth) const;
  void follow(Walk& walk, std::uint32_t node, std::uint32_t token, std::uint32_t depth, std::uint8_t gap) const;

  std::vector<Node> nodes_;
  std::unordered_map<std::uint64_t, std::uint32_t> edges_;  // node << 32 | gap << 28 | word
  std::vector<std::uint32_t> roots_;                        // by word: the node after it, from the root
};

// The matches of all categories in one document, found once. Within a category matches do not overlap: leftmost, then longest;
// entries that match the same tokens are all there, in the packs' order.
class PhraseMatches {
 public:
  explicit PhraseMatches(std::size_t categories = 0) : by_category_(categories) {}

  std::span<const PhraseMatch> of(CategoryIndex category) const noexcept {
    return category < by_category_.size() ? by_category_[category] : std::span<const PhraseMatch>();
  }
  // The first of a category that starts at a token; null if none.
  const PhraseMatch* starting(CategoryIndex category, std::uint32_t token) const noexcept;
  // The one of a category that covers a token; null if none.
  const PhraseMatch* covering(CategoryIndex category, std::uint32_t token) const noexcept;

  // Requires: category below the number of categories; matches come by their first token, then by length.
  void add(CategoryIndex category, const PhraseMatch& match);

 private:
  std::vector<std::vector<PhraseMatch>> by_category_;
};

}  // namespace policygraph::inline v0::detail::extract
