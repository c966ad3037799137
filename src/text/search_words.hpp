#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "policygraph/text/language.hpp"
#include "policygraph/text/tokens.hpp"

namespace policygraph::inline v0::detail::text {

/// Whether search counts the token: words and numbers are numbered from 0 in the order they stand; all else is passed over.
inline bool is_search_word(const Token& token) noexcept { return token.kind == TokenKind::word || token.kind == TokenKind::number; }

/// The terms that words of texts in one language are found by: folded, without a known ending of the language (and, in English,
/// without that of the plural: the S stemmer of Harman, "How effective is suffixing?", JASIS 42, 1991), Uzbek words in Latin
/// letters whatever script they stand in, as uzbek_term has them. A word of another script than the language's is taken as English or Russian.
class SearchWords {
 public:
  /// By a language's code; any other text, "" too: words may be of any language, and have a term for each.
  explicit SearchWords(std::string_view language);
  /// Appends the terms of a word or a number, each once.
  void add_terms(std::string_view word, TokenKind kind, std::vector<std::string>& out) const;

 private:
  void add(const Language& language, std::string_view word, std::vector<std::string>& out) const;

  const Language* language_;  // null: any
};

/// A word in Uzbek Latin letters without the y between a consonant and u, a or o: loan words are written with it or without, the more
/// so where they come from the Cyrillic letters ю, я, ё (byudjet and budjet of бюджет, sentyabr and sentabr, rejissyor and rejissor).
std::string uzbek_term(std::string_view latin);

/// A word that says nothing alone, in any language of its script.
bool is_stop_word(std::string_view word);

}  // namespace policygraph::inline v0::detail::text
