#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "extract/case_grammar.hpp"
#include "extract/phrases.hpp"
#include "policygraph/extract/extractor.hpp"

namespace policygraph::inline v0::detail::extract {

struct ViewHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>()(text); }
};
using CountryNames = std::unordered_map<std::string, std::string, ViewHash, std::equal_to<>>;  // folded name to code

// Phrases to look for, and the words that they are of.
struct PhraseBook {
  Vocabulary vocabulary;
  std::map<std::string, PhraseTrie, std::less<>> tries;  // by language; "" for those that have no pack

  const PhraseTrie& trie(std::string_view language) const noexcept;
};

// One thing a pack lists: "resolution" with the words for it, and what else the pack says of it.
struct PackEntry {
  std::string id;                    // as written; of a bare string the string itself
  std::vector<std::string> phrases;  // at least one
  std::vector<std::pair<std::string, std::string>> fields;  // "kind": "government"; each name once; a list is joined by "|"
  CategoryIndex category = 0;
  std::string language;  // "en", or "" when it holds in every language

  // The field, or "".
  std::string_view field(std::string_view name) const noexcept;
  void set_field(std::string_view name, std::string value);
};

}  // namespace policygraph::inline v0::detail::extract

namespace policygraph::inline v0 {

// A pack is a JSON object of categories; any name may be one, so that a new category needs no change here:
//
//     { "comment": "…",
//       "organization_heads": ["ministry", "agency*"],                               strings: id and phrase are the same
//       "modality": {"completed": ["has been held", "was {2} adopted"]},             id: its phrases
//       "countries": [{"id": "UZ", "phrases": ["Uzbekistan"], "kind": "country"}] }  objects: id, phrases, any other fields
//
// languages/CODE/*.json hold for text in that language; with "everywhere": true, and in languages/any and jurisdictions/,
// for text in any. An entry of jurisdictions/uz.json has the field "jurisdiction": "UZ". Phrases are written as PhraseStep
// tells. A category may be spread over files; entries keep the order of files by name, then that of the file.
struct Packs::Data {
  std::map<std::string, std::string> files;
  std::vector<detail::extract::PackEntry> entries;
  std::map<std::string, detail::extract::CategoryIndex, std::less<>> categories;
  detail::extract::CategoryNumbers numbers;  // of categories, for fast asking
  std::vector<std::uint64_t> hashes;         // of the names of categories, by number
  std::vector<std::vector<detail::extract::EntryIndex>> by_category;
  detail::extract::CountryNames countries;  // in every language
  std::vector<std::string_view> surname_endings;  // views of entries, as are the two below
  std::vector<std::string_view> patronymic_endings;
  std::vector<std::string_view> adjective_endings;  // that no given name has
  std::set<std::string, std::less<>> definite_kinds;  // what a thing named before may be taken up as: "the Bank"
  std::map<std::string, detail::extract::CaseGrammar, std::less<>> grammars;  // of the languages that mark cases
  detail::extract::PhraseBook phrases;      // all
  detail::extract::PhraseBook act_phrases;  // those that citations of acts are read by

  // The entries of a category that hold for a language ("" : those that hold in any), in order.
  std::vector<const detail::extract::PackEntry*> words(std::string_view language, std::string_view category) const;
  const detail::extract::PackEntry& entry(detail::extract::EntryIndex index) const noexcept { return entries[index]; }
  // Null for a language whose packs say nothing of cases.
  const detail::extract::CaseGrammar* grammar(std::string_view language) const noexcept;
};

}  // namespace policygraph::inline v0
