#pragma once

#include <bitset>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/name_table.hpp"
#include "policygraph/model/sources.hpp"

namespace policygraph::inline v0::detail::document {

// Phrases, looked up in folded text (fold_name: words in lower case with single blanks). A lookup costs one hash a
// word, and one per phrase length where some phrase begins with it, whatever the number of phrases.
class PhraseSet {
 public:
  void add(std::string_view phrase);
  bool is(std::string_view folded) const { return folded.size() <= longest_ && phrases_.find(folded) != phrases_.end(); }
  // How many bytes of `folded` its longest phrase at the start takes, whole words only; 0: none.
  std::size_t starts(std::string_view folded) const;
  // Some phrase stands anywhere in it.
  bool within(std::string_view folded) const;

 private:
  // Looks up a part of a text without copying it.
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept { return base::name_hash(text); }
  };
  std::unordered_set<std::string, Hash, std::equal_to<>> phrases_;
  std::unordered_set<std::string, Hash, std::equal_to<>> first_words_;
  // Which of 4,096 kinds of beginning some phrase has: most words have none of them.
  static std::size_t beginning(std::string_view word) noexcept;
  std::size_t starts(std::string_view folded, std::string_view first_word) const;

  std::size_t most_words_ = 0;
  std::size_t longest_ = 0;  // bytes of a phrase
  std::bitset<4096> beginnings_;
};

// What tells the parts of a document apart: src/document/cues, a file a language.
struct TextCues {
  PhraseSet reference_headings, note_headings, keyword_starts, published_starts, section_words, masthead_words;
  PhraseSet home_words, street_words, contact_starts, furniture_lines, furniture_starts, furniture_parts;
  static const TextCues& built_in();
};

// src/document/cues/html.json: attributes that tell furniture, and the names of meta elements, the best first.
struct HtmlCues {
  std::unordered_set<std::string> roles, class_words, class_tokens;
  std::unordered_map<std::string, std::size_t> title, uri, publisher, published, language, tier;  // name -> rank
  static const HtmlCues& built_in();
};

// src/document/cues/hosts.json: the tier of the longest suffix of the host; unknown when none fits.
SourceTier tier_of_uri(std::string_view uri);

}  // namespace policygraph::inline v0::detail::document
