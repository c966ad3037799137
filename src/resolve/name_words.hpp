#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "resolve/name_lexicon.hpp"

namespace policygraph::inline v0::detail::resolve {

/// Words of names as they are compared; each spelling is worked out once. Grows with the different words that it meets.
class NameWords {
 public:
  explicit NameWords(const NameLexicon& lexicon) : lexicon_(lexicon) {}

  struct Word {
    std::string key;       ///< text::latin_word: what packs are read by
    std::string spelling;  ///< text::spelling_key
    std::string stem;      ///< the spelling without endings of case and of adjectives, for words that no pack knows
    std::string number;    ///< "2030", "2" of "II"; else empty
    StemChain stems;       ///< what the lexicon knows it by
  };
  /// Stays where it is.
  const Word& of(std::string_view written);
  const NameLexicon& lexicon() const noexcept { return lexicon_; }

 private:
  /// Keyed: the words come from documents.
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const;
  };
  const NameLexicon& lexicon_;
  std::unordered_map<std::string, Word, Hash, std::equal_to<>> known_;
};

/// The words of a name: letters and digits with apostrophes between them. `is_cut` tells of a full stop behind ("Sh.").
struct WrittenWord {
  std::string_view text;
  bool is_cut = false;
};
std::vector<WrittenWord> written_words(std::string_view name);

/// Letters and digits of a text.
std::size_t count_letters(std::string_view text);
/// Written in capitals, with two letters or more: "UNDP", "НГМК".
bool is_in_capitals(std::string_view text);

}  // namespace policygraph::inline v0::detail::resolve
