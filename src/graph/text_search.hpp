#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "graph/text_query.hpp"
#include "graph/word_table.hpp"
#include "policygraph/text/tokens.hpp"

namespace policygraph::inline v0::detail::graph {

/// A table of texts, and which of its units still are what they were.
struct SearchedPart {
  const WordTable* table;
  std::function<bool(std::uint32_t)> is_current;  ///< none: all are
};

/// All that is searched: a base and what changed since, or one table.
struct SearchedTexts {
  std::vector<SearchedPart> parts;
  std::size_t count = 0;         ///< current units
  std::uint64_t word_count = 0;  ///< in them
};

struct FoundUnit {
  std::uint32_t part;
  std::uint32_t unit;
  double score;
};

/// A word of a unit that fits what was asked for.
struct FittingWord {
  std::uint32_t word;
  std::uint32_t phrase;  ///< which one
  double weight;         ///< of the phrase: the rarer, the more
};

/// A search carried out: which units fit, how well, and by which words.
class TextSearch {
 public:
  /// A phrase as it stands in the texts.
  struct Sought {
    std::uint32_t size = 0;          // words
    std::vector<WordPlaces> places;  // by part: where it begins
    double weight = 0;
  };

  /// Throws Error(limit) for a beginning of too many terms.
  TextSearch(const TextQuery& query, SearchedTexts texts);

  /// In order of part and unit.
  const std::vector<FoundUnit>& found() const noexcept { return found_; }
  /// In order of word.
  std::vector<FittingWord> fitting_words(const FoundUnit& unit) const;

 private:
  using Group = std::vector<Sought>;  // one of which is to fit
  using Units = std::vector<std::uint32_t>;  // in order
  Sought seek(const Phrase& phrase) const;
  WordPlaces places_of(const WantedWord& word, const WordTable& table) const;
  Units units_of(std::span<const Sought> group, std::size_t part) const;
  /// Those that have one of the phrases, or those that have none.
  static void keep(Units& units, std::span<const Sought> group, std::size_t part, bool has_it);
  Units fitting_units(const std::vector<Group>& groups, std::span<const Sought> left_out, std::size_t part) const;
  void score(const std::vector<Group>& groups, std::uint32_t part, const Units& units);

  SearchedTexts texts_;
  std::vector<Sought> sought_;
  std::vector<FoundUnit> found_;
};

/// The sentence whose fitting words weigh most, each phrase counted once; of a long one, the part with most.
/// `words`: at least one, in order, numbered as the search words of the text from `first_word` on.
Span best_quote(std::string_view text, std::span<const Token> tokens, std::span<const Sentence> sentences, std::span<const FittingWord> words,
                std::uint32_t first_word = 0);
/// What the fitting words weigh together, each phrase once.
double weight_of(std::span<const FittingWord> words);

}  // namespace policygraph::inline v0::detail::graph
