#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/name_table.hpp"
#include "letter_groups.hpp"
#include "plain_word.hpp"
#include "policygraph/text/language.hpp"
#include "word_key.hpp"

namespace policygraph::inline v0::detail::text {

/// What single words say for and against the languages of one script. Made once for all of them, so that a word is looked up
/// once and not once a language.
class WordVotes {
 public:
  /// Bits by language: bit i of `telling`; bits 2i (typical) and 2i + 1 (foreign) of `groups`.
  struct Votes {
    std::uint32_t telling = 0;
    std::uint64_t groups = 0;
  };
  static constexpr std::size_t kMostLanguages = 32;

  /// Keeps the languages, whose words it views. Requires: at most kMostLanguages.
  explicit WordVotes(std::vector<Language> languages);
  const std::vector<Language>& languages() const noexcept { return languages_; }
  /// Of a word as WordKey spells it.
  Votes of(std::string_view key) const noexcept {
    const std::uint32_t telling = telling_.find(key);
    return {telling == base::NameTable::kNone ? 0 : telling, groups_.marks(key)};
  }
  /// Of the word of `size` bytes at `start`, as it is written.
  Votes of(std::string_view text, std::size_t start, std::size_t size) const noexcept {
    const PlainWord plain(text, start, size);
    if (plain.is_plain()) return {plain_.find(plain), groups_.marks(text.substr(start, size))};
    return of(WordKey(text.substr(start, size)).view());
  }

 private:
  std::vector<Language> languages_;
  base::NameTable telling_;  ///< stop words, frequent words and months
  PlainWords plain_;         ///< those of them that are plain
  LetterGroups groups_;
};

/// The languages of each script in the order of their codes, in parts of WordVotes::kMostLanguages.
struct ScriptVotes {
  explicit ScriptVotes(const std::map<std::string, Language, std::less<>>& languages);
  std::map<Script, std::vector<WordVotes>> by_script;
};

}  // namespace policygraph::inline v0::detail::text
